/// Conditions about numbers as people say them: without what only a word of so many bits needs.
///
/// That a number is in a range is one unsigned comparison to a machine, `x - 3 <= 7`; here it is two bounds. Constants go to
/// one side, and what is between ends that wrap around is said of the value itself. Exact: the result is true for the same
/// values.
struct NumberConditions {
    private let graph: TermGraph
    /// Variables that are no words: sums of them that wrap around are said as if they did not.
    private let numbers: Set<Term>
    private var made: [Int32: Term] = [:]

    /// How many times a sum may wrap around before it is left as it is.
    private static let mostTurns: Int64 = 4

    /// Bits of such a sum: far more than ranges have.
    private static let widestSum = 40

    init(_ graph: TermGraph, numbers: Set<Term>) { (self.graph, self.numbers) = (graph, numbers) }

    /// Linear in the parts of the condition.
    mutating func callAsFunction(_ condition: Term) -> Term {
        for id in graph.parts(of: [condition]) where made[id] == nil {
            let new = graph.rebuilt(graph.term(id)) { made[$0.id] ?? $0 }
            made[id] = comparison(new) ?? new
        }
        return made[condition.id] ?? condition
    }

    private func comparison(_ term: Term) -> Term? {
        guard case .compare(let comparison, let a, let b) = graph.node(term), !isPlain(a) || !isPlain(b),
            let x = graph.linear(a), let y = graph.linear(b)
        else { return nil }
        let isStrict = !comparison.isReflexive
        switch comparison {
        case .less, .lessOrEqual: return a.width == 64 ? isBelow(x, y, isStrict) : nil
        case .below, .belowOrEqual:
            if x.lowest >= 0, y.lowest >= 0 { return isBelow(x, y, isStrict) }
            // What is below 0 is very large.
            if y.lowest >= 0 { return both(isAtLeastZero(x), isBelow(x, y, isStrict)) }
            if x.lowest >= 0 { return both(isAtLeastZero(y), isBelow(y, x, !isStrict)).map(graph.not) }
            return nil
        }
    }

    /// Said as the spec says it.
    private func isPlain(_ term: Term) -> Bool {
        switch graph.node(term) {
        case .variable, .bits, .extract: true
        case .truth, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate, .concat: false
        }
    }

    private func both(_ a: Term?, _ b: Term?) -> Term? {
        if let a, let b { graph.and(a, b) } else { nil }
    }

    private func isBelow(_ x: LinearForm, _ y: LinearForm, _ isStrict: Bool) -> Term? {
        y.adding(x, times: -1).flatMap { isStrict ? isAboveZero($0) : isAtLeastZero($0) }
    }

    private func isAtLeastZero(_ form: LinearForm) -> Term? {
        if form.lowest >= 0 { return graph.yes }
        if form.highest < 0 { return graph.no }
        if form.factors.count == 1, let (term, factor) = form.factors.first {
            return factor > 0
                ? isAtLeast(term, (-form.constant).dividedUp(by: factor))
                : isAtMost(term, form.constant / -factor)
        }
        return sides(form, isStrict: false)
    }

    /// As strict as it was said where that is as short.
    private func isAboveZero(_ form: LinearForm) -> Term? {
        if form.lowest > 0 { return graph.yes }
        if form.highest <= 0 { return graph.no }
        if form.factors.count > 1 { return sides(form, isStrict: true) }
        if let (term, factor) = form.factors.first, factor.magnitude == 1, shifted(term) == nil,
            sum(ofNumbers: term) == nil
        {
            let end = graph.bits(form.constant.magnitude, width: term.width)
            return factor > 0 ? graph.compare(.below, end, term) : graph.compare(.below, term, end)
        }
        return LinearForm(constant: -1).flatMap { form.adding($0, times: 1) }.flatMap(isAtLeastZero)
    }

    /// What is taken away goes to the other side.
    private func sides(_ form: LinearForm, isStrict: Bool) -> Term? {
        let (more, less) = (form.factors.filter { $0.factor > 0 }, form.factors.filter { $0.factor < 0 })
        // x <= y - 1 and x < y are the same, and so are x < y + 1 and x <= y.
        let (isStrict, constant) =
            form.constant == (isStrict ? 1 : -1) ? (!isStrict, 0) : (isStrict, form.constant)
        if more.count == 1, less.count == 1, more[0].factor == 1, less[0].factor == -1, constant == 0 {
            return ordered(less[0].term, more[0].term, isStrict: isStrict)
        }
        let high = sum(more.map { ($0.term, $0.factor) }, max(0, constant))
        let low = sum(less.map { ($0.term, -$0.factor) }, max(0, -constant))
        return graph.compare(isStrict ? .less : .lessOrEqual, low, high)
    }

    private func sum(_ parts: [(Term, Int64)], _ constant: Int64) -> Term {
        let start = graph.bits(UInt64(bitPattern: constant), width: 64)
        return parts.reduce(start) { sum, part in
            let factor = graph.bits(UInt64(bitPattern: part.1), width: 64)
            let product = graph.arithmetic(.multiply, graph.extended(part.0, to: 64), factor)
            return graph.arithmetic(.add, product, sum)
        }
    }

    /// Of two terms, and of one and the same to which something was added.
    private func ordered(_ a: Term, _ b: Term, isStrict: Bool) -> Term {
        let width = max(a.width, b.width)
        let (a, b) = (graph.extended(a, to: width), graph.extended(b, to: width))
        if let (base, number) = shifted(b), base == a {
            // x < x + c where that does not wrap around.
            return isAtMost(a, Int64(UInt64.mask(width) - number))
        }
        if let (base, number) = shifted(a), base == b {
            return isAtLeast(b, Int64(UInt64.mask(width) - number) + 1)
        }
        return graph.compare(isStrict ? .below : .belowOrEqual, a, b)
    }

    // MARK: One term

    /// A number between 1 and the end of its bits.
    private func isAtLeast(_ term: Term, _ number: Int64) -> Term {
        let end = Int64(UInt64.mask(term.width))
        if let between = sum(ofNumbers: term).flatMap({ isBetween($0, number, end, turn: end + 1) }) { return between }
        guard let (base, offset) = shifted(term) else {
            return graph.compare(.belowOrEqual, graph.bits(UInt64(number), width: term.width), term)
        }
        return isBetween(base, UInt64(number) &- offset, UInt64.mask(term.width) &- offset)
    }

    private func isAtMost(_ term: Term, _ number: Int64) -> Term {
        let turn = Int64(UInt64.mask(term.width)) + 1
        if let between = sum(ofNumbers: term).flatMap({ isBetween($0, 0, number, turn: turn) }) { return between }
        guard let (base, offset) = shifted(term) else {
            return graph.compare(.belowOrEqual, term, graph.bits(UInt64(number), width: term.width))
        }
        return isBetween(base, 0 &- offset, UInt64(number) &- offset)
    }

    /// From one end on upwards to the other, behind the largest number from 0 on.
    private func isBetween(_ term: Term, _ low: UInt64, _ high: UInt64) -> Term {
        let (low, high) = (low & .mask(term.width), high & .mask(term.width))
        let isAbove = graph.compare(.belowOrEqual, graph.bits(low, width: term.width), term)
        let isBelow = graph.compare(.belowOrEqual, term, graph.bits(high, width: term.width))
        return low <= high ? graph.and(isAbove, isBelow) : graph.or(isAbove, isBelow)
    }

    /// Of a term that wraps around: without that, where all of it are numbers.
    private func sum(ofNumbers term: Term) -> LinearForm? {
        guard case .arithmetic = graph.node(term), term.width <= Self.widestSum,
            graph.variables(of: term).allSatisfy(numbers.contains),
            let sum = graph.unwrapped(term), sum.factors.first?.term != term,
            (sum.highest - sum.lowest) >> Int64(term.width) < Self.mostTurns
        else { return nil }
        return sum
    }

    /// In one of the ranges that wrap around to this one; nil where their ends are too large.
    private func isBetween(_ form: LinearForm, _ low: Int64, _ high: Int64, turn: Int64) -> Term? {
        let first = (form.lowest - high).dividedUp(by: turn)
        var found: [Term] = []
        for number in sequence(first: first, next: { $0 + 1 }).prefix(while: { low + $0 * turn <= form.highest }) {
            let (low, high) = (low + number * turn, high + number * turn)
            guard let above = difference(form, low, times: 1), let below = difference(form, high, times: -1) else {
                return nil
            }
            found.append(graph.and(above, below))
        }
        return graph.or(found)
    }

    /// That a form is a number or more, or with the factor -1 that it is or less.
    private func difference(_ form: LinearForm, _ number: Int64, times factor: Int64) -> Term? {
        LinearForm(constant: -number * factor)?.adding(form, times: factor).flatMap(isAtLeastZero)
    }

    /// A term and what is added to it.
    private func shifted(_ term: Term) -> (base: Term, number: UInt64)? {
        guard case .arithmetic(.add, let a, let b) = graph.node(term) else { return nil }
        if let number = graph.constant(a) { return (b, number) }
        return graph.constant(b).map { (a, $0) }
    }
}

extension Int64 {
    /// Rounded up; the divisor is positive.
    fileprivate func dividedUp(by divisor: Int64) -> Int64 {
        self / divisor + (self % divisor > 0 ? 1 : 0)
    }
}

extension TermGraph {
    /// The same condition, in bounds of numbers where it compares them.
    ///
    /// - Parameter numbers: variables that are no words of the spec, but codes of numbers.
    public func inNumbers(_ condition: Term, numbers: Set<Term>) -> Term {
        var conditions = NumberConditions(self, numbers: numbers)
        return conditions(condition)
    }
}

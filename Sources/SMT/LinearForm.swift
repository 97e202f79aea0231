/// A number that is a sum: terms times factors, and a constant. Exact: nothing in it wraps around.
struct LinearForm {
    /// By term, in the order in which they were made; none is 0. A term stands for its unsigned value.
    private(set) var factors: [(term: Term, factor: Int64)]
    private(set) var constant: Int64
    /// Between these ends, both included.
    private(set) var lowest: Int64
    private(set) var highest: Int64

    /// What is larger is no number here: sums of two stay far from the ends of 64 bits.
    private static let most: Int64 = 1 << 60

    init?(constant: Int64) {
        guard abs(clamping: constant) <= Self.most else { return nil }
        (factors, self.constant, lowest, highest) = ([], constant, constant, constant)
    }

    /// Of a term that is looked at no further.
    init?(_ term: Term) {
        guard term.width > 0, term.width <= 60 else { return nil }
        (factors, constant, lowest, highest) = ([(term, 1)], 0, 0, Int64(UInt64.mask(term.width)))
    }

    /// - Returns: nil where it could be too large.
    func adding(_ other: LinearForm, times factor: Int64) -> LinearForm? {
        let ends = [other.lowest, other.highest].map { $0.multipliedReportingOverflow(by: factor) }
        guard ends.allSatisfy({ !$0.overflow && abs(clamping: $0.partialValue) <= Self.most }) else { return nil }
        var result = self
        result.constant += other.constant * factor
        var byTerm = Dictionary(uniqueKeysWithValues: factors.map { ($0.term, $0.factor) })
        for (term, own) in other.factors { byTerm[term, default: 0] += own * factor }
        result.factors = byTerm.filter { $0.value != 0 }.map { ($0.key, $0.value) }.sorted { $0.term.id < $1.term.id }
        result.findEnds()
        return max(abs(clamping: result.lowest), abs(clamping: result.highest)) <= Self.most ? result : nil
    }

    /// Exact: a term may have gone in part.
    private mutating func findEnds() {
        (lowest, highest) = (constant, constant)
        for (term, factor) in factors {
            let end = Int64(UInt64.mask(term.width)) * factor
            lowest += min(0, end)
            highest += max(0, end)
        }
    }
}

extension TermGraph {
    /// What a term is as a number: of 64 bits a signed one, else an unsigned one; nil where it may be very large.
    func linear(_ term: Term) -> LinearForm? {
        guard case .arithmetic = node(term) else { return made(linear: term) }
        if let known = linearForms[term] { return known }
        let form = made(linear: term)
        linearForms[term] = .some(form)
        return form
    }

    private func made(linear term: Term) -> LinearForm? {
        let limit = term.width < 64 ? Int64(UInt64.mask(min(term.width, 62))) : nil
        guard let sum = sum(term) else { return LinearForm(term) }
        // What is narrower wraps around at 0 and at its end.
        if let limit, sum.lowest < 0 || sum.highest > limit { return LinearForm(term) }
        return sum
    }

    private func sum(_ term: Term) -> LinearForm? {
        switch node(term) {
        case .bits(let value):
            return term.width == 64
                ? LinearForm(constant: Int64(bitPattern: value))
                : Int64(exactly: value).flatMap(LinearForm.init(constant:))
        case .concat(let high, let low): return constant(high) == 0 ? linear(low) : nil
        case .negate(let inner):
            return term.width == 64 ? linear(inner).flatMap { LinearForm(constant: 0)?.adding($0, times: -1) } : nil
        case .arithmetic(.add, let a, let b):
            return linear(a).flatMap { first in linear(b).flatMap { first.adding($0, times: 1) } }
        case .arithmetic(.subtract, let a, let b):
            return linear(a).flatMap { first in linear(b).flatMap { first.adding($0, times: -1) } }
        case .arithmetic(.multiply, let a, let b):
            guard let number = constant(a) ?? constant(b) else { return nil }
            let factor = term.width == 64 ? Int64(bitPattern: number) : Int64(clamping: number)
            return linear(constant(a) == nil ? a : b).flatMap { LinearForm(constant: 0)?.adding($0, times: factor) }
        case .variable, .truth, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .extract:
            return nil
        }
    }
}

extension TermGraph {
    /// A sum that is a term but for a multiple of what its bits can hold: as if nothing in it wrapped around.
    func unwrapped(_ term: Term) -> LinearForm? {
        switch node(term) {
        case .bits(let value): LinearForm(constant: value.signExtended(from: term.width))
        case .arithmetic(.add, let a, let b):
            unwrapped(a).flatMap { first in unwrapped(b).flatMap { first.adding($0, times: 1) } }
        case .arithmetic(.subtract, let a, let b):
            unwrapped(a).flatMap { first in unwrapped(b).flatMap { first.adding($0, times: -1) } }
        case .variable, .truth, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate,
            .concat, .extract:
            linear(term)
        }
    }
}

private func abs(clamping number: Int64) -> Int64 { number == .min ? .max : Swift.abs(number) }

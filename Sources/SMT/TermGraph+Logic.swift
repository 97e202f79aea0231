/// Terms of sort Bool, and choices between terms of any sort.
extension TermGraph {
    public func not(_ term: Term) -> Term {
        switch node(term) {
        case .truth(let value): return truth(!value)
        case .not(let inner): return inner
        case .variable, .bits, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate, .concat,
            .extract:
            return make(.not(term), width: 0)
        }
    }

    public func and(_ a: Term, _ b: Term) -> Term { and([a, b]) }
    public func or(_ a: Term, _ b: Term) -> Term { or([a, b]) }
    public func implies(_ a: Term, _ b: Term) -> Term { or(not(a), b) }

    public func and(_ terms: [Term]) -> Term { join(terms, neutral: yes, decisive: no, isAnd: true) }
    public func or(_ terms: [Term]) -> Term { join(terms, neutral: no, decisive: yes, isAnd: false) }

    private func join(_ terms: [Term], neutral: Term, decisive: Term, isAnd: Bool) -> Term {
        var parts: Set<Term> = []
        for term in terms {
            for part in operands(of: term, ofAnd: isAnd) where part != neutral {
                if part == decisive || parts.contains(not(part)) { return decisive }
                parts.insert(part)
            }
        }
        guard let first = parts.first else { return neutral }
        if parts.count == 1 { return first }
        let sorted = parts.sorted { $0.id < $1.id }
        return make(isAnd ? .and(sorted) : .or(sorted), width: 0)
    }

    private func operands(of term: Term, ofAnd isAnd: Bool) -> [Term] {
        switch node(term) {
        case .and(let parts) where isAnd: parts
        case .or(let parts) where !isAnd: parts
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement,
            .negate, .concat, .extract:
            [term]
        }
    }

    /// Of two terms of one sort.
    public func conditional(_ condition: Term, _ a: Term, _ b: Term) -> Term {
        if a == b || condition == yes { return a }
        if condition == no { return b }
        if case .not(let inner) = node(condition) { return conditional(inner, b, a) }
        if a.isBool {
            if a == yes { return or(condition, b) }
            if a == no { return and(not(condition), b) }
            if b == yes { return or(not(condition), a) }
            if b == no { return and(condition, a) }
        }
        // What one condition has decided it need not decide again.
        let first = branch(a, where: condition, is: true)
        let second = branch(b, where: condition, is: false)
        if first == second { return first }
        return make(.conditional(condition, first, second), width: a.width)
    }

    private func branch(_ term: Term, where condition: Term, is value: Bool) -> Term {
        guard case .conditional(condition, let a, let b) = node(term) else { return term }
        return value ? a : b
    }

    /// Of two terms of one sort.
    public func equal(_ a: Term, _ b: Term) -> Term {
        if a == b { return yes }
        if a.isBool { return equalTruth(a, b) }
        if let x = constant(a) {
            if let y = constant(b) { return truth(x == y) }
            return equal(b, to: x)
        }
        if let y = constant(b) { return equal(a, to: y) }
        if let (low, other) = withoutZeros(a, b) { return equal(low, other) }
        return a.id < b.id ? make(.equal(a, b), width: 0) : make(.equal(b, a), width: 0)
    }

    /// Two numbers without the zeros that both have in front; nil where they have none in common.
    func withoutZeros(_ a: Term, _ b: Term) -> (Term, Term)? {
        let width = max(bitsBehindZeros(a), bitsBehindZeros(b))
        return width < a.width ? (extract(a, low: 0, width: width), extract(b, low: 0, width: width)) : nil
    }

    /// How many of its bits may be set.
    func bitsBehindZeros(_ term: Term) -> Int {
        if case .bits(let value) = node(term) { return max(1, 64 - value.leadingZeroBitCount) }
        if case .concat(let high, let low) = node(term), constant(high) == 0 { return low.width }
        return term.width
    }

    private func equalTruth(_ a: Term, _ b: Term) -> Term {
        if a == yes { return b }
        if b == yes { return a }
        if a == no { return not(b) }
        if b == no { return not(a) }
        if a == not(b) { return no }
        return a.id < b.id ? make(.equal(a, b), width: 0) : make(.equal(b, a), width: 0)
    }

    /// With a constant. Goes into choices one arm of which is a constant: so program counters that are known to be one of a
    /// few are compared with nothing else.
    private func equal(_ term: Term, to value: UInt64) -> Term {
        // One of the two is enough.
        if term.width == 1, value == 0 { return not(equal(term, to: 1)) }
        if let (inner, before) = solved(term, for: value) { return equal(inner, bits(before, width: term.width)) }
        switch node(term) {
        case .conditional(let condition, let a, let b) where constant(a) != nil || constant(b) != nil:
            let key = Cut(term: term, value: value)
            if let known = comparisons[key] { return known }
            let result = conditional(
                condition, equal(a, bits(value, width: a.width)), equal(b, bits(value, width: b.width)))
            comparisons[key] = result
            return result
        case .concat(let high, let low):
            return and(
                equal(high, bits(value >> UInt64(low.width), width: high.width)),
                equal(low, bits(value, width: low.width)))
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement,
            .negate, .extract:
            let constant = bits(value, width: term.width)
            return term.id < constant.id
                ? make(.equal(term, constant), width: 0) : make(.equal(constant, term), width: 0)
        }
    }

    /// What the operand is with which a term is a number; nil where there are several, or none that is known.
    private func solved(_ term: Term, for value: UInt64) -> (operand: Term, value: UInt64)? {
        switch node(term) {
        case .complement(let inner): (inner, ~value)
        case .negate(let inner): (inner, 0 &- value)
        case .arithmetic(let operation, let a, let b): solved(operation, a, b, for: value)
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .concat, .extract: nil
        }
    }

    private func solved(
        _ operation: Arithmetic, _ a: Term, _ b: Term, for value: UInt64
    ) -> (operand: Term, value: UInt64)? {
        switch (operation, constant(a), constant(b)) {
        case (.add, let number?, _): (b, value &- number)
        case (.add, _, let number?): (a, value &- number)
        case (.xor, let number?, _): (b, value ^ number)
        case (.xor, _, let number?): (a, value ^ number)
        case (.subtract, let number?, _): (b, number &- value)
        case (.add, nil, nil), (.xor, nil, nil), (.subtract, nil, _), (.multiply, _, _), (.and, _, _), (.or, _, _),
            (.shiftLeft, _, _), (.shiftRight, _, _):
            nil
        }
    }
}

/// Bit vectors. Both operands of a two-place operation have one width.
extension TermGraph {
    public func compare(_ comparison: Comparison, _ a: Term, _ b: Term) -> Term {
        if a == b { return truth(comparison.isReflexive) }
        if let x = constant(a), let y = constant(b) { return truth(comparison.holds(x, y, width: a.width)) }
        switch (comparison, constant(a), constant(b)) {
        case (.below, _, 0?), (.below, UInt64.mask(a.width)?, _): return no
        case (.belowOrEqual, 0?, _), (.belowOrEqual, _, UInt64.mask(a.width)?): return yes
        case (.below, _, 1?), (.belowOrEqual, _, 0?): return equal(a, bits(0, width: a.width))
        case (.below, _, _), (.belowOrEqual, _, _), (.less, _, _), (.lessOrEqual, _, _): break
        }
        if comparison == .below || comparison == .belowOrEqual, let (low, other) = withoutZeros(a, b) {
            return compare(comparison, low, other)
        }
        return make(.compare(comparison, a, b), width: 0)
    }

    public func arithmetic(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term {
        if let x = constant(a), let y = constant(b) {
            return bits(operation.apply(x, y, width: a.width), width: a.width)
        }
        if let simple = simplified(operation, a, b) { return simple }
        if operation.isCommutative, b.id < a.id { return make(.arithmetic(operation, b, a), width: a.width) }
        return make(.arithmetic(operation, a, b), width: a.width)
    }

    /// Where one operand is neutral, or decides, or is one of several constants in a row.
    private func simplified(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term? {
        if let known = withConstantsAdded(operation, a, b) ?? withConstantsJoined(operation, a, b) { return known }
        switch (operation, constant(a), constant(b)) {
        case (.multiply, 1?, _): return b
        case (.multiply, _, 1?), (.shiftLeft, _, 0?), (.shiftRight, _, 0?): return a
        case (.multiply, 0?, _), (.shiftLeft, 0?, _), (.shiftRight, 0?, _): return a
        case (.multiply, _, 0?): return b
        case (.shiftLeft, _, let count?): return shiftedLeft(a, by: count)
        case (.shiftRight, _, let count?): return shiftedRight(a, by: count)
        case (.subtract, _, _), (.xor, _, _): return a == b ? bits(0, width: a.width) : nil
        case (.and, _, _), (.or, _, _): return a == b ? a : nil
        case (.add, _, _), (.multiply, _, _), (.shiftLeft, _, _), (.shiftRight, _, _): return nil
        }
    }

    private func shiftedLeft(_ term: Term, by count: UInt64) -> Term {
        guard count < UInt64(term.width) else { return bits(0, width: term.width) }
        return concat(extract(term, low: 0, width: term.width - Int(count)), bits(0, width: Int(count)))
    }

    private func shiftedRight(_ term: Term, by count: UInt64) -> Term {
        guard count < UInt64(term.width) else { return bits(0, width: term.width) }
        return extended(extract(term, low: Int(count), width: term.width - Int(count)), to: term.width)
    }

    public func complement(_ term: Term) -> Term {
        switch node(term) {
        case .bits(let value): bits(~value, width: term.width)
        case .complement(let inner): inner
        case .variable, .truth, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .negate, .concat,
            .extract:
            make(.complement(term), width: term.width)
        }
    }

    /// Two's complement.
    public func negate(_ term: Term) -> Term {
        if let value = constant(term) { return bits(0 &- value, width: term.width) }
        return make(.negate(term), width: term.width)
    }

    public func concat(_ high: Term, _ low: Term) -> Term {
        let width = high.width + low.width
        if let x = constant(high), let y = constant(low) { return bits(x << UInt64(low.width) | y, width: width) }
        // Neighbouring cuts of one term are a cut.
        if case .extract(let whole, let start) = node(high), case .extract(let other, let below) = node(low),
            whole == other, start == below + low.width
        {
            return extract(whole, low: below, width: width)
        }
        return make(.concat(high, low), width: width)
    }

    /// With zeros above; cut where it is wider.
    public func extended(_ term: Term, to width: Int) -> Term {
        if width <= term.width { return extract(term, low: 0, width: width) }
        return concat(bits(0, width: width - term.width), term)
    }

    public func extract(_ term: Term, low: Int, width: Int) -> Term {
        if low == 0, width == term.width { return term }
        // Terms share their parts: each is cut once, or cuts would be as many as there are ways to the parts.
        let key = Cut(term: term, value: UInt64(low), width: width)
        if let known = cuts[key] { return known }
        let result = made(extract: term, low: low, width: width)
        cuts[key] = result
        return result
    }

    private func made(extract term: Term, low: Int, width: Int) -> Term {
        switch node(term) {
        case .bits(let value): return bits(value >> UInt64(low), width: width)
        case .extract(let whole, let start): return extract(whole, low: start + low, width: width)
        case .concat(let high, let lowPart):
            if low >= lowPart.width { return extract(high, low: low - lowPart.width, width: width) }
            if low + width <= lowPart.width { return extract(lowPart, low: low, width: width) }
            return concat(
                extract(high, low: 0, width: low + width - lowPart.width),
                extract(lowPart, low: low, width: lowPart.width - low))
        case .conditional(let condition, let a, let b):
            return conditional(
                condition, extract(a, low: low, width: width), extract(b, low: low, width: width))
        case .arithmetic(let operation, let a, let b):
            return cut(operation, a, b, low: low, width: width) ?? make(.extract(term, low: low), width: width)
        case .complement(let inner): return complement(extract(inner, low: low, width: width))
        case .variable, .truth, .not, .and, .or, .equal, .compare, .negate:
            return make(.extract(term, low: low), width: width)
        }
    }

    /// The low bits of a sum depend on low bits only; single bits of a conjunction on single bits.
    private func cut(_ operation: Arithmetic, _ a: Term, _ b: Term, low: Int, width: Int) -> Term? {
        switch operation {
        case .add, .subtract, .multiply: if low != 0 { return nil }
        case .and, .or, .xor: break
        case .shiftLeft, .shiftRight: return nil
        }
        return arithmetic(
            operation, extract(a, low: low, width: width), extract(b, low: low, width: width))
    }

    // MARK: Truth as bits

    /// 1 or 0, of so many bits.
    public func bits(of truth: Term, width: Int = 1) -> Term {
        conditional(truth, bits(1, width: width), bits(0, width: width))
    }

    /// Whether it is not 0.
    public func isNotZero(_ term: Term) -> Term { not(equal(term, bits(0, width: term.width))) }
}

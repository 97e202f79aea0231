/// Several constants in a row are one: what is changed and changed back is the same term as before.
extension TermGraph {
    /// A sum or difference with a constant; nil where neither operand is one, and nothing cancels.
    func withConstantsAdded(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term? {
        switch (operation, constant(a), constant(b)) {
        case (.add, let number?, nil): return adding(number, to: b)
        case (.add, nil, let number?): return adding(number, to: a)
        case (.subtract, nil, let number?): return adding(0 &- number, to: a)
        case (.add, _, _): return restored(a, b) ?? restored(b, a)
        case (.subtract, _, _): return removed(b, from: a)
        case (.multiply, _, _), (.and, _, _), (.or, _, _), (.xor, _, _), (.shiftLeft, _, _), (.shiftRight, _, _):
            return nil
        }
    }

    private func adding(_ number: UInt64, to term: Term) -> Term {
        var (base, sum) = (term, number)
        if case .arithmetic(.add, let a, let b) = node(term), let inner = constant(a) ?? constant(b) {
            (base, sum) = (constant(a) == nil ? a : b, inner &+ number)
        }
        let rest = bits(sum, width: term.width)
        if constant(rest) == 0 { return base }
        return base.id < rest.id
            ? make(.arithmetic(.add, base, rest), width: term.width)
            : make(.arithmetic(.add, rest, base), width: term.width)
    }

    /// x - y + y
    private func restored(_ difference: Term, _ term: Term) -> Term? {
        if case .arithmetic(.subtract, let whole, term) = node(difference) { whole } else { nil }
    }

    /// x + y - y
    private func removed(_ term: Term, from sum: Term) -> Term? {
        guard case .arithmetic(.add, let a, let b) = node(sum) else { return nil }
        return a == term ? b : b == term ? a : nil
    }

    // MARK: Bit by bit

    /// What constants have made of a term: each bit is one of the term, or its complement, or is known.
    private struct Chain {
        var base: Term
        /// Bits that are those of the term or their complements; others are 0 or 1.
        var kept: UInt64
        /// Bits that are 1, none of them kept.
        var ones: UInt64 = 0
        /// Kept bits that are complements.
        var flipped: UInt64 = 0

        mutating func take(_ operation: Arithmetic, _ number: UInt64) {
            switch operation {
            case .and: (kept, ones, flipped) = (kept & number, ones & number, flipped & number)
            case .or: (kept, ones, flipped) = (kept & ~number, ones | number, flipped & ~number)
            case .xor: (ones, flipped) = (ones ^ number & ~kept, flipped ^ number & kept)
            case .add, .subtract, .multiply, .shiftLeft, .shiftRight: break
            }
        }
    }

    /// A conjunction, disjunction or inequality with a constant, bit by bit; nil where it is none.
    func withConstantsJoined(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term? {
        switch operation {
        case .and, .or, .xor: break
        case .add, .subtract, .multiply, .shiftLeft, .shiftRight: return nil
        }
        guard let number = constant(a) ?? constant(b) else { return nil }
        var chain = chain(constant(a) == nil ? a : b)
        chain.take(operation, number)
        return term(chain)
    }

    private func chain(_ term: Term) -> Chain {
        switch node(term) {
        case .complement(let inner):
            var chain = chain(inner)
            chain.take(.xor, .mask(term.width))
            return chain
        case .arithmetic(let operation, let a, let b):
            guard let number = constant(a) ?? constant(b) else { break }
            switch operation {
            case .and, .or, .xor:
                var chain = chain(constant(a) == nil ? a : b)
                chain.take(operation, number)
                return chain
            case .add, .subtract, .multiply, .shiftLeft, .shiftRight: break
            }
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .negate, .concat, .extract:
            break
        }
        return Chain(base: term, kept: .mask(bitsBehindZeros(term)))
    }

    private func term(_ chain: Chain) -> Term {
        let width = chain.base.width
        guard chain.kept != 0 else { return bits(chain.ones, width: width) }
        var (term, flipped) = (chain.base, chain.flipped)
        let live = UInt64.mask(bitsBehindZeros(term))
        // Bits that are 1 anyway need not be masked.
        if chain.kept != live & ~chain.ones { term = conjunction(term, chain.kept) }
        if chain.ones != 0 { term = join(.or, term, chain.ones) }
        if flipped == .mask(width) {
            (term, flipped) = (complement(term), 0)
        }
        return flipped == 0 ? term : join(.xor, term, flipped)
    }

    /// With low ones: a cut, and zeros above it.
    private func conjunction(_ term: Term, _ mask: UInt64) -> Term {
        guard mask & (mask &+ 1) == 0 else { return join(.and, term, mask) }
        return extended(extract(term, low: 0, width: mask.nonzeroBitCount), to: term.width)
    }

    private func join(_ operation: Arithmetic, _ term: Term, _ number: UInt64) -> Term {
        let number = bits(number, width: term.width)
        return term.id < number.id
            ? make(.arithmetic(operation, term, number), width: term.width)
            : make(.arithmetic(operation, number, term), width: term.width)
    }
}

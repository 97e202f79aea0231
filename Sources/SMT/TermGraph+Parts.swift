/// What terms are made of, for those who look at conditions one by one.
extension TermGraph {
    /// A term by its number.
    public func term(numbered number: Int32) -> Term { term(number) }

    /// The variables of a term, each once, in the order in which they occur.
    public func variables(of term: Term) -> [Term] {
        var seen: Set<Int32> = []
        var found: [Term] = []
        var todo = [term]
        while let next = todo.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            if case .variable = node(next) { found.append(next) }
            todo += operands(node(next)).reversed()
        }
        return found
    }

    /// Which bits of which variables a term reads, each once; all bits of those that are not only read in parts.
    public func bitsRead(by term: Term) -> [(variable: Term, bits: Range<Int>)] {
        var seen: Set<Int32> = []
        var found: [(variable: Term, bits: Range<Int>)] = []
        var todo = [term]
        while let next = todo.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            switch node(next) {
            case .variable: found.append((next, 0..<next.width))
            case .extract(let whole, let low) where name(of: whole) != nil:
                found.append((whole, low..<low + next.width))
            case .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate,
                .concat, .extract:
                todo += operands(node(next)).reversed()
            }
        }
        return found
    }

    /// What an `and` joins; the term alone where it is none.
    public func conjuncts(of term: Term) -> [Term] {
        if case .and(let parts) = node(term) { parts } else { term == yes ? [] : [term] }
    }

    /// What an `or` joins; the term alone where it is none.
    public func alternatives(of term: Term) -> [Term] {
        if case .or(let parts) = node(term) { parts } else { term == no ? [] : [term] }
    }

    /// The sides of an equation between bit vectors.
    public func sides(ofEquation term: Term) -> (Term, Term)? {
        if case .equal(let a, let b) = node(term), !a.isBool { (a, b) } else { nil }
    }

    /// The same term where variables stand for other terms.
    public func replacing(_ replacements: [Term: Term], in term: Term) -> Term {
        var substitution = Substitution(self, replacements)
        return substitution(term)
    }
}

extension Term {
    /// Counts the terms of a graph, in the order in which they were made.
    public var number: Int32 { id }
}

/// Conditions as alternatives: disjunctive normal form.
extension TermGraph {
    /// Conditions that are true where the parts of one of the alternatives are all true. Parts are no `and`, no `or`, and no
    /// choice between constants; they are in the order in which they were made.
    ///
    /// - Returns: nil where there would be more than `most` alternatives. `[]` for what is never true, `[[]]` for what always is.
    public func cubes(of condition: Term, most: Int) -> [[Term]]? {
        cubes(of: condition, is: true, most)?.map { $0.sorted { $0.id < $1.id } }
    }

    private func cubes(of condition: Term, is value: Bool, _ most: Int) -> [Set<Term>]? {
        switch node(condition) {
        case .truth(let truth): return truth == value ? [[]] : []
        case .not(let inner): return cubes(of: inner, is: !value, most)
        case .and(let parts): return value ? all(parts, is: value, most) : any(parts, is: value, most)
        case .or(let parts): return value ? any(parts, is: value, most) : all(parts, is: value, most)
        case .conditional(let choice, let a, let b): return either(choice, a, b, is: value, most)
        case .equal(let a, let b):
            if let (choice, a, b) = arms(a, b, { equal($0, $1) }) { return either(choice, a, b, is: value, most) }
        case .compare(let comparison, let a, let b):
            if let (choice, a, b) = arms(a, b, { compare(comparison, $0, $1) }) {
                return either(choice, a, b, is: value, most)
            }
        case .variable, .bits, .arithmetic, .complement, .negate, .concat, .extract: break
        }
        return [[value ? condition : not(condition)]]
    }

    /// What a comparison is in each case, where one side of it depends on a case, and the other is a constant.
    private func arms(_ a: Term, _ b: Term, _ compared: (Term, Term) -> Term) -> (Term, Term, Term)? {
        if case .conditional(let choice, let x, let y) = node(a), constant(b) != nil {
            return (choice, compared(x, b), compared(y, b))
        }
        if case .conditional(let choice, let x, let y) = node(b), constant(a) != nil {
            return (choice, compared(a, x), compared(a, y))
        }
        return nil
    }

    private func either(_ choice: Term, _ a: Term, _ b: Term, is value: Bool, _ most: Int) -> [Set<Term>]? {
        guard let yes = cubes(of: choice, is: true, most), let no = cubes(of: choice, is: false, most),
            let first = cubes(of: a, is: value, most).flatMap({ product(yes, $0, most) }),
            let second = cubes(of: b, is: value, most).flatMap({ product(no, $0, most) })
        else { return nil }
        return union([first, second], most)
    }

    private func all(_ parts: [Term], is value: Bool, _ most: Int) -> [Set<Term>]? {
        var result: [Set<Term>] = [[]]
        for part in parts {
            guard let next = cubes(of: part, is: value, most).flatMap({ product(result, $0, most) }) else { return nil }
            result = next
        }
        return result
    }

    private func any(_ parts: [Term], is value: Bool, _ most: Int) -> [Set<Term>]? {
        var result: [[Set<Term>]] = []
        for part in parts {
            guard let next = cubes(of: part, is: value, most) else { return nil }
            result.append(next)
        }
        return union(result, most)
    }

    private func union(_ parts: [[Set<Term>]], _ most: Int) -> [Set<Term>]? {
        var seen: Set<Set<Term>> = []
        let result = parts.joined().filter { seen.insert($0).inserted }
        return result.count <= most ? result : nil
    }

    /// Without those that contradict themselves.
    private func product(_ a: [Set<Term>], _ b: [Set<Term>], _ most: Int) -> [Set<Term>]? {
        var result: [Set<Term>] = []
        for one in a {
            for other in b where !other.contains(where: { one.contains(not($0)) }) {
                result.append(one.union(other))
                if result.count > most { return nil }
            }
        }
        return result
    }
}

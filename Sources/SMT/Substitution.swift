/// Replaces variables of terms by other terms, in all places at once.
///
/// Keeps what it has made: terms that share parts cost each part once. Linear in the parts.
public struct Substitution {
    private let graph: TermGraph
    private var made: [Int32: Term] = [:]

    /// - Parameter replacements: by variable, each by a term of the same sort.
    public init(_ graph: TermGraph, _ replacements: [Term: Term]) {
        self.graph = graph
        for (variable, term) in replacements { made[variable.id] = term }
    }

    public mutating func callAsFunction(_ term: Term) -> Term {
        for id in graph.parts(of: [term]) where made[id] == nil {
            let old = graph.term(id)
            made[id] = graph.rebuilt(old) { made[$0.id] ?? $0 }
        }
        return made[term.id] ?? term
    }
}

extension TermGraph {
    /// Whether a term has another one among its parts.
    public func contains(_ part: Term, in term: Term) -> Bool {
        var seen: Set<Int32> = []
        var todo = [term.id]
        while let id = todo.popLast() {
            // Operands were made before what they are part of.
            guard id >= part.id, seen.insert(id).inserted else { continue }
            if id == part.id { return true }
            todo += operands(nodes[Int(id)]).map(\.id)
        }
        return false
    }

    /// The parts of terms, themselves included, operands first.
    func parts(of terms: [Term]) -> [Int32] {
        var seen: Set<Int32> = []
        var todo = terms.map(\.id)
        while let id = todo.popLast() {
            guard seen.insert(id).inserted else { continue }
            todo += operands(nodes[Int(id)]).map(\.id)
        }
        return seen.sorted()
    }

    func operands(_ node: TermNode) -> [Term] {
        switch node {
        case .variable, .truth, .bits: []
        case .not(let a), .complement(let a), .negate(let a), .extract(let a, _): [a]
        case .and(let parts), .or(let parts): parts
        case .conditional(let condition, let a, let b): [condition, a, b]
        case .equal(let a, let b), .compare(_, let a, let b), .arithmetic(_, let a, let b), .concat(let a, let b):
            [a, b]
        }
    }

    /// The same operation on other operands.
    func rebuilt(_ term: Term, _ change: (Term) -> Term) -> Term {
        switch node(term) {
        case .variable, .truth, .bits: term
        case .not(let a): not(change(a))
        case .and(let parts): and(parts.map(change))
        case .or(let parts): or(parts.map(change))
        case .conditional(let condition, let a, let b): conditional(change(condition), change(a), change(b))
        case .equal(let a, let b): equal(change(a), change(b))
        case .compare(let comparison, let a, let b): compare(comparison, change(a), change(b))
        case .arithmetic(let operation, let a, let b): arithmetic(operation, change(a), change(b))
        case .complement(let a): complement(change(a))
        case .negate(let a): negate(change(a))
        case .concat(let a, let b): concat(change(a), change(b))
        case .extract(let a, let low): extract(change(a), low: low, width: term.width)
        }
    }
}

/// Values of variables, by name. Truth is 1 and 0; a variable without a value is 0.
public struct Assignment: Hashable, Sendable {
    public var values: [String: UInt64]

    public init(_ values: [String: UInt64] = [:]) { self.values = values }
}

extension TermGraph {
    /// The values of terms under an assignment, truth as 1 and 0. Linear in their parts.
    ///
    /// Shares nothing with any solver: what a solver says is checked with it.
    public func values(of terms: [Term], _ assignment: Assignment) -> [UInt64] {
        var values: [Int32: UInt64] = [:]
        for id in parts(of: terms) {
            let term = term(id)
            values[id] = value(term, assignment) { values[$0.id, default: 0] }
        }
        return terms.map { values[$0.id, default: 0] }
    }

    private func value(_ term: Term, _ assignment: Assignment, _ operand: (Term) -> UInt64) -> UInt64 {
        switch node(term) {
        case .variable(let number):
            assignment.values[names[number], default: 0] & .mask(max(1, term.width))
        case .truth(let value): value ? 1 : 0
        case .bits(let value): value
        case .not(let a): 1 - operand(a)
        case .and(let parts): parts.allSatisfy { operand($0) == 1 } ? 1 : 0
        case .or(let parts): parts.contains { operand($0) == 1 } ? 1 : 0
        case .conditional(let condition, let a, let b): operand(condition) == 1 ? operand(a) : operand(b)
        case .equal(let a, let b): operand(a) == operand(b) ? 1 : 0
        case .compare(let comparison, let a, let b):
            comparison.holds(operand(a), operand(b), width: a.width) ? 1 : 0
        case .arithmetic(let operation, let a, let b): operation.apply(operand(a), operand(b), width: term.width)
        case .complement(let a): ~operand(a) & .mask(term.width)
        case .negate(let a): (0 &- operand(a)) & .mask(term.width)
        case .concat(let a, let b): operand(a) << UInt64(b.width) | operand(b)
        case .extract(let a, let low): operand(a) >> UInt64(low) & .mask(term.width)
        }
    }
}

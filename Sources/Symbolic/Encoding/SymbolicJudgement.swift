import Model

/// What can be wrong with a run of a model, in the order in which engines name it where several are at once.
public enum SymbolicJudgement: Hashable, Sendable {
    /// By number of ``Model/Model/violations``.
    case inStep(Int)
    /// A process at rest holds a lock.
    case lockLeak
    /// By number of ``Model/Model/properties``.
    case property(Int)
    case deadlock
}

extension Model {
    /// All of them.
    public var judgements: [SymbolicJudgement] {
        violations.indices.map(SymbolicJudgement.inStep) + [.lockLeak]
            + properties.indices.filter { properties[$0].kind != .reachable }.map(SymbolicJudgement.property)
            + [.deadlock]
    }

    /// Those of a name, or all.
    func judgements(named name: String?) -> [SymbolicJudgement] {
        guard let name else { return judgements }
        return judgements.filter { self.name(of: $0) == name }
    }

    public func name(of judgement: SymbolicJudgement) -> String {
        switch judgement {
        case .inStep(let number): violations[number].name
        case .lockLeak: "lock_leak"
        case .property(let number): properties[number].name
        case .deadlock: "deadlock"
        }
    }
}

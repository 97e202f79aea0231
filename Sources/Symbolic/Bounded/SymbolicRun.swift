import Model
import SMT

/// A run of a model that a solver has found.
public struct SymbolicRun: Hashable, Sendable {
    public let judgement: SymbolicJudgement
    /// Packed states: the initial one, and that behind each step that has one.
    public let states: [[UInt64]]
    /// Who takes each step; the last one may end in a violation without a state.
    public let actors: [Int]

    public var stepCount: Int { actors.count }
}

extension SymbolicRun {
    /// Reads a run out of the values of its choices.
    init(_ judgement: SymbolicJudgement, _ unrolling: Unrolling, _ assignment: Assignment) {
        let (formula, graph) = (unrolling.formula, unrolling.formula.graph)
        let isWhole = graph.values(of: [unrolling.exists], assignment) == [1]
        let kept = isWhole ? unrolling.states : unrolling.states.dropLast()
        states = kept.map { formula.model.words(of: graph.values(of: $0, assignment), formula.layout) }
        actors = (0..<unrolling.depth).map { Int(assignment.values["step \($0 + 1).actor", default: 0]) }
        self.judgement = judgement
    }
}

import Model
import SMT

/// A run of a model that a solver has found.
public struct SymbolicRun: Hashable, Sendable {
    public let judgement: SymbolicJudgement
    /// Packed states: the initial one, and that behind each step that has one.
    public let states: [[UInt64]]
    /// Who takes each step; the last one may end in a violation without a state.
    public let actors: [Int]
    /// A state with the codes of the free cells.
    public let free: [UInt64]
    /// The codes that are chosen where there are too many to try all; ascending.
    public let wideChoices: [UInt64]
    /// Choices among more bits or numbers than these are among ``wideChoices`` too; nil where that is not known.
    public let mostCandidates: Int?
    /// It ends in a deadlock only if nobody can go on with values that were not tried.
    public let isGuess: Bool

    public var stepCount: Int { actors.count }
}

extension SymbolicRun {
    /// Reads a run out of the values of its choices.
    init(_ judgement: SymbolicJudgement, _ unrolling: Unrolling, _ assignment: Assignment) {
        let (formula, graph) = (unrolling.formula, unrolling.formula.graph)
        let isWhole = graph.values(of: [unrolling.exists], assignment) == [1]
        let kept = isWhole ? unrolling.states : unrolling.states.dropLast()
        states = kept.map { formula.model.words(of: graph.values(of: $0, assignment), formula.layout) }
        free = formula.model.words(of: graph.values(of: unrolling.states[0], assignment), formula.layout)
        // What does not matter has no value, and is 0.
        let wide = assignment.values.filter { $0.key.contains("choice ") && formula.isWide($0.key) }
        wideChoices = Set(wide.map(\.value) + [0]).sorted()
        // Whether a deadlock is one is a question about all that could be chosen.
        mostCandidates = judgement == .deadlock ? nil : 1 << ModelFormula.narrowBits
        actors = (0..<unrolling.depth).map { Int(assignment.values["step \($0 + 1).actor", default: 0]) }
        isGuess = judgement == .deadlock && formula.guessesMoves
        self.judgement = judgement
    }
}

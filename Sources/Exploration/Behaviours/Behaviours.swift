import Model

/// All that a model does, as far as it was looked at: its states, and the steps between them with what each tells of.
public struct Behaviours {
    public let code: ModelCode
    public let words: LabelWords
    let tell: BehaviourSearch.Teller
    let table: StateTable
    /// How many of the states are initial: they come first.
    let initialCount: Int
    /// By state: where its steps start; one more at the end. Only of those that were expanded.
    let offsets: [Int]
    let targets: [Int32]
    /// The labels of each step, as numbers of ``words``.
    let stepWords: [Int32]
    /// The state from which each was reached first; -1 for initial ones.
    let parents: [Int32]
    /// By label: the first step that tells of it, on a shortest run to it.
    let firstSteps: [Int32: FirstStep]
    /// One for each state, enabled action and combination of choices.
    public let transitions: Int
    public let depth: Int
    /// Every state up to this depth has been expanded; -1 where not even the initial ones.
    public let completeDepth: Int
    /// What ended the search early; nil where everything was looked at.
    public let cut: InconclusiveReason?

    struct FirstStep: Sendable {
        let source: Int32
        let target: Int32
        let word: Int32
    }

    public var states: Int { table.count }
    /// Of all events that were met, ascending.
    public var labels: [Int32] { firstSteps.keys.sorted() }

    func steps(of state: Int) -> Range<Int> {
        state + 1 < offsets.count ? offsets[state]..<offsets[state + 1] : 0..<0
    }

    /// The graph of all events: a step with several becomes as many edges.
    public var graph: LabelledGraph {
        var edges: [LabelledGraph.Edge] = []
        edges.reserveCapacity(targets.count)
        var between: [UInt64: Int32] = [:]
        var nodeCount = Int32(states)
        /// Where the rest of a word begins that leads to a state.
        func node(before word: ArraySlice<Int32>, _ target: Int32) -> Int32 {
            guard let first = word.first else { return target }
            let key = UInt64(UInt32(bitPattern: target)) << 32 | UInt64(words.number(of: Array(word)))
            if let known = between[key] { return known }
            let number = nodeCount
            nodeCount += 1
            between[key] = number
            edges.append(LabelledGraph.Edge(number, first, node(before: word.dropFirst(), target)))
            return number
        }
        for state in 0..<states {
            for step in steps(of: state) {
                let word = words[Int(stepWords[step])]
                let target = node(before: word.dropFirst(), targets[step])
                edges.append(LabelledGraph.Edge(Int32(state), word.first ?? LabelledGraph.silent, target))
            }
        }
        return LabelledGraph(nodeCount: Int(nodeCount), starts: (0..<Int32(initialCount)), edges: edges)
    }
}

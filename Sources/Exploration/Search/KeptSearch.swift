import Model

/// What a search found, in terms of the model: to be kept, and to be believed only as far as it can be seen again.
///
/// Of a counterexample only its steps and choices are kept; ``result(for:)`` takes them again with the bytecode machine.
/// All else is data. Whoever adds to ``SearchResult`` what is read after a search has to keep it here; a test compares
/// the two.
public struct KeptSearch: Codable, Hashable, Sendable {
    public var states: Int
    public var transitions: Int
    public var depth: Int
    public var completeDepth: Int
    public var completeSwitches: Int?
    public var initialStates: Int
    public var unwitnessed: [String]
    public var passedOver: [KeptViolation]
    public var missedStateProbability: Double?
    public var reach: KeptReach?
    public var layerSizes: [Int]
    public var isReducedByPartialOrder: Bool
    public var symmetryOrder: Int
    /// Nil where the search has seen everything.
    public var trace: KeptTrace?

    /// Nil for what may come out otherwise with more time or memory, and for what is a defect of this program.
    ///
    /// - Parameter model: the one that was searched.
    public init?(_ result: SearchResult, of model: Model) {
        guard !result.isCut else { return nil }
        switch result.outcome {
        case .completed: trace = nil
        case .violation(let counterexample):
            guard counterexample.isBest, counterexample.isShortest else { return nil }
            trace = KeptTrace(counterexample)
        case .inconclusive, .faulty: return nil
        }
        states = result.states
        transitions = result.transitions
        depth = result.depth
        completeDepth = result.completeDepth
        completeSwitches = result.completeSwitches
        initialStates = result.initialStates
        unwitnessed = result.unwitnessed
        passedOver = result.passedOver.map { KeptViolation(name: $0.name, count: $0.count) }
        missedStateProbability = result.missedStateProbability
        reach = result.reach.map { KeptReach($0, model) }
        layerSizes = result.layerSizes
        isReducedByPartialOrder = result.isReducedByPartialOrder
        symmetryOrder = result.symmetryOrder
    }

    /// The result again, without the time and the memory that it took, and without a sample of states.
    ///
    /// Nil where it does not fit the model. Costs as much as following the counterexample step by step.
    public func result(for code: ModelCode) -> SearchResult? {
        guard let outcome = outcome(for: code) else { return nil }
        let known = reach?.reach(of: code.model)
        if reach != nil, known == nil { return nil }
        var result = SearchResult(
            outcome: outcome, states: states, transitions: transitions, depth: depth, completeDepth: completeDepth,
            completeSwitches: completeSwitches, initialStates: initialStates, unwitnessed: unwitnessed,
            passedOver: passedOver.map { PassedOver(name: $0.name, count: $0.count) }, memory: 0,
            missedStateProbability: missedStateProbability, reach: known, symmetryOrder: symmetryOrder, elapsed: .zero)
        result.layerSizes = layerSizes
        result.isReducedByPartialOrder = isReducedByPartialOrder
        return result
    }

    private func outcome(for code: ModelCode) -> SearchResult.Outcome? {
        guard let trace else { return .completed }
        return trace.counterexample(in: code).map { .violation($0) }
    }
}

/// A violation that was not under search, and in how many states or steps.
public struct KeptViolation: Codable, Hashable, Sendable {
    public var name: String
    public var count: Int
}

/// What a search has come by, with the marks of a model by their numbers.
public struct KeptReach: Codable, Hashable, Sendable {
    /// Numbers of ``Model/marks``, ascending.
    public var marks: [Int]
    public var touched: [Int]
    public var unsought: [Int]
    public var witnesses: [Bool]
    public var comesToRest: Bool?

    init(_ reach: Reach, _ model: Model) {
        let all = model.marks
        marks = all.indices.filter { reach.marks.contains(all[$0]) }
        touched = all.indices.filter { reach.touched.contains(all[$0]) }
        unsought = all.indices.filter { reach.unsought.contains(all[$0]) }
        witnesses = reach.witnesses
        comesToRest = reach.comesToRest
    }

    /// Nil where it does not fit the model.
    func reach(of model: Model) -> Reach? {
        let all = model.marks
        guard witnesses.count == model.witnesses.count, (marks + touched + unsought).allSatisfy(all.indices.contains)
        else {
            return nil
        }
        let left = Set(unsought.map { all[$0] })
        return Reach(
            marks: Set(marks.map { all[$0] }), touched: Set(touched.map { all[$0] }),
            possible: model.presentMarks.subtracting(left), unsought: left, witnesses: witnesses,
            comesToRest: comesToRest)
    }
}

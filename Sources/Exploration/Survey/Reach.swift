import Model

/// What the states of a search, and the steps from them, have come by: what tells a result that means something.
public struct Reach: Hashable, Sendable {
    /// Statements and ways that some possible step comes by.
    public let marks: Set<Mark>
    /// Those that some step comes to and may end at, because it waits.
    public let touched: Set<Mark>
    /// All that there are in the model.
    public let possible: Set<Mark>
    /// Those that were looked for in some states only; they are not among ``possible``.
    public let unsought: Set<Mark>
    /// By number of ``Model/witnesses``: whether some state or step meets it.
    public let witnesses: [Bool]
    /// Whether some step ends where every process is at rest. Nil where no property asks.
    public let comesToRest: Bool?
}

/// Goes through states until everything is witnessed that can be.
///
/// A state costs the actions of its processes that have marks nobody has come by, and the conditions that nothing has met;
/// where pairs of states are looked for, all its successors. What is witnessed costs nothing any more.
struct ReachSurvey {
    private var marks: ReachedMarks
    private let machine: Machine
    private let rest: RestTable
    private let buffer = SuccessorBuffer()
    private var isMet: [Bool]
    /// Witnesses that are missing, by moment.
    private var inStates: [Int]
    private var atRest: [Int]
    private var inSteps: [Int]
    private var comesToRest: Bool?
    /// Marks that are not worth a look at all states, and those of them that were given up.
    private let unwanted: Set<Mark>
    private var unsought: Set<Mark> = []
    private var visited = 0

    /// So many states are looked at for marks that somebody says are never come by: most are met early or never.
    private static let statesForUnwanted = 1 << 17

    /// - Parameter unwanted: marks that are looked for in the first states only.
    /// - Throws: ``InvalidModel`` for a model that no engine can run.
    init(_ model: Model, unwanted: Set<Mark> = []) throws(InvalidModel) {
        self.unwanted = unwanted
        var asking = model
        // The conditions are compiled like properties.
        asking.properties = model.witnesses.map {
            Property(name: $0.name, kind: $0.moment == .step ? .transition : .invariant, conjuncts: [$0.condition])
        }
        let code = try ModelCode(asking, marks: .statements)
        marks = ReachedMarks(code)
        machine = Machine(code)
        rest = RestTable(code)
        isMet = model.witnesses.map { _ in false }
        func missing(_ moment: Witness.Moment) -> [Int] {
            model.witnesses.indices.filter { model.witnesses[$0].moment == moment }
        }
        inStates = missing(.state)
        atRest = missing(.rest)
        inSteps = missing(.step)
        comesToRest = model.properties.contains { $0.kind == .atRest } ? false : nil
    }

    var isComplete: Bool { marks.isComplete && asksForNothing }

    private var asksForNothing: Bool {
        inStates.isEmpty && atRest.isEmpty && inSteps.isEmpty && comesToRest != false
    }

    var reach: Reach {
        Reach(
            marks: marks.reached, touched: marks.touched, possible: marks.possible, unsought: unsought,
            witnesses: isMet, comesToRest: comesToRest)
    }

    /// A state, and those that are passed through behind it.
    mutating func visit(_ state: UnsafePointer<UInt64>, _ passing: ModelSystem?) {
        visited += 1
        if visited == Self.statesForUnwanted { unsought = marks.giveUp(unwanted) }
        visit(state)
        guard let passing, !asksForNothing || marks.isWaiting(where: passing.passes) else { return }
        passing.forEachPassed(behind: state) { visit($0) }
    }

    private mutating func visit(_ state: UnsafePointer<UInt64>) {
        marks.visit(state)
        if asksForNothing { return }
        note(Self.met(among: &inStates, machine, state, old: state))
        if !atRest.isEmpty, rest.allRest(state) { note(Self.met(among: &atRest, machine, state, old: state)) }
        if !inSteps.isEmpty || (comesToRest == false && rest.isNearRest(state)) { step(from: state) }
    }

    private mutating func step(from state: UnsafePointer<UInt64>) {
        machine.expand(state, into: buffer)
        let contents = buffer.contents
        for number in 0..<contents.count where contents.successors[number].ending < 0 {
            let next = UnsafePointer(contents.words + contents.successors[number].start)
            if comesToRest == false, rest.allRest(next) { comesToRest = true }
            note(Self.met(among: &inSteps, machine, next, old: state))
        }
    }

    private mutating func note(_ met: [Int]) {
        for number in met { isMet[number] = true }
    }

    /// Takes those that are met from the missing ones. What breaks the promises of the model is met by nothing.
    private static func met(
        among missing: inout [Int], _ machine: Machine, _ state: UnsafePointer<UInt64>, old: UnsafePointer<UInt64>
    ) -> [Int] {
        if missing.isEmpty { return [] }
        let met = missing.filter {
            (try? machine.holds(property: $0, conjunct: 0, in: state, old: old)) ?? false
        }
        if !met.isEmpty { missing.removeAll { met.contains($0) } }
        return met
    }
}

extension ReachSurvey {
    /// Goes through the states of a search; nil where the user has had enough, or time is up, before everything was
    /// witnessed.
    func reach(
        in store: some StateStore, _ layers: [[Range<StateID>]], _ options: SearchOptions, passing: ModelSystem? = nil
    ) -> Reach? {
        var survey = self
        let scratch = Scratch(store)
        for id in layers.joined().joined() {
            if survey.isComplete { break }
            if id & 4095 == 0, options.hasHadEnough { return nil }
            guard let state = store.state(id, in: scratch.words).baseAddress else { return nil }
            survey.visit(state, passing)
        }
        return survey.reach
    }
}

extension SearchOptions {
    /// Whether the user or the clock has ended the work.
    var hasHadEnough: Bool { isCancelled() || deadline.map { $0 < .now } ?? false }
}

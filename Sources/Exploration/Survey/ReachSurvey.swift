import Model

/// Goes through states until everything is witnessed that can be.
///
/// A state costs the actions of its processes that have marks nobody has come by, and the conditions that nothing has met;
/// where pairs of states are looked for, all its successors. What is witnessed costs nothing any more.
struct ReachSurvey {
    private var marks: ReachedMarks
    private let code: ModelCode
    private var machine: Machine
    private let rest: RestTable
    private var buffer: SuccessorBuffer
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
    /// Whether marks are missing where states are passed through, as of a version of the marks.
    private var passedMarks: (version: Int, areMissing: Bool)?

    /// A layer that begins behind so many states is not looked at for marks that somebody says are never come by: most are
    /// met early or never.
    static let statesForUnwanted = 1 << 17

    /// - Parameter unwanted: marks that are looked for in the first states only.
    /// - Throws: ``InvalidModel`` for a model that no engine can run.
    init(_ model: Model, unwanted: Set<Mark> = []) throws(InvalidModel) {
        self.unwanted = unwanted
        var asking = model
        // The conditions are compiled like properties.
        asking.properties = model.witnesses.map {
            Property(name: $0.name, kind: $0.moment == .step ? .transition : .invariant, conjuncts: [$0.condition])
        }
        code = try ModelCode(asking, marks: .statements)
        marks = ReachedMarks(code)
        machine = Machine(code)
        buffer = SuccessorBuffer()
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

    /// Is told before each layer. What is no longer looked for is so given up at the same state for any number of threads.
    mutating func beginLayer() {
        if visited >= Self.statesForUnwanted, unsought.isEmpty { unsought = marks.giveUp(unwanted) }
    }

    /// A state, and those that are passed through behind it.
    mutating func visit(_ state: UnsafePointer<UInt64>, _ passing: PassedStates?) {
        visited += 1
        visit(state)
        guard let passing, mayLearn(from: passing) else { return }
        passing.forEach(behind: state) { visit($0) }
    }

    /// Whether there is something to see in states that are passed through.
    private mutating func mayLearn(from passing: PassedStates) -> Bool {
        if !asksForNothing { return true }
        if let known = passedMarks, known.version == marks.version { return known.areMissing }
        let areMissing = marks.isWaiting(where: passing.passes)
        passedMarks = (marks.version, areMissing)
        return areMissing
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

    // MARK: Threads

    /// One that knows as much, for another thread.
    private init(copy other: ReachSurvey) {
        self = other  // but what no two threads share
        marks = other.marks.forked()
        visited = 0
        machine = Machine(code)
        buffer = SuccessorBuffer()
    }

    /// One that knows as much, for another thread.
    func forked() -> ReachSurvey { ReachSurvey(copy: self) }

    /// Takes over what others have learnt. The order of the others is of no importance.
    mutating func learn(from others: [ReachSurvey]) {
        marks.learn(from: others.map(\.marks))
        for other in others {
            visited += other.visited
            for number in isMet.indices where other.isMet[number] { isMet[number] = true }
            if other.comesToRest == true { comesToRest = true }
        }
        inStates.removeAll { isMet[$0] }
        atRest.removeAll { isMet[$0] }
        inSteps.removeAll { isMet[$0] }
    }

    // MARK: Conditions

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

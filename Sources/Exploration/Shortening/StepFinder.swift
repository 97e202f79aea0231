import Model

/// Tells the steps of a state, and which of them lead to the violation under search.
struct StepFinder {
    private(set) var system: ModelSystem
    private let buffer = SuccessorBuffer()
    /// By judgement: whether it has the name that is under search.
    private let isTarget: [Bool]
    /// States that may still be expanded. The same for each run: where shortening ends depends on nothing else.
    private(set) var allowance: Int

    struct Steps {
        /// The judgement, where the state itself is a deadlock that is under search.
        var deadlock: Int?
        var all: [Step] = []
    }

    struct Step {
        let step: TraceStep
        /// Where the step leads to the violation.
        let judgement: Int?
        let violation: Int?

        var isHit: Bool { judgement != nil }
    }

    init(_ code: ModelCode, _ judgement: Judgement, allowance: Int) {
        system = ModelSystem(code, usesSymmetry: false, looksForWitnesses: false)
        isTarget = system.judgements.map { $0.name == judgement.name }
        self.allowance = allowance
    }

    /// Allows for some more.
    mutating func reserve(_ more: Int) { allowance += more + 1 }

    /// In the order of actor, action and choices. Nothing where the allowance is used up.
    mutating func steps(from state: [UInt64]) throws(MachineFault) -> Steps {
        guard allowance > 0 else { return Steps() }
        allowance -= 1
        // A copy that stays in place while the system is changed.
        let memory = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: state.count)
        defer { memory.deallocate() }
        _ = memory.initialize(from: state)
        let old = UnsafeBufferPointer(memory)
        system.expand(old, into: buffer)
        let contents = buffer.contents
        if let fault = contents.fault { throw fault }
        var found = Steps()
        if system.isDeadlock(old, contents) {
            found.deadlock = system.judgements.indices.first {
                isTarget[$0] && system.judgements[$0].source == .deadlock
            }
        }
        for number in 0..<contents.count { found.all.append(try step(contents.successors[number], contents, old)) }
        return found
    }

    private mutating func step(
        _ successor: Successor, _ contents: SuccessorBuffer.Contents, _ old: UnsafeBufferPointer<UInt64>
    ) throws(MachineFault) -> Step {
        let words = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
        let violations = (0..<successor.violationCount).map {
            Int(contents.violations[successor.firstViolation + $0])
        }
        let ending = successor.ending < 0 ? nil : Int(successor.ending)
        let actor = Int(successor.actor)
        let place = system.place(of: actor)
        let step = TraceStep(
            action: Int(successor.action), actor: actor, process: place.process, instance: place.instance,
            choices: Move(successor, contents).choices, violations: violations, state: Array(words), ending: ending)
        if let inside = (violations + (ending.map { [$0] } ?? [])).first(where: { isTarget[$0] }) {
            return Step(step: step, judgement: inside, violation: inside)
        }
        guard ending == nil else { return Step(step: step, judgement: nil, violation: nil) }
        var failures: [Int] = []
        try system.examine(words, after: old, failures: &failures)
        try system.examine(words, failures: &failures)
        return Step(step: step, judgement: failures.first { isTarget[$0] }, violation: nil)
    }
}

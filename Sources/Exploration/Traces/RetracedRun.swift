import Model

/// A run as an engine that knows no choices tells it: who moves, and where to.
public struct RetracedRun: Hashable, Sendable {
    /// The name of what is violated.
    public let judgement: String
    /// The number of the violation in the model, for one inside a step.
    public let violation: Int?
    /// The initial state, and that behind each step that has one.
    public let states: [[UInt64]]
    /// Who takes each step.
    public let actors: [Int]
    /// A state with the codes of the free cells; nil where none are free.
    public let free: [UInt64]?

    public init(judgement: String, violation: Int?, states: [[UInt64]], actors: [Int], free: [UInt64]? = nil) {
        self.free = free
        self.judgement = judgement
        self.violation = violation
        self.states = states
        self.actors = actors
    }

    /// The run by the machine, with the choices that lead from state to state. Nil where the machine can't take it, or finds
    /// nothing violated at its end.
    ///
    /// It is as short as the run, and no better otherwise.
    public func counterexample(in code: ModelCode) -> Counterexample? {
        var trace = KeptTrace(judgement: judgement, violation: violation)
        guard let choices = initialChoices(in: code) else { return nil }
        trace.initialChoices = choices
        trace.free = free
        var finder = StepFinder(code, Judgement(name: judgement, source: .inStep), allowance: actors.count + 1)
        for (number, actor) in actors.enumerated() {
            guard states.indices.contains(number), let found = try? finder.steps(from: states[number]),
                let next = found.all.first(where: { isStep($0.step, actor, number + 1) })
            else { return nil }
            trace.steps.append(
                KeptTrace.Step(actor: actor, action: next.step.action, choices: next.step.choices))
        }
        var result = trace.counterexample(in: code)
        result?.isBest = false
        return result
    }

    private func isStep(_ step: TraceStep, _ actor: Int, _ number: Int) -> Bool {
        guard step.actor == actor else { return false }
        let isLast = number == actors.count
        if isLast, let violation, step.violations.contains(violation) || step.ending == violation { return true }
        return step.hasResult && states.indices.contains(number) && step.state == states[number]
            && !(isLast && violation != nil)
    }

    /// The choices of `init` that make the first state; any that violate where that is all there is.
    private func initialChoices(in code: ModelCode) -> [UInt64]? {
        let machine = Machine(code)
        let buffer = SuccessorBuffer()
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = machine.initialStates(into: buffer, free: free, from: &position, most: 1 << 10)
            let contents = buffer.contents
            for number in 0..<contents.count where isStart(contents.successors[number], contents) {
                let successor = contents.successors[number]
                return (0..<successor.choiceCount).map { contents.choices[successor.firstChoice + $0] }
            }
        }
        return nil
    }

    private func isStart(_ successor: Successor, _ contents: SuccessorBuffer.Contents) -> Bool {
        let met = (0..<successor.violationCount).map { Int(contents.violations[successor.firstViolation + $0]) }
        let isWrong = violation.map { met.contains($0) || Int(successor.ending) == $0 } ?? false
        guard let first = states.first else { return isWrong }
        let words = contents.words + successor.start
        // Other choices may lead to the same state, with nothing wrong.
        let isMeant = isWrong || violation == nil || !actors.isEmpty
        return isMeant && successor.ending < 0 && first.indices.allSatisfy { words[$0] == first[$0] }
    }
}

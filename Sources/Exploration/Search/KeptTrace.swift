// Unsafe code: states are handed to the machine as raw words, which is how engines read them.

import Model

/// A counterexample as what has to be chosen to see it again.
public struct KeptTrace: Codable, Hashable, Sendable {
    public struct Step: Codable, Hashable, Sendable {
        public var actor: Int
        public var action: Int
        public var choices: [UInt64]
    }

    /// The name of what is violated.
    public var judgement: String
    /// The number of the violation in the model, for one inside a step.
    public var violation: Int?
    public var initialChoices: [UInt64]
    public var steps: [Step]
    /// Whether it has the fewest switches first, and the fewest steps among those.
    public var countsSwitches: Bool
    /// The codes of free cells, as a state; nil where none are free.
    public var free: [UInt64]?

    init(judgement: String, violation: Int?) {
        (self.judgement, self.violation) = (judgement, violation)
        (initialChoices, steps, countsSwitches) = ([], [], false)
    }

    init(_ counterexample: Counterexample) {
        judgement = counterexample.judgement.name
        violation = counterexample.violation
        initialChoices = counterexample.initialChoices
        steps = counterexample.steps.map { Step(actor: $0.actor, action: $0.action, choices: $0.choices) }
        countsSwitches = counterexample.measure == .switches
    }

    /// Takes the steps again. Nil where one of them is not possible, or the last one violates nothing of that name.
    func counterexample(in code: ModelCode) -> Counterexample? {
        guard let start = initial(in: code) else { return nil }
        var finder = StepFinder(code, Judgement(name: judgement, source: .inStep), allowance: steps.count + 1)
        var taken: [TraceStep] = []
        var hit = start.hit
        for step in steps {
            guard let found = try? finder.steps(from: taken.last?.state ?? start.state),
                let next = found.all.first(where: { step.isStep($0.step) })
            else { return nil }
            taken.append(next.step)
            hit = self.hit(next, finder.system)
        }
        if hit == nil, violation == nil, let end = try? finder.steps(from: taken.last?.state ?? start.state) {
            hit = end.deadlock.map { Hit(judgement: $0, violation: nil) }
        }
        return hit.map { counterexample(from: start, taken, $0, finder.system) }
    }

    private func hit(_ step: StepFinder.Step, _ system: ModelSystem) -> Hit? {
        let met = step.step.violations + (step.step.ending.map { [$0] } ?? [])
        if violation != nil { return hit(met, system) }
        return step.judgement.map { Hit(judgement: $0, violation: nil) }
    }

    /// The violation that was kept, where it is among those that were met.
    private func hit(_ met: [Int], _ system: ModelSystem) -> Hit? {
        guard let violation, met.contains(violation), system.judgements[violation].name == judgement else { return nil }
        return Hit(judgement: violation, violation: violation)
    }

    private struct Hit {
        let judgement: Int
        let violation: Int?
    }

    private struct Start {
        let state: [UInt64]
        var hit: Hit?
    }

    private func counterexample(
        from start: Start, _ taken: [TraceStep], _ hit: Hit, _ system: ModelSystem
    ) -> Counterexample {
        let last = taken.last?.state ?? start.state
        let before = taken.count > 1 ? taken[taken.count - 2].state : start.state
        return Counterexample(
            judgement: system.judgements[hit.judgement], violation: hit.violation,
            conjunct: system.failingPart(of: hit.judgement, in: last, after: before), initial: start.state,
            initialChoices: initialChoices, steps: taken,
            switches: zip(taken, taken.dropFirst()).count { $0.actor != $1.actor },
            measure: countsSwitches ? .switches : .steps, isBest: true)
    }

    // MARK: The initial state

    private func initial(in code: ModelCode) -> Start? {
        var system = ModelSystem(code, usesSymmetry: false, looksForWitnesses: false)
        let buffer = SuccessorBuffer()
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = system.initialStates(into: buffer, free: free, from: &position)
            let contents = buffer.contents
            guard contents.fault == nil else { return nil }
            for number in 0..<contents.count {
                let successor = contents.successors[number]
                let choices = (0..<successor.choiceCount).map { contents.choices[successor.firstChoice + $0] }
                guard choices == initialChoices else { continue }
                let words = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
                return Start(
                    state: Array(words), hit: steps.isEmpty ? hit(successor, words, contents, &system) : nil)
            }
        }
        return nil
    }

    /// What an initial state violates.
    private func hit(
        _ initial: Successor, _ words: UnsafeBufferPointer<UInt64>, _ contents: SuccessorBuffer.Contents,
        _ system: inout ModelSystem
    ) -> Hit? {
        let met = (0..<initial.violationCount).map { Int(contents.violations[initial.firstViolation + $0]) }
        let inside = (initial.ending >= 0 ? [Int(initial.ending)] : []) + met
        if violation != nil { return hit(inside, system) }
        guard initial.ending < 0 else { return nil }
        var failures: [Int] = []
        guard (try? system.examine(words, failures: &failures)) != nil else { return nil }
        return failures.first { system.judgements[$0].name == judgement }.map { Hit(judgement: $0, violation: nil) }
    }
}

extension KeptTrace.Step {
    fileprivate func isStep(_ step: TraceStep) -> Bool {
        step.actor == actor && step.action == action && step.choices == choices
    }
}

import Program

/// One step of an engine, to be followed. An engine may have joined several steps of one process into it.
public struct EngineStep: Sendable {
    public let instance: ProcessInstance
    /// The values after the step of the variables that the engine knows; nil for a last step without a result.
    public let sharedAfter: [VariableID: [Value]]?
    /// How many steps of the interpreter it may stand for; at least 1.
    public let maxMicroSteps: Int
    /// What else those steps must be like; asked only where they lead to the right values.
    public let isRight: @Sendable ([Step]) -> Bool

    public init(
        instance: ProcessInstance, sharedAfter: [VariableID: [Value]]?, maxMicroSteps: Int,
        isRight: @escaping @Sendable ([Step]) -> Bool = { _ in true }
    ) {
        self.isRight = isRight
        self.instance = instance
        self.sharedAfter = sharedAfter
        self.maxMicroSteps = maxMicroSteps
    }
}

/// What a trace must lead to.
public enum TraceEnd: Hashable, Sendable {
    /// A violation of this name: inside the last step, of a property, or `deadlock` in the last state.
    case violation(String)
    /// The last state is the witness of this `reachable` property.
    case witness(String)
    /// Wherever the steps lead.
    case anywhere
}

/// A step of the interpreter within a replayed trace.
public struct ReplayedStep: Sendable {
    public let step: Step
    public let before: State
    /// Which step of the engine it belongs to, from 0.
    public let engineStep: Int

    public init(_ step: Step, before: State, engineStep: Int) {
        self.step = step
        self.before = before
        self.engineStep = engineStep
    }
}

public enum ReplayOutcome: Sendable {
    /// The steps from `start`; the last one may be without a result.
    case reproduced(start: State, [ReplayedStep])
    /// The trace is empty, and the violation is met in `init`, which goes on to a state behind it or has no result.
    case failedInInit(Violation, start: State?)
    /// No initial state has the values with which the trace starts.
    case noStart
    /// The step of this number, from 0, does not exist, or does not lead where the trace says.
    case stuck(at: Int)
    /// All steps exist, and what the trace must lead to is not there.
    case ended(start: State, [ReplayedStep])
}

/// Follows the trace of an engine with the interpreter, which shares nothing with it.
public struct Replay: Sendable {
    /// A way to a state.
    private struct Candidate {
        let start: State
        var path: [ReplayedStep]
        var state: State
        /// The state before the last step of the engine.
        var old: State?
    }

    private let interpreter: Interpreter

    public init(_ interpreter: Interpreter) { self.interpreter = interpreter }

    /// Follows a trace from an initial state with the given values of shared variables and symbolic constants.
    ///
    /// Traces say nothing about locals, so several states can be candidates at each point; all are followed. Costs at
    /// most, per engine step and candidate, all sequences of `maxMicroSteps` steps of one process instance.
    public func follow(start: [VariableID: [Value]], _ trace: [EngineStep], to end: TraceEnd) -> ReplayOutcome {
        let constants = start.filter { interpreter.program[$0.key].role == .symbolicConstant }
        let outcomes = interpreter.initialOutcomes(constants: constants)
        var candidates = distinct(
            outcomes.compactMap { outcome in
                guard case .next(let state, _) = outcome, agrees(state, start) else { return nil }
                return Candidate(start: state, path: [], state: state, old: nil)
            })
        guard !candidates.isEmpty else {
            let failure = trace.isEmpty ? failingInit(outcomes, end) : nil
            return failure.map { .failedInInit($0, start: nil) } ?? .noStart
        }
        for (number, step) in trace.enumerated() {
            let isLast = number == trace.count - 1
            if isLast, let path = failing(candidates, step, number, end) { return path }
            candidates = candidates.flatMap { advance($0, step, number) }
            candidates = distinct(candidates)
            guard !candidates.isEmpty else { return .stuck(at: number) }
        }
        if let found = candidates.first(where: { isReached(end, $0, outcomes) }) {
            if found.path.isEmpty, let violation = passedOver(end, found.start, outcomes) {
                return .failedInInit(violation, start: found.start)
            }
            return .reproduced(start: found.start, found.path)
        }
        // Some choices of `init` may have a result, and others none.
        if trace.isEmpty, let violation = failingInit(outcomes, end) {
            return .failedInInit(violation, start: nil)
        }
        return candidates.first.map { .ended(start: $0.start, $0.path) } ?? .noStart
    }

    /// The states that a step of the engine can lead to.
    private func advance(_ candidate: Candidate, _ engine: EngineStep, _ number: Int) -> [Candidate] {
        guard let expected = engine.sharedAfter else { return [] }
        var result: [Candidate] = []
        var frontier = [candidate]
        for round in 0..<max(1, engine.maxMicroSteps) {
            if round > 0 { frontier = frontier.filter { interpreter.isJoinable(engine.instance, in: $0.state) } }
            frontier = frontier.flatMap { here in
                interpreter.steps(of: engine.instance, in: here.state).compactMap { step in
                    guard let next = step.next else { return nil }
                    let replayed = ReplayedStep(step, before: here.state, engineStep: number)
                    return Candidate(
                        start: here.start, path: here.path + [replayed], state: next, old: candidate.state)
                }
            }
            result += frontier.filter {
                agrees($0.state, expected) && engine.isRight($0.path.suffix(round + 1).map(\.step))
            }
        }
        return result
    }

    /// A way in which the last step meets the wanted violation inside.
    private func failing(
        _ candidates: [Candidate], _ engine: EngineStep, _ number: Int, _ end: TraceEnd
    ) -> ReplayOutcome? {
        guard case .violation(let name) = end else { return nil }
        var frontier = candidates
        for round in 0..<max(1, engine.maxMicroSteps) {
            if round > 0 { frontier = frontier.filter { interpreter.isJoinable(engine.instance, in: $0.state) } }
            var next: [Candidate] = []
            for here in frontier {
                for step in interpreter.steps(of: engine.instance, in: here.state) {
                    let path = here.path + [ReplayedStep(step, before: here.state, engineStep: number)]
                    if step.violations.contains(where: { $0.name == name }) {
                        return .reproduced(start: here.start, path)
                    }
                    guard let state = step.next else { continue }
                    next.append(Candidate(start: here.start, path: path, state: state, old: nil))
                }
            }
            frontier = next
        }
        return nil
    }

    private func isReached(_ end: TraceEnd, _ candidate: Candidate, _ initial: [Outcome]) -> Bool {
        let properties = interpreter.program.properties
        switch end {
        case .anywhere: return true
        case .witness(let name):
            return properties.contains { $0.name == name && interpreter.isWitness(candidate.state, of: $0) }
        case .violation(BuiltinViolation.deadlock.rawValue): return interpreter.isDeadlocked(candidate.state)
        case .violation(let name):
            if candidate.path.isEmpty, passedOver(end, candidate.start, initial) != nil { return true }
            return properties.contains { property in
                property.name == name
                    && !interpreter.failingConjuncts(property, in: candidate.state, old: candidate.old).isEmpty
            }
        }
    }

    /// The violation that `init` meets on its way to a state.
    private func passedOver(_ end: TraceEnd, _ state: State, _ initial: [Outcome]) -> Violation? {
        guard case .violation(let name) = end else { return nil }
        for case .next(state, let passedOver) in initial {
            if let found = passedOver.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    private func failingInit(_ initial: [Outcome], _ end: TraceEnd) -> Violation? {
        guard case .violation(let name) = end else { return nil }
        for case .violation(let violation, let passedOver) in initial {
            if let found = (passedOver + [violation]).first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    private func agrees(_ state: State, _ expected: [VariableID: [Value]]) -> Bool {
        expected.allSatisfy { id, values in state.shared.indices.contains(id.raw) && state.shared[id.raw] == values }
    }

    /// The first way to each state; where a transition property is at stake, to each state from each other.
    private func distinct(_ candidates: [Candidate]) -> [Candidate] {
        var seen: Set<[State]> = []
        return candidates.filter { seen.insert([$0.state] + ($0.old.map { [$0] } ?? [])).inserted }
    }
}

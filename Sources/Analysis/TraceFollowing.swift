import Diagnostics
import Program
import Reference
import Reports

/// What became of an old counterexample in today's spec.
public enum ReplayVerdict: Sendable {
    /// Its steps exist, and lead to the same violation.
    case reproduced
    /// Its steps exist, and what it violated is not violated any more.
    case fixed
    /// Its steps stop existing at this one (0: at the initial state), because of this.
    case stale(step: Int, reason: String)
}

/// Follows a written counterexample through a program with the reference interpreter: by process, statements, choices
/// and changes, as they were written down.
public struct TraceFollowing: Sendable {
    private let run: PreparedRun
    private let interpreter: Interpreter
    private let trace: Reports.Counterexample

    public init(_ run: PreparedRun, _ trace: Reports.Counterexample) {
        let theorems = run.theorems
        let isOfTheorem = theorems?.program.properties.contains { $0.name == trace.failure.property } ?? false
        self.run = isOfTheorem ? theorems ?? run : run
        self.trace = trace
        let written = Self.numbers(in: trace)
        interpreter = Interpreter(self.run.program, wideCodes: written.codes, wideNumbers: written.numbers)
    }

    /// What is chosen where there are too many values to try all: what is written of choices, and of where it starts.
    private static func numbers(in trace: Reports.Counterexample) -> (codes: [UInt64], numbers: [Int64]) {
        let texts = trace.initial.map(\.value) + trace.steps.flatMap { $0.choices.map(\.value) }
        let words = Set(texts.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "-" } })
        let codes = words.filter { $0.hasPrefix("0x") }.compactMap { UInt64($0.dropFirst(2), radix: 16) }
        return (codes.sorted(), words.compactMap { Int64($0) }.sorted())
    }

    /// The symbolic constants as they are written. Those of which nothing is written are those of other theorems.
    private var constants: [VariableID: [Value]] {
        let reader = ValueReader(run.program)
        let texts = Dictionary(trace.initial.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
        var result: [VariableID: [Value]] = [:]
        for (number, variable) in run.program.variables.enumerated()
        where variable.role == .symbolicConstant && !variable.isVanished {
            let id = VariableID(number)
            let values = interpreter.naming.indexTuples(of: id).map { indices in
                reader.value(of: variable.type, named: interpreter.naming.place(id, indices), in: texts)
                    ?? (run.isOfTheorems ? run.program.defaultValue(of: variable.type) : nil)
            }
            let read = values.compactMap(\.self)
            if read.count == values.count { result[id] = read }
        }
        return result
    }

    private struct Candidate {
        let start: State
        var path: [ReplayedStep]
        var state: State
    }

    /// Whether `init` itself ends in the violation, from the constants as they are written.
    private var failsInInit: Bool {
        interpreter.initialOutcomes(constants: constants).contains { outcome in
            switch outcome {
            case .next(let state, let passedOver):
                passedOver.contains { $0.name == trace.failure.property } && isStart(state)
            case .violation(let violation, let passedOver):
                (passedOver + [violation]).contains { $0.name == trace.failure.property }
            }
        }
    }

    public func verdict() -> ReplayVerdict {
        if trace.steps.isEmpty, failsInInit { return .reproduced }
        let initial = interpreter.initialStates(constants: constants)
        let names = Set(interpreter.naming.leaves(of: initial.first?.shared ?? []).map(\.name))
        if let gone = trace.initial.first(where: { !names.contains($0.name) }) {
            return .stale(step: 0, reason: "there is no `\(gone.name)` any more")
        }
        var candidates = initial.filter(isStart)
            .map { Candidate(start: $0, path: [], state: $0) }
        guard !candidates.isEmpty else {
            return .stale(step: 0, reason: "no initial state has the values with which it starts")
        }
        for step in trace.steps {
            let isLast = step.number == trace.steps.count
            let next = candidates.flatMap { advance($0, step) }
            if isLast, next.contains(where: isViolated) { return .reproduced }
            let alive = distinct(next.filter { $0.path.last?.step.next != nil })
            guard !alive.isEmpty else { return isLast ? lastStep(next, step) : stale(step, candidates) }
            candidates = alive
        }
        return candidates.contains(where: isViolated) ? .reproduced : .fixed
    }

    private func lastStep(_ next: [Candidate], _ step: Reports.Counterexample.Step) -> ReplayVerdict {
        next.isEmpty ? .stale(step: step.number, reason: "\(step.process) has no such step there") : .fixed
    }

    private func stale(_ step: Reports.Counterexample.Step, _ candidates: [Candidate]) -> ReplayVerdict {
        guard let instance = instance(named: step.process) else {
            return .stale(step: step.number, reason: "there is no process `\(step.process)` any more")
        }
        let wanted = step.labels.map { "`\($0.text)`" }.joined(separator: ", then ")
        let isWaiting = candidates.allSatisfy { interpreter.steps(of: instance, in: $0.state).isEmpty }
        let what = isWaiting ? "can't take a step" : "takes other steps"
        return .stale(step: step.number, reason: "\(step.process) \(what) where it did \(wanted)")
    }

    private func instance(named name: String) -> ProcessInstance? {
        interpreter.processInstances.first { interpreter.naming.process($0.process, $0.indices) == name }
    }

    private func isStart(_ state: State) -> Bool {
        let values = Dictionary(
            interpreter.naming.leaves(of: state.shared).map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
        return trace.initial.allSatisfy { values[$0.name] == $0.value }
    }

    // MARK: Steps

    /// All ways to make a written step, which may stand for several steps of the interpreter: those whose choices and
    /// changes are the written ones.
    private func advance(_ candidate: Candidate, _ step: Reports.Counterexample.Step) -> [Candidate] {
        guard let instance = instance(named: step.process) else { return [] }
        var result: [Candidate] = []
        var frontier = [(candidate, choices: step.choices[...])]
        for _ in 0..<Self.mostJoinedSteps {
            var next: [(Candidate, choices: ArraySlice<Reports.Counterexample.NamedValue>)] = []
            for (here, choices) in frontier {
                for made in interpreter.steps(of: instance, in: here.state) {
                    guard let rest = matched(made.choices, choices) else { continue }
                    let path = here.path + [ReplayedStep(made, before: here.state, engineStep: step.number - 1)]
                    let way = Candidate(start: here.start, path: path, state: made.next ?? here.state)
                    if rest.isEmpty, made.next == nil || hasChanges(step, from: candidate.state, to: way.state) {
                        result.append(way)
                    }
                    if made.next != nil { next.append((way, rest)) }
                }
            }
            frontier = next.filter { interpreter.isJoinable(instance, in: $0.0.state) }
            if frontier.isEmpty { break }
        }
        return result
    }

    private static let mostJoinedSteps = 64

    /// The written choices that are left after those of one step; nil where they differ.
    private func matched(
        _ made: [Choice], _ written: ArraySlice<Reports.Counterexample.NamedValue>
    ) -> ArraySlice<Reports.Counterexample.NamedValue>? {
        guard made.count <= written.count else { return nil }
        for (choice, value) in zip(made, written)
        where choice.label != value.name || interpreter.naming.text(choice.value) != value.value { return nil }
        return written.dropFirst(made.count)
    }

    private func hasChanges(_ step: Reports.Counterexample.Step, from old: State, to new: State) -> Bool {
        let changes = interpreter.naming.leafChanges(from: old.shared, to: new.shared)
        return changes.map { [$0.name, $0.old, $0.new] } == step.changes.map { [$0.name, $0.old, $0.new] }
    }

    private func distinct(_ candidates: [Candidate]) -> [Candidate] {
        var seen: Set<State> = []
        return candidates.filter { seen.insert($0.state).inserted }
    }

    // MARK: The end

    private func isViolated(_ candidate: Candidate) -> Bool {
        let name = trace.failure.property
        if let last = candidate.path.last?.step, last.violations.contains(where: { $0.name == name }) { return true }
        guard candidate.path.last?.step.next != nil || candidate.path.isEmpty else { return false }
        if name == BuiltinViolation.deadlock.rawValue { return interpreter.isDeadlocked(candidate.state) }
        let lastStep = candidate.path.last?.engineStep
        let old = candidate.path.first { $0.engineStep == lastStep }?.before
        return run.program.properties.contains { property in
            property.name == name
                && !interpreter.failingConjuncts(property, in: candidate.state, old: old).isEmpty
        }
    }
}

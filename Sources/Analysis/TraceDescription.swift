import Diagnostics
import Exploration
import Program
import Reference
import Reports

/// Puts a replayed trace into words: labels, choices, changes, locks, and what fails at the end.
struct TraceDescription {
    private let run: PreparedRun
    private let interpreter: Interpreter
    private let start: State?
    private let path: [ReplayedStep]
    private let labels: StatementLabels

    init(_ run: PreparedRun, _ interpreter: Interpreter, start: State?, _ path: [ReplayedStep]) {
        self.run = run
        self.interpreter = interpreter
        self.start = start
        self.path = path
        labels = StatementLabels(run.program, run.sources)
    }

    private var naming: Naming { interpreter.naming }

    func counterexample(_ name: String, _ found: Exploration.Counterexample) -> Reports.Counterexample {
        assemble(steps(found.steps.count), found, failure: failure(name))
    }

    /// A run that violates nothing.
    func witness(_ found: BehaviourRun) -> Reports.Counterexample {
        var result = assemble(
            steps(found.steps.count), nil,
            failure: Reports.Counterexample.Failure(
                kind: "behaviour", property: "", message: "", conjunct: nil, values: []))
        result.contextSwitches = found.switches
        return result
    }

    private func steps(_ count: Int) -> [Reports.Counterexample.Step] {
        let groups = (0..<count).map { number in path.filter { $0.engineStep == number } }
        var previous = start?.shared ?? []
        var steps: [Reports.Counterexample.Step] = []
        for (number, group) in groups.enumerated() {
            guard let last = group.last else { continue }
            let after = last.step.next?.shared ?? last.before.shared
            steps.append(step(number + 1, group, from: previous, to: after))
            previous = after
        }
        return steps
    }

    /// A violation that `init` itself meets.
    func initial(_ violation: Violation) -> Reports.Counterexample {
        assemble([], nil, failure: inStep(violation))
    }

    private func assemble(
        _ steps: [Reports.Counterexample.Step], _ found: Exploration.Counterexample?,
        failure: Reports.Counterexample.Failure
    ) -> Reports.Counterexample {
        let configuration = run.program.configuration
        return Reports.Counterexample(
            spec: run.path, module: run.program.moduleName, scenario: configuration.scenario ?? "",
            variant: configuration.variant, settings: settings,
            processes: interpreter.processInstances.map { naming.process($0.process, $0.indices) },
            initial: initialValues(failure.property), steps: steps, contextSwitches: found?.switches ?? 0,
            mayNeedFewerSwitches: found?.isBest == false && found?.switches != 0,
            hasFewestSwitches: found?.measure == .switches,
            mayBeShorter: found?.isShortest == false,
            failure: failure)
    }

    /// What replaying the trace has to set: a sweep is replayed at its point.
    private var settings: [Reports.Counterexample.NamedValue] {
        let given = run.overrides.map(Self.setting)
        let swept = run.sweep.map { Reports.Counterexample.NamedValue(name: $0.name, value: String($0.value)) }
        return given + swept.filter { point in !given.contains { $0.name == point.name } }
    }

    private static func setting(_ text: String) -> Reports.Counterexample.NamedValue {
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
        return Reports.Counterexample.NamedValue(name: parts.first ?? text, value: parts.count > 1 ? parts[1] : "")
    }

    /// Symbolic constants first, then all leaf fields.
    private func initialValues(_ failed: String) -> [Reports.Counterexample.NamedValue] {
        guard let start else { return [] }
        let all = named(start.shared)
        if run.isOfTheorems { return all.filter { isSymbolic($0) && $0.name.hasPrefix(failed + ".") } }
        return all.filter(isSymbolic) + all.filter { !isSymbolic($0) }
    }

    private func isSymbolic(_ value: Reports.Counterexample.NamedValue) -> Bool {
        run.program.variables.contains { variable in
            variable.role == .symbolicConstant
                && (value.name == variable.name
                    || ["[", "."].contains { value.name.hasPrefix(variable.name + $0) })
        }
    }

    private func named(_ shared: [[Value]]) -> [Reports.Counterexample.NamedValue] {
        naming.leaves(of: shared).map { Reports.Counterexample.NamedValue(name: $0.name, value: $0.value) }
    }

    // MARK: Steps

    private func step(
        _ number: Int, _ group: [ReplayedStep], from old: [[Value]], to new: [[Value]]
    ) -> Reports.Counterexample.Step {
        let instance = group[0].step.instance
        var texts: [Reports.Counterexample.Label] = []
        for micro in group {
            let stack = interpreter.controlPoint(of: instance, in: micro.before)?.callStack ?? []
            texts += labels.labels(micro.step.statements, callStack: stack)
        }
        let end = group.last.flatMap { $0.step.next ?? $0.before }
        let held = end.flatMap { interpreter.controlPoint(of: instance, in: $0)?.held } ?? []
        return Reports.Counterexample.Step(
            number: number, process: naming.process(instance.process, instance.indices), labels: texts,
            choices: group.flatMap(\.step.choices).map {
                Reports.Counterexample.NamedValue(name: $0.label, value: naming.text($0.value))
            },
            changes: naming.leafChanges(from: old, to: new).map {
                Reports.Counterexample.Change(name: $0.name, old: $0.old, new: $0.new)
            },
            held: held.map { naming.place($0.variable, $0.indices) }, state: named(new).filter { !isSymbolic($0) })
    }

    // MARK: What fails

    private func failure(_ name: String) -> Reports.Counterexample.Failure {
        if let violation = path.last?.step.violations.last(where: { $0.name == name }) { return inStep(violation) }
        guard let end = path.last?.step.next ?? start else {
            return Reports.Counterexample.Failure(
                kind: "property", property: name, message: "`\(name)` is violated", conjunct: nil, values: [])
        }
        if let property = run.program.properties.first(where: { $0.name == name }) {
            return failed(property, in: end)
        }
        return deadlock(name, in: end)
    }

    private func inStep(_ violation: Violation) -> Reports.Counterexample.Failure {
        let kind = BuiltinViolation(rawValue: violation.name)?.rawValue.replacingUnderscores() ?? "assert"
        return Reports.Counterexample.Failure(
            kind: kind, property: violation.name, message: violation.message,
            conjunct: labels.label(violation.span),
            values: violation.values.map {
                Reports.Counterexample.NamedValue(name: $0.name, value: naming.text($0.value))
            })
    }

    private func failed(_ property: Property, in state: State) -> Reports.Counterexample.Failure {
        let lastStep = path.last?.engineStep
        let old = path.first { $0.engineStep == lastStep }?.before
        let (kind, conjuncts): (String, [Expr]) =
            switch property.kind {
            case .invariant(let atRest, let conjuncts): (atRest ? "at rest" : "invariant", conjuncts)
            case .transition(let conjuncts): ("transition", conjuncts)
            case .reachable(let condition): ("reachable", [condition])
            case .progress(let condition, _): ("progress", [condition])
            }
        guard let index = interpreter.failingConjuncts(property, in: state, old: old).first,
            conjuncts.indices.contains(index)
        else {
            return Reports.Counterexample.Failure(
                kind: kind, property: property.name, message: "`\(property.name)` does not hold", conjunct: nil,
                values: [])
        }
        let why = interpreter.explain(conjuncts[index], of: property, in: state, old: old)
        var values = why.binders.map { Reports.Counterexample.NamedValue(name: $0.name, value: naming.text($0.value)) }
        for read in why.reads {
            let value = Reports.Counterexample.NamedValue(name: read.place, value: naming.text(read.value))
            if !values.contains(value) { values.append(value) }
        }
        let word = run.isOfTheorems ? "theorem" : property.isLemma ? "lemma" : kind
        if run.isOfTheorems { values = TheoremValues(run, naming, labels).values(values, why, of: property.name) }
        return Reports.Counterexample.Failure(
            kind: word, property: property.name, message: "\(word) `\(property.name)` does not hold",
            conjunct: labels.label(conjuncts[index].span), values: values)
    }

    private func deadlock(_ name: String, in state: State) -> Reports.Counterexample.Failure {
        var waiting: [Reports.Counterexample.NamedValue] = []
        for instance in interpreter.processInstances where run.program[instance.process].kind == .ordinary {
            guard let point = interpreter.controlPoint(of: instance, in: state), !point.isFinal else { continue }
            let place = point.statement.flatMap { labels.label($0) }
            let text = place.map { "waits at `\($0.text)` (\($0.file):\($0.line))" } ?? "waits at its start"
            if point.isRest && point.statement != nil { continue }
            waiting.append(
                Reports.Counterexample.NamedValue(
                    name: naming.process(instance.process, instance.indices), value: text))
        }
        return Reports.Counterexample.Failure(
            kind: name.replacingUnderscores(), property: name,
            message: "no process can take a step, and not all are at rest", conjunct: nil, values: waiting)
    }
}

extension String {
    func replacingUnderscores() -> String { split(separator: "_").joined(separator: " ") }
}

extension Substring {
    func trimmingSpaces() -> String {
        var text = self
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}

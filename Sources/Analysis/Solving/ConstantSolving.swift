import Diagnostics
import Reports
import SMT
import Symbolic

/// Finds for which values of its symbolic constants one prepared configuration holds: the symbolic states are searched
/// without an end at the first violation, and values for which one was found are cut off.
public struct ConstantSolving {
    private let run: PreparedRun
    private let options: CheckOptions

    /// - Parameter run: prepared with its constants free.
    public init(_ run: PreparedRun, _ options: CheckOptions) {
        self.run = run
        self.options = options
    }

    /// Whether there is something to solve for.
    public var hasConstants: Bool { run.model.hasFreeVariables }

    /// What it says where there is nothing.
    public var nothingToSolve: Diagnostic {
        Diagnostic(
            .badOption,
            "\(run.configurationName) has no symbolic constants that matter, so there is nothing to solve for",
            at: run.program.configuration.span,
            notes: [Note("`symbolic const NAME: T` stands for every value; `faultline check` tells whether it holds")]
                + (run.theorems == nil
                    ? [] : [Note("theorems are judged for all values at once, by `faultline check`")]))
    }

    public func result() throws(InternalError) -> Result<SolvedConstants, Diagnostic> {
        let solver: any Solver
        switch options.solver(run.title) {
        case .success(let found): solver = found
        case .failure(let missing): return .failure(missing)
        }
        let start = ContinuousClock.now
        var paths = PathOptions(options, options.solverLimits)
        paths.isExhaustive = true
        if let progress = options.progress {
            let title = run.title
            paths.progress = { progress("\(title): \($1) symbolic states, depth \($0)") }
        }
        var search = PathSearch(run.model, solver, paths)
        let found = search.run()
        try replay(found)
        if case .complete = found.outcome, found.states == 0, found.findings.isEmpty {
            return .failure(run.neverEvaluated())
        }
        var result = SolvedConstants(
            spec: run.path, module: run.program.moduleName, scenario: run.program.configuration.scenario ?? "",
            variant: run.program.configuration.variant,
            assumptions: run.result(reductions: [], elapsed: .zero).assumptions)
        result.assumptions.reductions = run.reductions(without: options.without)
        (result.states, result.depth, result.solver) = (found.states, found.depth, solver.name)
        describe(found, &result)
        result.queries = found.constants.queries
        try judgeTheorems(&result, since: start)
        let elapsed = ContinuousClock.now - start
        result.seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return .success(result)
    }

    /// Theorems hold for all values, or nothing is known of which.
    private func judgeTheorems(
        _ result: inout SolvedConstants, since start: ContinuousClock.Instant
    ) throws(InternalError) {
        guard let theorems = run.theorems else { return }
        var options = options
        options.maximumTime = options.maximumTime.map { max(.zero, $0 - (ContinuousClock.now - start)) }
        let found = try BoundedCheck(theorems, options).finding().result
        result.queries += found.solving?.queries ?? 0
        guard found.verdict != .holds else { return }
        result.isHoldsKnown = result.answer == .none
        if result.answer != .none { result.answer = .unknown }
        result.isExact = false
        guard let name = found.property else {
            (result.reason, result.solverReason) = (found.reason, found.solving?.reason)
            return
        }
        let constants = Set(theorems.program.variables.filter { $0.role == .symbolicConstant }.map(\.name))
        let values = (found.counterexample?.failure.values ?? []).filter { Self.isPart($0.name, ofOne: constants) }
            .map { "\($0.name) == \($0.value)" }.joined(separator: " and ")
        let refuted = values.isEmpty ? "some values" : values
        result.violations.append(SolvedConstants.Violation(property: name, steps: 0, violated: refuted))
        result.violated = result.violated == "false" ? refuted : "\(refuted) or \(result.violated)"
        result.holds = "not (\(result.violated))" + (result.neverStarts.map { " and not (\($0))" } ?? "")
        // What was seen to hold there is one of the values for which the theorem may be refuted.
        result.boundaries = []
        result.solverReason = "theorem `\(name)` is refuted; for which values else was not looked for"
    }

    /// Whether a name is that of a constant, or of an element, a field or the value of one: `t[1]`, `t.low`.
    private static func isPart(_ name: String, ofOne constants: Set<String>) -> Bool {
        constants.contains { constant in
            name == constant || ["[", ".", "!"].contains { name.hasPrefix(constant + $0) }
        }
    }

    /// What can't be replayed is no violation.
    private func replay(_ found: PathResult) throws(InternalError) {
        for symbolic in found.findings.compactMap(\.run) {
            var replayed = run.result(reductions: [], elapsed: .zero)
            try replayed.add(symbolic, of: run)
        }
    }

    private func describe(_ found: PathResult, _ result: inout SolvedConstants) {
        switch found.outcome {
        case .complete: result.isSearchComplete = true
        case .violated: break  // never: the search goes on
        case .bounded: result.reason = .depth
        case .states: result.reason = .states
        case .memory: result.reason = .memory
        case .unknown(let reason): add(reason, &result)
        }
        switch found.constants.answer(found.findings, starts: found.starts) {
        case .success(let answer): add(answer, found, &result)
        case .failure(let problem):
            add(problem.met, found, &result)
            add(problem.reason, &result)
        }
    }

    private func add(_ answer: PathAnswer, _ found: PathResult, _ result: inout SolvedConstants) {
        (result.holds, result.violated, result.isExact) = (answer.holds, answer.violated, answer.isExact)
        result.neverStarts = answer.idle
        switch answer.extent {
        case .everywhere: result.answer = .none
        case .somewhere: result.answer = .some
        case .nowhere: result.answer = .all
        case nil: result.answer = .unknown
        }
        // A search that has ended early knows of no value that it holds for.
        if result.reason != nil, result.answer == .all || result.answer == .some { result.answer = .unknown }
        result.boundaries = answer.boundaries.map { pair in
            SolvedConstants.Boundary(
                violated: pair.violated.map { RunResult.Setting(name: $0.name, value: $0.value) },
                holds: pair.holds.map { RunResult.Setting(name: $0.name, value: $0.value) })
        }
        result.isHoldsKnown = result.isSearchComplete || result.answer == .none
        let disjoint = found.constants.disjoint(found.findings)
        var names: [String] = []
        for finding in disjoint where !names.contains(run.model.name(of: finding.judgement)) {
            names.append(run.model.name(of: finding.judgement))
        }
        for name in names {
            func own(_ all: [PathFinding]) -> [PathFinding] { all.filter { run.model.name(of: $0.judgement) == name } }
            // What others have first makes a long formula where values can't be listed.
            let values = found.constants.exactValues(own(disjoint)) ?? met(own(found.findings), found).violated
            result.violations.append(
                SolvedConstants.Violation(
                    property: name, steps: own(disjoint).map(\.steps).min() ?? 0, violated: values))
        }
    }

    private func met(_ findings: [PathFinding], _ found: PathResult) -> PathAnswer {
        switch found.constants.answer(findings) {
        case .success(let answer): answer
        case .failure(let problem): problem.met
        }
    }

    private func add(_ unknown: UnknownReason, _ result: inout SolvedConstants) {
        switch unknown {
        case .time: result.reason = .time
        case .memory: result.reason = .memory
        case .interrupted: result.reason = .interrupted
        case .other(let text): (result.reason, result.solverReason) = (.solver, text)
        }
        if result.answer != .none { result.answer = .unknown }
    }
}

import Analysis
import Diagnostics
import Reports
import Suites

/// Puts down outcomes in the order of specs and configurations, and shows each as soon as all before it are known.
struct SuitePrinting {
    private enum Step {
        case begin(Int)
        case configuration(Int, Preparation)
        case end(Int)
    }

    private let session: SuiteSession
    private let files: [String]
    private let specs: [SuiteSpec]
    private var records: [SpecRecord?]
    private var steps: [Step] = []
    /// What is known before any search, by step; nil for what has to be searched.
    private var known: [SuiteSearch.Outcome?] = []
    private var delivery = OrderedDelivery<SuiteSearch.Outcome?>()
    /// The runs that have to be searched, and their steps.
    private(set) var unsearched: [PreparedRun] = []
    private var stepOfRun: [Int] = []
    private var finished = 0

    init(_ session: SuiteSession, _ files: [String], _ specs: [SuiteSpec], named: Set<String>) {
        self.session = session
        self.files = files
        self.specs = specs
        records = zip(files, specs).map { file, spec in
            guard case .read(let loaded, _) = spec else { return nil }
            return SpecRecord(file, loaded, isNamed: named.contains(file), session.selection, session.console)
        }
        for (number, spec) in specs.enumerated() {
            add(.begin(number), nil)
            for configuration in spec.configurations {
                if let run = configuration.preparation.run, configuration.kept == nil {
                    unsearched.append(run)
                    stepOfRun.append(steps.count)
                }
                add(.configuration(number, configuration.preparation), configuration.kept)
            }
            add(.end(number), nil)
        }
    }

    private mutating func add(_ step: Step, _ outcome: SuiteSearch.Outcome?) {
        steps.append(step)
        known.append(outcome)
    }

    /// Whether something that nobody excuses has come from the cache.
    var keptFailure: Bool {
        let judge = session.expectations.judge
        return known.contains { outcome in
            guard case .finding(let finding) = outcome, finding.hasResult else { return false }
            return judge.run(finding.result, isCached: true, line: nil).standing.isFailure
        }
    }

    /// All that needs no search.
    mutating func start(_ outcome: inout SuiteOutcome) {
        let searched = Set(stepOfRun)
        for number in steps.indices where !searched.contains(number) { deliver(known[number], at: number, &outcome) }
    }

    /// What became of one of ``unsearched``.
    mutating func add(_ found: SuiteSearch.Outcome, of run: Int, _ outcome: inout SuiteOutcome) {
        finished += 1
        deliver(found, at: stepOfRun[run], &outcome)
        if finished < unsearched.count {
            session.console.progress("\(finished) of \(unsearched.count) searches have ended")
        }
    }

    private mutating func deliver(
        _ found: SuiteSearch.Outcome?, at number: Int, _ outcome: inout SuiteOutcome
    ) {
        let ready = delivery.add(found, at: number)
        if !ready.isEmpty { session.console.progress("") }
        for (number, found) in ready { show(steps[number], found, &outcome) }
    }

    // MARK: Steps

    private mutating func show(_ step: Step, _ found: SuiteSearch.Outcome?, _ outcome: inout SuiteOutcome) {
        switch step {
        case .begin(let spec): begin(spec, &outcome)
        case .configuration(let spec, let preparation):
            guard let run = records[spec]?.add(preparation, &outcome.checked), let found else { return }
            if let coverage = show(found, of: run, &outcome) {
                records[spec]?.coverage.merge(coverage)
            } else {
                records[spec]?.coverage.cut()
            }
        case .end(let spec): end(spec, &outcome)
        }
    }

    private func begin(_ spec: Int, _ outcome: inout SuiteOutcome) {
        switch specs[spec] {
        case .unreadable(let diagnostic): outcome.checked.add([diagnostic], SourceMap(), session.console)
        case .unchanged: skip("", of: files[spec], .unchanged, &outcome)
        case .read: _ = records[spec]?.begin(&outcome.checked)
        }
    }

    /// What a search has executed; nil where none has a result, which is as with `check`.
    private func show(
        _ found: SuiteSearch.Outcome, of run: PreparedRun, _ outcome: inout SuiteOutcome
    ) -> Coverage? {
        switch found {
        case .finding(let finding):
            show(finding, of: run, &outcome)
            return finding.hasResult ? finding.coverage : nil
        case .defect(let error):
            outcome.checked.add([.internalError(error.message, run)], run.sources, session.console)
            outcome.checked.addWithoutResult()
            return nil
        case .skipped(let reason):
            skip(run.configuration, of: run.path, reason, &outcome)
            return nil
        }
    }

    private func show(_ finding: Finding, of run: PreparedRun, _ outcome: inout SuiteOutcome) {
        let judged = session.expectations.judge.run(
            finding.result, isCached: finding.isCached, line: run.line)
        // Who excuses a run does not want to read an error about it.
        let said = judged.standing.isExcused ? finding.withoutExpectation : finding
        outcome.checked.add(said.diagnostics, run.sources, session.console)
        guard finding.hasResult else { return outcome.checked.addWithoutResult() }
        outcome.runs.append(judged)
        outcome.checked.add(finding.result, line: run.line)
        session.console.out(session.text.render(judged))
    }

    private func skip(
        _ configuration: String, of spec: String, _ reason: SuiteResult.Skipped.Reason, _ outcome: inout SuiteOutcome
    ) {
        let skipped = SuiteResult.Skipped(spec: spec, configuration: configuration, reason: reason)
        outcome.skipped.append(skipped)
        if reason == .unchanged { outcome.checked.matched = true }
        session.console.out(session.text.render(skipped))
    }

    private func end(_ spec: Int, _ outcome: inout SuiteOutcome) {
        guard case .read(let loaded, let configurations) = specs[spec] else { return }
        records[spec]?.end(&outcome.checked)
        let runs = configurations.compactMap(\.preparation.run)
        let selection = session.selection
        guard selection.scenario == nil, selection.variant == nil, selection.set.isEmpty,
            !loaded.diagnostics.hasErrors, runs.count == configurations.count
        else { return }
        outcome.whole += runs.map { (files[spec], $0.configuration) }
    }
}

import Diagnostics
import Exploration
import Model
import Reference
import Reports

/// A defect of this program, found by one of its own cross-checks. Never a verdict.
public struct InternalError: Error, Sendable {
    public let message: String

    public init(_ message: String) { self.message = message }
}

/// Searches one prepared configuration, replays what was found, and judges it against the expectation.
public struct ModelCheck: Sendable {
    let run: PreparedRun
    let options: CheckOptions

    public init(_ run: PreparedRun, _ options: CheckOptions) {
        self.run = run
        self.options = options
    }

    /// Takes the result from the cache where it is there, else runs the search in this thread. Throws where the search
    /// contradicts the reference interpreter.
    public func finding() throws(InternalError) -> Finding {
        if let kept = try keptFinding() { return kept }
        return try searchedFinding()
    }

    /// What the cache has, replayed and judged like the result of a search; nil where it has nothing. Theorems are proved anew.
    public func keptFinding() throws(InternalError) -> Finding? {
        guard let cache = usedCache else { return nil }
        let key = run.searchKey(options, version: cache.version)
        guard let kept = cache.find(key) else { return nil }
        if let decided = try theoremFinding() { return decided }
        let code = try code()
        guard let found = kept.result(for: code) else {
            cache.noteRefuted(key)
            return nil
        }
        do throws(InternalError) {
            var finding = try finding(code, Searched(found: found))
            finding.isCached = true
            return try withTheorems(finding)
        } catch {
            cache.noteRefuted(key)
            return nil
        }
    }

    /// Explaining needs states, which are not kept; and only results of the explicit search are.
    private var usedCache: SearchCache? {
        options.explainsStates || engine != .explicit ? nil : options.cache
    }

    private func code() throws(InternalError) -> ModelCode {
        do throws(InvalidModel) { return try ModelCode(run.model) } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
    }

    /// Runs the search, whatever the cache has, and keeps what it finds there.
    public func searchedFinding() throws(InternalError) -> Finding {
        if let decided = try theoremFinding() { return decided }
        return try withTheorems(engineFinding())
    }

    func exploredFinding() throws(InternalError) -> Finding {
        guard !run.model.isSolverOnly else { return run.tooManyConstants() }
        let code = try code()
        do throws(CheckFailure) {
            let deadline = options.maximumTime.map { ContinuousClock.now + $0 }
            var searched = try search(code, for: expectedViolation, until: deadline)
            // Where the expected violation does not exist, another one may: then nothing holds.
            if case .completed = searched.found.outcome, !searched.found.passedOver.isEmpty,
                !isUnwitnessed(expectedViolation, searched.found)
            {
                let isAnew = searched.begunAnew != nil
                searched = try search(code, for: nil, until: deadline)
                if !isAnew { searched.begunAnew = nil }
            }
            do throws(InternalError) {
                var finding = try finding(code, searched)
                let kept = KeptSearch(searched.found, of: run.model)
                finding.isFinal = kept != nil
                if let cache = usedCache, let kept {
                    cache.keep(kept, as: run.searchKey(options, version: cache.version))
                }
                return finding
            } catch { throw .defect(error) }
        } catch {
            switch error {
            case .defect(let defect): throw defect
            case .interrupted:
                var result = run.result(reductions: [], elapsed: .zero)
                (result.verdict, result.reason, result.depth) = (.inconclusive, .interrupted, -1)
                return Finding(result: result, diagnostics: [], coverage: .unknown)
            case .checkpoint(let diagnostic):
                return Finding(
                    result: run.result(reductions: [], elapsed: .zero), diagnostics: [diagnostic],
                    coverage: .unknown)
            }
        }
    }

    /// What a search has come to.
    private struct Searched {
        let found: SearchResult
        var checkpoint: Checkpoint?
        /// Said where there was nothing to go on with.
        var begunAnew: Diagnostic?
    }

    private func finding(_ code: ModelCode, _ searched: Searched) throws(InternalError) -> Finding {
        let (found, checkpoint) = (searched.found, searched.checkpoint)
        var result = try judged(found)
        result.checkpoint = checkpoint.map { RunResult.Checkpoint($0, options) }
        result.explosion = ExplosionHelp(run, options, found, code).explosion()
        let notes = [searched.begunAnew, checkpoint?.problem?.notSaved].compactMap(\.self)
        return Finding(
            result: result, diagnostics: notes + vacuity(found, result),
            coverage: Coverage(run, found, isAsExpected: result.asExpected))
    }

    /// Why there is no result.
    private enum CheckFailure: Error {
        case defect(InternalError)
        case checkpoint(Diagnostic)
        /// The user has ended it while the checkpoint was read.
        case interrupted
    }

    /// The result alone.
    public func result() throws(InternalError) -> RunResult { try finding().result }

    private func judged(_ found: SearchResult) throws(InternalError) -> RunResult {
        let expected = expectedViolation
        var result = describe(found)
        switch found.outcome {
        case .completed:
            let isExpected = isUnwitnessed(expected, found)
            result.property = isExpected ? expected : found.unwitnessed.first
            result.verdict = result.property == nil ? .holds : .violated
            result.asExpected = isExpected || (expected == nil && result.verdict == .holds)
        case .violation(let counterexample):
            let trace = try TraceReplay(run, counterexample).counterexample()
            result.verdict = .violated
            result.property = trace.failure.property
            result.steps = counterexample.steps.count
            result.counterexample = trace
            result.asExpected = expected == trace.failure.property
        case .inconclusive(let reason):
            result.verdict = .inconclusive
            result.reason = reason.reported
            result.violatedWithoutRun = found.violatedWithoutRun
            if found.completeSwitches == nil {
                result.depth = found.initialStates == 0 ? -1 : max(0, found.completeDepth)
            }
        case .faulty(let fault): throw InternalError("the model broke its own promises: \(fault)")
        }
        return result
    }

    /// Passes that mean nothing, and expectations that were not met.
    private func vacuity(_ found: SearchResult, _ result: RunResult) -> [Diagnostic] {
        if case .inconclusive(.disk(let problem)) = found.outcome { return [problem.diagnostic] }
        if case .completed = found.outcome, found.initialStates == 0 {
            return [run.neverEvaluated()]
        }
        return found.outcome.isInconclusive ? [] : run.expectationNotMet(result)
    }

    /// Whether a violation that is expected is that of a situation that never occurs.
    private func isUnwitnessed(_ expected: String?, _ found: SearchResult) -> Bool {
        expected.map { found.unwitnessed.contains($0) } ?? false
    }

    var expectedViolation: String? { run.expectedViolation }

    private func search(
        _ code: ModelCode, for property: String?, until deadline: ContinuousClock.Instant?
    ) throws(CheckFailure) -> Searched {
        var search = searchOptions(for: property)
        search.deadline = deadline
        // A search writes there, too.
        let saved = options.checkpoint.flatMap { $0.resumes ? Checkpoint.names(below: $0.folder) : nil } ?? []
        let name = "\(run.path) \(run.configuration)"
        if options.compiles {
            let supply = NativeSupply(code)
            search.native = { supply.functions() }
        }
        do throws(Diagnostic) {
            search.checkpoint = try options.checkpoint?.open(code, search, of: name)
        } catch { throw search.isCancelled() ? .interrupted : .checkpoint(error) }
        do throws(InvalidModel) {
            let result = try explore(code, search)
            if !result.outcome.isInconclusive { search.checkpoint?.remove() }
            let isAnew = search.checkpoint.map { $0.resumedStates == nil } ?? false
            let request = isAnew ? options.checkpoint.flatMap { $0.resumes ? $0 : nil } : nil
            return Searched(
                found: result, checkpoint: search.checkpoint, begunAnew: request?.begunAnew(name, saved: saved))
        } catch {
            throw .defect(InternalError("the lowered model is not valid: \(error)"))
        }
    }

    private func searchOptions(for property: String?) -> SearchOptions {
        var search = SearchOptions()
        search.property = property
        search.maximumStates = options.maximumStates
        search.maximumMemory = options.maximumMemory
        search.disk = options.disk
        search.store = options.store
        search.maximumSwitches = options.maximumSwitches
        search.threads = options.threads
        search.surveysReach = options.survey != .nothing
        search.unwantedMarks = run.unwantedMarks(for: options.survey)
        search.sampleSize = ExplosionHelp.sampleSize
        search.usesSymmetry = !options.without.contains(.symmetry)
        // An expected violation is looked for as its counterexample is: without.
        search.usesPartialOrder = property == nil && !options.without.contains(.partialOrder)
        search.isCancelled = options.isCancelled
        if let progress = options.progress {
            let name = run.title
            search.progress = { progress("\(name): \($0.line)") }
        }
        return search
    }

    private func describe(_ found: SearchResult) -> RunResult {
        let symmetry: [String] = found.symmetryOrder > 1 ? [Reduction.symmetry.rawValue] : []
        let partialOrder: [String] = found.isReducedByPartialOrder ? [Reduction.partialOrder.rawValue] : []
        var result = run.result(
            reductions: symmetry + partialOrder + run.reductions(without: options.without), elapsed: found.elapsed)
        result.states = found.states
        result.transitions = found.transitions
        result.depth = found.depth
        result.unwitnessed = found.isComplete ? found.unwitnessed : []
        result.timing.memoryBytes = found.memory
        result.timing.diskBytes = found.disk ?? 0
        result.assumptions.store = options.store.rawValue
        result.assumptions.missedStateProbability = found.missedStateProbability
        result.switches = found.completeSwitches.map { complete in
            RunResult.Switches(limit: options.maximumSwitches ?? 0, complete: complete)
        }
        return result
    }
}

extension SearchResult {
    /// Whether all reachable states were seen; otherwise a situation that was not met may still exist.
    fileprivate var isComplete: Bool { if case .completed = outcome { true } else { false } }
}

extension SearchProgress {
    /// What is shown of a running search.
    var line: String {
        let rate = Int(statesPerSecond.rounded())
        let megabytes = memory / 1_000_000
        switch phase {
        case .search: return "\(states) states, depth \(depth), \(rate) states/s, \(megabytes) MB"
        case .switches(let switches):
            return "\(states) states, \(switches) switches, \(rate) states/s, \(megabytes) MB"
        case .counterexample: return "violated; choosing the simplest of the shortest counterexamples"
        }
    }
}

extension Exploration.InconclusiveReason {
    var reported: Reports.InconclusiveReason {
        switch self {
        case .states: .states
        case .memory: .memory
        case .time: .time
        case .cancelled: .interrupted
        case .switches: .switches
        case .disk: .disk
        }
    }
}

extension RunResult.Checkpoint {
    fileprivate init(_ checkpoint: Exploration.Checkpoint, _ options: CheckOptions) {
        self.init(
            folder: options.checkpoint?.folder.relativePath ?? "", isSaved: checkpoint.hasSaved && checkpoint.isThere,
            resumedStates: checkpoint.resumedStates)
    }
}

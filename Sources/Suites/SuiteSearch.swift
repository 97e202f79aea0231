import Analysis
import Reports
import Synchronization

/// Searches many runs, the cheapest first.
///
/// Nobody knows beforehand how many states a run has. So each is searched by one thread up to a small number of states
/// first, side by side with others. Those that have more are searched one after the other then, with all threads and all
/// memory. What is found does not depend on how it was searched.
public struct SuiteSearch {
    public struct Job: Sendable {
        public let run: PreparedRun
        /// From a baseline.
        public let knownStates: Int?

        public init(run: PreparedRun, knownStates: Int?) {
            self.run = run
            self.knownStates = knownStates
        }
    }

    public enum Outcome: Sendable {
        case finding(Finding)
        case defect(InternalError)
        case skipped(SuiteResult.Skipped.Reason)
    }

    /// States up to which a run is small.
    static let smallStates = 1 << 16

    private let options: CheckOptions
    private let endsAtFailure: Bool
    private let isFailure: (RunResult) -> Bool

    /// - Parameter options: of each search; its threads are those of all together.
    /// - Parameter endsAtFailure: whether nothing more is begun once `isFailure` says so of a result.
    public init(_ options: CheckOptions, endsAtFailure: Bool, isFailure: @escaping (RunResult) -> Bool) {
        self.options = options
        self.endsAtFailure = endsAtFailure
        self.isFailure = isFailure
    }

    /// Delivers an outcome for each job, in any order, in this thread.
    public func search(_ jobs: [Job], deliver: (Int, Outcome) -> Void) {
        let (small, large) = plan(jobs)
        let stop = StopFlag()
        let wave = Wave(jobs: jobs, stop: stop, isCancelled: options.isCancelled)
        var deferred: [Int] = []
        search(small, wave, trialOptions(stop), threads: options.threads) { job, outcome in
            if outcome.needsMore(than: options) {
                deferred.append(job)
            } else {
                deliver(job, outcome)
            }
        }
        // What was tried keeps the order of the plan, whatever ended first.
        let tried = Set(deferred)
        search(small.filter(tried.contains) + large, wave, stoppable(stop), threads: 1, deliver)
    }

    // MARK: Order

    /// Jobs to be tried, and those that are known to be large; both in their order.
    private func plan(_ jobs: [Job]) -> (small: [Int], large: [Int]) {
        let isLarge = jobs.map { ($0.knownStates ?? 0) > Self.smallStates }
        let costs = jobs.map { $0.knownStates ?? $0.run.model.size }
        let order = jobs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
        return (order.filter { !isLarge[$0] }, order.filter { isLarge[$0] })
    }

    private func stoppable(_ stop: StopFlag) -> CheckOptions {
        var options = options
        options.isCancelled = { [isCancelled = options.isCancelled] in stop.isSet || isCancelled() }
        return options
    }

    /// Of a search that may stay small.
    private func trialOptions(_ stop: StopFlag) -> CheckOptions {
        var trial = stoppable(stop)
        trial.threads = 1
        trial.compiles = false
        trial.checkpoint = nil
        trial.disk = nil
        trial.progress = nil
        trial.maximumStates = min(Self.smallStates, options.maximumStates ?? .max)
        trial.maximumMemory = options.maximumMemory.map { max(1, $0 / max(1, options.threads)) }
        return trial
    }

    // MARK: One wave

    /// What searches of both kinds share.
    private struct Wave {
        let jobs: [Job]
        let stop: StopFlag
        let isCancelled: @Sendable () -> Bool
    }

    /// Where the suite ends at a failure, outcomes count in the order of the plan: what was begun behind the first
    /// failure is taken back, so that no more is known with many threads than with one.
    private func search(
        _ order: [Int], _ wave: Wave, _ options: CheckOptions, threads: Int, _ deliver: (Int, Outcome) -> Void
    ) {
        var commits = OrderedDelivery<Outcome>()
        func commit(_ position: Int, _ outcome: Outcome) {
            guard endsAtFailure else { return deliver(order[position], outcome) }
            for (position, outcome) in commits.add(outcome, at: position) {
                deliver(order[position], wave.stop.isSet ? .skipped(.failFast) : outcome)
                if !wave.stop.isSet, ends(outcome) { wave.stop.set() }
            }
        }
        WorkerPool(threads: threads).run(order.map { wave.jobs[$0].run }) { [wave] run in
            if wave.stop.isSet { return Outcome.skipped(.failFast) }
            if wave.isCancelled() { return .skipped(.interrupted) }
            return Self.outcome(run, options)
        } each: { position, outcome in
            commit(position, outcome)
            return true
        }
    }

    private static func outcome(_ run: PreparedRun, _ options: CheckOptions) -> Outcome {
        do throws(InternalError) {
            return .finding(try ModelCheck(run, options).searchedFinding())
        } catch {
            return .defect(error)
        }
    }

    private func ends(_ outcome: Outcome) -> Bool {
        switch outcome {
        case .finding(let finding): finding.hasResult && isFailure(finding.result)
        case .defect: true
        case .skipped: false
        }
    }
}

extension SuiteSearch.Outcome {
    /// Whether a trial has ended before the search itself would have.
    fileprivate func needsMore(than options: CheckOptions) -> Bool {
        guard case .finding(let finding) = self, !finding.isFinal, !options.isCancelled() else { return false }
        switch finding.result.reason {
        case .states, nil: return options.maximumStates.map { $0 > SuiteSearch.smallStates } ?? true
        case .memory, .disk: return true
        case .time, .interrupted, .switches, .walks, .depth, .solver: return false
        }
    }
}

/// Set once, when nothing more is to be begun.
private final class StopFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}

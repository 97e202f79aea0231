/// Watches time, cancellation and progress of a running search.
struct Budget {
    private let options: SearchOptions
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastReport: ContinuousClock.Instant
    private var lastStates = 0
    private static let reportInterval = Duration.milliseconds(500)

    init(_ options: SearchOptions) {
        self.options = options
        start = clock.now
        lastReport = start
    }

    /// The same for work that has to be done however late it is.
    func ignoringTime() -> Budget {
        var options = options
        options.deadline = nil
        return Budget(options)
    }

    var elapsed: Duration { clock.now - start }

    /// Whether the user or the clock says so; asked by any thread.
    var mustStop: @Sendable () -> Bool {
        // Not all options: files that keep it belong to a checkpoint in them.
        { [isCancelled = options.isCancelled, deadline = options.deadline] in
            if isCancelled() { return true }
            return deadline.map { ContinuousClock.now >= $0 } ?? false
        }
    }

    /// Why a search ends that a problem with the disk has ended, or that was ended while it was busy there.
    func reason(_ problem: DiskProblem) -> InconclusiveReason {
        switch problem.cause {
        case .ended: options.isCancelled() ? .cancelled : .time
        case .full, .refused, .damaged: .disk(problem)
        }
    }

    /// Looks at the clock; the reason to stop, if there is one.
    mutating func poll(
        _ phase: SearchProgress.Phase, states: Int, transitions: Int, depth: Int, memory: Int
    ) -> InconclusiveReason? {
        if options.isCancelled() { return .cancelled }
        let now = clock.now
        if let deadline = options.deadline, now >= deadline { return .time }
        if let progress = options.progress, now - lastReport >= Self.reportInterval {
            let seconds = (now - lastReport) / .seconds(1)
            progress(
                SearchProgress(
                    phase: phase, states: states, transitions: transitions, depth: depth,
                    statesPerSecond: Double(states - lastStates) / seconds, memory: memory, elapsed: now - start))
            lastReport = now
            lastStates = states
        }
        return nil
    }
}

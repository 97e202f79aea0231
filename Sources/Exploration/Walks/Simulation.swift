import Model

/// Walks through a compiled model at random.
///
/// Walks are made in rounds of a fixed size. Walk `i` has random numbers of its own, and of all violations that of the
/// walk with the least number counts: so the result does not depend on the threads.
struct Simulation {
    private let code: ModelCode
    private let options: WalkOptions
    private let selection: Selection
    private let judgements: [Judgement]
    private let start = ContinuousClock.now
    private var walks = 0
    private var steps = 0
    private var deepest = 0
    private var initialStates = 0
    /// By judgement: whether it was violated and not looked for.
    private var isPassedOver: [Bool]
    private var cut: WalkResult.Cut?
    private var lastReport = ContinuousClock.now

    init(_ code: ModelCode, _ options: WalkOptions) {
        self.code = code
        self.options = options
        judgements = ModelSystem(code, usesSymmetry: false, looksForWitnesses: false).judgements
        selection = Selection(judgements, property: options.property)
        isPassedOver = Array(repeating: false, count: judgements.count)
    }

    mutating func run() -> WalkResult {
        do throws(MachineFault) {
            guard let found = try found() else { return result(.nothing) }
            return result(.violation(found))
        } catch {
            return result(.faulty(error))
        }
    }

    private mutating func found() throws(MachineFault) -> WalkViolation? {
        var survey = InitialSurvey(code, selection, options)
        try survey.run()
        initialStates = survey.starts.total
        for judgement in survey.passedOver { isPassedOver[judgement] = true }
        if let counterexample = survey.counterexample {
            return WalkViolation(counterexample: counterexample, walk: nil, steps: 0)
        }
        if survey.wasStopped { cut = reasonToStop }
        guard survey.starts.count > 0, cut == nil else { return nil }
        let crew = WalkCrew(
            (0..<max(1, options.threads)).map { _ in Walker(system, survey.starts, selection, options) })
        guard let (walk, hit) = try hit(crew) else { return nil }
        report(.shortening, isForced: true)
        let trail = try crew.moves(of: walk, steps: hit.steps)
        var shortener = Shortener(code, judgements[hit.judgement], options)
        let counterexample = try shortener.counterexample(from: trail.initial, trail.moves)
        return WalkViolation(counterexample: counterexample, walk: walk + 1, steps: hit.steps)
    }

    private var system: ModelSystem { ModelSystem(code, usesSymmetry: false, looksForWitnesses: false) }

    // MARK: Rounds

    /// The hit of the walk with the least number.
    private mutating func hit(_ crew: WalkCrew) throws(MachineFault) -> (walk: Int, hit: WalkHit)? {
        var next = 0
        while next < options.walks {
            if mustStop() {
                cut = reasonToStop
                return nil
            }
            // About a million steps, so that what is shown meanwhile is not old.
            let size = min(max((1 << 20) / max(1, options.depth), 64), 1024)
            let round = WalkRound(next..<min(next + size, options.walks), mustStop: mustStop)
            let summaries = crew.run(round)
            if let fault = crew.fault { throw fault }
            if round.wasStopped { cut = reasonToStop }
            for summary in summaries {
                add(summary)
                // Walks behind it are not counted: other threads may or may not have made them.
                if let hit = summary.hit { return (summary.number, hit) }
            }
            if cut != nil { return nil }
            next = round.walks.upperBound
            report(.walks)
        }
        return nil
    }

    private mutating func add(_ summary: WalkSummary) {
        walks += 1
        steps += summary.steps
        deepest = max(deepest, summary.steps)
        for judgement in summary.passedOver { isPassedOver[judgement] = true }
    }

    // MARK: Budget

    private var mustStop: @Sendable () -> Bool { options.mustStop }

    private var reasonToStop: WalkResult.Cut { options.isCancelled() ? .cancelled : .time }

    private mutating func report(_ phase: WalkProgress.Phase, isForced: Bool = false) {
        let now = ContinuousClock.now
        guard let progress = options.progress, isForced || now - lastReport >= .milliseconds(500) else { return }
        lastReport = now
        let seconds = max((now - start) / .seconds(1), 1e-9)
        progress(WalkProgress(phase: phase, walks: walks, steps: steps, stepsPerSecond: Double(steps) / seconds))
    }

    private func result(_ outcome: WalkResult.Outcome) -> WalkResult {
        WalkResult(
            outcome: outcome, walks: walks, steps: steps, deepest: deepest, initialStates: initialStates,
            passedOver: judgements.indices.filter { isPassedOver[$0] }.map { judgements[$0].name }, cut: cut,
            elapsed: ContinuousClock.now - start)
    }
}

import Model

/// Shortens a run to a violation.
///
/// A search over a bounded number of states comes first: where it meets the violation, its run is a shortest one.
/// Otherwise steps are dropped, detours are replaced by shortcuts, and steps of one process are joined, as long as
/// that helps. What is left need not be the shortest. All of it is bounded by counts, not by time, so that the result
/// is always the same; the user can end it.
struct Shortener {
    private let code: ModelCode
    private let judgement: Judgement
    private let options: WalkOptions
    var finder: StepFinder

    /// How many states are looked at around each state of the run: more each time, as runs get shorter.
    private static let neighbourhoods = [300, 3_000, 30_000]

    init(_ code: ModelCode, _ judgement: Judgement, _ options: WalkOptions) {
        self.code = code
        self.judgement = judgement
        self.options = options
        finder = StepFinder(code, judgement, allowance: options.shorteningStates)
    }

    /// Whether there is anything left to work with.
    var goesOn: Bool { finder.allowance > 0 && !options.isCancelled() }

    mutating func counterexample(from initial: [UInt64], _ moves: [Move]) throws(MachineFault) -> Counterexample {
        if let shortest = shortest() { return shortest }
        // Following the moves of the walk may take more than all of the rest.
        finder.reserve(moves.count)
        guard var run = try follow(moves[...], from: initial, [], .all) else { throw .unstableSuccessors }
        for neighbourhood in Self.neighbourhoods {
            var last = run
            repeat {
                last = run
                try drop(&run)
                try takeShortcuts(&run, most: neighbourhood)
            } while run.isBetter(than: last) && goesOn
        }
        finder.reserve(options.shorteningStates / 4)
        try join(&run)
        return try described(run)
    }

    private func shortest() -> Counterexample? {
        guard options.searchStates > 0 else { return nil }
        var search = SearchOptions()
        search.property = judgement.name
        search.maximumStates = options.searchStates
        search.usesSymmetry = options.usesSymmetry
        search.threads = options.threads
        search.native = options.native
        search.isCancelled = options.isCancelled
        guard case .violation(let found)? = (try? explore(code, search))?.outcome else { return nil }
        return found
    }

    private mutating func described(_ run: ViolatingRun) throws(MachineFault) -> Counterexample {
        let last = run.steps.last?.state ?? run.initial
        let before = run.state(before: max(0, run.steps.count - 1))
        var system = finder.system
        return Counterexample(
            judgement: system.judgements[run.judgement], violation: run.violation,
            conjunct: system.failingPart(of: run.judgement, in: last, after: before), initial: run.initial,
            initialChoices: system.initialChoices(of: run.initial), steps: run.steps, switches: run.switches,
            measure: .steps, isBest: false, isShortest: false)
    }

    // MARK: Following

    /// What to do with a move that is not possible.
    enum Manner {
        /// Then it is no such run.
        case all
        /// It is left out.
        case possible
    }

    /// Makes moves behind a run that exists, until the violation is met; nil where it is not.
    mutating func follow(
        _ moves: some Sequence<Move>, from initial: [UInt64], _ prefix: ArraySlice<TraceStep>, _ manner: Manner,
        most: Int = .max
    ) throws(MachineFault) -> ViolatingRun? {
        var steps = Array(prefix)
        var rest = moves.makeIterator()
        while true {
            let here = try finder.steps(from: steps.last?.state ?? initial)
            if let deadlock = here.deadlock, steps.count <= most {
                return ViolatingRun(initial: initial, steps: steps, judgement: deadlock, violation: nil)
            }
            guard steps.count < most else { return nil }
            if let hit = here.all.first(where: \.isHit), let judgement = hit.judgement {
                return ViolatingRun(
                    initial: initial, steps: steps + [hit.step], judgement: judgement, violation: hit.violation)
            }
            var next: TraceStep?
            while next == nil, let move = rest.next() {
                next = here.all.first { $0.step.hasResult && Move($0.step) == move }?.step
                if next == nil, manner == .all { return nil }
            }
            guard let next else { return nil }
            steps.append(next)
        }
    }
}

extension ModelSystem {
    /// The choices with which `init` leads to a state: the first ones.
    fileprivate mutating func initialChoices(of state: [UInt64]) -> [UInt64] {
        let buffer = SuccessorBuffer()
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = initialStates(into: buffer, from: &position)
            let contents = buffer.contents
            for number in 0..<contents.count where contents.successors[number].ending < 0 {
                let found = contents.successors[number]
                guard UnsafeBufferPointer(start: contents.words + found.start, count: found.length).elementsEqual(state)
                else { continue }
                return (0..<found.choiceCount).map { contents.choices[found.firstChoice + $0] }
            }
        }
        return []
    }
}

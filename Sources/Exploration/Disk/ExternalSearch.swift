import Model
import Synchronization

/// Breadth-first search with the states on disk, layer by layer, exact, by any number of workers.
///
/// Delayed duplicate detection (Stern and Dill, 1998; Korf, 2003): successors are gathered in memory, each once, in the
/// order of their hashes. When memory is full, or the layer is expanded, they are *settled*: all states on disk, which
/// are in the same order, go by once, and what is not among them is new, is judged, and is written behind them.
///
/// Verdict, counts and counterexample are those of ``BreadthFirstSearch``.
struct ExternalSearch<System: TransitionSystem> {
    typealias Worker = SearchWorker<System, CandidateStore>

    /// For the counterexample.
    var system: System
    let store: CandidateStore
    let files: LayerFiles
    let options: SearchOptions
    let crew: Crew<System, CandidateStore>
    private var budget: Budget
    private let selection: Selection
    private(set) var tally: SearchTally
    /// What there was when the last layer ended.
    private var complete: SearchTally
    private var completeLayers: Int
    private var hasAdopted = false
    /// Candidates since they were settled last.
    private var candidates = 0
    private var block: StateBlock
    /// The layer whose states were expanded when the first violation was found; -1 for initial states.
    private var layerOfHit = -1

    /// Goes on from the layers in the files. Nil where the machine refuses the memory.
    ///
    /// - Parameters:
    ///   - systems: one, and one more for each worker.
    ///   - bytes: of memory, for candidates.
    init?(
        _ systems: [System], _ files: LayerFiles, _ options: SearchOptions, _ budget: Budget, _ tally: SearchTally,
        bytes: Int
    ) {
        guard let store = CandidateStore(width: files.width, bytes: bytes, workers: systems.count - 1) else {
            return nil
        }
        system = systems[0]
        self.store = store
        self.files = files
        self.options = options
        self.budget = budget
        self.tally = tally
        complete = tally
        completeLayers = files.layers.count
        files.mustStop = budget.mustStop
        let selection = Selection(systems[0].judgements, property: options.property)
        self.selection = selection
        crew = Crew(systems.dropFirst().map { Worker($0, store, selection) })
        block = StateBlock(width: files.width)
    }

    func free() { block.free() }

    mutating func run() -> SearchResult {
        var violated: String?
        do throws(SearchStop) {
            guard let found = try exploreForVerdict() else { return result(.completed) }
            violated = system.judgements[found.judgement].name
            var run = try counterexample(found, layer: layerOfHit, budget.ignoringTime())
            run.isShortest = tally.hasAllViolations(before: run.steps.count)
            return result(.violation(run))
        } catch {
            // Ctrl-C, or the end of memory or of the disk, while the layers are gone through backwards.
            var result = result(after: error)
            if result.outcome.isInconclusive { result.violatedWithoutRun = violated }
            return result
        }
    }

    /// Without a counterexample: a chain would have to be looked for, and another search finds a shorter run.
    mutating func runForVerdict() -> SearchVerdict {
        do throws(SearchStop) {
            guard let found = try exploreForVerdict() else { return .result(result(.completed)) }
            return .violated(ViolatedChain(judgement: system.judgements[found.judgement], states: []))
        } catch {
            return .result(result(after: error))
        }
    }

    private mutating func exploreForVerdict() throws(SearchStop) -> Hit? {
        do throws(SearchStop) { try explore() } catch {
            guard case .budget = error, tally.first != nil else { throw error }
        }
        return tally.first
    }

    private mutating func result(after stop: SearchStop) -> SearchResult {
        switch stop {
        case .fault(let fault): return result(.faulty(fault))
        case .budget(let reason):
            save()
            // What became of the layer at hand depends on the number of workers.
            if !tally.isFull { tally = complete }
            return result(.inconclusive(reason))
        }
    }

    private func result(_ outcome: SearchResult.Outcome) -> SearchResult {
        var result = SearchResult(outcome, tally, system, crew, options, selection, budget)
        result.depth = max(0, files.layers.lastIndex { !$0.isEmpty } ?? 0)
        result.memory = store.bytes
        result.disk = files.bytes
        return result
    }

    // MARK: Layers

    private mutating func explore() throws(SearchStop) {
        if files.layers.isEmpty {
            var position = ExpansionPosition()
            try inParts { $0.start(&position) }
            try endLayer()
        }
        while tally.first == nil, let layer = files.layers.last, !layer.isEmpty {
            try expand(layer)
            tally.completeDepth = files.layers.count - 1
            try endLayer()
        }
    }

    private mutating func endLayer() throws(SearchStop) {
        try settle()
        files.endLayer()
        if files.layers.count == 1 { tally.initialStates = tally.states }
        if !tally.isFull { (complete, completeLayers) = (tally, files.layers.count) }
        if options.checkpoint?.isDue ?? false { save() }
        if tally.isFull, tally.first == nil { throw .budget(.states(limit: options.maximumStates ?? tally.states)) }
    }

    private mutating func expand(_ layer: [Segment]) throws(SearchStop) {
        for segment in layer {
            var next = 0
            while next < segment.firstHashes.count {
                do throws(DiskProblem) {
                    next += try store.frontier.fill(segment, from: next, &block)
                } catch { throw .budget(budget.reason(error)) }
                try expandFrontier()
            }
        }
    }

    private mutating func expandFrontier() throws(SearchStop) {
        let count = store.frontier.count
        let portion = max(64, min(1 << 12, count / (16 * crew.count)))
        var left = [0..<StateID(truncatingIfNeeded: count)].portions(of: portion)[...]
        while !left.isEmpty {
            try poll()
            adoptFunctions()
            try makeRoom()
            let work = Work(Array(left), room: store.room(states: candidates), mustStop: budget.mustStop)
            let busy = left.count < 2 ? 1 : crew.count
            crew.run(work, count: busy)
            for index in 0..<busy { try take(crew[index].takeFindings()) }
            left = work.rests + left.dropFirst(work.taken)
            for id in tally.large {
                var position = ExpansionPosition()
                try inParts { $0.expand(id, from: &position) }
            }
            tally.large = []
        }
    }

    /// Lets the first worker take states in part by part, until there are no more.
    private mutating func inParts(_ part: (inout Worker) -> Bool) throws(SearchStop) {
        var hasMore = true
        while hasMore {
            try poll()
            try makeRoom()
            hasMore = part(&crew[0])
            try take(crew[0].takeFindings())
        }
    }

    private mutating func take(_ found: Findings) throws(SearchStop) {
        var found = found
        candidates += found.states
        found.states = 0
        let hadNone = tally.first == nil
        try tally.take(found)
        if hadNone, tally.first != nil { layerOfHit = files.layers.count - 1 }
        guard found.wasStopped else { return }
        try poll()
        throw .budget(.cancelled)
    }

    private func save() {
        guard let checkpoint = options.checkpoint, checkpoint.files === files, completeLayers > 0 else { return }
        checkpoint.save(complete.saved(unwitnessed: tally.unwitnessed(system, crew)), layers: completeLayers)
    }

    // MARK: Candidates

    private mutating func makeRoom() throws(SearchStop) {
        while store.room(states: candidates) <= 0 {
            if candidates < store.limit, store.rows.grow() { continue }
            guard candidates > 0 else { throw .budget(.memory(limit: store.bytes)) }
            try settle()
        }
    }

    /// Compares the candidates with the states on disk; judges and writes those that are new.
    private mutating func settle() throws(SearchStop) {
        guard candidates > 0 else { return }
        do throws(DiskProblem) {
            try files.markOld(store, threads: crew.count)
            try writeNew()
        } catch { throw .budget(budget.reason(error)) }
        for index in 0..<crew.count {
            try take(crew[index].takeFindings())
            crew[index].startAgain()
        }
        guard store.removeAll() else { throw .budget(.memory(limit: store.bytes)) }
        candidates = 0
    }

    private mutating func writeNew() throws(DiskProblem) {
        let (store, crew) = (store, crew)
        let room = max(0, (options.maximumStates ?? .max) - tally.states)
        let taken = Atomic<Int>(0)
        try files.write(store, threads: crew.count) { id, thread in
            guard !store.isOld(id) else { return false }
            crew[thread].judgeLate(store.rows.words(id))
            return taken.wrappingAdd(1, ordering: .relaxed).oldValue < room
        }
        let new = taken.load(ordering: .relaxed)
        tally.states += min(new, room)
        if new > room { tally.isFull = true }
    }

    // MARK: Between rounds

    private mutating func adoptFunctions() {
        guard !hasAdopted, let functions = options.native?() else { return }
        hasAdopted = true
        system.adopt(functions)
        crew.adopt(functions)
    }

    private mutating func poll() throws(SearchStop) {
        let reason = budget.poll(
            .search, states: tally.states, transitions: tally.transitions, depth: max(0, files.layers.count - 1),
            memory: store.bytes + crew.bytes)
        if let reason { throw .budget(reason) }
    }
}

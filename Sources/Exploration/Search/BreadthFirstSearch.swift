import Model

/// Exact breadth-first search, layer by layer, by any number of workers.
///
/// A layer is expanded to its end before anything found in it is reported: so counts and the violation reported do not
/// depend on the order inside a layer, nor on who came first. A deadlock of a layer is known when the layer is
/// expanded, everything else when the one before is.
///
/// Workers run in *rounds*. Between two rounds none of them is busy: the table grows, budgets are looked at, and
/// compiled functions take over.
struct BreadthFirstSearch<System: TransitionSystem, Store: StateStore> {
    typealias Worker = SearchWorker<System, Store>

    /// For initial states, and for the counterexample.
    var system: System
    let buffer = SuccessorBuffer()
    let store: Store
    let options: SearchOptions
    var budget: Budget
    private let crew: Crew<System, Store>
    private var stateLimit: StateLimit
    private let selection: Selection

    private(set) var tally: SearchTally
    /// The states of each layer, those of the next one not yet included.
    private(set) var layers: [[Range<StateID>]] = []
    private var hasAdopted = false
    /// Whether somebody goes on with the states on disk when memory is at its limit.
    private let spills: Bool
    /// States of the layer in the making.
    private var unfinished: [Range<StateID>] = []
    /// Of the layers all of whose states are known.
    private var wholeLayers: [Int] = []
    private var sample: StateSample?
    /// What there was when the last layer ended.
    private var complete: SearchTally
    private var completeLayers = 0
    private var hasGivenUp = false

    /// - Parameter systems: one, and one more for each worker.
    init(_ systems: [System], _ store: Store, _ options: SearchOptions) {
        system = systems[0]
        self.store = store
        self.options = options
        budget = Budget(options)
        spills = options.disk != nil && store.keepsStates && systems[0].fixedWidth != nil
        let judgements = systems[0].judgements
        let selection = Selection(judgements, property: options.property)
        self.selection = selection
        tally = SearchTally(judgements: judgements.count)
        complete = tally
        stateLimit = StateLimit(options, store)
        let width = options.sampleSize > 0 ? systems[0].fixedWidth : nil
        let sample = width.map { StateSample(width: $0, limit: options.sampleSize) }
        self.sample = sample
        crew = Crew(
            systems.dropFirst().map {
                Worker($0, store, selection, sample: sample)
            })
    }

    mutating func run() -> SearchResult {
        var stop: SearchStop?
        do throws(SearchStop) { try explore() } catch { stop = error }
        return result(after: stop)
    }

    /// Without a counterexample.
    mutating func runForVerdict() -> SearchVerdict {
        var stop: SearchStop?
        do throws(SearchStop) { try explore() } catch { stop = error }
        if case .fault? = stop { return .result(result(after: stop)) }
        guard let found = tally.first else { return .result(result(after: stop)) }
        let scratch = Scratch(store)
        let chain = store.keepsStates ? (try? chain(to: found.from)) ?? [] : []
        let states = chain.map { Array(store.state($0, in: scratch.words)) }
        return .violated(ViolatedChain(judgement: system.judgements[found.judgement], states: states))
    }

    private mutating func result(after stop: SearchStop?) -> SearchResult {
        if case .fault(let fault)? = stop { return result(.faulty(fault)) }
        if let found = tally.first {
            do throws(SearchStop) {
                var run = try counterexample(found, isComplete: stop == nil)
                run.isShortest = stop == nil || tally.hasAllViolations(before: run.steps.count)
                return result(.violation(run))
            } catch {
                switch error {
                case .fault(let fault): return result(.faulty(fault))
                case .budget(let reason):
                    var result = result(.inconclusive(reason))
                    result.violatedWithoutRun = system.judgements[found.judgement].name
                    return result
                }
            }
        }
        if case .budget(let reason)? = stop {
            save()
            return result(.inconclusive(reason))
        }
        return result(.completed)
    }

    private func result(_ outcome: SearchResult.Outcome) -> SearchResult {
        var result = SearchResult(outcome, tally, system, crew, options, selection, budget)
        result.depth = max(0, layers.lastIndex { !$0.isEmpty } ?? 0)
        result.memory = store.bytes
        result.layerSizes = wholeLayers
        result.sample = sample
        return result
    }

    // MARK: Layers

    private mutating func explore() throws(SearchStop) {
        if layers.isEmpty { try start() }
        while tally.first == nil, let layer = layers.last, !layer.isEmpty {
            do throws(SearchStop) { try expand(layer) } catch {
                if !hasGivenUp { endLayer(isComplete: false) }
                throw error
            }
            tally.completeDepth = layers.count - 1
            store.forget(layer)
            endLayer(isComplete: !tally.isFull)
            if options.checkpoint?.isDue ?? false { save() }
            if tally.isFull, tally.first == nil { throw .budget(stateLimit.reason) }
        }
    }

    private mutating func start() throws(SearchStop) {
        var position = ExpansionPosition()
        try inParts { $0.start(&position) }
        tally.initialStates = tally.states
        endLayer(isComplete: !tally.isFull)
        if tally.isFull { throw .budget(stateLimit.reason) }
    }

    /// Lets the first worker take states in part by part, until there are no more or there is no room for them.
    private mutating func inParts(_ part: (inout Worker) -> Bool) throws(SearchStop) {
        var hasMore = true
        while hasMore, !tally.isFull {
            try poll()
            try growIfFull()
            crew[0].allowance = max(0, stateLimit.states - tally.states)
            hasMore = part(&crew[0])
            try take(crew[0].takeFindings())
        }
    }

    private mutating func growIfFull() throws(SearchStop) {
        guard store.room(states: tally.states) <= 0 else { return }
        guard store.grow(states: tally.states) else {
            throw spills ? giveLayerUp(store.bytes) : .budget(.memory(limit: store.bytes))
        }
    }

    /// - Parameter isComplete: whether all states of the layer are there, and the layer before was expanded to its end.
    private mutating func endLayer(isComplete: Bool) {
        collectRanges()
        layers.append(unfinished.joined)
        unfinished = []
        if isComplete {
            takeSamples()
            (complete, completeLayers) = (tally, layers.count)
        }
        stateLimit = StateLimit(options, store)
    }

    /// Which states of a layer were found depends on the number of workers until all were. So only then they are taken.
    private mutating func takeSamples() {
        let size = tally.states - complete.states
        if size > 0 { wholeLayers.append(size) }
        for index in 0..<crew.count {
            if let more = crew[index].takeSample(continuing: sample) { sample?.merge(more) }
        }
    }

    /// Ends a search whose memory can't be told from the number of states, or with which somebody else goes on. How far it
    /// came depends on the number of workers, so the layer at hand counts as not begun.
    private mutating func giveLayerUp(_ limit: Int) -> SearchStop {
        collectRanges()
        unfinished = []
        tally = complete
        hasGivenUp = true
        return .budget(.memory(limit: limit))
    }

    /// What was found, for somebody who goes on with other workers: witnesses are known to those of this search only.
    var tallyToGoOnWith: SearchTally { tally.goingOn(unwitnessed: tally.unwitnessed(system, crew)) }

    private mutating func collectRanges() { unfinished += crew.takeRanges() }

    private mutating func expand(_ layer: [Range<StateID>]) throws(SearchStop) {
        let portions = portions(layer)
        let portionsOfRound = max(1, Self.statesOfRound * crew.count / max(1, portions.first?.count ?? 1))
        var left = portions[...]
        while !left.isEmpty {
            try poll()
            adoptFunctions()
            let work = try round(Array(left.prefix(portionsOfRound)))
            left = work.rests + left.dropFirst(work.taken)
            for id in tally.large {
                var position = ExpansionPosition()
                try inParts { $0.expand(id, from: &position) }
            }
            tally.large = []
        }
    }

    /// What a worker takes at once. Neighbours of a layer have successors in common, which a worker recognises by itself
    /// (``RecentStates``); so portions are long, where there are enough for all workers.
    private func portions(_ layer: [Range<StateID>]) -> [Range<StateID>] {
        layer.portions(of: max(Self.shortestPortion, min(Self.longestPortion, layer.total / (16 * crew.count))))
    }

    private static var shortestPortion: Int { 64 }
    private static var longestPortion: Int { 1 << 12 }
    /// States for each worker in a round, about.
    private static var statesOfRound: Int { 1 << 17 }

    /// Lets workers go through portions, until it is time to pause.
    private mutating func round(_ portions: [Range<StateID>]) throws(SearchStop) -> Work {
        let isFull = tally.isFull
        if !isFull { try growIfFull() }
        let left = max(0, stateLimit.states - tally.states)
        // Near the limit one worker goes on alone, so that it is met exactly.
        let isAlone = crew.count == 1 || portions.count < 2 || (!isFull && left < Self.lonelyRoom)
        let busy = isAlone ? 1 : crew.count
        for index in 0..<busy { crew[index].allowance = isFull ? 0 : isAlone ? left : .max }
        // A round may fill the table a little further than it should be.
        let room =
            isFull ? .max : min(max(1, store.room(states: tally.states)), isAlone ? .max : left - Self.lonelyRoom / 2)
        let work = Work(portions, room: room, mustStop: budget.mustStop)
        crew.run(work, count: busy)
        for index in 0..<busy { try take(crew[index].takeFindings()) }
        return work
    }

    private static var lonelyRoom: Int { 1 << 17 }

    private mutating func take(_ found: Findings) throws(SearchStop) {
        try tally.take(found)
        if tally.isFull, spills, case .memory(let limit) = stateLimit.reason { throw giveLayerUp(limit) }
        guard found.wasStopped else { return }
        try poll()
        throw .budget(.cancelled)
    }

    private mutating func adoptFunctions() {
        guard !hasAdopted, let functions = options.native?() else { return }
        hasAdopted = true
        system.adopt(functions)
        crew.adopt(functions)
    }

    private mutating func poll() throws(SearchStop) {
        let memory = store.bytes + crew.bytes
        let reason = budget.poll(
            .search, states: tally.states, transitions: tally.transitions, depth: max(0, layers.count - 1),
            memory: memory)
        if let reason { throw .budget(reason) }
        if let limit = options.memoryForStates, !stateLimit.coversMemory, store.bytes(states: tally.states) > limit {
            throw giveLayerUp(limit)
        }
    }

    // MARK: Checkpoints

    /// Goes on with a saved search. False where its states have no room in memory, or can't be read. Where the disk is
    /// there to go on with, there must be room for more.
    mutating func resume(_ saved: SavedSearch, _ files: LayerFiles) -> Bool {
        let most = spills ? stateLimit.states / 4 * 3 - 1 : stateLimit.states
        guard saved.states <= most, let loaded = files.load(into: store, mustStop: budget.mustStop) else {
            return false
        }
        if let limit = options.memoryForStates, store.bytes(states: saved.states) > limit { return false }
        layers = loaded
        tally = SearchTally(saved)
        // Of the states before there are none in it.
        sample = nil
        for index in 0..<crew.count { _ = crew[index].takeSample(continuing: nil) }
        (complete, completeLayers) = (tally, layers.count)
        stateLimit = StateLimit(options, store)
        return true
    }

    /// Of a saved search that can't be gone on with in memory, where nothing else is allowed.
    mutating func resultWithoutRoom(for saved: SavedSearch) -> SearchResult {
        tally = SearchTally(saved)
        let isOverLimit = saved.states > stateLimit.states
        let ended = budget.poll(
            .search, states: tally.states, transitions: tally.transitions, depth: tally.completeDepth,
            memory: store.bytes)
        let limit = isOverLimit ? stateLimit.reason : .memory(limit: options.maximumMemory ?? store.bytes)
        sample = nil
        var result = result(.inconclusive(ended ?? limit))
        result.depth = saved.completeDepth + 1
        return result
    }

    private func save() {
        guard let checkpoint = options.checkpoint, store.keepsStates, completeLayers > 0 else { return }
        checkpoint.save(
            layers.prefix(completeLayers), of: store, complete.saved(unwitnessed: tally.unwitnessed(system, crew)),
            memory: options.maximumMemory, threads: crew.count)
    }

    // MARK: The counterexample

    private func counterexample(_ hit: Hit, isComplete: Bool) throws(SearchStop) -> Counterexample {
        var choice = CounterexampleChoice(
            system: system, store: store, layers: layers, measure: .steps,
            limits: CounterexampleChoice.Limits(
                budget: budget, memory: options.maximumMemory, native: hasAdopted ? nil : options.native))
        choice.sieve = LayerSieve((0..<crew.count).map { crew[$0].system }, store)
        choice.states = tally.states
        choice.transitions = tally.transitions
        return try choice.counterexample(hit, along: try chain(to: hit.from), isComplete: isComplete)
    }

    /// From an initial state to a state, by the predecessors in the store, and by the layers where there are none.
    private func chain(to last: StateID) throws(SearchStop) -> [StateID] {
        var chain: [StateID] = []
        var id = last
        while id != .none {
            chain.append(id)
            id = store.predecessor(id)
        }
        guard let first = chain.last, let depth = layers.firstIndex(where: { $0.contains { $0.contains(first) } }),
            depth > 0
        else { return chain.reversed() }
        return try LayerChain(system, store, layers).chain(to: first, in: depth) + chain.reversed().dropFirst()
    }
}

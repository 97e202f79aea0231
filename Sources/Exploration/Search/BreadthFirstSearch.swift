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
    private let deadlock: Int?
    private let isSelected: [Bool]

    private(set) var states = 0
    private(set) var transitions = 0
    /// The states of each layer, those of the next one not yet included.
    private(set) var layers: [[Range<StateID>]] = []
    private var completeDepth = -1
    private var initialCount = 0
    private var violations: [Int]
    private var hit: Hit?
    private var deadlockHit: Hit?
    private var hasAdopted = false
    /// States of the layer at hand with very many successors, which are taken in part by part.
    private var large: [StateID] = []
    /// States of the layer in the making.
    private var unfinished: [Range<StateID>] = []
    /// What there was when the last layer ended.
    private var complete = (states: 0, transitions: 0)
    private var hasGivenUp = false
    /// Whether no more states may be taken in. The layer is still judged to its end.
    private var isFull = false

    /// - Parameter systems: one, and one more for each worker.
    init(_ systems: [System], _ store: Store, _ options: SearchOptions) {
        system = systems[0]
        self.store = store
        self.options = options
        budget = Budget(options)
        let judgements = systems[0].judgements
        let isSelected = judgements.map { options.property == nil || $0.name == options.property }
        let deadlock = judgements.firstIndex { $0.source == .deadlock }
        self.isSelected = isSelected
        self.deadlock = deadlock
        violations = Array(repeating: 0, count: judgements.count)
        stateLimit = StateLimit(options, store)
        crew = Crew(systems.dropFirst().map { Worker($0, store, isSelected: isSelected, deadlock: deadlock) })
    }

    mutating func run() -> SearchResult {
        var stop: SearchStop?
        do throws(SearchStop) { try explore() } catch { stop = error }
        return result(after: stop)
    }

    /// Without a counterexample.
    mutating func runForVerdict() -> Verdict {
        var stop: SearchStop?
        do throws(SearchStop) { try explore() } catch { stop = error }
        if case .fault? = stop { return .result(result(after: stop)) }
        guard let found = deadlockHit ?? hit else { return .result(result(after: stop)) }
        let scratch = Scratch(store)
        let states = store.keepsStates ? chain(to: found.from).map { Array(store.state($0, in: scratch.words)) } : []
        return .violated(ViolatedChain(judgement: system.judgements[found.judgement], states: states))
    }

    private mutating func result(after stop: SearchStop?) -> SearchResult {
        if case .fault(let fault)? = stop { return result(.faulty(fault)) }
        if let found = deadlockHit ?? hit {
            do throws(SearchStop) {
                return result(.violation(try counterexample(found, isComplete: stop == nil)))
            } catch {
                switch error {
                case .fault(let fault): return result(.faulty(fault))
                case .budget(let reason): return result(.inconclusive(reason))
                }
            }
        }
        if case .budget(let reason)? = stop { return result(.inconclusive(reason)) }
        return result(.completed)
    }

    private func result(_ outcome: SearchResult.Outcome) -> SearchResult {
        let names = system.judgements.map(\.name)
        let passedOver = options.property == nil ? [] : names.indices.filter { !isSelected[$0] && violations[$0] > 0 }
        var unwitnessed = system.unwitnessed
        for index in 0..<crew.count {
            let left = Set(crew[index].system.unwitnessed)
            unwitnessed.removeAll { !left.contains($0) }
        }
        return SearchResult(
            outcome: outcome, states: states, transitions: transitions,
            depth: layers.lastIndex { !$0.isEmpty } ?? 0, completeDepth: completeDepth, initialStates: initialCount,
            unwitnessed: unwitnessed, passedOver: passedOver.map { PassedOver(name: names[$0], count: violations[$0]) },
            memory: store.bytes, executedStatements: nil, symmetryOrder: system.symmetryOrder, elapsed: budget.elapsed)
    }

    // MARK: Layers

    private mutating func explore() throws(SearchStop) {
        var position = ExpansionPosition()
        try inParts { $0.start(&position) }
        endLayer()
        initialCount = states
        if isFull { throw .budget(stateLimit.reason) }
        while hit == nil, deadlockHit == nil, let layer = layers.last, !layer.isEmpty {
            do throws(SearchStop) { try expand(layer) } catch {
                if !hasGivenUp { endLayer() }
                throw error
            }
            completeDepth = layers.count - 1
            store.forget(layer)
            endLayer()
            if isFull, hit == nil, deadlockHit == nil { throw .budget(stateLimit.reason) }
        }
    }

    /// Lets the first worker take states in part by part, until there are no more or there is no room for them.
    private mutating func inParts(_ part: (inout Worker) -> Bool) throws(SearchStop) {
        var hasMore = true
        while hasMore, !isFull {
            try poll()
            try growIfFull()
            crew[0].allowance = max(0, stateLimit.states - states)
            hasMore = part(&crew[0])
            try take(crew[0].takeFindings())
        }
    }

    private mutating func growIfFull() throws(SearchStop) {
        guard store.room(states: states) <= 0 else { return }
        collectRanges()
        guard store.grow(layers + [unfinished.joined]) else { throw .budget(.memory(limit: store.bytes)) }
    }

    private mutating func endLayer() {
        collectRanges()
        layers.append(unfinished.joined)
        unfinished = []
        complete = (states, transitions)
        stateLimit = StateLimit(options, store)
    }

    /// Ends a search whose memory can't be told from the number of states. How far it came depends on the number of
    /// workers, so the layer at hand counts as not begun.
    private mutating func giveLayerUp(_ limit: Int) -> SearchStop {
        collectRanges()
        unfinished = []
        (states, transitions) = complete
        (hit, deadlockHit) = (nil, nil)
        hasGivenUp = true
        return .budget(.memory(limit: limit))
    }

    private mutating func collectRanges() { unfinished += crew.takeRanges() }

    private mutating func expand(_ layer: [Range<StateID>]) throws(SearchStop) {
        let portions = portions(layer)
        let portionsOfRound = max(1, Self.statesOfRound * crew.count / max(1, portions.first?.count ?? 1))
        var next = 0
        while next < portions.count {
            try poll()
            adoptFunctions()
            next += try round(Array(portions[next..<min(portions.count, next + portionsOfRound)]))
            for id in large {
                var position = ExpansionPosition()
                try inParts { $0.expand(id, from: &position) }
            }
            large = []
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

    /// Lets workers go through portions; gives how many were taken.
    private mutating func round(_ portions: [Range<StateID>]) throws(SearchStop) -> Int {
        if !isFull { try growIfFull() }
        let left = max(0, stateLimit.states - states)
        // Near the limit one worker goes on alone, so that it is met exactly.
        let isAlone = crew.count == 1 || portions.count < 2 || (!isFull && left < Self.lonelyRoom)
        let busy = isAlone ? 1 : crew.count
        for index in 0..<busy { crew[index].allowance = isFull ? 0 : isAlone ? left : .max }
        // A round may fill the table a little further than it should be.
        let room =
            isFull ? .max : min(max(1, store.room(states: states)), isAlone ? .max : left - Self.lonelyRoom / 2)
        let work = Work(portions, room: room, mustStop: budget.mustStop)
        crew.run(work, count: busy)
        for index in 0..<busy { try take(crew[index].takeFindings()) }
        return work.taken
    }

    private static var lonelyRoom: Int { 1 << 17 }

    private mutating func take(_ found: Worker.Findings) throws(SearchStop) {
        states += found.states
        transitions += found.transitions
        isFull = isFull || found.isFull
        for (judgement, count) in found.violations.enumerated() { violations[judgement] += count }
        if let new = found.hit, new.judgement < hit?.judgement ?? .max { hit = new }
        deadlockHit = deadlockHit ?? found.deadlockHit
        if let fault = found.fault { throw .fault(fault) }
        large += found.large
        guard found.wasStopped else { return }
        try poll()
        throw .budget(.cancelled)
    }

    private mutating func adoptFunctions() {
        guard !hasAdopted, let functions = options.native?() else { return }
        hasAdopted = true
        system.adopt(functions)
        for index in 0..<crew.count { crew[index].system.adopt(functions) }
    }

    private mutating func poll() throws(SearchStop) {
        let memory = store.bytes + crew.bytes
        let reason = budget.poll(
            .search, states: states, transitions: transitions, depth: max(0, layers.count - 1), memory: memory)
        if let reason { throw .budget(reason) }
        if let limit = options.maximumMemory, !stateLimit.coversMemory, store.bytes(states: states) > limit {
            throw giveLayerUp(limit)
        }
    }

    // MARK: The counterexample

    private func counterexample(_ hit: Hit, isComplete: Bool) throws(SearchStop) -> Counterexample {
        var choice = CounterexampleChoice(
            system: system, store: store, layers: layers, measure: .steps,
            limits: CounterexampleChoice.Limits(budget: budget, memory: options.maximumMemory))
        choice.states = states
        choice.transitions = transitions
        return try choice.counterexample(hit, along: chain(to: hit.from), isComplete: isComplete)
    }

    /// From an initial state to a state, by the predecessors in the store.
    private func chain(to last: StateID) -> [StateID] {
        var chain: [StateID] = []
        var id = last
        while id != .none {
            chain.append(id)
            id = store.predecessor(id)
        }
        return chain.reversed()
    }
}

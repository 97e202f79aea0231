import Model

/// Exact search by context switches: all runs without one, then all with one, and so on.
///
/// After the iterative context bounding of Musuvathi and Qadeer (PLDI 2007), with every switch counted, as Qadeer and
/// Rehof (TACAS 2005) do, and with the steps of a run as the second measure. A *turn* is a state with the process
/// instance that moves next. A step without a switch leads to a turn of the same instance, at one step more; a switch
/// leads to a turn of another one, at no step more. So the search is Dijkstra's over turns, with the pair of switches
/// and steps as the cost: layers of equally many switches, and in a layer buckets of equally many steps. See
/// `docs/decisions/010-context-bounds.md`.
struct ContextSearch {
    private var taker: TurnTaker
    private let store: FixedStore
    private let options: SearchOptions
    private let mostSwitches: Int
    private var budget: Budget
    /// Whether a budget has ended it beside a violation.
    private var wasEnded = false
    private var watch = Watch()
    private var initialCount = 0
    private var hasBegun = false
    private var switches = 0
    private var completeSwitches = -1
    private var depth = 0
    private var hasAdopted = false

    init(_ system: ModelSystem, _ store: FixedStore, _ options: SearchOptions, mostSwitches: Int) {
        taker = TurnTaker(system, store, options)
        self.store = store
        self.options = options
        self.mostSwitches = mostSwitches
        budget = Budget(options)
    }

    /// All states that were found.
    var states: Range<StateID> { 0..<StateID(truncatingIfNeeded: taker.states) }

    mutating func run() -> SearchResult {
        defer { taker.free() }
        do throws(SearchStop) {
            do throws(SearchStop) { try explore() } catch {
                guard case .budget = error, taker.judge.found != nil else { throw error }
                wasEnded = true
            }
            guard let found = taker.judge.found else { return result(.completed) }
            return result(.violation(try counterexample(found)))
        } catch {
            switch error {
            case .fault(let fault): return result(.faulty(fault))
            case .budget(let reason): return result(.inconclusive(reason))
            }
        }
    }

    private func result(_ outcome: SearchResult.Outcome) -> SearchResult {
        var result = SearchResult(
            outcome: outcome, states: taker.states, transitions: taker.transitions, depth: depth,
            completeDepth: hasBegun ? 0 : -1, initialStates: initialCount, unwitnessed: taker.system.unwitnessed,
            passedOver: taker.judge.passedOver, memory: taker.bytes, reach: nil,
            symmetryOrder: taker.system.symmetryOrder, elapsed: budget.elapsed)
        result.completeSwitches = completeSwitches
        result.isCut = taker.fullness != nil || wasEnded
        result.sample = taker.sample
        return result
    }

    // MARK: Layers

    private mutating func explore() throws(SearchStop) {
        try begin()
        var layer = [states]
        while taker.judge.found == nil {
            layer = try takeTurns(from: layer)
            guard taker.judge.found == nil else { return }
            completeSwitches = switches
            guard try isUnfinished(layer) else { return }
            guard switches < mostSwitches else { throw .budget(.switches(limit: mostSwitches)) }
            switches += 1
        }
    }

    private mutating func begin() throws(SearchStop) {
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            try poll()
            hasMore = try taker.begin(&position)
            if taker.judge.found == nil, let reason = taker.fullness { throw .budget(reason) }
        }
        initialCount = taker.states
        hasBegun = true
    }

    /// Takes all turns with so many switches. A switch is possible at the states of the layer before, which come in the
    /// order of their steps; gives those that were found in this layer in the same way.
    private mutating func takeTurns(from starts: [Range<StateID>]) throws(SearchStop) -> [Range<StateID>] {
        var found: [Range<StateID>] = [states.upperBound..<states.upperBound]
        var first = taker.turns.count
        var steps = 0
        while steps < starts.count || first < taker.turns.count {
            // Turns of this bucket that need no switch were given while the one before was gone through.
            if steps < starts.count { try giveTurns(at: starts[steps]) }
            let bucket = first..<taker.turns.count
            let known = states.upperBound
            for number in bucket {
                try pollIfDue()
                try taker.take(TurnID(truncatingIfNeeded: number))
            }
            first = bucket.upperBound
            found.append(known..<states.upperBound)
            steps += 1
            if known < states.upperBound { depth = max(depth, steps) }
            // A bucket is gone through to its end, so that what is reported does not depend on the order in it.
            if taker.judge.found != nil { break }
            if taker.isFull, let reason = taker.fullness { throw .budget(reason) }
        }
        return found
    }

    private mutating func giveTurns(at states: Range<StateID>) throws(SearchStop) {
        for state in states {
            try pollIfDue()
            taker.giveTurns(at: state)
        }
    }

    /// Whether there are runs with one switch more.
    private mutating func isUnfinished(_ layer: [Range<StateID>]) throws(SearchStop) -> Bool {
        for state in layer.joined() {
            try pollIfDue()
            if try taker.isUnfinished(state) { return true }
        }
        return false
    }

    // MARK: Budgets

    private mutating func pollIfDue() throws(SearchStop) {
        if !taker.isFull, let reason = taker.fullness { throw .budget(reason) }
        if watch.isDue { try poll() }
    }

    private mutating func poll() throws(SearchStop) {
        let reason = budget.poll(
            .switches(switches), states: taker.states, transitions: taker.transitions, depth: depth,
            memory: taker.bytes)
        if let reason { throw .budget(reason) }
        guard !hasAdopted, let functions = options.native?() else { return }
        hasAdopted = true
        taker.adopt(functions)
    }

    // MARK: The counterexample

    private func counterexample(_ hit: Hit) throws(SearchStop) -> Counterexample {
        let chain = chain(to: hit.from)
        var choice = CounterexampleChoice(
            system: taker.system, store: store, layers: chain.map { [$0..<$0 + 1] }, measure: .switches, limits: nil)
        let run = try choice.counterexample(hit, along: chain, isComplete: true)
        // The same states in the same order, with as few switches as the search needed.
        guard run.switches == max(0, switches) else { throw .fault(.unstableSuccessors) }
        return run
    }

    /// The states of a run up to a turn.
    private func chain(to last: TurnID) -> [StateID] {
        var chain: [StateID] = []
        var number = last
        while number != .none {
            let turn = taker.turns[Int(number)]
            chain.append(turn.state)
            number = turn.before
        }
        return chain.reversed()
    }
}

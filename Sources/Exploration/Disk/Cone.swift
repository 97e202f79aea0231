import Model

/// The states from which a violation is reached in as few steps as there are layers left, layer by layer, backwards.
struct Cone<System: TransitionSystem> {
    let store: ConeStore
    private var system: System
    private let files: LayerFiles
    private let crew: Crew<System, ConeStore>
    private var budget: Budget
    private let counts: (states: Int, transitions: Int)
    private var cursor: RowCursor
    private var block: StateBlock
    private let mostBytes: Int
    private var count = 0
    /// Whether only one state of each layer is kept, because all are too many.
    private(set) var isNarrow = false
    private var ranges: [Int: Range<StateID>] = [:]
    /// Of the layer at hand, the state with the least hash.
    private var least: (hash: UInt64, state: [UInt64])?

    /// Nil where the machine refuses the memory.
    init?(_ search: ExternalSearch<System>, _ budget: Budget, mostBytes: Int) {
        let files = search.files
        let mostStates = min(StateID.mostStates, mostBytes / (8 * files.width + 8))
        guard let states = FixedStore(width: files.width, mostStates: mostStates, workers: search.crew.count) else {
            return nil
        }
        let store = ConeStore(states, search.store.frontier)
        self.store = store
        self.files = files
        self.budget = budget
        self.mostBytes = mostBytes
        system = search.system
        counts = (search.tally.states, search.tally.transitions)
        cursor = states.makeCursor()
        block = StateBlock(width: files.width)
        crew = Crew((0..<search.crew.count).map { SearchWorker(search.crew[$0].system, store, .none) })
    }

    func free() { block.free() }

    /// By depth.
    var layers: [[Range<StateID>]] {
        (0...(ranges.keys.max() ?? 0)).map { depth in ranges[depth].map { [$0] } ?? [] }
    }

    /// - Parameter layer: the one whose states are in a deadlock, or have a step that shows the violation.
    mutating func collect(_ targets: Targets, layer: Int) throws(SearchStop) {
        guard layer >= 0 else { return }
        for depth in (0...layer).reversed() {
            store.next = ranges[depth + 1] ?? 0..<0
            let start = cursor.next
            least = nil
            for segment in files.layers[depth] { try collect(segment, depth == layer ? targets : nil) }
            if isNarrow, let least {
                let id = insert(least.state, hash: least.hash)
                ranges[depth] = id..<id + 1
            } else {
                ranges[depth] = start..<cursor.next
            }
        }
    }

    private mutating func collect(_ segment: Segment, _ targets: Targets?) throws(SearchStop) {
        var next = 0
        while next < segment.firstHashes.count {
            do throws(DiskProblem) {
                next += try store.frontier.fill(segment, from: next, &block)
            } catch { throw .budget(budget.reason(error)) }
            try poll()
            let marked = if let targets { try ends(targets) } else { try inner() }
            for position in marked { try add(store.frontier.state(position)) }
        }
    }

    /// The positions in the frontier from which the violation is shown at once.
    private mutating func ends(_ targets: Targets) throws(SearchStop) -> [StateID] {
        var choice = CounterexampleChoice(
            system: system, store: store.states, layers: [], measure: .steps, limits: nil)
        var marked: [StateID] = []
        for position in 0..<StateID(store.frontier.count) {
            if position & 1023 == 0 { try poll() }
            let state = store.frontier.state(position)
            if try choice.isEnd(state, targets) { marked.append(position) }
        }
        return marked
    }

    /// The positions in the frontier with a step to the next layer of the cone.
    private mutating func inner() throws(SearchStop) -> [StateID] {
        let portions = [0..<StateID(store.frontier.count)].portions(of: 1 << 10)
        let work = Work(portions, room: .max, mustStop: budget.mustStop)
        crew.run(work, count: min(crew.count, max(1, portions.count)))
        var marked = store.takeMarked()
        for index in 0..<crew.count {
            let found = crew[index].takeFindings()
            if let fault = found.fault { throw .fault(fault) }
            if found.wasStopped {
                try poll()
                throw .budget(.cancelled)
            }
            // Too many successors for a part: as they come.
            for id in found.large {
                var position = ExpansionPosition()
                while crew[index].expand(id, from: &position) {}
                _ = crew[index].takeFindings()
            }
        }
        marked += store.takeMarked()
        return marked
    }

    private mutating func add(_ state: UnsafeBufferPointer<UInt64>) throws(SearchStop) {
        let hash = hash(state)
        if hash < least?.hash ?? .max || least == nil { least = (hash, Array(state)) }
        guard !isNarrow else { return }
        if store.states.room(states: count) <= 0 {
            guard store.bytes + store.states.bytesOfLargerTable < mostBytes, store.states.grow(states: count) else {
                isNarrow = true
                return
            }
        }
        if store.states.bytes > mostBytes || count >= store.states.capacity {
            isNarrow = true
            return
        }
        _ = insert(Array(state), hash: hash)
    }

    private mutating func insert(_ state: [UInt64], hash: UInt64) -> StateID {
        let (id, isNew) = state.withUnsafeBufferPointer {
            store.states.insert($0, key: hash, predecessor: .none, &cursor)
        }
        if isNew { count += 1 }
        return id
    }

    private mutating func poll() throws(SearchStop) {
        let reason = budget.poll(
            .counterexample, states: counts.states, transitions: counts.transitions,
            depth: max(0, files.layers.count - 1), memory: store.bytes)
        if let reason { throw .budget(reason) }
    }
}

extension CounterexampleChoice {
    /// Whether a state is a deadlock, or a step of it shows the violation.
    fileprivate mutating func isEnd(
        _ state: UnsafeBufferPointer<UInt64>, _ targets: Targets
    ) throws(SearchStop) -> Bool {
        system.expand(state, into: buffer)
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        if targets.isDeadlock { return system.isDeadlock(state, contents) }
        for number in 0..<contents.count
        where try isHit(contents.successors[number], from: state, contents, targets) {
            return true
        }
        return false
    }
}

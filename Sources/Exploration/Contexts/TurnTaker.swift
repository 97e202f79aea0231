import Model

/// Takes turns: all steps of one process instance from one state. Where a step leads, the same instance gets a turn.
///
/// States get numbers in the order in which they are found.
struct TurnTaker {
    private(set) var system: ModelSystem
    private let buffer = SuccessorBuffer()
    private var pending = PendingStates()
    private let store: FixedStore
    private var cursor: RowCursor
    private var hadTurn: ActorSets
    private(set) var turns = Chunks<Turn>()
    private(set) var judge: Judge
    private let room: TurnRoom
    private let judgesSteps: Bool
    private let isReducedBySymmetry: Bool
    private var renaming: [Int] = []
    private(set) var sample: StateSample?

    private(set) var states = 0
    private(set) var transitions = 0
    /// Whether a new state could not be taken in.
    private(set) var isFull = false

    init(_ system: ModelSystem, _ store: FixedStore, _ options: SearchOptions) {
        self.system = system
        self.store = store
        cursor = store.makeCursor()
        hadTurn = ActorSets(actorCount: system.actorCount)
        judge = Judge(system.judgements, property: options.property)
        room = TurnRoom(options, store)
        judgesSteps = system.judgesSteps
        isReducedBySymmetry = system.isReducedBySymmetry
        if options.sampleSize > 0 { sample = StateSample(width: system.code.wordCount, limit: options.sampleSize) }
    }

    func free() {
        hadTurn.free()
        turns.free()
        pending.free()
    }

    /// What does not depend on whether functions were compiled.
    var bytes: Int { store.bytes + hadTurn.bytes + turns.bytes }

    /// Why there is no room for more; nil where there is.
    var fullness: InconclusiveReason? {
        isFull ? room.statesReason : room.reason(turns: turns.count, bytes: bytes)
    }

    mutating func adopt(_ functions: NativeFunctions) { system.adopt(functions) }

    // MARK: Turns

    /// Takes some of the initial states in; false where there are no more.
    mutating func begin(_ position: inout ExpansionPosition) throws(SearchStop) -> Bool {
        try growIfFull()
        let hasMore = system.initialStates(into: buffer, from: &position)
        try take(buffer.contents, from: .none, nil)
        return hasMore
    }

    /// Gives a turn in a state to all who had none.
    mutating func giveTurns(at state: StateID) {
        let before = store.predecessor(state)
        for actor in 0..<system.actorCount where hadTurn.insert(actor, at: state) {
            turns.append(Turn(state: state, actor: actor, before: before, isFirst: before == .none && actor == 0))
        }
    }

    mutating func take(_ number: TurnID) throws(SearchStop) {
        let turn = turns[Int(number)]
        let state = store.state(turn.state)
        try growIfFull()
        if let quick = system.expandQuickly(state, actor: turn.actor, into: &pending) {
            return try take(quick, from: number, state, isFirst: turn.isFirst)
        }
        var position = ExpansionPosition()
        var mayBeStuck = turn.isFirst
        var hasMore = true
        while hasMore {
            try growIfFull()
            hasMore = system.expand(state, actor: turn.actor, into: buffer, from: &position)
            mayBeStuck = mayBeStuck && system.isDeadlock(state, buffer.contents)
            transitions += buffer.contents.count
            try take(buffer.contents, from: number, state)
        }
        if mayBeStuck, try isDeadlock(state) { judge.noteDeadlock(at: number) }
    }

    /// Whether somebody who had no turn in a state can take a step there.
    mutating func isUnfinished(_ id: StateID) throws(SearchStop) -> Bool {
        let state = store.state(id)
        for actor in 0..<system.actorCount where !hadTurn.contains(actor, at: id) {
            var position = ExpansionPosition()
            _ = system.expand(state, actor: actor, into: buffer, from: &position)
            if let fault = buffer.contents.fault { throw .fault(fault) }
            if buffer.contents.count > 0 { return true }
        }
        return false
    }

    private mutating func isDeadlock(_ state: UnsafeBufferPointer<UInt64>) throws(SearchStop) -> Bool {
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = system.expand(state, into: buffer, from: &position)
            if let fault = buffer.contents.fault { throw .fault(fault) }
            guard system.isDeadlock(state, buffer.contents) else { return false }
        }
        return true
    }

    private func growIfFull() throws(SearchStop) {
        guard store.room(states: states) <= 0 else { return }
        if let reason = room.reasonAgainstGrowth(bytes: bytes) { throw .budget(reason) }
        guard store.grow(states: states) else {
            throw .budget(.memory(limit: store.bytes))
        }
    }

    // MARK: Steps

    private mutating func take(
        _ quick: QuickExpansion, from turn: TurnID, _ old: UnsafeBufferPointer<UInt64>, isFirst: Bool
    ) throws(SearchStop) {
        transitions += quick.count
        let actor = turns[Int(turn)].actor
        // All lookups of a turn wait for memory together.
        for number in 0..<quick.count {
            let state = pending.state(number)
            let arriving = try ready(state, of: actor, from: turn, old)
            let hash = Exploration.hash(UnsafeBufferPointer(state))
            let key = store.key(of: UnsafeBufferPointer(state), hash: hash, adding: true, &cursor)
            pending.complete(number, key: key, predecessor: StateID(truncatingIfNeeded: arriving))
        }
        for number in 0..<quick.count { store.prefetchCandidate(pending.keys[number]) }
        for number in 0..<quick.count {
            let state = UnsafeBufferPointer(pending.state(number))
            try arrive(at: state, hash: pending.keys[number], Int(pending.predecessors[number]), from: turn)
        }
        pending.removeAll()
        if isFirst, !quick.moves, system.isStuck(old) { judge.noteDeadlock(at: turn) }
    }

    private mutating func take(
        _ contents: SuccessorBuffer.Contents, from turn: TurnID, _ old: UnsafeBufferPointer<UInt64>?
    ) throws(SearchStop) {
        if let fault = contents.fault { throw .fault(fault) }
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            for violation in 0..<successor.violationCount {
                judge.note(Int(contents.violations[successor.firstViolation + violation]), at: turn)
            }
            if successor.ending >= 0 {
                judge.note(Int(successor.ending), at: turn)
                continue
            }
            let state = UnsafeMutableBufferPointer(
                start: contents.words + successor.start, count: successor.length)
            let actor = try ready(state, of: Int(successor.actor), from: turn, old)
            let hash = Exploration.hash(UnsafeBufferPointer(state))
            try arrive(at: UnsafeBufferPointer(state), hash: hash, actor, from: turn)
        }
    }

    /// Judges a step, and turns its result into the representative; gives the actor in the names of that.
    private mutating func ready(
        _ state: UnsafeMutableBufferPointer<UInt64>, of actor: Int, from turn: TurnID,
        _ old: UnsafeBufferPointer<UInt64>?
    ) throws(SearchStop) -> Int {
        if judgesSteps, let old { try judge.judge(UnsafeBufferPointer(state), after: old, &system, at: turn) }
        return canonicalise(state, actor)
    }

    /// Gives the actor in the names of the representative.
    private mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>, _ actor: Int) -> Int {
        guard isReducedBySymmetry else { return actor }
        system.canonicalise(state, renaming: &renaming)
        // Nobody acts in an initial state.
        return renaming.indices.contains(actor) ? renaming[actor] : actor
    }

    private mutating func arrive(
        at state: UnsafeBufferPointer<UInt64>, hash: UInt64, _ actor: Int, from turn: TurnID
    ) throws(SearchStop) {
        guard states < room.states else {
            guard let id = store.find(state, key: hash) else {
                isFull = true
                return try judge.judge(state, &system, at: turn)
            }
            return giveTurn(to: actor, at: id, from: turn, isFirst: false)
        }
        let (id, isNew) = store.insert(state, key: hash, predecessor: turn, &cursor)
        if isNew {
            states += 1
            hadTurn.addState()
            sample?.offer(state, hash: hash)
            try judge.judge(state, &system, at: turn)
        }
        giveTurn(to: actor, at: id, from: turn, isFirst: isNew)
    }

    /// Nobody goes on from an initial state: whoever takes the first step starts.
    private mutating func giveTurn(to actor: Int, at state: StateID, from turn: TurnID, isFirst: Bool) {
        guard actor >= 0, hadTurn.insert(actor, at: state) else { return }
        turns.append(Turn(state: state, actor: actor, before: turn, isFirst: isFirst))
    }
}

import Model

/// Expands states and looks their successors up, in a thread of its own.
///
/// Successors wait in ``PendingStates`` until there are enough of them: by then the memory that their lookups need has
/// arrived. A value, not a class: a class would check every access to a stored property for exclusivity.
struct SearchWorker<System: TransitionSystem, Store: StateStore> {
    var system: System
    let buffer = SuccessorBuffer()
    private let store: Store
    private var cursor: Store.Cursor
    private let scratch: Scratch
    private var pending = PendingStates()
    private let recent: RecentStates?
    /// The same before states are canonicalised: what is in there need not be.
    private let recentRaw: RecentStates?
    private var failures: [Int] = []
    private var watch = Watch()
    private let selection: Selection
    private let judgesSteps: Bool

    /// How many states it may still take in; then it judges new ones, and forgets them.
    var allowance = Int.max
    private(set) var found = Findings()
    /// Of the new states.
    private var sample: StateSample?

    init(_ system: System, _ store: Store, _ selection: Selection, sample: StateSample? = nil) {
        self.system = system
        self.store = store
        self.selection = selection
        self.sample = sample
        judgesSteps = system.judgesSteps
        cursor = store.makeCursor()
        scratch = Scratch(store)
        recent = system.fixedWidth.flatMap { RecentStates(width: $0) }
        recentRaw = system.isReducedBySymmetry ? system.fixedWidth.flatMap { RecentStates(width: $0) } : nil
        found.violations = Array(repeating: 0, count: selection.isSelected.count)
    }

    func free() {
        pending.free()
        recent?.free()
        recentRaw?.free()
    }

    var bytes: Int {
        pending.bytes + buffer.bytes + (recent?.bytes ?? 0) + (recentRaw?.bytes ?? 0) + (sample?.bytes ?? 0)
    }

    mutating func takeFindings() -> Findings {
        defer {
            found = Findings()
            found.violations = Array(repeating: 0, count: selection.isSelected.count)
        }
        return found
    }

    /// Those of the states that were new since the last time; the next ones are chosen as the given sample is.
    mutating func takeSample(continuing next: StateSample?) -> StateSample? {
        defer { sample = next.map { StateSample(width: $0.width, limit: $0.limit, level: $0.level) } }
        return sample
    }

    mutating func takeRanges() -> [Range<StateID>] { store.takeRanges(&cursor) }

    /// The store has forgotten all its states.
    mutating func startAgain() { cursor = store.makeCursor() }

    /// Judges a state that turned out to be new.
    mutating func judgeLate(_ state: UnsafeBufferPointer<UInt64>) { judge(state, from: .none) }

    // MARK: Work

    /// Takes some of the initial states in; false where there are no more.
    mutating func start(_ position: inout ExpansionPosition) -> Bool {
        let hasMore = system.initialStates(into: buffer, from: &position)
        take(buffer.contents, of: .none, nil)
        flush()
        return hasMore
    }

    /// Takes some of the successors of a state in that has very many; false where there are no more.
    mutating func expand(_ id: StateID, from position: inout ExpansionPosition) -> Bool {
        let state = store.state(id, in: scratch.words)
        let hasMore = system.expand(state, into: buffer, from: &position)
        let contents = buffer.contents
        // That there are so many says that some are there; those of hardware alone are never so many in earnest.
        found.transitions += contents.count
        take(contents, of: id, state)
        flush()
        return hasMore
    }

    /// Expands states until there are no more, or it is time to pause.
    mutating func run(_ work: Work) {
        var told = found.states
        while let states = work.claim() {
            for id in states {
                if watch.isDue, work.mustStop() {
                    found.wasStopped = true
                    return work.pause()
                }
                expand(id)
                guard pending.isFull else { continue }
                flush()
                if found.fault != nil { return work.pause() }
                work.note(newStates: found.states - told)
                told = found.states
                // The table may have no room for the successors of a whole portion.
                if work.mustPause {
                    work.giveBack(id + 1..<states.upperBound)
                    return
                }
            }
        }
        flush()
    }

    @inline(__always)
    private mutating func expand(_ id: StateID) {
        let state = store.state(id, in: scratch.words)
        let first = pending.count
        guard let quick = system.expandQuickly(state, into: &pending) else { return expandWithCare(id) }
        found.transitions &+= quick.count
        if !quick.moves, system.isStuck(state) { noteDeadlock(id) }
        var kept = first
        for number in first..<pending.count {
            pending.move(number, to: kept)
            if complete(kept, from: id, state) { kept &+= 1 }
        }
        pending.removeAll(from: kept)
    }

    @inline(never)
    private mutating func expandWithCare(_ id: StateID) {
        let state = store.state(id, in: scratch.words)
        var position = ExpansionPosition()
        guard !system.expand(state, into: buffer, from: &position) else { return found.large.append(id) }
        let contents = buffer.contents
        if system.isDeadlock(state, contents) { noteDeadlock(id) }
        found.transitions += contents.count
        take(contents, of: id, state)
    }

    private mutating func take(
        _ contents: SuccessorBuffer.Contents, of id: StateID, _ state: UnsafeBufferPointer<UInt64>?
    ) {
        if let fault = contents.fault {
            found.fault = fault
            return
        }
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            for violation in 0..<successor.violationCount {
                note(Int(contents.violations[successor.firstViolation + violation]), from: id)
            }
            if successor.ending >= 0 {
                note(Int(successor.ending), from: id)
                continue
            }
            let place = pending.reserve(words: successor.length)
            place.update(from: contents.words + successor.start, count: successor.length)
            _ = pending.take(length: successor.length)
            if !complete(pending.count - 1, from: id, state) { pending.removeAll(from: pending.count - 1) }
        }
    }

    /// Judges a step, and makes its result ready for the lookup; false where the result was met a moment ago.
    @inline(__always)
    private mutating func complete(_ number: Int, from id: StateID, _ old: UnsafeBufferPointer<UInt64>?) -> Bool {
        let state = pending.state(number)
        let words = UnsafeBufferPointer(state)
        if judgesSteps, let old { judgeStep(from: id, old, to: words) }
        if !system.isPlainlyCanonical(state) {
            if usesRecent, let recentRaw, recentRaw.contains(state, hash: Exploration.hash(words)) { return false }
            system.canonicalise(state)
        }
        let hash = Exploration.hash(words)
        if usesRecent, let recent, recent.contains(state, hash: hash) { return false }
        let key = store.key(of: words, hash: hash, adding: allowance > 0, &cursor)
        pending.complete(number, key: key, predecessor: id)
        return true
    }

    /// Where states may be forgotten soon, all of them have to be looked at.
    private var usesRecent: Bool { Store.role != .cone && allowance > Self.leastAllowance }

    /// More than one part can have successors.
    private static var leastAllowance: Int { 1 << 16 }

    private mutating func flush() {
        for number in 0..<pending.count { store.prefetchCandidate(pending.keys[number]) }
        for number in 0..<pending.count {
            let state = UnsafeBufferPointer(pending.state(number))
            let (key, predecessor) = (pending.keys[number], pending.predecessors[number])
            if allowance > 0 {
                guard store.insert(state, key: key, predecessor: predecessor, &cursor).isNew else { continue }
                allowance &-= 1
                found.states &+= 1
                if sample != nil {
                    let hash = store.keysAreHashes ? key : Exploration.hash(state)
                    sample?.offer(state, hash: hash)
                }
            } else {
                guard store.find(state, key: key) == nil else { continue }
                found.isFull = true
            }
            if Store.role == .visited { judge(state, from: predecessor) }
        }
        pending.removeAll()
    }

    // MARK: Judging

    @inline(__always)
    private mutating func judge(_ state: UnsafeBufferPointer<UInt64>, from id: StateID) {
        do throws(MachineFault) {
            try system.examine(state, failures: &failures)
        } catch {
            found.fault = error
        }
        if !failures.isEmpty { noteFailures(from: id) }
    }

    private mutating func judgeStep(
        from id: StateID, _ old: UnsafeBufferPointer<UInt64>, to state: UnsafeBufferPointer<UInt64>
    ) {
        do throws(MachineFault) {
            try system.examine(state, after: old, failures: &failures)
        } catch {
            found.fault = error
        }
        if !failures.isEmpty { noteFailures(from: id) }
    }

    private mutating func noteFailures(from id: StateID) {
        for failure in failures { note(failure, from: id) }
        failures.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ judgement: Int, from id: StateID) {
        guard selection.isSelected.indices.contains(judgement) else { return }
        found.violations[judgement] += 1
        guard selection.isSelected[judgement], judgement < found.hit?.judgement ?? .max else { return }
        found.hit = Hit(judgement: judgement, from: id)
    }

    private mutating func noteDeadlock(_ id: StateID) {
        guard let deadlock = selection.deadlock else { return }
        found.violations[deadlock] += 1
        guard selection.isSelected[deadlock], found.deadlockHit == nil else { return }
        found.deadlockHit = Hit(judgement: deadlock, from: id)
    }
}

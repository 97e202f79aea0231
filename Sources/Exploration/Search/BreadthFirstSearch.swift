import Model

/// Exact breadth-first search in one thread.
///
/// A layer is expanded to its end before anything found in it is reported: so counts and the violation reported do not
/// depend on the order inside a layer. A deadlock of a layer is known when the layer is expanded, everything else when
/// the one before is.
struct BreadthFirstSearch<System: TransitionSystem, Store: StateStore> {
    var system: System
    let store: Store
    let options: SearchOptions
    var budget: Budget
    let buffer = SuccessorBuffer()
    /// By judgement: whether it is under search, and how often it was violated.
    private let isSelected: [Bool]
    private var violations: [Int]
    private let deadlock: Int?

    private(set) var transitions = 0
    /// Where each layer starts in the store; one more at the end.
    private(set) var layers: [Int] = [0]
    private var completeDepth = -1
    private var initialCount = 0
    private var failures: [Int] = []
    /// The first hit in the layer, and the first with the least judgement, of steps and of states at rest.
    private var hit: Hit?
    private var deadlockHit: Hit?

    /// A violation under search, found in a step from a state, or in the state itself.
    struct Hit {
        let judgement: Int
        let from: StateID
    }

    /// Why a search stops before its end.
    enum Stop: Error {
        case budget(InconclusiveReason)
        case fault(MachineFault)
    }

    init(_ system: System, _ store: Store, _ options: SearchOptions) {
        self.system = system
        self.store = store
        self.options = options
        budget = Budget(options)
        let judgements = system.judgements
        isSelected = judgements.map { options.property == nil || $0.name == options.property }
        violations = Array(repeating: 0, count: judgements.count)
        deadlock = judgements.firstIndex { $0.source == .deadlock }
    }

    mutating func run() -> SearchResult {
        var stop: Stop?
        do throws(Stop) { try explore() } catch { stop = error }
        if case .fault(let fault)? = stop { return result(.faulty(fault)) }
        if let found = deadlockHit ?? hit {
            do throws(Stop) {
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
        let depth = (layers + [store.count]).indices.dropLast().last { (layers + [store.count])[$0 + 1] > layers[$0] }
        return SearchResult(
            outcome: outcome, states: store.count, transitions: transitions, depth: depth ?? 0,
            completeDepth: completeDepth, initialStates: initialCount, unwitnessed: system.unwitnessed,
            passedOver: passedOver.map { PassedOver(name: names[$0], count: violations[$0]) }, memory: store.bytes,
            executedStatements: nil, symmetryOrder: system.symmetryOrder,
            elapsed: budget.elapsed)
    }

    // MARK: Layers

    private mutating func explore() throws(Stop) {
        try poll()
        system.initialStates(into: buffer)
        try takeSuccessors(of: .none)
        initialCount = store.count
        layers.append(store.count)
        while hit == nil, deadlockHit == nil, let end = layers.last, layers[layers.count - 2] < end {
            try expandLayer(layers[layers.count - 2]..<end)
            completeDepth = layers.count - 2
            layers.append(store.count)
        }
    }

    private mutating func expandLayer(_ layer: Range<Int>) throws(Stop) {
        for number in layer {
            if number & 1023 == 0 { try poll() }
            let id = StateID(truncatingIfNeeded: number)
            let state = store.state(id)
            system.expand(state, into: buffer)
            let contents = buffer.contents
            if system.isDeadlock(state, contents), let deadlock {
                violations[deadlock] += 1
                if isSelected[deadlock], deadlockHit == nil { deadlockHit = Hit(judgement: deadlock, from: id) }
            }
            try takeSuccessors(of: id)
        }
    }

    private mutating func poll() throws(Stop) {
        let reason = budget.poll(
            .search, states: store.count, transitions: transitions, depth: max(0, layers.count - 2),
            memory: store.bytes + buffer.bytes)
        if let reason { throw .budget(reason) }
    }

    // MARK: Successors

    /// Takes what is in the buffer as successors of a state, or as the initial states.
    private mutating func takeSuccessors(of id: StateID) throws(Stop) {
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        try reserve(contents)
        if id != .none { transitions += contents.count }
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            for violation in 0..<successor.violationCount {
                note(Int(contents.violations[successor.firstViolation + violation]), from: id)
            }
            if successor.ending >= 0 {
                note(Int(successor.ending), from: id)
                continue
            }
            let words = UnsafeMutableBufferPointer(start: contents.words + successor.start, count: successor.length)
            do throws(MachineFault) {
                if id != .none { try judgeStep(from: id, to: UnsafeBufferPointer(words)) }
                system.canonicalise(words)
                try insert(UnsafeBufferPointer(words), from: id)
            } catch {
                throw .fault(error)
            }
            if let limit = reachedLimit { throw .budget(limit) }
        }
    }

    private mutating func judgeStep(from id: StateID, to state: UnsafeBufferPointer<UInt64>) throws(MachineFault) {
        try system.examine(state, after: store.state(id), failures: &failures)
        if !failures.isEmpty { noteFailures(from: id) }
    }

    private var reachedLimit: InconclusiveReason?

    private mutating func insert(
        _ state: UnsafeBufferPointer<UInt64>, from id: StateID
    ) throws(MachineFault) {
        if store.count >= stateLimit, store.find(state) == nil {
            reachedLimit = .states(limit: stateLimit)
            return
        }
        guard store.insert(state, predecessor: id).isNew else { return }
        try system.examine(state, failures: &failures)
        if !failures.isEmpty { noteFailures(from: id) }
    }

    private var stateLimit: Int { min(options.maximumStates ?? .max, StateID.mostStates) }

    private mutating func noteFailures(from id: StateID) {
        for failure in failures { note(failure, from: id) }
        failures.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ judgement: Int, from id: StateID) {
        guard violations.indices.contains(judgement) else { return }
        violations[judgement] += 1
        guard isSelected[judgement], judgement < hit?.judgement ?? .max else { return }
        hit = Hit(judgement: judgement, from: id)
    }

    /// Stops before memory is taken that the budget does not allow.
    private func reserve(_ contents: SuccessorBuffer.Contents) throws(Stop) {
        guard let limit = options.maximumMemory else { return }
        var words = 0
        for number in 0..<contents.count { words += contents.successors[number].length }
        let needed = store.growth(states: contents.count, words: words)
        if store.bytes + buffer.bytes + needed > limit { throw .budget(.memory(limit: limit)) }
    }

    /// The judgements of the name that was found: together they are the property of the counterexample.
    func targets(_ hit: Hit) -> [Bool] {
        let name = system.judgements[hit.judgement].name
        return system.judgements.map { $0.name == name }
    }
}

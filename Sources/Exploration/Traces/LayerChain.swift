import Model

/// Finds a run to a state without predecessors: layer by layer, backwards, a state with a step to the one at hand.
///
/// Takes as long as the layers are large; half of each has to be expanded on average.
struct LayerChain<System: TransitionSystem, Store: StateStore> {
    private var system: System
    private let store: Store
    private let layers: [[Range<StateID>]]
    private let buffer = SuccessorBuffer()
    private let scratch: Scratch
    private var cursor: Store.Cursor

    init(_ system: System, _ store: Store, _ layers: [[Range<StateID>]]) {
        self.system = system
        self.store = store
        self.layers = layers
        scratch = Scratch(store)
        cursor = store.makeCursor()
    }

    /// From an initial state to a state of a layer.
    func chain(to last: StateID, in depth: Int) throws(SearchStop) -> [StateID] {
        var finder = self
        var chain = [last]
        for layer in layers.prefix(depth).reversed() {
            guard let id = try finder.state(of: layer, before: chain[chain.count - 1]) else {
                throw .fault(.unstableSuccessors)
            }
            chain.append(id)
        }
        return chain.reversed()
    }

    private mutating func state(
        of layer: [Range<StateID>], before next: StateID
    ) throws(SearchStop) -> StateID? {
        for id in layer.joined() where try hasStep(from: id, to: next) { return id }
        return nil
    }

    private mutating func hasStep(from id: StateID, to next: StateID) throws(SearchStop) -> Bool {
        let state = store.state(id, in: scratch.words)
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = system.expand(state, into: buffer, from: &position)
            if try leads(to: next) { return true }
        }
        return false
    }

    private mutating func leads(to next: StateID) throws(SearchStop) -> Bool {
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        for number in 0..<contents.count where contents.successors[number].ending < 0 {
            let successor = contents.successors[number]
            var words = Array(UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length))
            words.withUnsafeMutableBufferPointer { system.canonicalise($0) }
            let found = words.withUnsafeBufferPointer { state in
                store.find(state, key: store.key(of: state, hash: hash(state), adding: false, &cursor))
            }
            if found == next { return true }
        }
        return false
    }
}

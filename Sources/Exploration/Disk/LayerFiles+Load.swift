extension LayerFiles {
    /// Takes all layers into memory, without predecessors; nil where there is no room, they can't be read, or
    /// the search must stop.
    func load<Store: StateStore>(into store: Store, mustStop: () -> Bool) -> [[Range<StateID>]]? {
        var block = StateBlock(width: width)
        defer { block.free() }
        var cursor = store.makeCursor()
        var states = 0
        var loaded: [[Range<StateID>]] = []
        for layer in layers {
            for segment in layer {
                if mustStop() { return nil }
                for number in segment.firstHashes.indices {
                    do throws(DiskProblem) { try segment.read(block: number, into: &block) } catch { return nil }
                    for place in 0..<block.count {
                        while place % 64 == 0, store.room(states: states) <= 64 {
                            guard store.grow(states: states + 64) else { return nil }
                        }
                        let state = block.state(place)
                        let key = store.key(of: state, hash: hash(state), adding: true, &cursor)
                        states += store.insert(state, key: key, predecessor: .none, &cursor).isNew ? 1 : 0
                    }
                }
            }
            loaded.append(store.takeRanges(&cursor).joined)
        }
        return states == self.states ? loaded : nil
    }
}

extension LayerFiles {
    /// Writes complete layers of a search in memory.
    ///
    /// - Parameter sorter: brings states in order, as many as it has room for.
    func spill<Store: StateStore>(
        _ layers: some Sequence<[Range<StateID>]>, of store: Store, by sorter: CandidateStore, threads: Int
    ) throws(DiskProblem) {
        nonisolated(unsafe) let store = store
        for layer in layers {
            let portions = layer.portions(of: min(Self.portion, sorter.limit))
            var next = 0
            while next < portions.count {
                if mustStop() { throw DiskProblem(path: "", cause: .ended) }
                let start = next
                var count = 0
                while next < portions.count, count + portions[next].count <= sorter.limit {
                    count += portions[next].count
                    next += 1
                }
                while sorter.rows.load < count {
                    guard sorter.rows.grow() else { throw .noMemory }
                }
                let part = Array(portions[start..<next])
                inParts(part.count, threads: threads) { (number, _, _) in
                    let scratch = Scratch(store)
                    var cursor = sorter.makeCursor()
                    for id in part[number] {
                        let state = store.state(id, in: scratch.words)
                        _ = sorter.rows.insert(state, hash: hash(state), &cursor)
                    }
                }
                try write(sorter, threads: threads) { _, _ in true }
                guard sorter.removeAll() else { throw .noMemory }
            }
            endLayer()
        }
    }

    private static var portion: Int { 1 << 12 }
}

extension DiskProblem {
    static let noMemory = DiskProblem(path: "", cause: .refused("the machine refuses the memory to sort states"))
}

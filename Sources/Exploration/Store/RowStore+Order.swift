/// Rows in the order of their hashes. The table nearly has it: a row is in the first free slot from its own on.
extension RowStore {
    /// How many parts a sweep has best: a few for each worker, so that none waits for long.
    var sweepParts: Int { 4 * workers }

    /// Visits the rows of one of the equal parts of the table, with their hashes, in ascending order; rows of a later
    /// part come later, by their hashes, too.
    ///
    /// Rows are visited by the part in which their run of full slots begins. Nobody may add rows meanwhile.
    func sweep<Problem: Error>(
        part: Int, of parts: Int, _ body: (StateID, UInt64) throws(Problem) -> Void
    ) throws(Problem) {
        let table = slots
        var slot = part * table.capacity / parts
        let end = (part + 1) * table.capacity / parts
        if part > 0, table.id(in: slot &- 1) != nil {
            while slot < end, table.id(in: slot) != nil { slot += 1 }
        }
        var run: [(hash: UInt64, id: StateID)] = []
        while slot < end || !run.isEmpty {
            if let ahead = table.id(in: slot &+ 16) { prefetch(row: ahead) }
            if let id = table.id(in: slot) {
                let hash = hash(words(id))
                // The last run may go on in the first slots. There its rows count for the last part, others for the
                // first.
                let isHigh = hash >> 63 == 1
                let isElsewhere = slot < table.capacity ? slot < table.capacity / 2 && isHigh : !isHigh
                if !isElsewhere { run.append((hash, id)) }
            } else if !run.isEmpty {
                if run.count > 1 { run.sort { ($0.hash, $0.id) < ($1.hash, $1.id) } }
                for (hash, id) in run { try body(id, hash) }
                run.removeAll(keepingCapacity: true)
            }
            slot += 1
        }
    }
}

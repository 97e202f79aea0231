extension CandidateStore {
    /// Marks the candidates of one part of the range of hashes that a segment has.
    func markOld(from segment: Segment, part: Int, of parts: Int, _ block: inout StateBlock) throws(DiskProblem) {
        let hashes = rows.slots.hashes(part: part, of: parts)
        let blocks = segment.blocks(from: hashes.lowerBound, through: hashes.upperBound)
        // Where candidates are few, most blocks need not be read.
        let areFew = rows.count * 8 < segment.count
        for number in blocks {
            let first = max(hashes.lowerBound, segment.firstHashes[number])
            let next = number + 1 < segment.firstHashes.count ? segment.firstHashes[number + 1] : .max
            if areFew, first <= next, !rows.slots.hasState(from: first, through: min(next, hashes.upperBound)) {
                continue
            }
            try segment.read(block: number, into: &block)
            mark(block, within: hashes)
        }
    }

    /// In groups, so that rows have arrived when they are compared.
    private func mark(_ block: StateBlock, within range: ClosedRange<UInt64>) {
        let group = 32
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: group) { hashes in
            var start = 0
            while start < block.count {
                let count = min(group, block.count - start)
                for index in 0..<count {
                    hashes[index] = hash(block.state(start + index))
                    prefetchCandidate(hashes[index])
                }
                for index in 0..<count where range.contains(hashes[index]) {
                    if let id = rows.find(block.state(start + index), hash: hashes[index]) { markOld(id) }
                }
                start += count
            }
        }
    }
}

// Unsafe code: copies of states in raw memory.

/// For states in which some sorts wait for each other: one of them is put into each possible order.
extension Canonicaliser {
    /// So many orders of a sort are tried; the next one would be 6!.
    private static var mostOrders: Int { 120 }

    /// A sort whose elements are in order but for some that stay equal and are no twins.
    private struct OpenSort {
        let number: Int
        /// By place, behind the last one with which its element may change places.
        var ends: [Int]
        var orders: Int
    }

    /// Completes the state with the sort that has the fewest orders in each of them, and takes the least result; false
    /// where there are too many. Then the state is what it was.
    func tryOrders(_ words: UnsafeMutablePointer<UInt64>, _ settled: Int) -> Bool {
        var best: OpenSort?
        for number in sorts.indices where settled >> number & 1 == 0 {
            let open = openSort(number, settled, words)
            if open.orders < best?.orders ?? .max { best = open }
        }
        guard let best, best.orders <= Self.mostOrders else { return false }
        let memory = branchScratch + 3 * wordCount * settled.nonzeroBitCount
        var trial = Trial(
            open: best, settled: settled | 1 << best.number, current: memory, result: memory + wordCount,
            least: memory + 2 * wordCount)
        trial.current.update(from: words, count: wordCount)
        let before = exchanges
        guard tryOrders(&trial, from: 0) else {
            exchanges = before
            return false
        }
        words.update(from: trial.least, count: wordCount)
        exchanges = trial.exchanges
        return true
    }

    private func openSort(_ number: Int, _ settled: Int, _ words: UnsafeMutablePointer<UInt64>) -> OpenSort {
        let tables = sorts[number]
        let order = order(number, settled)
        let named = tables.mentions.named(in: words)
        var open = OpenSort(number: number, ends: Array(1...tables.size), orders: 1)
        var start = 0
        while start < tables.size {
            var end = start + 1
            var hasOnlyTwins = true
            while end < tables.size, order.compare(end - 1, end, in: words) == 0 {
                if !areTwins(tables, end - 1, end, named: named, words) { hasOnlyTwins = false }
                end += 1
            }
            if !hasOnlyTwins {
                for place in start..<end {
                    open.ends[place] = end
                    open.orders = min(open.orders * (place - start + 1), Self.mostOrders + 1)
                }
            }
            start = end
        }
        return open
    }

    private struct Trial {
        let open: OpenSort
        let settled: Int
        let current: UnsafeMutablePointer<UInt64>
        let result: UnsafeMutablePointer<UInt64>
        let least: UnsafeMutablePointer<UInt64>
        var hasLeast = false
        var exchanges: [(sort: Int, x: Int, y: Int)]?
    }

    private func tryOrders(_ trial: inout Trial, from place: Int) -> Bool {
        let tables = sorts[trial.open.number]
        guard place < tables.size else { return consider(&trial) }
        for other in place..<trial.open.ends[place] {
            if other > place { exchange(tables, place, other, trial.current) }
            guard tryOrders(&trial, from: place + 1) else { return false }
            if other > place {
                tables.exchange(place, other, in: trial.current)
                exchanges?.removeLast()
            }
        }
        return true
    }

    private func consider(_ trial: inout Trial) -> Bool {
        let before = exchanges
        defer { exchanges = before }
        trial.result.update(from: trial.current, count: wordCount)
        guard complete(trial.result, trial.settled) else { return false }
        if !trial.hasLeast || isLess(trial.result, trial.least) {
            trial.hasLeast = true
            trial.least.update(from: trial.result, count: wordCount)
            trial.exchanges = exchanges
        }
        return true
    }

    private func isLess(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>) -> Bool {
        for word in 0..<wordCount where a[word] != b[word] { return a[word] < b[word] }
        return false
    }
}

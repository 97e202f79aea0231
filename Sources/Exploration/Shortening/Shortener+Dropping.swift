import Model

/// Leaves steps out: half of them, a quarter, and so on down to one; of the whole run, and of each process.
extension Shortener {
    mutating func drop(_ run: inout ViolatingRun) throws(MachineFault) {
        try drop(&run, least: 1) { _ in true }
        for actor in Set(run.steps.map(\.actor)).sorted() {
            // Single steps have been tried.
            try drop(&run, least: 2) { $0.actor == actor }
        }
    }

    private mutating func drop(
        _ run: inout ViolatingRun, least: Int, of isCandidate: (TraceStep) -> Bool
    ) throws(MachineFault) {
        var size = max(1, run.steps.count { isCandidate($0) })
        while size >= least {
            var start = 0
            while goesOn {
                let numbers = run.steps.indices.filter { isCandidate(run.steps[$0]) }
                guard start < numbers.count else { break }
                if let shorter = try without(numbers[start..<min(start + size, numbers.count)], run) {
                    run = shorter
                } else {
                    start += size
                }
            }
            size /= 2
        }
    }

    /// The run without some steps, and without those that are not possible then.
    private mutating func without(
        _ numbers: ArraySlice<Int>, _ run: ViolatingRun
    ) throws(MachineFault) -> ViolatingRun? {
        guard let first = numbers.first else { return nil }
        let dropped = Set(numbers)
        let rest = run.steps.indices.lazy.filter { $0 > first && !dropped.contains($0) }.map { Move(run.steps[$0]) }
        return try follow(rest, from: run.initial, run.steps[..<first], .possible, most: run.steps.count - 1)
    }
}

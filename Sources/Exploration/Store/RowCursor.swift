/// Where a worker puts new states: a run of numbers that only it fills.
struct RowCursor {
    /// The next number, and the end of the run.
    var next: StateID = 0
    var end: StateID = 0
    /// Where the states begin that nobody has been told of.
    private var start: StateID = 0
    private var ranges: [Range<StateID>] = []

    /// Goes on with another run.
    mutating func move(to run: Range<StateID>) {
        if run.lowerBound == end {
            end = run.upperBound
            return
        }
        if start < next { ranges.append(start..<next) }
        (start, next, end) = (run.lowerBound, run.lowerBound, run.upperBound)
    }

    /// What was filled since the last time.
    mutating func takeRanges() -> [Range<StateID>] {
        var result = ranges
        if start < next { result.append(start..<next) }
        ranges = []
        start = next
        return result
    }
}

extension [Range<StateID>] {
    /// In ascending order, neighbours joined.
    var joined: [Range<StateID>] {
        var result: [Range<StateID>] = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, last.upperBound == range.lowerBound {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// Cut into pieces of a length at most.
    func portions(of length: Int) -> [Range<StateID>] {
        flatMap { range in
            stride(from: Int(range.lowerBound), to: Int(range.upperBound), by: length).map { start in
                StateID(start)..<StateID(Swift.min(Int(range.upperBound), start + length))
            }
        }
    }

    /// How many numbers.
    var total: Int { reduce(0) { $0 + $1.count } }
}

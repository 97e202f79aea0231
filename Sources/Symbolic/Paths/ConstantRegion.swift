import Model

/// A set of values of symbolic constants: the codes of those with few values one by one, and of one other as intervals.
public struct ConstantRegion: Sendable {
    /// A constant.
    struct Axis: Sendable {
        let name: String
        let type: CellType
        /// What a code is shifted by for one of ``type``.
        let shift: Int
        /// All codes that a value has; nil where there are too many.
        let codes: [UInt64]?
        let largest: UInt64
    }

    struct Row: Sendable {
        /// A code for each axis with few values.
        let codes: [UInt64]
        /// Of the other axis, ascending, with gaps between them. Without such an axis, `0...0` or nothing.
        var intervals: [ClosedRange<UInt64>]
    }

    /// Those with few values first, in the order of the model; then the other one.
    let axes: [Axis]
    var rows: [Row]

    private var largest: UInt64 { axes.last.map { $0.codes == nil ? $0.largest : 0 } ?? 0 }

    public var isEmpty: Bool { rows.allSatisfy(\.intervals.isEmpty) }
    public var isEverything: Bool { rows.allSatisfy { $0.intervals == [0...largest] } }

    private var everything: ConstantRegion {
        var result = self
        for row in rows.indices { result.rows[row].intervals = [0...largest] }
        return result
    }

    /// All other values.
    public var complement: ConstantRegion {
        var result = self
        for row in rows.indices { result.rows[row].intervals = Self.gaps(rows[row].intervals, largest) }
        return result
    }

    /// The values of both. Of the same axes.
    func union(_ other: ConstantRegion) -> ConstantRegion {
        var result = self
        for row in rows.indices {
            result.rows[row].intervals = Self.joined(rows[row].intervals + other.rows[row].intervals)
        }
        return result
    }

    /// The values that are in both. Of the same axes.
    func intersection(_ other: ConstantRegion) -> ConstantRegion { complement.union(other.complement).complement }

    /// The same of some values; of all else, whatever can be said in fewer words.
    func simplified(among all: ConstantRegion) -> ConstantRegion {
        var result = intersection(all)
        if zip(result.rows, all.rows).allSatisfy({ $0.intervals == $1.intervals }) { return everything }
        for row in rows.indices where !result.rows[row].intervals.isEmpty {
            if result.rows[row].intervals == all.rows[row].intervals { result.rows[row].intervals = [0...largest] }
        }
        return result
    }

    private static func joined(_ intervals: [ClosedRange<UInt64>]) -> [ClosedRange<UInt64>] {
        var result: [ClosedRange<UInt64>] = []
        for next in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, next.lowerBound <= last.upperBound || next.lowerBound - last.upperBound == 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
            } else {
                result.append(next)
            }
        }
        return result
    }

    /// Whether the codes of all axes are in it.
    func contains(_ codes: [UInt64]) -> Bool {
        let narrow = axes.count { $0.codes != nil }
        let value = codes.count > narrow ? codes[narrow] : 0
        return rows.contains { $0.codes == Array(codes.prefix(narrow)) && $0.intervals.contains { $0.contains(value) } }
    }

    private static func gaps(_ intervals: [ClosedRange<UInt64>], _ largest: UInt64) -> [ClosedRange<UInt64>] {
        var result: [ClosedRange<UInt64>] = []
        var next: UInt64? = 0
        for interval in intervals {
            if let start = next, start < interval.lowerBound { result.append(start...interval.lowerBound - 1) }
            next = interval.upperBound == largest ? nil : interval.upperBound + 1
        }
        if let start = next { result.append(start...largest) }
        return result
    }

    // MARK: Boundaries

    /// Two values of all constants that differ in one of them as little as can be: one in the set, one not.
    struct Pair: Hashable {
        let inside: [UInt64]
        let outside: [UInt64]
    }

    /// One pair for each end of an interval, and one along each constant with few values.
    ///
    /// - Parameter idle: values that are in no pair, though they are outside.
    func pairs(without idle: ConstantRegion) -> [Pair] {
        var pairs: [Pair] = []
        var seen: Set<[UInt64]> = []
        func note(_ row: Row, _ inside: UInt64, _ outside: UInt64) {
            let pair = Pair(inside: row.codes + [inside], outside: row.codes + [outside])
            guard !idle.contains(pair.outside), seen.insert([inside, outside]).inserted else { return }
            pairs.append(pair)
        }
        for row in rows where axes.last?.codes == nil {
            for interval in row.intervals {
                if interval.lowerBound > 0 { note(row, interval.lowerBound, interval.lowerBound - 1) }
                if interval.upperBound < largest { note(row, interval.upperBound, interval.upperBound + 1) }
            }
        }
        for axis in axes.indices where axes[axis].codes != nil { pairs += self.pairs(along: axis, without: idle) }
        return pairs
    }

    private func pairs(along axis: Int, without idle: ConstantRegion) -> [Pair] {
        let codes = axes[axis].codes ?? []
        let byCodes = Dictionary(uniqueKeysWithValues: rows.map { ($0.codes, $0.intervals) })
        let isWide = axes.last?.codes == nil
        for row in rows {
            guard let place = codes.firstIndex(of: row.codes[axis]), place + 1 < codes.count else { continue }
            var other = row.codes
            other[axis] = codes[place + 1]
            guard let intervals = byCodes[other] else { continue }
            for value in Set((row.intervals + intervals).map(\.lowerBound)).sorted() {
                let here = row.intervals.contains { $0.contains(value) }
                guard here != intervals.contains(where: { $0.contains(value) }) else { continue }
                let rest = isWide ? [value] : []
                let (a, b) = (row.codes + rest, other + rest)
                let pair = here ? Pair(inside: a, outside: b) : Pair(inside: b, outside: a)
                if !idle.contains(pair.outside) { return [pair] }
            }
        }
        return []
    }
}

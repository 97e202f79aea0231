import Model
import SMT

/// A set of values of constants as a formula in the terms of the spec: `threshold >= 3 and mode is strict`.
struct RegionText {
    private let region: ConstantRegion
    private let names: SortNames

    /// Codes of the axes with few values, and intervals of the other one.
    private struct Box: Hashable {
        var codes: [[UInt64]]
        let intervals: [ClosedRange<UInt64>]
    }

    init(_ region: ConstantRegion, _ names: SortNames) { (self.region, self.names) = (region, names) }

    var formula: String {
        if region.isEmpty { return "false" }
        if region.isEverything { return "true" }
        let boxes = merged(
            region.rows.filter { !$0.intervals.isEmpty }.map { row in
                Box(codes: row.codes.map { [$0] }, intervals: row.intervals)
            })
        let parts = boxes.map { conjunction($0, isAlone: boxes.count == 1) }
        return parts.joined(separator: " or ")
    }

    static func value(_ code: UInt64, _ type: CellType, _ names: SortNames) -> String {
        if case .bits = type { return code.asNumber }
        return type.describe(code, names: names)
    }

    /// Two boxes that differ along one axis only are one.
    private func merged(_ boxes: [Box]) -> [Box] {
        var boxes = boxes
        for axis in region.axes.indices.reversed() where region.axes[axis].codes != nil {
            var groups: [Box: [UInt64]] = [:]
            var order: [Box] = []
            for box in boxes {
                var key = box
                key.codes[axis] = []
                if groups[key] == nil { order.append(key) }
                groups[key, default: []] += box.codes[axis]
            }
            boxes = order.map { key in
                var box = key
                box.codes[axis] = (groups[key] ?? []).sorted()
                return box
            }
        }
        return boxes
    }

    private func conjunction(_ box: Box, isAlone: Bool) -> String {
        var parts: [(text: String, isOr: Bool)] = []
        for (axis, codes) in box.codes.enumerated() {
            if let part = few(codes, region.axes[axis]) { parts.append(part) }
        }
        if let axis = region.axes.last, axis.codes == nil, let part = many(box.intervals, axis) { parts.append(part) }
        if parts.isEmpty { return "true" }
        if parts.count == 1, isAlone { return parts[0].text }
        let text = parts.map { $0.isOr && parts.count > 1 ? "(\($0.text))" : $0.text }.joined(separator: " and ")
        return isAlone || !text.contains(" and ") ? text : "(\(text))"
    }

    private func many(_ intervals: [ClosedRange<UInt64>], _ axis: ConstantRegion.Axis) -> (text: String, isOr: Bool)? {
        guard intervals != [0...axis.largest] else { return nil }
        if intervals.count == 2, intervals[0].lowerBound == 0, intervals[1].upperBound == axis.largest,
            intervals[0].upperBound + 2 == intervals[1].lowerBound
        {
            return ("\(axis.name) != \(value(intervals[0].upperBound + 1, axis))", false)
        }
        let parts = intervals.map { interval -> String in
            if interval.lowerBound == interval.upperBound {
                return "\(axis.name) == \(value(interval.lowerBound, axis))"
            }
            if interval.lowerBound == 0 { return "\(axis.name) <= \(value(interval.upperBound, axis))" }
            if interval.upperBound == axis.largest { return "\(axis.name) >= \(value(interval.lowerBound, axis))" }
            let text =
                "\(axis.name) >= \(value(interval.lowerBound, axis)) and \(axis.name) <= \(value(interval.upperBound, axis))"
            return intervals.count > 1 ? "(\(text))" : text
        }
        return (parts.joined(separator: " or "), parts.count > 1)
    }

    private func few(_ codes: [UInt64], _ axis: ConstantRegion.Axis) -> (text: String, isOr: Bool)? {
        guard let all = axis.codes, codes != all else { return nil }
        switch axis.type {
        case .bool: return (codes == [1] ? axis.name : "not \(axis.name)", false)
        case .range, .bits: return many(runs(codes), axis)
        case .tagged:
            return (codes.map { "\(axis.name) is \(value($0, axis))" }.joined(separator: " or "), codes.count > 1)
        case .unit, .rangeOrUnbounded, .element, .tuple, .set, .optional, .exclusiveLock, .sharedLock, .location:
            let missing = all.filter { !codes.contains($0) }
            if missing.count == 1 { return ("\(axis.name) != \(value(missing[0], axis))", false) }
            return (codes.map { "\(axis.name) == \(value($0, axis))" }.joined(separator: " or "), codes.count > 1)
        }
    }

    private func runs(_ codes: [UInt64]) -> [ClosedRange<UInt64>] {
        var runs: [ClosedRange<UInt64>] = []
        for code in codes {
            if let last = runs.last, last.upperBound + 1 == code {
                runs[runs.count - 1] = last.lowerBound...code
            } else {
                runs.append(code...code)
            }
        }
        return runs
    }

    private func value(_ code: UInt64, _ axis: ConstantRegion.Axis) -> String {
        Self.value(code >> UInt64(axis.shift), axis.type, names)
    }
}

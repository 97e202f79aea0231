import Reports

/// Puts the runs of sweeps together, and finds from which value of a bound on nothing changes.
public enum Sweep {
    /// One sweep for each scenario or variant of a spec, in the order of the runs. Runs that are no part of a sweep are
    /// left out.
    public static func results(of runs: [RunResult]) -> [SweepResult] {
        var groups: [(key: Key, runs: [RunResult])] = []
        for run in runs where !run.sweep.isEmpty {
            let key = Key(run)
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].runs.append(run)
            } else {
                groups.append((key, [run]))
            }
        }
        return groups.map { result($0.key, $0.runs) }
    }

    private struct Key: Hashable {
        let spec: String
        let scenario: String
        let variant: String?
        let names: [String]

        init(_ run: RunResult) {
            (spec, scenario, variant, names) = (run.spec, run.scenario, run.variant, run.sweep.map(\.name))
        }
    }

    private struct Point {
        let coordinates: [Int64]
        let run: RunResult
    }

    private static func result(_ key: Key, _ runs: [RunResult]) -> SweepResult {
        let points = runs.map { run in Point(coordinates: run.sweep.map { Int64($0.value) ?? 0 }, run: run) }
            .sorted { $0.coordinates.lexicographicallyPrecedes($1.coordinates) }
        let axes = key.names.indices.map { axis(key.names[$0], $0, points) }
        let cells = points.map { point in
            SweepResult.Cell(coordinates: point.coordinates, run: point.run, growth: growth(point, axes, points))
        }
        return SweepResult(
            spec: key.spec, scenario: key.scenario, variant: key.variant, axes: axes, cells: cells)
    }

    private static func axis(_ name: String, _ index: Int, _ points: [Point]) -> SweepResult.Axis {
        let values = Set(points.map { $0.coordinates[index] }).sorted()
        return SweepResult.Axis(
            name: name, values: values,
            verdict: settled(index, points, values) { "\($0.verdict.rawValue) \($0.property ?? "")" },
            states: settled(index, points, values) { String($0.states) })
    }

    /// The smallest value from which on, whatever the other bounds are, the outcome is that of the largest value.
    private static func settled(
        _ index: Int, _ points: [Point], _ values: [Int64], _ outcome: (RunResult) -> String
    ) -> SweepResult.Settled {
        guard values.count > 1, let last = values.last else { return .notYet }
        var first = values[0]
        for line in lines(along: index, points) {
            guard let end = line.last, end.coordinates[index] == last else { return .unknown }
            guard end.run.verdict != .inconclusive else { return .unknown }
            for point in line.reversed() {
                if point.run.verdict == .inconclusive { return .unknown }
                if outcome(point.run) == outcome(end.run) { continue }
                guard let next = values.first(where: { $0 > point.coordinates[index] }) else { return .notYet }
                first = max(first, next)
                break
            }
        }
        return first == last ? .notYet : .from(first)
    }

    /// The points that differ in one coordinate only, ascending.
    private static func lines(along index: Int, _ points: [Point]) -> [[Point]] {
        Dictionary(grouping: points) { point in
            var others = point.coordinates
            others.remove(at: index)
            return others
        }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    private static func growth(_ point: Point, _ axes: [SweepResult.Axis], _ points: [Point]) -> Double? {
        guard let axis = axes.last, let value = point.coordinates.last,
            let before = axis.values.last(where: { $0 < value }),
            let smaller = points.first(where: { $0.coordinates == point.coordinates.dropLast() + [before] })
        else { return nil }
        let isCounted = [point.run, smaller.run].allSatisfy { $0.verdict == .holds || $0.verdict == .proved }
        guard isCounted, smaller.run.states > 0 else { return nil }
        return Double(point.run.states) / Double(smaller.run.states)
    }
}

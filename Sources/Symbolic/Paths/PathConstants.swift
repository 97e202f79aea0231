import Model
import SMT

/// Finds the values of constants with which findings of a search are there.
public struct PathConstants {
    let context: PathContext
    let conditions: PathConditions
    let types: ConstantTypes

    private static let mostCodes = 64
    private static let mostRows = 4096
    private static let mostBoundaries = 8
    /// Characters of a list that is preferred to the conditions themselves.
    private static let longest = 480
    /// Questions for the ends of all intervals of a condition.
    private static let mostQuestions = 1000

    init(_ context: PathContext, _ conditions: PathConditions) {
        (self.context, self.conditions) = (context, conditions)
        types = ConstantTypes(context)
    }

    var graph: TermGraph { context.graph }

    /// Asked so far, by the search and for answers.
    public var queries: Int { conditions.queries }

    /// Whether there are none.
    public var isEmpty: Bool { context.free.isEmpty }

    /// Costs queries where it is not decided by calculation.
    ///
    /// - Parameters:
    ///   - starts: the conditions of which `init` needs one to have an outcome; none where that does not matter.
    ///   - time: how long it may take; nil for as long as the search may.
    public func answer(
        _ findings: [PathFinding], starts: [[Term]] = [[]], within time: Duration? = nil
    ) -> Result<PathAnswer, Unanswered> {
        if let time { conditions.stop(within: time) }
        do throws(PathStop) {
            return .success(try answer(graph.or(findings.map(condition)), started: try started(starts)))
        } catch {
            let known = met(graph.or(findings.map(condition)))
            if case .unknown(let reason) = error { return .failure(Unanswered(reason: reason, met: known)) }
            return .failure(Unanswered(reason: .other("no values were found"), met: known))
        }
    }

    /// The values of findings as sets; nil where they can't be listed, a list is long, or the solver gave up.
    public func exactValues(_ findings: [PathFinding]) -> String? {
        let values = (try? exact(graph.or(findings.map(condition)), started: graph.yes))??.violated
        return values.flatMap { $0.count > Self.longest ? nil : $0 }
    }

    /// Where `init` has an outcome, as a condition; true where that is so for all values.
    private func started(_ starts: [[Term]]) throws(PathStop) -> Term {
        let some = inNumbers(graph.or(starts.map(withoutTypes)))
        guard isOfConstants([some]) else { return some }
        return try conditions.arePossible([graph.not(some)] + types.conditions(of: constants(of: [some])))
            ? some : graph.yes
    }

    /// A solver gave up.
    public struct Unanswered: Error {
        public let reason: UnknownReason
        /// What is known all the same: the conditions as the search has met them.
        public let met: PathAnswer
    }

    /// Each without the values that earlier ones have, where those are known exactly.
    public func disjoint(_ findings: [PathFinding]) -> [PathFinding] {
        var earlier: [Term] = []
        return findings.map { finding in
            defer {
                if finding.conditions.allSatisfy({ conditions.variables(of: $0).allSatisfy(conditions.isConstant) }) {
                    earlier.append(graph.not(condition(of: finding)))
                }
            }
            return PathFinding(
                judgement: finding.judgement, steps: finding.steps, conditions: finding.conditions + earlier,
                run: finding.run)
        }
    }

    // MARK: Sets

    private func answer(_ wrong: Term, started: Term) throws(PathStop) -> PathAnswer {
        if let values = try exact(wrong, started: started) { return try told(values, wrong, started: started) }
        // What was chosen on the way may matter to no alternative.
        if !isOfConstants([wrong]), let cubes = cubes(of: wrong), isOfConstants(Array(cubes.joined())) {
            return try answer(graph.or(cubes.map(graph.and)), started: started)
        }
        return try loose(wrong, started: started)
    }

    /// Instead of a long list the conditions, where those are shorter.
    private func told(_ values: PathAnswer, _ wrong: Term, started: Term) throws(PathStop) -> PathAnswer {
        func length(_ answer: PathAnswer) -> Int { max(answer.violated.count, answer.holds.count) }
        guard length(values) > Self.longest else { return values }
        let words = try loose(wrong, started: started)
        guard length(words) < length(values), !words.holds.contains("…"), !words.violated.contains("…") else {
            return values
        }
        return PathAnswer(
            extent: values.extent, violated: words.violated, holds: words.holds, isExact: false,
            boundaries: values.boundaries, idle: words.idle)
    }

    /// Nil where values can't be listed.
    private func exact(_ wrong: Term, started: Term) throws(PathStop) -> PathAnswer? {
        let cells = constants(of: [wrong, started])
        let hasOthers = !isOfConstants([wrong, started])
        let narrow = cells.filter { codes(ofCell: $0) != nil }
        let wide = cells.filter { codes(ofCell: $0) == nil }
        let count = narrow.reduce(1) { min(Self.mostRows + 1, $0 * (codes(ofCell: $1)?.count ?? 1)) }
        guard count <= Self.mostRows, wide.count <= 1, wide.isEmpty || !hasOthers, wide.allSatisfy(isOrdered),
            let violated = try region(wrong, narrow, wide), let begun = try region(started, narrow, wide),
            let all = try region(
                types.areJoined(cells) ? graph.and(types.conditions(of: cells)) : graph.yes, narrow, wide)
        else { return nil }
        return answer(violated, idle: begun.complement, among: all, narrow + wide)
    }

    /// Nil where it has too many parts.
    private func region(_ condition: Term, _ narrow: [Int], _ wide: [Int]) throws(PathStop) -> ConstantRegion? {
        var region = ConstantRegion(axes: (narrow + wide).map(axis), rows: [])
        let lastQuery = conditions.queries + Self.mostQuestions
        for codes in combinations(narrow) {
            try conditions.poll()
            // Where a cell means nothing it is 0, whatever the row is called.
            let values = zip(narrow, types.withoutIdle(narrow, codes)).compactMap { cell, code in
                context.free[cell].map { ($0, context.term(code, ofCell: cell)) }
            }
            let rest = graph.replacing(Dictionary(uniqueKeysWithValues: values), in: condition)
            guard let intervals = try intervals(rest, wide.first, until: lastQuery) else { return nil }
            region.rows.append(ConstantRegion.Row(codes: codes, intervals: intervals))
        }
        return region
    }

    private func condition(of finding: PathFinding) -> Term {
        inNumbers(withoutTypes(conditions.about([], finding.conditions)))
    }

    private func inNumbers(_ condition: Term) -> Term {
        let numbers = context.free.filter { cell, _ in
            if case .range = context.layout.types[cell] { true } else { false }
        }
        return graph.inNumbers(condition, numbers: Set(numbers.values))
    }

    private func withoutTypes(_ parts: [Term]) -> Term { graph.and(parts.filter { !types.conjuncts.contains($0) }) }

    /// - Parameters:
    ///   - all: the codes that are values; others may be said to be inside or not.
    ///   - cells: those of the axes.
    private func answer(
        _ region: ConstantRegion, idle: ConstantRegion, among all: ConstantRegion, _ cells: [Int]
    ) -> PathAnswer {
        let (wrong, idle) = (region.intersection(all), idle.intersection(all))
        let left = all.intersection(wrong.union(idle).complement)
        func text(_ region: ConstantRegion) -> String {
            RegionText(region.simplified(among: all), context.model.sortNames).formula
        }
        return PathAnswer(
            extent: left.isEmpty ? .everywhere : wrong.isEmpty && idle.isEmpty ? .nowhere : .somewhere,
            violated: text(wrong), holds: text(left), isExact: true,
            boundaries: wrong.pairs(without: idle.union(all.complement)).prefix(Self.mostBoundaries).map {
                PathAnswer.Boundary(violated: values(cells, $0.inside), holds: values(cells, $0.outside))
            }, idle: idle.isEmpty ? nil : text(idle))
    }

    /// Values in the terms of the spec; not of what belongs to another case.
    func values(_ cells: [Int], _ codes: [UInt64]) -> [PathAnswer.Value] {
        let byCell = Dictionary(uniqueKeysWithValues: zip(cells, codes))
        return zip(cells, codes).filter { cell, _ in types.isThere(cell) { byCell[$0] ?? 0 } }.map { cell, code in
            PathAnswer.Value(
                name: context.layout.names[cell],
                value: RegionText.value(
                    types.isNeverZero(cell) ? code >> 1 : code, types.type(ofCell: cell), context.model.sortNames))
        }
    }

    /// Those that conditions are about, and what says whether they mean something.
    func constants(of all: [Term]) -> [Int] {
        let read = Set(all.flatMap { conditions.variables(of: $0) })
        return types.withTags(context.free.filter { read.contains($0.value) }.keys)
    }

    private func codes(ofCell cell: Int) -> [UInt64]? {
        types.type(ofCell: cell).codes(sorts: context.model.sorts, limit: Self.mostCodes).map { codes in
            guard types.isNeverZero(cell) else { return codes }
            return codes.isEmpty ? [0] : codes.map { $0 << 1 | 1 }
        }
    }

    func isOrdered(_ cell: Int) -> Bool {
        switch context.layout.types[cell] {
        case .range, .bits: true
        case .unit, .bool, .rangeOrUnbounded, .element, .tagged, .tuple, .set, .optional, .exclusiveLock, .sharedLock,
            .location:
            false
        }
    }

    func axis(_ cell: Int) -> ConstantRegion.Axis {
        let type = types.type(ofCell: cell)
        let largest: UInt64 =
            if case .range(let lower, let upper) = type { UInt64(bitPattern: upper &- lower) } else {
                .lowBits(context.layout.widths[cell])
            }
        return ConstantRegion.Axis(
            name: context.layout.names[cell], type: type, shift: types.isNeverZero(cell) ? 1 : 0,
            codes: codes(ofCell: cell), largest: largest)
    }

    private func combinations(_ cells: [Int]) -> [[UInt64]] {
        cells.reduce([[]]) { all, cell in
            all.flatMap { codes in (self.codes(ofCell: cell) ?? []).map { codes + [$0] } }
        }
    }

    /// Nil where there are too many.
    private func intervals(
        _ condition: Term, _ cell: Int?, until lastQuery: Int
    ) throws(PathStop) -> [ClosedRange<UInt64>]? {
        guard let cell, let variable = context.free[cell] else {
            return try conditions.arePossible([condition]) ? [0...0] : []
        }
        return try ConstantIntervals(conditions, graph, variable, largest: axis(cell).largest, until: lastQuery)
            .all(condition)
    }
}

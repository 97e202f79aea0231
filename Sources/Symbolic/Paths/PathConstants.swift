import Model
import SMT

/// Finds the values of constants with which findings of a search are there.
public struct PathConstants {
    let context: PathContext
    let conditions: PathConditions
    /// What is true of every value.
    private let types: Set<Term>

    private static let mostCodes = 64
    private static let mostRows = 4096
    private static let mostBoundaries = 8
    /// Questions for the ends of all intervals of a condition.
    private static let mostQuestions = 1000

    init(_ context: PathContext, _ conditions: PathConditions) {
        (self.context, self.conditions) = (context, conditions)
        types = Set(
            context.free.flatMap { cell, variable in
                context.graph.conjuncts(
                    of: context.graph.isCode(variable, of: context.layout.types[cell], context.model.sorts))
            })
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

    /// The values of findings as sets; nil where they can't be listed, or the solver gave up.
    public func exactValues(_ findings: [PathFinding]) -> String? {
        (try? exact(graph.or(findings.map(condition)), started: graph.yes))??.violated
    }

    /// Where `init` has an outcome, as a condition; true where that is so for all values.
    private func started(_ starts: [[Term]]) throws(PathStop) -> Term {
        let some = graph.or(starts.map(withoutTypes))
        guard isOfConstants([some]) else { return some }
        return try conditions.arePossible([graph.not(some)] + typeConditions(constants(of: [some]))) ? some : graph.yes
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
        if let values = try exact(wrong, started: started) { return values }
        // What was chosen on the way may matter to no alternative.
        if !isOfConstants([wrong]), let cubes = cubes(of: wrong), isOfConstants(Array(cubes.joined())) {
            return try answer(graph.or(cubes.map(graph.and)), started: started)
        }
        return try loose(wrong, started: started)
    }

    /// Nil where values can't be listed.
    private func exact(_ wrong: Term, started: Term) throws(PathStop) -> PathAnswer? {
        let cells = constants(of: [wrong, started])
        let hasOthers = !isOfConstants([wrong, started])
        let narrow = cells.filter { codes(ofCell: $0) != nil }
        let wide = cells.filter { codes(ofCell: $0) == nil }
        let count = narrow.reduce(1) { min(Self.mostRows + 1, $0 * (codes(ofCell: $1)?.count ?? 1)) }
        guard count <= Self.mostRows, wide.count <= 1, wide.isEmpty || !hasOthers, wide.allSatisfy(isOrdered),
            let violated = try region(wrong, narrow, wide), let begun = try region(started, narrow, wide)
        else { return nil }
        return answer(violated, idle: begun.complement)
    }

    /// Nil where it has too many parts.
    private func region(_ condition: Term, _ narrow: [Int], _ wide: [Int]) throws(PathStop) -> ConstantRegion? {
        var region = ConstantRegion(axes: (narrow + wide).map(axis), rows: [])
        let lastQuery = conditions.queries + Self.mostQuestions
        for codes in combinations(narrow) {
            try conditions.poll()
            let values = zip(narrow, codes).compactMap { cell, code in
                context.free[cell].map { ($0, context.term(code, ofCell: cell)) }
            }
            let rest = graph.replacing(Dictionary(uniqueKeysWithValues: values), in: condition)
            guard let intervals = try intervals(rest, wide.first, until: lastQuery) else { return nil }
            region.rows.append(ConstantRegion.Row(codes: codes, intervals: intervals))
        }
        return region
    }

    private func condition(of finding: PathFinding) -> Term { withoutTypes(conditions.about([], finding.conditions)) }

    private func withoutTypes(_ parts: [Term]) -> Term { graph.and(parts.filter { !types.contains($0) }) }

    private func answer(_ region: ConstantRegion, idle: ConstantRegion) -> PathAnswer {
        let names = context.model.sortNames
        let text = RegionText(region, names)
        func values(_ codes: [UInt64]) -> [PathAnswer.Value] {
            text.values(codes).map { PathAnswer.Value(name: $0.name, value: $0.value) }
        }
        let left = region.union(idle).complement
        return PathAnswer(
            extent: left.isEmpty ? .everywhere : left.isEverything ? .nowhere : .somewhere,
            violated: text.formula, holds: RegionText(left, names).formula, isExact: true,
            boundaries: region.pairs(without: idle).prefix(Self.mostBoundaries).map {
                PathAnswer.Boundary(violated: values($0.inside), holds: values($0.outside))
            }, idle: idle.isEmpty ? nil : RegionText(idle, names).formula)
    }

    func constants(of all: [Term]) -> [Int] {
        let read = Set(all.flatMap { conditions.variables(of: $0) })
        return context.free.filter { read.contains($0.value) }.keys.sorted()
    }

    private func codes(ofCell cell: Int) -> [UInt64]? {
        context.layout.types[cell].codes(sorts: context.model.sorts, limit: Self.mostCodes)
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
        let type = context.layout.types[cell]
        let largest: UInt64 =
            if case .range(let lower, let upper) = type { UInt64(bitPattern: upper &- lower) } else {
                .lowBits(context.layout.widths[cell])
            }
        return ConstantRegion.Axis(
            name: context.layout.names[cell], type: type, codes: codes(ofCell: cell), largest: largest)
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

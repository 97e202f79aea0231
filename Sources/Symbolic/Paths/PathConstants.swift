import Model
import SMT

/// For which values of the symbolic constants something is violated, in the terms of the spec.
public struct PathAnswer: Sendable, Hashable {
    public enum Extent: String, Sendable, Hashable {
        case everywhere, somewhere, nowhere
    }

    /// For how many values there is a violation; nil where it is not known whether for all or some.
    public let extent: Extent?
    /// Where there is one, and where there is none. Without ``isExact`` both are as the search has met them.
    public let violated: String
    public let holds: String
    /// Whether the formulas are sets of values for each constant, with exact ends.
    public let isExact: Bool
    /// Values next to each other, one with a violation and one without.
    public let boundaries: [Boundary]
    /// Where `init` has no outcome, so that nothing is violated and nothing holds; nil for nowhere, and where it is not known.
    public let idle: String?

    public struct Boundary: Sendable, Hashable {
        public let violated: [Value]
        public let holds: [Value]
    }

    public struct Value: Sendable, Hashable {
        public let name: String
        public let value: String
    }
}

/// Finds the values of constants with which findings of a search are there.
public struct PathConstants {
    private let context: PathContext
    private let conditions: PathConditions
    /// What is true of every value.
    private let types: Set<Term>

    private static let mostCodes = 64
    private static let mostRows = 4096
    private static let mostBoundaries = 8
    private static let mostParts = 24

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
    /// - Parameter starts: the conditions of which `init` needs one to have an outcome; none where that does not matter.
    public func answer(_ findings: [PathFinding], starts: [[Term]] = [[]]) -> Result<PathAnswer, Unanswered> {
        do throws(PathStop) {
            return .success(try answer(graph.or(findings.map(condition)), started: try started(starts)))
        } catch {
            let known = met(graph.or(findings.map(condition)))
            if case .unknown(let reason) = error { return .failure(Unanswered(reason: reason, met: known)) }
            return .failure(Unanswered(reason: .other("no values were found"), met: known))
        }
    }

    /// Where `init` has an outcome, as a condition; true where that is so for all values.
    private func started(_ starts: [[Term]]) throws(PathStop) -> Term {
        let some = graph.or(starts.map(withoutTypes))
        let read = conditions.variables(of: some)
        guard read.allSatisfy(conditions.isConstant) else { return some }
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
        let cells = constants(of: [wrong, started])
        let hasOthers = [wrong, started].contains {
            conditions.variables(of: $0).contains { !conditions.isConstant($0) }
        }
        let narrow = cells.filter { codes(ofCell: $0) != nil }
        let wide = cells.filter { codes(ofCell: $0) == nil }
        let count = narrow.reduce(1) { min(Self.mostRows + 1, $0 * (codes(ofCell: $1)?.count ?? 1)) }
        guard count <= Self.mostRows, wide.count <= 1, wide.isEmpty || !hasOthers, wide.allSatisfy(isOrdered),
            let violated = try region(wrong, narrow, wide), let begun = try region(started, narrow, wide)
        else { return try loose(wrong, started: started) }
        return answer(violated, idle: begun.complement)
    }

    /// Nil where it has too many parts.
    private func region(_ condition: Term, _ narrow: [Int], _ wide: [Int]) throws(PathStop) -> ConstantRegion? {
        var region = ConstantRegion(axes: (narrow + wide).map(axis), rows: [])
        for codes in combinations(narrow) {
            let values = zip(narrow, codes).compactMap { cell, code in
                context.free[cell].map { ($0, context.term(code, ofCell: cell)) }
            }
            let rest = graph.replacing(Dictionary(uniqueKeysWithValues: values), in: condition)
            guard let intervals = try intervals(rest, wide.first) else { return nil }
            region.rows.append(ConstantRegion.Row(codes: codes, intervals: intervals))
        }
        return region
    }

    private func condition(of finding: PathFinding) -> Term { withoutTypes(finding.conditions) }

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
            boundaries: region.pairs.filter { !idle.contains($0.outside) }.prefix(Self.mostBoundaries).map {
                PathAnswer.Boundary(violated: values($0.inside), holds: values($0.outside))
            }, idle: idle.isEmpty ? nil : RegionText(idle, names).formula)
    }

    private func constants(of all: [Term]) -> [Int] {
        let read = Set(all.flatMap { conditions.variables(of: $0) })
        return context.free.filter { read.contains($0.value) }.keys.sorted()
    }

    private func codes(ofCell cell: Int) -> [UInt64]? {
        context.layout.types[cell].codes(sorts: context.model.sorts, limit: Self.mostCodes)
    }

    private func isOrdered(_ cell: Int) -> Bool {
        switch context.layout.types[cell] {
        case .range, .bits: true
        case .unit, .bool, .rangeOrUnbounded, .element, .tagged, .tuple, .set, .optional, .exclusiveLock, .sharedLock,
            .location:
            false
        }
    }

    private func axis(_ cell: Int) -> ConstantRegion.Axis {
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
    private func intervals(_ condition: Term, _ cell: Int?) throws(PathStop) -> [ClosedRange<UInt64>]? {
        guard let cell, let variable = context.free[cell] else {
            return try conditions.arePossible([condition]) ? [0...0] : []
        }
        return try ConstantIntervals(conditions, graph, variable, largest: axis(cell).largest).all(condition)
    }

    // MARK: Formulas

    /// The conditions themselves, in few words, and an example.
    private func loose(_ wrong: Term, started: Term) throws(PathStop) -> PathAnswer {
        let cells = constants(of: [wrong, started])
        let isOfConstants = conditions.variables(of: started).allSatisfy(conditions.isConstant)
        let idle = isOfConstants ? graph.not(started) : graph.no
        let bad = graph.or(wrong, idle)
        let outside = try point(outside: bad, cells)
        let inside = try conditions.values(graph.and([wrong] + typeConditions(cells)))
        var edge: PathAnswer.Boundary?
        if let outside, let inside {
            edge = try boundary(wrong, cells, cells.map { code(of: $0, inside) }, outside)
        }
        let isAll = outside == nil && !conditions.variables(of: wrong).contains { !conditions.isConstant($0) }
        let implicants = PrimeImplicants(conditions, known: typeConditions(cells), guards: guards)
        return text(
            wrong, try implicants.cubes(of: wrong),
            idle: idle == graph.no ? nil : try implicants.cubes(of: idle) ?? [[idle]],
            bad == graph.no ? .nowhere : outside != nil ? .somewhere : isAll ? .everywhere : nil,
            edge.map { [$0] } ?? [])
    }

    private func guards(of part: Term) -> [PrimeImplicants.Guard] {
        let sorts = context.model.sorts
        return graph.bitsRead(by: part).flatMap { variable, bits -> [PrimeImplicants.Guard] in
            guard let cell = context.free.first(where: { $0.value == variable })?.key else { return [] }
            return context.layout.types[cell].guards(of: bits, sorts: sorts).map { one in
                PrimeImplicants.Guard(
                    tag: graph.extract(variable, low: one.tag.lowerBound, width: one.tag.count), cases: one.cases,
                    count: one.count)
            }
        }
    }

    /// The conditions as they were met, without a question.
    private func met(_ wrong: Term) -> PathAnswer { text(wrong, nil, idle: nil, nil, []) }

    private func text(
        _ wrong: Term, _ cubes: [[Term]]?, idle: [[Term]]?, _ extent: PathAnswer.Extent?,
        _ boundaries: [PathAnswer.Boundary]
    ) -> PathAnswer {
        let text = conditionText
        let shown = cubes ?? graph.alternatives(of: wrong).map { [$0] }
        let violated = text.text(any: shown, most: Self.mostParts)
        // Of other values each has a say: something holds where none of them does what is violated.
        let isSaid =
            cubes != nil && shown.count <= Self.mostParts
            && conditions.variables(of: wrong).allSatisfy(conditions.isConstant)
        let others = (isSaid ? text.text(none: shown) : shown.isEmpty ? "true" : "not (\(violated))")
        let left = idle.map { text.text(none: $0) }
        return PathAnswer(
            extent: extent, violated: violated,
            holds: left.map { others == "true" ? $0 : "(\(others)) and (\($0))" } ?? others, isExact: false,
            boundaries: boundaries, idle: idle.map { text.text(any: $0, most: Self.mostParts) })
    }

    private var conditionText: ConditionText {
        let cells = Dictionary(uniqueKeysWithValues: context.free.map { ($1, $0) })
        return ConditionText(graph) { variable, bits in cells[variable].flatMap { words($0, bits) } }
    }

    /// What a cell is called, or some of its bits; nil where they are no part of its type.
    private func words(_ cell: Int, _ bits: Range<Int>?) -> ConditionText.Words? {
        let (model, name, type) = (context.model, context.layout.names[cell], context.layout.types[cell])
        let all = 0..<type.width(sorts: model.sorts)
        guard let part = type.part(bits ?? all, sorts: model.sorts) else { return nil }
        switch part.content {
        case .tag(let cases):
            return ConditionText.Words(name: name + part.path, .enumCase) { code in
                Int(exactly: code).flatMap { cases.indices.contains($0) ? cases[$0] : nil } ?? code.asNumber
            }
        case .value(let type):
            var offset: UInt64 = 0
            if case .range(let lower, _) = type { offset = UInt64(bitPattern: lower) }
            return ConditionText.Words(name: name + part.path, offset: offset, type == .bool ? .truth : .value) {
                RegionText.value($0, type, model.sortNames)
            }
        }
    }

    private func typeConditions(_ cells: [Int]) -> [Term] {
        cells.compactMap { cell in
            context.free[cell].map { graph.isCode($0, of: context.layout.types[cell], context.model.sorts) }
        }
    }

    private func code(of cell: Int, _ values: Assignment) -> UInt64 {
        context.free[cell].flatMap { graph.name(of: $0) }.map { values.values[$0, default: 0] } ?? 0
    }

    /// Values for which there is no violation: where other variables have a say, one of a few that are tried.
    private func point(outside all: Term, _ cells: [Int]) throws(PathStop) -> [UInt64]? {
        if conditions.variables(of: all).allSatisfy(conditions.isConstant) {
            let values = try conditions.values(graph.and([graph.not(all)] + typeConditions(cells)))
            return values.map { values in cells.map { code(of: $0, values) } }
        }
        for codes in [cells.map { _ in UInt64(0) }, cells.map { axis($0).largest }, cells.map { _ in UInt64(1) }] {
            if try !isInside(all, cells, codes) { return codes }
        }
        return nil
    }

    private func isInside(_ all: Term, _ cells: [Int], _ codes: [UInt64]) throws(PathStop) -> Bool {
        let values = zip(cells, codes).compactMap { cell, code in
            context.free[cell].map { ($0, context.term(code, ofCell: cell)) }
        }
        return try conditions.arePossible([graph.replacing(Dictionary(uniqueKeysWithValues: values), in: all)])
    }

    /// Goes from a value inside to one outside, one constant after the other, and halves the step on which it gets out.
    private func boundary(
        _ all: Term, _ cells: [Int], _ inside: [UInt64], _ outside: [UInt64]
    ) throws(PathStop) -> PathAnswer.Boundary? {
        var here = inside
        for place in cells.indices {
            var there = here
            there[place] = outside[place]
            if try isInside(all, cells, there) {
                here = there
                continue
            }
            while isOrdered(cells[place]), max(here[place], there[place]) - min(here[place], there[place]) > 1 {
                var middle = here
                let (low, high) = (min(here[place], there[place]), max(here[place], there[place]))
                middle[place] = low + (high - low) / 2
                if try isInside(all, cells, middle) { here = middle } else { there = middle }
            }
            return PathAnswer.Boundary(violated: values(cells, here), holds: values(cells, there))
        }
        return nil
    }

    private func values(_ cells: [Int], _ codes: [UInt64]) -> [PathAnswer.Value] {
        zip(cells, codes).map { cell, code in
            PathAnswer.Value(
                name: context.layout.names[cell],
                value: RegionText.value(code, context.layout.types[cell], context.model.sortNames))
        }
    }
}

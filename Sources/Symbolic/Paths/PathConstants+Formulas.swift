import Model
import SMT

/// Conditions that are no sets of values with exact ends: themselves, in few words.
extension PathConstants {
    private static let mostParts = 24

    /// The conditions themselves, in few words, and an example.
    func loose(_ wrong: Term, started: Term) throws(PathStop) -> PathAnswer {
        let cells = constants(of: [wrong, started])
        let idle = isOfConstants([started]) ? graph.not(started) : graph.no
        let bad = graph.or(wrong, idle)
        let outside = try point(outside: bad, cells)
        let inside = try conditions.values(graph.and([wrong] + types.conditions(of: cells)))
        var edge: PathAnswer.Boundary?
        if let outside, let inside {
            edge = try boundary(wrong, idle: idle, cells, cells.map { code(of: $0, inside) }, outside)
        }
        let isAll = outside == nil && isOfConstants([wrong])
        return PathAnswer(
            extent: bad == graph.no ? .nowhere : outside != nil ? .somewhere : isAll ? .everywhere : nil,
            violated: text(where: wrong, cubes(of: wrong)),
            holds: isAll ? "false" : text(unless: bad, cubes(of: bad)), isExact: false,
            boundaries: edge.map { [$0] } ?? [], idle: idle == graph.no ? nil : text(where: idle, cubes(of: idle)))
    }

    /// The conditions as they were met, without a question.
    func met(_ wrong: Term) -> PathAnswer {
        PathAnswer(
            extent: nil, violated: text(where: wrong, nil), holds: text(unless: wrong, nil), isExact: false,
            boundaries: [],
            idle: nil)
    }

    /// Whether nothing that is chosen on the way has a say.
    func isOfConstants(_ conditions: [Term]) -> Bool {
        conditions.allSatisfy { self.conditions.variables(of: $0).allSatisfy(self.conditions.isConstant) }
    }

    /// What some values of what is chosen need not be named for is said without them.
    func cubes(of condition: Term) -> [[Term]]? {
        let implicants = PrimeImplicants(
            conditions, known: types.conditions(of: constants(of: [condition])), guards: guards)
        guard let cubes = implicants.cubes(of: condition) else { return nil }
        var seen: Set<[Term]> = []
        return cubes.map { cube in
            isOfConstants(cube) ? cube : conditions.about([], cube)
        }.filter { seen.insert($0).inserted }
    }

    private func guards(of part: Term) -> [PrimeImplicants.Guard] {
        graph.bitsRead(by: part).flatMap { variable, bits -> [PrimeImplicants.Guard] in
            guard let cell = context.free.first(where: { $0.value == variable })?.key else { return [] }
            return types.guards(of: cell, bits)
        }
    }

    private func text(where condition: Term, _ cubes: [[Term]]?) -> String {
        let shown = cubes ?? graph.alternatives(of: condition).map { [$0] }
        let others = Set(shown.joined().flatMap { conditions.variables(of: $0) }).filter { !conditions.isConstant($0) }
        let names = others.compactMap { graph.name(of: $0) }.sorted().joined(separator: ", ")
        return conditionText.text(any: shown, most: Self.mostParts) + (names.isEmpty ? "" : ", for some \(names)")
    }

    /// Of values that are chosen each has a say: something holds where with none of them there is a violation.
    private func text(unless condition: Term, _ cubes: [[Term]]?) -> String {
        if condition == graph.no { return "true" }
        guard let cubes, cubes.count <= Self.mostParts,
            isOfConstants(Array(cubes.joined()))
        else { return "not (\(text(where: condition, cubes)))" }
        return conditionText.text(none: cubes)
    }

    private var conditionText: ConditionText {
        let cells = Dictionary(uniqueKeysWithValues: context.free.map { ($1, $0) })
        return ConditionText(graph) { variable, bits in cells[variable].flatMap { words($0, bits) } }
    }

    /// What a cell is called, or some of its bits; nil where they are no part of its type.
    private func words(_ cell: Int, _ bits: Range<Int>?) -> ConditionText.Words? {
        let (model, name) = (context.model, context.layout.names[cell])
        var (type, bits) = (context.layout.types[cell], bits ?? 0..<context.layout.widths[cell])
        // The bit that keeps it from being 0 is not spoken of.
        let skipsBit = types.isNeverZero(cell) && bits.upperBound > 1
        let shift: UInt64 = skipsBit && bits.lowerBound == 0 ? 1 : 0
        if skipsBit { (type, bits) = (types.type(ofCell: cell), max(0, bits.lowerBound - 1)..<bits.upperBound - 1) }
        guard let part = type.part(bits, sorts: model.sorts) else { return nil }
        func ofCases(_ cases: [String]) -> ConditionText.Words {
            ConditionText.Words(name: name + part.path, .enumCase) { code in
                Int(exactly: code).flatMap { cases.indices.contains($0) ? cases[$0] : nil } ?? code.asNumber
            }
        }
        switch part.content {
        case .tag(let cases): return ofCases(cases)
        case .value(.tagged(_, let cases)) where cases.allSatisfy(\.fields.isEmpty): return ofCases(cases.map(\.name))
        case .value(let type):
            var offset: UInt64 = 0
            var isRange = false
            if case .range(let lower, _) = type { (offset, isRange) = (UInt64(bitPattern: lower), true) }
            let isBits = if case .bits = type { true } else { false }
            return ConditionText.Words(
                name: name + part.path, offset: offset, type == .bool ? .truth : .value, isBits: isBits
            ) {
                if shift == 1, $0 == 0 { return "none" }
                // It may be compared with what is out of its range.
                if isRange { return String(Int64(bitPattern: $0 >> shift &+ offset)) }
                return RegionText.value($0 >> shift, type, model.sortNames)
            }
        }
    }

    private func code(of cell: Int, _ values: Assignment) -> UInt64 {
        context.free[cell].flatMap { graph.name(of: $0) }.map { values.values[$0, default: 0] } ?? 0
    }

    /// Values for which there is no violation: where other variables have a say, one of a few that are tried.
    private func point(outside all: Term, _ cells: [Int]) throws(PathStop) -> [UInt64]? {
        if isOfConstants([all]) {
            let values = try conditions.values(graph.and([graph.not(all)] + types.conditions(of: cells)))
            return values.map { values in cells.map { code(of: $0, values) } }
        }
        for codes in [cells.map { _ in UInt64(0) }, cells.map { axis($0).largest }, cells.map { _ in UInt64(1) }] {
            if areValues(codes, of: cells), try !isInside(all, cells, codes) { return codes }
        }
        return nil
    }

    private func areValues(_ codes: [UInt64], of cells: [Int]) -> Bool {
        replacing(cells, codes, in: graph.and(types.conditions(of: cells))) == graph.yes
    }

    private func replacing(_ cells: [Int], _ codes: [UInt64], in term: Term) -> Term {
        let values = zip(cells, codes).compactMap { cell, code in
            context.free[cell].map { ($0, context.term(code, ofCell: cell)) }
        }
        return graph.replacing(Dictionary(uniqueKeysWithValues: values), in: term)
    }

    private func isInside(_ all: Term, _ cells: [Int], _ codes: [UInt64]) throws(PathStop) -> Bool {
        try conditions.arePossible([replacing(cells, codes, in: all)])
    }

    /// Goes from a value inside to one outside, one constant after the other, and halves the step on which it gets out.
    private func boundary(
        _ all: Term, idle: Term, _ cells: [Int], _ inside: [UInt64], _ outside: [UInt64]
    ) throws(PathStop) -> PathAnswer.Boundary? {
        var here = inside
        for place in cells.indices {
            var there = here
            there[place] = outside[place]
            // Part of a value: the way from one to the other leads through no values.
            guard areValues(there, of: cells) else {
                return PathAnswer.Boundary(violated: values(cells, inside), holds: values(cells, outside))
            }
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
            if try isInside(idle, cells, there) { return nil }
            return PathAnswer.Boundary(violated: values(cells, here), holds: values(cells, there))
        }
        return nil
    }
}

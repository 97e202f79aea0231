import Diagnostics
import Model
import Program

/// Resets cells with a `when` as soon as their condition becomes false.
struct DeadCells {
    let layout: Layout

    init(_ layout: Layout) { self.layout = layout }

    /// What follows the write of some cells.
    func resets(_ evaluator: inout Evaluator, after cells: Cells) -> [Instruction] {
        var result: [Instruction] = []
        var done: Set<CellID> = []
        var changed = [cells]
        while !changed.isEmpty {
            let next = changed.removeFirst()
            result += fieldResets(&evaluator, next, &done, &changed)
            result += variableResets(&evaluator, next, &done, &changed)
        }
        return result
    }

    // MARK: Fields

    private func fieldResets(
        _ evaluator: inout Evaluator, _ cells: Cells, _ done: inout Set<CellID>, _ changed: inout [Cells]
    ) -> [Instruction] {
        var result: [Instruction] = []
        for (number, leaf) in layout.leaves[cells.variable.raw].enumerated() {
            let cell = layout.cell(cells.variable, leaf: number)
            guard leaf.conditions.contains(where: { reads($0, cells) }), done.insert(cell).inserted,
                let alive = evaluator.alive(cells, number, counts: { $0.record != nil })
            else { continue }
            let dead = leaf.deadValue.map { layout.code($0, leaf.type) } ?? 0
            result.append(.branch(alive.negated, [.assign(cell, cells.indices, .constant(dead))], []))
            changed.append(Cells(variable: cells.variable, indices: cells.indices, leaves: number..<(number + 1)))
        }
        return result
    }

    private func reads(_ one: Aliveness, _ cells: Cells) -> Bool {
        guard let record = one.record else { return false }
        return siblings(one.condition).contains { field in
            layout.leafRange(record + [field], in: layout.program[cells.variable].type).overlaps(cells.leaves)
        }
    }

    private func siblings(_ e: SourceExpr) -> [Int] {
        var result: [Int] = []
        if case .sibling(let field) = e.kind { result.append(field) }
        return e.children.reduce(result) { $0 + siblings($1) }
    }

    // MARK: Variables

    private func variableResets(
        _ evaluator: inout Evaluator, _ cells: Cells, _ done: inout Set<CellID>, _ changed: inout [Cells]
    ) -> [Instruction] {
        var result: [Instruction] = []
        for number in layout.program.variables.indices {
            let id = SourceVariableID(number)
            let variable = layout.program[id]
            guard let condition = variable.condition, !variable.isVanished, !layout.leaves[number].isEmpty else {
                continue
            }
            let places = self.places(condition).filter { $0.variable == cells.variable }
            guard !places.isEmpty, done.insert(layout.cell(id, leaf: 0)).inserted else { continue }
            for indices in elements(of: variable, matching: cells, places, &evaluator) {
                result += reset(&evaluator, id, indices)
                changed.append(Cells(variable: id, indices: indices, leaves: layout.leaves[number].indices))
            }
        }
        return result
    }

    /// Gives one element its initial value where its condition does not hold.
    func reset(_ evaluator: inout Evaluator, _ id: SourceVariableID, _ indices: [Code]) -> [Instruction] {
        let cells = Cells(variable: id, indices: indices, leaves: layout.leaves[id.raw].indices)
        guard let alive = evaluator.alive(cells, 0, counts: { $0.record == nil }) else { return [] }
        let initial = evaluator.initialValue(id, cells)
        let writes = zip(cells.leaves, initial.parts).map { leaf, part in
            Instruction.assign(layout.cell(id, leaf: leaf), indices, part)
        }
        return [.branch(alive.negated, writes, [])]
    }

    /// The elements whose condition may have changed with the written cells. An index of the variable that is an index
    /// of every read of the written variable is the written one; all others are gone through.
    private func elements(
        of variable: SourceVariable, matching cells: Cells, _ places: [Place], _ evaluator: inout Evaluator
    ) -> [[Code]] {
        var result: [[Code]] = [[]]
        for (position, type) in variable.indexTypes.enumerated() {
            let local = LocalID(position)
            let dimensions = places.map { place in
                place.indices.firstIndex { index in
                    if case .local(let id) = index.kind { id == local && index.type == type } else { false }
                }
            }
            let values: [Code]
            if let first = dimensions.first, let dimension = first, dimensions.allSatisfy({ $0 == first }),
                cells.indices.indices.contains(dimension)
            {
                values = [cells.indices[dimension]]
            } else {
                values = (0..<layout.valueCount(type)).map { .constant(UInt64($0)) }
            }
            guard result.count * values.count <= 4096 else {
                evaluator.fail(
                    Diagnostic(.tooLarge, "too many elements depend on one `when`", at: variable.span))
                return []
            }
            result = result.flatMap { prefix in values.map { prefix + [$0] } }
        }
        return result
    }

    private func places(_ e: SourceExpr) -> [Place] {
        var result: [Place] = []
        if case .read(let place, racy: _) = e.kind { result.append(place) }
        if case .call(let function, _) = e.kind { result += places(layout.program[function].body) }
        return e.children.reduce(result) { $0 + places($1) }
    }
}

extension Evaluator {
    /// The initial value of an element. Its indices must be trivial.
    mutating func initialValue(_ id: SourceVariableID, _ cells: Cells) -> Operand {
        let (outerMode, outerLocals) = (mode, locals)
        mode = .lenient
        locals = indexLocals(cells)
        let (operand, inner) = framed { $0.value($0.program[id].initial, as: $0.program[id].type) }
        (mode, locals) = (outerMode, outerLocals)
        var result = operand
        result.parts = result.parts.map { Self.closed(inner, $0) }
        return result
    }
}

import Diagnostics
import Flow
import Model
import Program

extension StepBuilder {
    mutating func assign(_ place: Place, _ operation: AssignOperation, _ e: SourceExpr) -> [Instruction] {
        let cells = evaluator.cells(place)
        let new = combined(operation, e, place.type) { $0.value(place, cells) }
        return store(new, place, cells)
    }

    mutating func modify(
        _ place: Place, _ operation: ReadModifyWrite, into local: LocalID?, _ node: FlowNode
    ) -> [Instruction] {
        let cells = evaluator.cells(place)
        let old = evaluator.shared(evaluator.value(place, cells))
        let new: Operand
        switch operation {
        case .exchange(let e): new = evaluator.value(e, as: place.type)
        case .compareExchange(expected: let expected, new: let e):
            let test = evaluator.shared(isEqual(old, place.type, expected))
            // What is not stored need not have a value.
            let stored = evaluator.under(test) { $0.value(e, as: place.type) }
            new = Evaluator.merged(test, stored, old)
        case .fetchAdd(let e): new = evaluator.updated(old, .add, e, place.type)
        }
        var result = store(new, place, cells)
        if let local {
            let kept = evaluator.convert(old, from: place.type, to: type(local), node.span)
            result += store(local, kept)
        }
        return result
    }

    /// Whether a cell holds the value of an expression. A number that its type does not have is no value of it.
    private mutating func isEqual(_ old: Operand, _ type: Type, _ expected: SourceExpr) -> Code {
        if case .range = type, expected.type.isNumber {
            let wanted = evaluator.number(evaluator.value(expected), expected.type)
            return evaluator.number(old, type).code.equals(wanted.code)
        }
        let wanted = evaluator.value(expected, as: type)
        return zip(old.parts, wanted.parts).reduce(Code.one) { $0.and($1.0.equals($1.1)) }
    }

    /// Writes a place. A write to what is dead is lost.
    mutating func store(_ new: Operand, _ place: Place, _ cells: Cells) -> [Instruction] {
        let whole = evaluator.cellType(of: place)
        var parts = new.parts
        if !place.inner.isEmpty {
            let old = cells.leaves.map { Code.read(layout.cell(place.variable, leaf: $0), cells.indices) }
            parts = evaluator.replaced(Operand(parts: old), whole, place.inner[...], with: new, place.span).parts
        }
        guard !cells.leaves.isEmpty else { return flushed() }  // all of it has vanished
        if parts.count > 1 { parts = evaluator.shared(Operand(parts: parts)).parts }
        let first = cells.leaves.lowerBound
        var alive: Code?
        if let condition = evaluator.alive(cells, first, depth: place.fields.count) {
            let test = evaluator.shared(condition)
            evaluator.check(alive: test, cells, first, place.span)
            alive = test
        }
        let before = flushed()
        var write: [Instruction] = []
        for (leaf, part) in zip(cells.leaves, parts) {
            write.append(.assign(layout.cell(place.variable, leaf: leaf), cells.indices, part))
        }
        write += DeadCells(layout).resets(&evaluator, after: cells)
        return before + (alive.map { StepCode.branch($0, write, []) } ?? write)
    }
}

extension Evaluator {
    /// The value of a place whose indices are evaluated already.
    mutating func value(_ place: Place, _ cells: Cells) -> Operand {
        var parts: [Code] = []
        for leaf in cells.leaves {
            if mode == .checked { checkAlive(cells, leaf, place.span) }
            parts.append(read(layout.cell(place.variable, leaf: leaf), cells.indices))
        }
        if place.inner.isEmpty {
            var result = Operand(parts: parts)
            result.interval = place.type.interval
            return result
        }
        return inner(Operand(parts: parts), cellType(of: place), place.inner, place.span)
    }
}

extension Model {
    /// What an action of a process instance may read and write in any state: an over-approximation from the data
    /// alone. An index that is not fixed by the process instance stands for all of its dimension. A read counts also where
    /// all that depends on it is which statements were come by.
    public func staticFootprint(action: Int, instance: Int) -> Footprint {
        guard actions.indices.contains(action), processes.indices.contains(actions[action].process) else {
            return Footprint(reads: [], writes: [])
        }
        let process = processes[actions[action].process]
        var walk = FootprintWalk(model: self, indices: process.indices(of: instance))
        walk.reads.insert(Cell(variable: process.programCounter, element: instance))
        walk.visit(actions[action].body, programCounter: Cell(variable: process.programCounter, element: instance))
        return Footprint(reads: walk.cells(walk.reads), writes: walk.cells(walk.writes))
    }
}

private struct FootprintWalk {
    let model: Model
    let indices: [UInt64]
    var reads: Set<Cell> = []
    var writes: Set<Cell> = []

    func cells(_ set: Set<Cell>) -> [Cell] {
        set.filter { model[$0.variable].type.width(sorts: model.sorts) > 0 }.sorted()
    }

    mutating func visit(_ body: [Instruction], programCounter: Cell) {
        for instruction in body {
            switch instruction {
            case .require(let expr), .set(_, let expr), .check(let expr, _): visit(expr)
            case .assign(let id, let place, let expr):
                visit(expr)
                for index in place { visit(index) }
                writes.formUnion(elements(id, place))
            case .choose, .statement, .way: break
            case .observe(_, let arguments): for argument in arguments { visit(argument) }
            case .branch(let condition, let yes, let no):
                visit(condition)
                visit(yes, programCounter: programCounter)
                visit(no, programCounter: programCounter)
            case .jump: writes.insert(programCounter)
            }
        }
    }

    private mutating func visit(_ expr: Expr) {
        switch expr {
        case .constant, .processIndex, .register: break
        case .read(let id, let place), .readOld(let id, let place):
            for index in place { visit(index) }
            reads.formUnion(elements(id, place))
        case .unary(_, let inner), .quantified(_, _, _, let inner): visit(inner)
        case .binary(_, let left, let right), .bind(_, let left, let right):
            visit(left)
            visit(right)
        case .conditional(let condition, let yes, let no):
            visit(condition)
            visit(yes)
            visit(no)
        }
    }

    private func elements(_ id: VariableID, _ place: [Expr]) -> [Cell] {
        var elements = [0]
        for (dimension, index) in zip(model[id].dimensions, place) {
            let range = fixed(index).map { $0..<$0 + 1 } ?? 0..<dimension.count
            elements = elements.flatMap { front in range.map { front * dimension.count + $0 } }
        }
        return elements.filter { $0 < model[id].count }.map { Cell(variable: id, element: $0) }
    }

    private func fixed(_ index: Expr) -> Int? {
        switch index {
        case .constant(let value): Int(exactly: value).flatMap { $0 < 1 << 32 ? $0 : nil }
        case .processIndex(let number): indices.indices.contains(number) ? Int(clamping: indices[number]) : nil
        case .read, .readOld, .register, .unary, .binary, .conditional, .bind, .quantified: nil
        }
    }
}

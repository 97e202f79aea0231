import Model

/// What the emitter needs to know of code before it writes it.
struct CodeShape {
    let model: Model
    let widths: [Int]
    let instance: [CValue]

    /// The words and registers that some path through the code may write.
    func writes(of body: [Instruction], programCounter: VariableID?) -> (words: Set<Int>, registers: Set<Int>) {
        var words: Set<Int> = []
        var registers: Set<Int> = []
        visit(body, programCounter, &words, &registers)
        return (words, registers)
    }

    private func visit(
        _ body: [Instruction], _ programCounter: VariableID?, _ words: inout Set<Int>, _ registers: inout Set<Int>
    ) {
        for instruction in body {
            switch instruction {
            case .require, .check, .statement, .way, .observe: break
            case .assign(let id, let indices, _): words.formUnion(self.words(of: id, indices))
            case .set(let register, _), .choose(let register, _, _, _): registers.insert(register)
            case .branch(_, let yes, let no):
                visit(yes, programCounter, &words, &registers)
                visit(no, programCounter, &words, &registers)
            case .jump:
                guard let programCounter else { continue }
                words.formUnion(self.words(of: programCounter, instance.indices.map(Expr.processIndex)))
            }
        }
    }

    /// The words where a cell may lie.
    private func words(of id: VariableID, _ indices: [Expr]) -> ClosedRange<Int> {
        let place = model[id].placement
        let last = place.word + max(0, model[id].count - 1) / place.perWord
        guard widths[id.index] > 0 else { return place.word...place.word }
        var element = 0
        for (dimension, index) in zip(model[id].dimensions, indices) {
            let fixed: UInt64? =
                switch index {
                case .constant(let value): value
                case .processIndex(let number): instance.indices.contains(number) ? instance[number].constant : nil
                case .read, .readOld, .register, .unary, .binary, .conditional, .bind, .quantified: nil
                }
            guard let fixed, fixed < UInt64(dimension.count) else { return place.word...last }
            element = element * dimension.count + Int(fixed)
        }
        let word = place.word + element / place.perWord
        return word...word
    }
}

extension [Instruction] {
    var containsChoice: Bool {
        contains { instruction in
            switch instruction {
            case .choose: true
            case .branch(_, let yes, let no): yes.containsChoice || no.containsChoice
            case .require, .assign, .set, .check, .statement, .way, .observe, .jump: false
            }
        }
    }

    /// Whether a branch is decided by these registers and constants alone: code for each of their values has fewer
    /// branches than a loop.
    func branches(on registers: Set<Int>) -> Bool {
        var known = registers
        for instruction in self {
            switch instruction {
            case .set(let register, let value):
                if value.depends(onlyOn: known) { known.insert(register) } else { known.remove(register) }
            case .choose(let register, _, _, _): known.remove(register)
            case .branch(let condition, let yes, let no):
                if condition.depends(onlyOn: known) || yes.branches(on: known) || no.branches(on: known) { return true }
            case .require, .assign, .check, .statement, .way, .observe, .jump: break
            }
        }
        return false
    }
}

extension Expr {
    /// Whether the value is known where those of the registers are.
    func depends(onlyOn registers: Set<Int>) -> Bool {
        switch self {
        case .constant, .processIndex: true
        case .register(let register): registers.contains(register)
        case .unary(_, let inner): inner.depends(onlyOn: registers)
        case .binary(_, let left, let right):
            left.depends(onlyOn: registers) && right.depends(onlyOn: registers)
        case .conditional(let condition, let yes, let no):
            condition.depends(onlyOn: registers) && yes.depends(onlyOn: registers) && no.depends(onlyOn: registers)
        case .read, .readOld, .bind, .quantified: false
        }
    }

    /// How many nodes, quantifiers counted as often as they go round; no more than about `limit`.
    func nodeCount(limit: Int) -> Int {
        switch self {
        case .constant, .processIndex, .register: return 1
        case .read(_, let indices), .readOld(_, let indices):
            return indices.reduce(1) { min(limit, $0 + $1.nodeCount(limit: limit)) }
        case .unary(_, let inner): return min(limit, inner.nodeCount(limit: limit) + 1)
        case .binary(_, let left, let right), .bind(_, let left, let right):
            return min(limit, left.nodeCount(limit: limit) + right.nodeCount(limit: limit) + 1)
        case .conditional(let condition, let yes, let no):
            let arms = yes.nodeCount(limit: limit) + no.nodeCount(limit: limit)
            return min(limit, condition.nodeCount(limit: limit) + arms + 1)
        case .quantified(_, _, let count, let body):
            // Both are bounded: the product fits.
            return min(limit, body.nodeCount(limit: limit) * min(limit, max(1, count)) + 1)
        }
    }
}

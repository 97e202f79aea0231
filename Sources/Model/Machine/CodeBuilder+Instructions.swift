/// Reads of cells, and the instructions of a step.
extension CodeBuilder {
    mutating func read(_ id: VariableID, _ indices: [Expr], old: Bool) -> Operand {
        guard width(id) > 0 else { return .constant(0) }
        let start = mark
        let place = element(of: id, indices)
        release(to: start)
        let result = allocate()
        switch place {
        case .fixed(let word, let shift):
            emit(
                Operation(code: old ? .loadOld : .load, d: result, a: word, b: shift, i: .lowBits(width(id))))
        case .computed(let index, let word, let geometry):
            emit(Operation(code: old ? .loadOldElement : .loadElement, d: result, a: index, b: word, i: geometry.bits))
        }
        return .register(result)
    }

    mutating func instructions(_ body: [Instruction], jumpTo programCounter: VariableID?, rejected: Label) {
        for instruction in body { emit(instruction, programCounter, rejected) }
    }

    private mutating func emit(_ instruction: Instruction, _ programCounter: VariableID?, _ rejected: Label) {
        let start = mark
        defer { release(to: start) }
        switch instruction {
        case .require(let condition):
            jump(condition, when: false, to: rejected)
        case .assign(let id, let indices, let expr):
            assign(id, indices, expr)
        case .set(let register, let expr):
            let operand = value(expr)
            move(operand, into: UInt16(truncatingIfNeeded: register), temporariesFrom: start)
        case .choose(let register, let count, _, _):
            emit(Operation(code: .choose, d: UInt16(truncatingIfNeeded: register), i: UInt64(count)))
        case .branch(let condition, let yes, let no):
            if yes.isEmpty, no.isEmpty { return }
            let (otherwise, end) = (newLabel(), newLabel())
            jump(condition, when: false, to: otherwise)
            instructions(yes, jumpTo: programCounter, rejected: rejected)
            jump(to: end)
            bind(otherwise)
            instructions(no, jumpTo: programCounter, rejected: rejected)
            bind(end)
        case .check(let condition, let violation):
            let passed = newLabel()
            jump(condition, when: true, to: passed)
            emit(
                Operation(code: .violation, a: model[violation].isResumable ? 1 : 0, i: UInt64(violation.index)))
            bind(passed)
        case .statement(let number): emit(Operation(code: .statement, i: UInt64(number)))
        case .observe(let event, let arguments):
            for argument in arguments {
                let operand = value(argument)
                emit(Operation(code: .argument, a: inRegister(operand)))
                release(to: start)
            }
            emit(Operation(code: .event, i: UInt64(event)))
        case .way(let number): emit(Operation(code: .way, i: UInt64(number)))
        case .jump(let location):
            guard let programCounter else { return }
            assign(programCounter, instance.map(Expr.constant), .constant(UInt64(location)))
            emit(Operation(code: .accept))
        }
    }

    private mutating func assign(_ id: VariableID, _ indices: [Expr], _ expr: Expr) {
        let operand = value(expr)
        let width = width(id)
        if width == 0 {
            guard !operand.isZero else { return }
            emit(Operation(code: .checkBelow, a: inRegister(operand), i: 1))
            return
        }
        switch (element(of: id, indices), operand) {
        case (.fixed(let word, let shift), .constant(let constant)):
            guard constant & ~UInt64.lowBits(width) == 0 else { return emit(Operation(code: .fault)) }
            emit(
                Operation(
                    code: .storeConstant, a: word, b: shift << 8 | UInt16(width), i: constant << UInt64(shift)))
        case (.fixed(let word, let shift), .register(let source)):
            emit(Operation(code: .store, d: source, a: word, b: shift, i: .lowBits(width)))
        case (.computed(let index, let word, let geometry), _):
            let source = inRegister(operand)
            emit(Operation(code: .storeElement, d: source, a: index, b: word, i: geometry.bits))
        }
    }

    // MARK: Places

    private enum Place {
        case fixed(word: UInt16, shift: UInt16)
        case computed(index: UInt16, word: UInt16, ElementGeometry)
    }

    private mutating func element(of id: VariableID, _ indices: [Expr]) -> Place {
        let variable = model[id]
        var fixed: UInt64 = 0
        var computed: UInt16?
        for (dimension, index) in zip(variable.dimensions, indices) {
            let count = UInt64(dimension.count)
            let operand = value(index)
            fixed = fixed &* count
            computed = computed.map { scale($0, by: count) }
            switch operand {
            case .constant(let constant):
                if constant >= count { emit(Operation(code: .fault)) }
                fixed = fixed &+ min(constant, max(count, 1) - 1)
            case .register(let register):
                // The sum is checked against the whole array; of several dimensions each has to be on its own.
                if variable.dimensions.count > 1 { emit(Operation(code: .checkBelow, a: register, i: count)) }
                computed = sum(computed, register)
            }
        }
        let place = variable.placement
        guard var index = computed else {
            return .fixed(
                word: UInt16(truncatingIfNeeded: place.word + Int(fixed) / place.perWord),
                shift: UInt16(truncatingIfNeeded: place.shift + Int(fixed) % place.perWord * width(id)))
        }
        if fixed != 0 {
            let sum = allocate()
            emit(Operation(code: .addConstant, d: sum, a: index, i: fixed))
            index = sum
        }
        return .computed(
            index: index, word: UInt16(truncatingIfNeeded: place.word),
            ElementGeometry(place, width: width(id), count: variable.count))
    }

    private mutating func scale(_ register: UInt16, by count: UInt64) -> UInt16 {
        let result = allocate()
        emit(Operation(code: .multiplyConstant, d: result, a: register, i: count))
        return result
    }

    private mutating func sum(_ first: UInt16?, _ second: UInt16) -> UInt16 {
        guard let first else { return second }
        let result = allocate()
        emit(Operation(code: .add, d: result, a: first, b: second))
        return result
    }
}

extension CodeBuilder.Operand {
    fileprivate var isZero: Bool {
        if case .constant(0) = self { true } else { false }
    }
}

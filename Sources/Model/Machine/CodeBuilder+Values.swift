/// Expressions as values.
extension CodeBuilder {
    /// Quantifiers of at most so many nodes are unrolled: their indices become constants.
    static let unrollLimit = 512

    mutating func value(_ expr: Expr) -> Operand {
        switch expr {
        case .constant(let value): return .constant(value)
        case .register(let register):
            return known[register].map(Operand.constant) ?? .register(UInt16(truncatingIfNeeded: register))
        case .processIndex(let index): return .constant(instance[index])
        case .read(let id, let indices): return read(id, indices, old: false)
        case .readOld(let id, let indices): return read(id, indices, old: true)
        case .unary(let symbol, let inner): return unary(symbol, inner)
        case .binary(let symbol, let left, let right):
            switch symbol {
            case .and, .or, .implies: return truth(expr)
            case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight, .equal, .notEqual,
                .less, .lessOrEqual, .below, .belowOrEqual:
                return binary(symbol, left, right)
            }
        case .conditional(let condition, let yes, let no): return conditional(condition, yes, no)
        case .bind(let register, let inner, let body):
            bind(register, to: inner)
            defer { known[register] = nil }
            return copied(value(body), outOf: register)
        case .quantified(let quantifier, let register, let count, let body):
            switch quantifier {
            case .all, .some: return truth(expr)
            case .count, .collect: return accumulate(quantifier, register, count, body)
            }
        }
    }

    /// Makes a register hold a value, or known to be a constant.
    mutating func bind(_ register: Int, to expr: Expr) {
        let start = mark
        let operand = value(expr)
        if case .constant(let constant) = operand {
            known[register] = constant
        } else {
            move(operand, into: UInt16(truncatingIfNeeded: register), temporariesFrom: start)
        }
        release(to: start)
    }

    /// A body that is just the bound register: the register may be bound again before the value is used.
    private mutating func copied(_ operand: Operand, outOf register: Int) -> Operand {
        guard case .register(let result) = operand, Int(result) == register else { return operand }
        let copy = allocate()
        emit(Operation(code: .move, d: copy, a: result))
        return .register(copy)
    }

    private mutating func unary(_ symbol: UnaryOperator, _ inner: Expr) -> Operand {
        let start = mark
        switch value(inner) {
        case .constant(let constant): return .constant(symbol.apply(constant))
        case .register(let source):
            release(to: start)
            let result = allocate()
            let code: OperationCode =
                switch symbol {
                case .not: .not
                case .negate: .negate
                case .complement: .complement
                case .populationCount: .populationCount
                }
            emit(Operation(code: code, d: result, a: source))
            return .register(result)
        }
    }

    private mutating func binary(_ symbol: BinaryOperator, _ left: Expr, _ right: Expr) -> Operand {
        let start = mark
        let (x, y) = (value(left), value(right))
        switch (x, y) {
        case (.constant(let a), .constant(let b)):
            return .constant(symbol.apply(a, b))
        case (_, .constant(let constant)):
            let source = inRegister(x)
            release(to: start)
            let result = allocate()
            emit(Operation(code: symbol.codes.constant, d: result, a: source, i: constant))
            return .register(result)
        case (_, .register(let second)):
            let first = inRegister(x)
            release(to: start)
            let result = allocate()
            emit(Operation(code: symbol.codes.registers, d: result, a: first, b: second))
            return .register(result)
        }
    }

    private mutating func conditional(_ condition: Expr, _ yes: Expr, _ no: Expr) -> Operand {
        if let constant = constant(condition) { return value(constant != 0 ? yes : no) }
        let result = allocate()
        let (otherwise, end) = (newLabel(), newLabel())
        jump(condition, when: false, to: otherwise)
        write(yes, into: result)
        jump(to: end)
        bind(otherwise)
        write(no, into: result)
        bind(end)
        return .register(result)
    }

    private mutating func write(_ expr: Expr, into register: UInt16) {
        let start = mark
        let operand = value(expr)
        move(operand, into: register, temporariesFrom: start)
        release(to: start)
    }

    /// 1 or 0 out of a condition.
    private mutating func truth(_ expr: Expr) -> Operand {
        let (otherwise, end) = (newLabel(), newLabel())
        jump(expr, when: false, to: otherwise)
        let result = allocate()
        emit(Operation(code: .constant, d: result, i: 1))
        jump(to: end)
        bind(otherwise)
        emit(Operation(code: .constant, d: result, i: 0))
        bind(end)
        return .register(result)
    }

    /// `count` and `collect`.
    private mutating func accumulate(_ quantifier: Quantifier, _ register: Int, _ count: Int, _ body: Expr) -> Operand {
        let sum = allocate()
        let variable = UInt16(truncatingIfNeeded: register)
        emit(Operation(code: .constant, d: sum, i: 0))
        forEach(register, count, body) { builder, number in
            let skip = builder.newLabel()
            builder.jump(body, when: false, to: skip)
            switch (quantifier, number) {
            case (.collect, let number?):
                builder.emit(
                    Operation(code: .bitOrConstant, d: sum, a: sum, i: UInt64(1).shifted(by: Int(clamping: number))))
            case (.collect, nil):
                let bit = builder.inRegister(.constant(1))
                builder.emit(Operation(code: .shiftLeft, d: bit, a: bit, b: variable))
                builder.emit(Operation(code: .bitOr, d: sum, a: sum, b: bit))
            case (.count, _), (.all, _), (.some, _):
                builder.emit(Operation(code: .addConstant, d: sum, a: sum, i: 1))
            }
            builder.bind(skip)
        }
        return .register(sum)
    }

    /// The code of `round` for each value of a register: unrolled with the number, or once in a loop with nil.
    mutating func forEach(
        _ register: Int, _ count: Int, _ body: Expr, round: (inout CodeBuilder, UInt64?) -> Void
    ) {
        guard count > 0 else { return }
        let start = mark
        if body.nodeCount.saturatingProduct(count) <= Self.unrollLimit {
            for number in 0..<UInt64(count) {
                known[register] = number
                round(&self, number)
                release(to: start)
            }
            known[register] = nil
            return
        }
        let variable = UInt16(truncatingIfNeeded: register)
        let again = newLabel()
        emit(Operation(code: .constant, d: variable, i: 0))
        bind(again)
        round(&self, nil)
        release(to: start)
        emit(Operation(code: .addConstant, d: variable, a: variable, i: 1))
        emitJump(Operation(code: .jumpBelowConstant, a: variable, i: UInt64(count)), to: again)
    }

    // MARK: Constants

    /// The value where it depends on nothing that changes and is cheap to see.
    func constant(_ expr: Expr) -> UInt64? {
        switch expr {
        case .constant(let value): return value
        case .register(let register): return known[register]
        case .processIndex(let index): return instance[index]
        case .unary(let symbol, let inner): return constant(inner).map(symbol.apply)
        case .binary(let symbol, let left, let right):
            guard let a = constant(left), let b = constant(right) else { return nil }
            return symbol.apply(a, b)
        case .read, .readOld, .conditional, .bind, .quantified: return nil
        }
    }
}

extension Expr {
    /// How many nodes, quantifiers counted as often as they go round.
    var nodeCount: Int {
        switch self {
        case .constant, .processIndex, .register: 1
        case .read(_, let indices), .readOld(_, let indices):
            indices.reduce(1) { $0.saturatingSum($1.nodeCount) }
        case .unary(_, let inner): inner.nodeCount.saturatingSum(1)
        case .binary(_, let left, let right), .bind(_, let left, let right):
            left.nodeCount.saturatingSum(right.nodeCount).saturatingSum(1)
        case .conditional(let condition, let yes, let no):
            condition.nodeCount.saturatingSum(yes.nodeCount).saturatingSum(no.nodeCount).saturatingSum(1)
        case .quantified(_, _, let count, let body): body.nodeCount.saturatingProduct(max(1, count)).saturatingSum(1)
        }
    }
}

extension BinaryOperator {
    /// The operations on two registers and on a register and a constant. The short-circuit operators have none of
    /// their own; on values that are there already they are these.
    fileprivate var codes: (registers: OperationCode, constant: OperationCode) {
        switch self {
        case .add: (.add, .addConstant)
        case .subtract: (.subtract, .subtractConstant)
        case .multiply: (.multiply, .multiplyConstant)
        case .bitAnd, .and: (.bitAnd, .bitAndConstant)
        case .bitOr, .or, .implies: (.bitOr, .bitOrConstant)
        case .bitXor: (.bitXor, .bitXorConstant)
        case .shiftLeft: (.shiftLeft, .shiftLeftConstant)
        case .shiftRight: (.shiftRight, .shiftRightConstant)
        case .equal: (.equal, .equalConstant)
        case .notEqual: (.notEqual, .notEqualConstant)
        case .less: (.less, .lessConstant)
        case .lessOrEqual: (.lessOrEqual, .lessOrEqualConstant)
        case .below: (.below, .belowConstant)
        case .belowOrEqual: (.belowOrEqual, .belowOrEqualConstant)
        }
    }
}

/// Expressions as control flow.
extension CodeBuilder {
    /// Jumps where the expression is true (not 0), or where it is false; goes on behind otherwise.
    mutating func jump(_ expr: Expr, when sense: Bool, to label: Label) {
        if let constant = constant(expr) {
            if (constant != 0) == sense { jump(to: label) }
            return
        }
        switch expr {
        case .unary(.not, let inner):
            jump(inner, when: !sense, to: label)
        case .binary(let symbol, let left, let right):
            jump(symbol, left, right, when: sense, to: label)
        case .conditional(let condition, let yes, let no):
            let (otherwise, end) = (newLabel(), newLabel())
            jump(condition, when: false, to: otherwise)
            jump(yes, when: sense, to: label)
            jump(to: end)
            bind(otherwise)
            jump(no, when: sense, to: label)
            bind(end)
        case .bind(let register, let inner, let body):
            bind(register, to: inner)
            jump(body, when: sense, to: label)
            known[register] = nil
        case .quantified(.all, let register, let count, let body):
            jump(register, count, body, decidedBy: false, when: !sense, to: label)
        case .quantified(.some, let register, let count, let body):
            jump(register, count, body, decidedBy: true, when: sense, to: label)
        case .constant, .read, .readOld, .processIndex, .register, .unary, .quantified:
            jumpOnValue(expr, when: sense, to: label)
        }
    }

    /// `decided` is whether some round had the value that decides.
    private mutating func jump(
        _ register: Int, _ count: Int, _ body: Expr, decidedBy value: Bool, when decided: Bool, to label: Label
    ) {
        if decided {
            forEach(register, count, body) { builder, _ in builder.jump(body, when: value, to: label) }
            return
        }
        let skip = newLabel()
        forEach(register, count, body) { builder, _ in builder.jump(body, when: value, to: skip) }
        jump(to: label)
        bind(skip)
    }

    private mutating func jump(
        _ symbol: BinaryOperator, _ left: Expr, _ right: Expr, when sense: Bool, to label: Label
    ) {
        switch symbol {
        case .and: both(left, true, right, true, when: sense, to: label)
        case .or: both(left, false, right, false, when: !sense, to: label)
        case .implies: both(left, true, right, false, when: !sense, to: label)
        case .equal: compare(left, right, sense ? .equal : .notEqual, to: label)
        case .notEqual: compare(left, right, sense ? .notEqual : .equal, to: label)
        case .less: sense ? compare(left, right, .less, to: label) : swapped(left, right, .lessOrEqual, label)
        case .lessOrEqual: sense ? compare(left, right, .lessOrEqual, to: label) : swapped(left, right, .less, label)
        case .below: sense ? compare(left, right, .below, to: label) : swapped(left, right, .belowOrEqual, label)
        case .belowOrEqual: sense ? compare(left, right, .belowOrEqual, to: label) : swapped(left, right, .below, label)
        case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
            jumpOnValue(.binary(symbol, left, right), when: sense, to: label)
        }
    }

    /// Jumps where "the left is `x` and the right is `y`" has the truth `sense`; the right one is looked at only
    /// where the left one is `x`.
    private mutating func both(
        _ left: Expr, _ x: Bool, _ right: Expr, _ y: Bool, when sense: Bool, to label: Label
    ) {
        if sense {
            let skip = newLabel()
            jump(left, when: !x, to: skip)
            jump(right, when: y, to: label)
            bind(skip)
        } else {
            jump(left, when: !x, to: label)
            jump(right, when: !y, to: label)
        }
    }

    private mutating func jumpOnValue(_ expr: Expr, when sense: Bool, to label: Label) {
        let start = mark
        switch value(expr) {
        case .constant(let constant):
            if (constant != 0) == sense { jump(to: label) }
        case .register(let register):
            emitJump(Operation(code: sense ? .jumpIfNotZero : .jumpIfZero, a: register), to: label)
        }
        release(to: start)
    }

    private mutating func compare(_ left: Expr, _ right: Expr, _ comparison: Comparison, to label: Label) {
        let start = mark
        let (x, y) = (value(left), value(right))
        emitComparison(x, y, comparison, to: label)
        release(to: start)
    }

    /// The right side first in the comparison; evaluated in the order of the text all the same.
    private mutating func swapped(_ left: Expr, _ right: Expr, _ comparison: Comparison, _ label: Label) {
        let start = mark
        let (x, y) = (value(left), value(right))
        emitComparison(y, x, comparison, to: label)
        release(to: start)
    }

    private mutating func emitComparison(_ x: Operand, _ y: Operand, _ comparison: Comparison, to label: Label) {
        switch (x, y) {
        case (.constant, .register) where comparison.isSymmetric:
            emitComparison(y, x, comparison, to: label)
        case (_, .register(let second)):
            emitJump(Operation(code: comparison.codes.registers, a: inRegister(x), i: UInt64(second)), to: label)
        case (_, .constant(let constant)):
            emitJump(Operation(code: comparison.codes.constant, a: inRegister(x), i: constant), to: label)
        }
    }
}

/// What a jump can compare.
enum Comparison {
    case equal, notEqual, less, lessOrEqual, below, belowOrEqual

    /// The jumps that compare two registers, and a register with a constant.
    fileprivate var codes: (registers: OperationCode, constant: OperationCode) {
        switch self {
        case .equal: (.jumpEqual, .jumpEqualConstant)
        case .notEqual: (.jumpNotEqual, .jumpNotEqualConstant)
        case .less: (.jumpLess, .jumpLessConstant)
        case .lessOrEqual: (.jumpLessOrEqual, .jumpLessOrEqualConstant)
        case .below: (.jumpBelow, .jumpBelowConstant)
        case .belowOrEqual: (.jumpBelowOrEqual, .jumpBelowOrEqualConstant)
        }
    }

    fileprivate var isSymmetric: Bool {
        switch self {
        case .equal, .notEqual: true
        case .less, .lessOrEqual, .below, .belowOrEqual: false
        }
    }
}

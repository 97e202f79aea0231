import Model

/// Expressions as conditions. What is folded is never something whose evaluation could be a fault.
extension CodeWriter {
    mutating func condition(_ expr: Expr) -> CCondition {
        switch expr {
        case .unary(.not, let inner): return condition(inner).negated
        case .binary(let symbol, let left, let right): return condition(symbol, left, right)
        case .conditional(let test, let yes, let no):
            switch condition(test) {
            case .always(let truth): return condition(truth ? yes : no)
            case .text(let test):
                let (first, second) = (condition(yes), condition(no))
                return .text("(\(test) ? \(first.boolean) : \(second.boolean))")
            }
        case .quantified(.all, let register, let count, let body):
            return quantified(register, count, body, decidedBy: false)
        case .quantified(.some, let register, let count, let body):
            return quantified(register, count, body, decidedBy: true)
        case .constant, .read, .readOld, .processIndex, .register, .unary, .bind, .quantified:
            let value = value(expr)
            return value.constant.map { .always($0 != 0) } ?? .text(value.text)
        }
    }

    private mutating func condition(_ symbol: BinaryOperator, _ left: Expr, _ right: Expr) -> CCondition {
        switch symbol {
        case .and: return both(condition(left), right) { $0 }
        case .or: return both(condition(left).negated, right) { $0.negated }.negated
        case .implies: return both(condition(left), right) { $0.negated }.negated
        case .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual:
            return comparison(symbol, value(left), value(right))
        case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
            let value = value(.binary(symbol, left, right))
            return value.constant.map { .always($0 != 0) } ?? .text(value.text)
        }
    }

    /// Both are true; the right one is looked at only where the left one is.
    private mutating func both(
        _ left: CCondition, _ right: Expr, _ turned: (CCondition) -> CCondition
    ) -> CCondition {
        switch left {
        case .always(false): return left
        case .always(true): return turned(condition(right))
        case .text(let first):
            let second = turned(condition(right))
            if case .always(true) = second { return left }
            return .text("(\(first) && \(second.text))")
        }
    }

    private func comparison(_ symbol: BinaryOperator, _ x: CValue, _ y: CValue) -> CCondition {
        if let a = x.constant, let b = y.constant { return .always(symbol.folded(a, b) != 0) }
        switch symbol {
        case .equal: return .text("(\(x.text) == \(y.text))")
        case .notEqual: return .text("(\(x.text) != \(y.text))")
        case .less: return .text("((S)\(x.text) < (S)\(y.text))")
        case .lessOrEqual: return .text("((S)\(x.text) <= (S)\(y.text))")
        case .below: return .text("(\(x.text) < \(y.text))")
        case .belowOrEqual: return .text("(\(x.text) <= \(y.text))")
        case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight, .and, .or, .implies:
            return .text(CValue.fault.text)
        }
    }

    /// `all` and `some`: no value behind the one that decides is looked at.
    private mutating func quantified(
        _ register: Int, _ count: Int, _ body: Expr, decidedBy value: Bool
    ) -> CCondition {
        if isUnrolled(count, body) {
            var terms: [String] = []
            for term in rounds(register, count, body) {
                switch term {
                case .always(value):
                    if terms.isEmpty { return term }
                    terms.append(term.text)
                case .always: continue
                case .text(let text): terms.append(text)
                }
            }
            if terms.isEmpty { return .always(!value) }
            return .text("(" + terms.joined(separator: value ? " || " : " && ") + ")")
        }
        let result = newName("q")
        let loop = loop(register, count) { writer, _ in
            let body = writer.condition(body)
            return "if (\(value ? body.text : body.negated.text)) { \(result) = \(value ? 1 : 0); break; }"
        }
        return .text("({ int \(result) = \(value ? 0 : 1); \(loop) \(result); })")
    }
}

extension CCondition {
    /// 1 or 0: both arms of `?:` must have one type.
    fileprivate var boolean: String {
        switch self {
        case .always(let truth): truth ? "1" : "0"
        case .text(let text): "!!\(text)"
        }
    }
}

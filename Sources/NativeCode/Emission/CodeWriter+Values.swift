import Model

/// Expressions as values.
extension CodeWriter {
    mutating func value(_ expr: Expr) -> CValue {
        switch expr {
        case .constant(let value): return CValue(value)
        case .register(let register): return scope.registers[register] ?? .fault
        case .processIndex(let index): return instance.indices.contains(index) ? instance[index] : .fault
        case .read(let id, let indices): return read(id, indices, scope.words)
        case .readOld(let id, let indices): return read(id, indices, oldWords)
        case .unary(let symbol, let inner): return unary(symbol, inner)
        case .binary(let symbol, let left, let right):
            switch symbol {
            case .and, .or, .implies, .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual:
                return condition(expr).value
            case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
                return arithmetic(symbol, value(left), value(right))
            }
        case .conditional(let test, let yes, let no):
            switch condition(test) {
            case .always(let truth): return value(truth ? yes : no)
            case .text(let test):
                let (first, second) = (value(yes), value(no))
                return CValue(
                    text: "(\(test) ? \(first.text) : \(second.text))", bound: max(first.bound, second.bound))
            }
        case .bind(let register, let inner, let body):
            return binding(register, to: inner) { $0.value(body) }
        case .quantified(let quantifier, let register, let count, let body):
            switch quantifier {
            case .all, .some: return condition(expr).value
            case .count, .collect: return accumulated(quantifier, register, count, body)
            }
        }
    }

    private mutating func unary(_ symbol: UnaryOperator, _ inner: Expr) -> CValue {
        if case .not = symbol { return condition(inner).negated.value }
        let operand = value(inner)
        if let constant = operand.constant { return CValue(symbol.folded(constant)) }
        switch symbol {
        case .not: return CValue(text: "((U)!\(operand.text))", bound: 1)
        case .negate: return CValue(text: "(0ull - \(operand.text))", bound: .max)
        case .complement: return CValue(text: "(~\(operand.text))", bound: .max)
        case .populationCount:
            return CValue(text: "ones(\(operand.text))", bound: UInt64(operand.bound.bitsNeeded))
        }
    }

    private func arithmetic(_ symbol: BinaryOperator, _ x: CValue, _ y: CValue) -> CValue {
        if let a = x.constant, let b = y.constant { return CValue(symbol.folded(a, b)) }
        let bound = symbol.bound(x.bound, y.bound, shift: y.constant)
        switch symbol {
        case .add: return CValue(text: "(\(x.text) + \(y.text))", bound: bound)
        case .subtract: return CValue(text: "(\(x.text) - \(y.text))", bound: bound)
        case .multiply: return CValue(text: "(\(x.text) * \(y.text))", bound: bound)
        case .bitAnd: return CValue(text: "(\(x.text) & \(y.text))", bound: bound)
        case .bitOr: return CValue(text: "(\(x.text) | \(y.text))", bound: bound)
        case .bitXor: return CValue(text: "(\(x.text) ^ \(y.text))", bound: bound)
        // C knows no shifts by 64 and more.
        case .shiftLeft:
            return CValue(text: y.bound < 64 ? "(\(x.text) << \(y.text))" : "shl(\(x.text), \(y.text))", bound: bound)
        case .shiftRight:
            return CValue(text: y.bound < 64 ? "(\(x.text) >> \(y.text))" : "shr(\(x.text), \(y.text))", bound: bound)
        case .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual, .and, .or, .implies: return .fault
        }
    }

    private mutating func binding(
        _ register: Int, to inner: Expr, _ body: (inout CodeWriter) -> CValue
    ) -> CValue {
        let bound = value(inner)
        guard !bound.isSimple else {
            scope.registers[register] = bound
            defer { scope.registers[register] = nil }
            return body(&self)
        }
        let name = newName("b")
        scope.registers[register] = CValue(text: name, bound: bound.bound, isSimple: true)
        defer { scope.registers[register] = nil }
        let result = body(&self)
        return CValue(text: "({ const U \(name) = \(bound.text); \(result.text); })", bound: result.bound)
    }

    /// `count` and `collect`: all values are looked at.
    private mutating func accumulated(
        _ quantifier: Quantifier, _ register: Int, _ count: Int, _ body: Expr
    ) -> CValue {
        let collects = quantifier == .collect
        let bound = collects ? UInt64.ones(count) : UInt64(count)
        if isUnrolled(count, body) {
            var terms: [String] = []
            for (number, term) in rounds(register, count, body).enumerated() {
                let bit: UInt64 = collects ? (number < 64 ? 1 << UInt64(number) : 0) : 1
                switch term {
                case .always(true): terms.append(bit.literal)
                case .always(false): break
                case .text(let text): terms.append("(\(text) ? \(bit.literal) : 0ull)")
                }
            }
            if terms.isEmpty { return CValue(0) }
            return CValue(text: "(" + terms.joined(separator: collects ? " | " : " + ") + ")", bound: bound)
        }
        let sum = newName("q")
        let loop = loop(register, count) { writer, name in
            let hit = writer.condition(body).text
            return "if (\(hit)) \(sum) \(collects ? "|= shl(1ull, \(name))" : "+= 1");"
        }
        return CValue(text: "({ U \(sum) = 0; \(loop) \(sum); })", bound: bound)
    }

    // MARK: Rounds of quantifiers

    func isUnrolled(_ count: Int, _ body: Expr) -> Bool {
        let limit = limits.unrolledNodes + 1
        return count <= limit && body.nodeCount(limit: limit) * count < limit
    }

    /// The body for each value of the register.
    mutating func rounds(_ register: Int, _ count: Int, _ body: Expr) -> [CCondition] {
        defer { scope.registers[register] = nil }
        var rounds: [CCondition] = []
        for number in 0..<UInt64(count) {
            scope.registers[register] = CValue(number)
            rounds.append(condition(body))
        }
        return rounds
    }

    mutating func loop(
        _ register: Int, _ count: Int, _ body: (inout CodeWriter, String) -> String
    ) -> String {
        guard count > 0 else { return "" }
        let name = newName("i")
        scope.registers[register] = CValue(text: name, bound: UInt64(count - 1), isSimple: true)
        defer { scope.registers[register] = nil }
        return "for (U \(name) = 0; \(name) < \(count)ull; \(name)++) { \(body(&self, name)) }"
    }
}

/// Conditions as people write them: `threshold < 3 and not strict`.
public struct ConditionText {
    private let graph: TermGraph
    /// What a variable is called; nil for one that has no name.
    private let name: (Term) -> String?
    /// A value of a variable.
    private let value: (Term, UInt64) -> String
    /// What is added to the code of a variable that has a name, for its value.
    private let offset: (Term) -> UInt64

    public init(
        _ graph: TermGraph, name: @escaping (Term) -> String?, value: @escaping (Term, UInt64) -> String,
        offset: @escaping (Term) -> UInt64 = { _ in 0 }
    ) {
        (self.graph, self.name, self.value, self.offset) = (graph, name, value, offset)
    }

    public func text(_ term: Term) -> String { text(term, isInner: false) }

    private func text(_ term: Term, isInner: Bool) -> String {
        func enclosed(_ text: String) -> String { isInner ? "(\(text))" : text }
        func joined(_ a: Term, _ symbol: String, _ b: Term) -> String {
            enclosed("\(inner(a)) \(symbol) \(inner(b))")
        }
        switch graph.node(term) {
        case .variable:
            let offset = Int64(bitPattern: name(term) == nil ? 0 : offset(term))
            if offset == 0 { return called(term) }
            return enclosed("\(called(term)) \(offset < 0 ? "+" : "-") \(offset.magnitude)")
        case .truth(let value): return value ? "true" : "false"
        case .bits(let value): return value.asNumber
        case .not(let inner): return enclosed(negated(inner))
        case .and(let parts): return enclosed(parts.map(inner).joined(separator: " and "))
        case .or(let parts): return enclosed(parts.map(inner).joined(separator: " or "))
        case .conditional(let condition, let a, let b):
            return enclosed("if \(inner(condition)) then \(inner(a)) else \(inner(b))")
        case .equal(let a, let b): return enclosed(compared(a, "==", b))
        case .compare(let comparison, let a, let b): return enclosed(compared(a, comparison.symbol, b))
        case .arithmetic(.add, let a, let b):
            if let variable = valued(a, b) ?? valued(b, a) { return called(variable) }
            return enclosed("\(summand(a)) + \(summand(b))")
        case .arithmetic(let operation, let a, let b): return joined(a, operation.symbol, b)
        case .complement(let a): return "~\(inner(a))"
        case .negate(let a): return "-\(inner(a))"
        case .concat(let high, let low):
            // Zeros in front change nothing.
            return graph.constant(high) == 0 ? text(low, isInner: isInner) : "(\(inner(high)) :: \(inner(low)))"
        case .extract(let a, let low):
            return "\(inner(a))[\(low + term.width - 1):\(low)]"
        }
    }

    private func inner(_ term: Term) -> String { text(term, isInner: true) }

    private func called(_ variable: Term) -> String { name(variable) ?? graph.name(of: variable) ?? "?" }

    /// The variable whose value is a sum: that of its offset and its code.
    private func valued(_ offset: Term, _ code: Term) -> Term? {
        guard let number = graph.constant(offset) else { return nil }
        var variable = code
        if case .concat(let high, let low) = graph.node(code), graph.constant(high) == 0 { variable = low }
        return name(variable) != nil && self.offset(variable) == number ? variable : nil
    }

    /// Of a sum of words: what is large is meant to be taken away.
    private func summand(_ term: Term) -> String {
        guard let number = graph.constant(term), term.width == 64, number >> 63 == 1 else { return inner(term) }
        return String(Int64(bitPattern: number))
    }

    private func negated(_ term: Term) -> String {
        switch graph.node(term) {
        case .equal(let a, let b): compared(a, "!=", b)
        case .compare(.below, let a, let b), .compare(.less, let a, let b): compared(a, ">=", b)
        case .compare(.belowOrEqual, let a, let b), .compare(.lessOrEqual, let a, let b): compared(a, ">", b)
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .arithmetic, .complement, .negate, .concat,
            .extract:
            "not \(inner(term))"
        }
    }

    /// The constant behind, in the words of the variable before it.
    private func compared(_ a: Term, _ symbol: String, _ b: Term) -> String {
        if let code = graph.constant(a) {
            let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][symbol] ?? symbol
            return "\(side(b)) \(turned) \(number(code, for: b))"
        }
        if let code = graph.constant(b) {
            return "\(side(a)) \(symbol) \(number(code, for: a))"
        }
        let areAlike = name(a) != nil && name(b) != nil && offset(a) == offset(b)
        return areAlike ? "\(called(a)) \(symbol) \(called(b))" : "\(inner(a)) \(symbol) \(inner(b))"
    }

    private func side(_ term: Term) -> String { name(term) == nil ? inner(term) : called(term) }

    private func number(_ code: UInt64, for term: Term) -> String {
        if name(term) != nil { return value(term, code) }
        if case .arithmetic(.add, _, _) = graph.node(term), term.width == 64 { return String(Int64(bitPattern: code)) }
        return code.asNumber
    }
}

extension Comparison {
    fileprivate var symbol: String {
        switch self {
        case .below: "<"
        case .belowOrEqual: "<="
        case .less: "<"
        case .lessOrEqual: "<="
        }
    }
}

extension Arithmetic {
    fileprivate var symbol: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        }
    }
}

extension UInt64 {
    /// Decimal where that is short.
    public var asNumber: String { self < 1 << 20 ? String(self) : "0x" + String(self, radix: 16) }
}

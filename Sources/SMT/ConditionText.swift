/// Conditions as people write them: `threshold < 3 and not strict`.
public struct ConditionText {
    private let graph: TermGraph
    /// What a variable is called; nil for one that has no name.
    private let name: (Term) -> String?
    /// A value of a variable.
    private let value: (Term, UInt64) -> String

    public init(
        _ graph: TermGraph, name: @escaping (Term) -> String?, value: @escaping (Term, UInt64) -> String
    ) {
        (self.graph, self.name, self.value) = (graph, name, value)
    }

    public func text(_ term: Term) -> String { text(term, isInner: false) }

    private func text(_ term: Term, isInner: Bool) -> String {
        func enclosed(_ text: String) -> String { isInner ? "(\(text))" : text }
        func joined(_ a: Term, _ symbol: String, _ b: Term) -> String {
            enclosed("\(inner(a)) \(symbol) \(inner(b))")
        }
        switch graph.node(term) {
        case .variable: return name(term) ?? graph.name(of: term) ?? "?"
        case .truth(let value): return value ? "true" : "false"
        case .bits(let value): return value.asNumber
        case .not(let inner): return enclosed(negated(inner))
        case .and(let parts): return enclosed(parts.map(inner).joined(separator: " and "))
        case .or(let parts): return enclosed(parts.map(inner).joined(separator: " or "))
        case .conditional(let condition, let a, let b):
            return enclosed("if \(inner(condition)) then \(inner(a)) else \(inner(b))")
        case .equal(let a, let b): return enclosed(compared(a, "==", b))
        case .compare(let comparison, let a, let b): return enclosed(compared(a, comparison.symbol, b))
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

    private func negated(_ term: Term) -> String {
        switch graph.node(term) {
        case .equal(let a, let b): compared(a, "!=", b)
        case .compare(.below, let a, let b): compared(a, ">=", b)
        case .compare(.belowOrEqual, let a, let b): compared(a, ">", b)
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .compare, .arithmetic, .complement, .negate,
            .concat, .extract:
            "not \(inner(term))"
        }
    }

    /// The constant behind, in the words of the variable before it.
    private func compared(_ a: Term, _ symbol: String, _ b: Term) -> String {
        if let code = graph.constant(a) {
            let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][symbol] ?? symbol
            return "\(inner(b)) \(turned) \(name(b) == nil ? code.asNumber : value(b, code))"
        }
        if let code = graph.constant(b) {
            return "\(inner(a)) \(symbol) \(name(a) == nil ? code.asNumber : value(a, code))"
        }
        return "\(inner(a)) \(symbol) \(inner(b))"
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

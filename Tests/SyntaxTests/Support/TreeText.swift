import Syntax

/// Trees as short texts in which grouping is visible, for comparison in tests.
enum TreeText {
    static func of(_ tree: ExprTree) -> String {
        switch tree.kind {
        case .number(let value, let width): width == 0 ? "\(value)" : "\(value)#\(width)"
        case .bool(let value): "\(value)"
        case .string(let value): "\"\(value)\""
        case .name(let name): name.text
        case .member(let base, let name): "\(of(base)).\(name.text)"
        case .index(let base, let indices): "\(of(base))[\(list(indices))]"
        case .slice(let base, let high, let low): "\(of(base))[\(of(high)):\(of(low))]"
        case .call(let callee, let arguments): "\(of(callee))(\(list(arguments)))"
        case .record(let name, let fields): "\(of(name)){\(self.fields(fields))}"
        case .bitsConversion(let width, let value): "bits<\(of(width))>(\(of(value)))"
        case .unary(let unary, let value): "(\(unary.rawValue) \(of(value)))"
        case .binary(let binary, let left, let right): "(\(of(left)) \(binary.rawValue) \(of(right)))"
        case .isPattern(let value, let pattern, let negated):
            "(\(of(value)) is\(negated ? " not" : "") \(of(pattern)))"
        case .conditional(let condition, let yes, let no): "(if \(of(condition)) \(of(yes)) \(of(no)))"
        case .match(let subject, let arms):
            "(match \(of(subject)) \(arms.map { "\(of($0.pattern)):\(of($0.value))" }.joined(separator: "; ")))"
        case .quantified(let quantifier, let binders, let body):
            "(\(quantifier.rawValue) \(self.binders(binders))\(body.map { ": " + of($0) } ?? ""))"
        case .cardinality(let set): "count(\(of(set)))"
        case .setLiteral(let elements): "{\(list(elements))}"
        case .setComprehension(let binder): "{\(binders([binder]))}"
        case .allOf(let type): "(all \(of(type)))"
        case .with(let base, let fields): "(\(of(base)) with {\(self.fields(fields))})"
        case .unwrap(let value): "\(of(value))!"
        case .racy(let value): "racy(\(of(value)))"
        case .old(let value): "old(\(of(value)))"
        case .unbounded: "unbounded"
        case .error: "<error>"
        }
    }

    static func of(_ pattern: PatternTree) -> String {
        switch pattern.kind {
        case .anything: "_"
        case .name(let path): path.text
        case .constructor(let path, let arguments):
            "\(path.text)(\(arguments.map { of($0) }.joined(separator: ", ")))"
        case .literal(let value): of(value)
        case .emptySet: "{}"
        case .error: "<error>"
        }
    }

    static func of(_ type: TypeTree) -> String {
        switch type.kind {
        case .named(let path): path.text
        case .range(let low, let high, let wraps): "\(of(low))..\(of(high))\(wraps ? " wrap" : "")"
        case .bits(let width): "bits<\(of(width))>"
        case .set(let element): "set<\(of(element))>"
        case .optional(let inner): "\(of(inner))?"
        case .orUnbounded(let inner): "\(of(inner)) or unbounded"
        case .error: "<error>"
        }
    }

    static func binders(_ binders: [BinderTree]) -> String {
        binders.map { binder in
            "\(binder.name.text) in \(of(binder.set))\(binder.condition.map { " where " + of($0) } ?? "")"
        }.joined(separator: ", ")
    }

    private static func list(_ expressions: [ExprTree]) -> String {
        expressions.map { of($0) }.joined(separator: ", ")
    }

    private static func fields(_ fields: [FieldValueTree]) -> String {
        fields.map { "\($0.name.text): \(of($0.value))" }.joined(separator: ", ")
    }
}

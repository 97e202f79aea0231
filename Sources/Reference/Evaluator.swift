import Diagnostics
import Program

/// Why an execution stops before the end of its step.
enum Stop: Error {
    /// A violation without a result.
    case violation(Violation)
    /// It must wait.
    case blocked
}

/// Evaluates expressions in a state, and reads and writes its cells.
///
/// In code, reading a dead cell is a violation; in properties and the bodies of ghost handlers it is not.
struct Evaluator {
    let tables: Tables
    var shared: [[Value]]
    var controls: [Control]
    /// The locals of the scope that is being executed; nil where nothing is bound.
    var locals: [Value?]
    /// Reads of dead cells are no violation.
    var isGhost: Bool
    /// What `old` looks at.
    var old: State?
    /// The resumable violations so far.
    var violations: [Violation] = []
    /// The other fields, while the condition of a field is evaluated.
    var siblings: [Value] = []
    /// The places that were read and what was in them, where somebody wants to know.
    var reads: [(place: String, value: Value)]?
    /// What was called outside of functions, where somebody wants to know.
    var calls: [(span: Span, function: FunctionID, value: Value)]?
    private var isInOld = false

    init(_ tables: Tables, shared: [[Value]], controls: [Control], locals: [Value?], isGhost: Bool, old: State? = nil) {
        self.tables = tables
        self.shared = shared
        self.controls = controls
        self.locals = locals
        self.isGhost = isGhost
        self.old = old
    }

    var program: Program { tables.program }
    var naming: Naming { tables.naming }

    mutating func evaluate(_ expression: Expr) throws(Stop) -> Value {
        switch expression.kind {
        case .constant(let value): return value
        case .local(let id): return try local(id, expression.span)
        case .read(let place, _): return try read(place)
        case .sibling(let field):
            guard siblings.indices.contains(field) else { throw defect("a sibling outside a record", expression.span) }
            return siblings[field]
        case .locked(let place): return .bool(try load(place) != .lockFree)
        case .field(let record, let field): return try part(.record(field), of: evaluate(record), expression.span)
        case .payload(let value, let index, let field):
            return try part(.payload(case: index, field: field), of: evaluate(value), expression.span)
        case .unwrap(let value): return try part(.some, of: evaluate(value), expression.span)
        case .unary(let operation, let operand): return try unary(operation, operand, expression)
        case .binary(let operation, let left, let right): return try binary(operation, left, right, expression)
        case .matches(let value, let pattern): return .bool(matches(try evaluate(value), pattern))
        case .conditional(let condition, let first, let second):
            return try isTrue(condition) ? evaluate(first) : evaluate(second)
        case .match(let subject, let arms): return try match(subject, arms, expression.span)
        case .quantified(let kind, let binders, let body): return try quantified(kind, binders, body)
        case .cardinality(let set): return .int(Int64(try elements(set).count))
        case .setOf(let parts): return try makeSet(parts, expression)
        case .comprehension(let binder): return try comprehension(binder)
        case .allOf(let type): return .set(allValues(of: type))
        case .makeCase(let id, let index, let parts): return try makeCase(id, index, parts, expression.span)
        case .makeRecord(let id, let parts):
            return .record(id, try conforming(parts, to: program[id].fields, expression.span))
        case .makeSome(let wrapped): return .some(try conforming(wrapped, to: expression.type.wrapped))
        case .withRecord(let value, let updates): return try withRecord(value, updates)
        case .withPayload(let value, let index, let updates):
            return try withPayload(value, index, updates, expression.span)
        case .call(let function, let arguments):
            let value = try call(function, arguments)
            if calls?.contains(where: { $0.span == expression.span }) == false {
                calls?.append((expression.span, function, value))
            }
            return value
        case .old(let inner): return try before(inner)
        case .slice(let value, let high, let low): return try slice(value, high, low)
        case .toBits(let value): return try toBits(value, expression)
        case .toInt(let value): return try toInt(value)
        case .process(let process, let indices, let attribute): return try ask(attribute, process, indices)
        }
    }

    /// Evaluates a condition.
    mutating func isTrue(_ condition: Expr) throws(Stop) -> Bool { try evaluate(condition) == .bool(true) }

    /// Evaluates a set, in ascending order.
    mutating func elements(_ set: Expr) throws(Stop) -> [Value] {
        guard case .set(let values) = try evaluate(set) else { throw defect("no set", set.span) }
        return values
    }

    mutating func values(_ expressions: [Expr]) throws(Stop) -> [Value] {
        var result: [Value] = []
        for expression in expressions { result.append(try evaluate(expression)) }
        return result
    }

    func allValues(of type: Type) -> [Value] {
        if case .domain(let id) = type { return (0..<program[id].size).map { .element(id, $0) } }
        return tables.values(of: type)
    }

    mutating func bind(_ local: LocalID, _ value: Value?) {
        guard local.raw >= 0 else { return }
        if local.raw >= locals.count { locals += Array(repeating: nil, count: local.raw + 1 - locals.count) }
        locals[local.raw] = value
    }

    private func local(_ id: LocalID, _ span: Span) throws(Stop) -> Value {
        guard locals.indices.contains(id.raw), let value = locals[id.raw] else {
            throw defect("a local without a value", span)
        }
        return value
    }

    private mutating func call(_ id: FunctionID, _ arguments: [Expr]) throws(Stop) -> Value {
        let function = program[id]
        var inner: [Value?] = Array(repeating: nil, count: function.scope.locals.count)
        for (parameter, argument) in zip(function.scope.parameters, arguments) {
            inner[parameter.raw] = try conforming(argument, to: function.scope.locals[parameter.raw].type)
        }
        let outer = (locals, calls)
        (locals, calls) = (inner, nil)
        defer { (locals, calls) = outer }
        return try conforming(function.body, to: function.result)
    }

    private mutating func before(_ inner: Expr) throws(Stop) -> Value {
        guard let old, !isInOld else { return try evaluate(inner) }
        let now = (shared, controls)
        (shared, controls) = (old.shared, old.controls)
        isInOld = true
        defer {
            (shared, controls) = now
            isInOld = false
        }
        return try evaluate(inner)
    }

    private mutating func ask(
        _ attribute: ProcessAttribute, _ process: ProcessID, _ indices: [Expr]
    ) throws(Stop) -> Value {
        var fitting: [Value] = []
        for (index, type) in zip(indices, program[process].indexTypes) {
            fitting.append(try conform(evaluate(index), to: type, index.span))
        }
        let instance = ProcessInstance(process: process, indices: fitting)
        guard let number = tables.instanceNumbers[instance], controls.indices.contains(number) else {
            return .bool(false)
        }
        switch attribute {
        case .started: return .bool(controls[number] != .start)
        case .finished: return .bool(controls[number] == .finished)
        }
    }

    private mutating func read(_ place: Place) throws(Stop) -> Value {
        let value = try load(place)
        if reads != nil {
            let cell = Place(
                variable: place.variable, indices: place.indices, fields: place.fields, type: place.type,
                span: place.span)
            let text = try placeText(cell)
            let shown = isInOld ? "old(\(text))" : text
            let content = try load(cell)
            if !(reads ?? []).contains(where: { $0.place == shown }) { reads?.append((shown, content)) }
        }
        return value
    }
}

extension Evaluator {
    func violation(_ kind: BuiltinViolation, _ message: String, _ span: Span, resumable: Bool = false) -> Violation {
        Violation(name: kind.rawValue, span: span, message: message, isResumable: resumable)
    }

    /// The program is not what the checker promises.
    func defect(_ message: String, _ span: Span) -> Stop {
        .violation(
            Violation(name: "internal", span: span, message: "the program is malformed: \(message)", isResumable: false)
        )
    }

    /// Notes a violation that has a result; the same one is noted once.
    mutating func pass(_ violation: Violation) {
        if !violations.contains(violation) { violations.append(violation) }
    }
}

extension Type {
    /// What is inside an optional.
    var wrapped: Type {
        if case .optional(let wrapped) = self { return wrapped }
        return self
    }

    /// What is inside a set.
    var element: Type {
        if case .set(let element) = self { return element }
        return self
    }

    var bitWidth: Int? {
        if case .bits(let width) = self { return width }
        return nil
    }
}

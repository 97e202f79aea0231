import Diagnostics
import Model
import Program

/// The value of an expression: one code, or one per leaf of a plain record.
struct Operand {
    var parts: [Code]
    /// Between which numbers it lies, for integers.
    var interval: ClosedRange<Int64>?

    init(_ code: Code, _ interval: ClosedRange<Int64>? = nil) {
        parts = [code]
        self.interval = interval
    }

    init(parts: [Code]) { self.parts = parts }

    var code: Code { parts.first ?? .zero }
}

/// Turns expressions into codes. What must happen before the code is evaluated, in order, collects in ``items``.
struct Evaluator {
    enum Item {
        case set(Int, Code)
        case check(Code, ViolationID)
    }

    /// Which reads of dead cells and which impossible values are violations.
    enum Mode {
        case checked
        /// Ghost code, and the conditions of `when`: the dead may be read.
        case lenient
        /// In `old(…)`.
        case old
    }

    /// The plain record in which a condition stands.
    struct Siblings {
        let variable: SourceVariableID
        let indices: [Code]
        let path: [Int]
    }

    let layout: Layout
    let origins: Origins
    var violations = ViolationTable()
    /// The first thing that can't be lowered.
    var failure: Diagnostic?

    var items: [Item] = []
    var registerCount = 0
    var mode = Mode.checked
    /// The values of the locals in sight.
    var locals: [LocalID: Operand] = [:]
    var siblings: Siblings?
    /// Program counters, and the locations that mean finished; by process.
    var programCounters: [CellID] = []
    var finalLocations: [Int?] = []

    var program: Program { layout.program }

    init(layout: Layout, origins: Origins) {
        self.layout = layout
        self.origins = origins
    }

    /// Forgets what belongs to the last action.
    mutating func begin() {
        items = []
        registerCount = 0
        mode = .checked
        locals = [:]
        siblings = nil
    }

    // MARK: Registers and checks

    mutating func register() -> Int {
        registerCount += 1
        return registerCount - 1
    }

    /// A code that costs nothing to use twice.
    mutating func shared(_ code: Code) -> Code {
        if code.isTrivial { return code }
        let register = register()
        items.append(.set(register, code))
        return .register(register)
    }

    mutating func shared(_ operand: Operand) -> Operand {
        var result = operand
        for index in result.parts.indices { result.parts[index] = shared(result.parts[index]) }
        return result
    }

    mutating func check(
        _ condition: Code, _ name: String, _ message: String, _ span: Span, resumable: Bool = false
    ) {
        guard condition.constantValue != 1 else { return }
        for case .check(let known, let violation) in items where known == condition {
            // The same question twice in one statement has the same answer.
            if violations[violation].name == name { return }
        }
        let violation = violations.add(
            Violation(name: name, message: message, origin: origins.origin(span), isResumable: resumable))
        items.append(.check(condition, violation))
    }

    mutating func fail(_ diagnostic: Diagnostic) { failure = failure ?? diagnostic }

    // MARK: Conditional evaluation

    /// What `body` needs, apart from the items so far.
    mutating func framed<T>(_ body: (inout Evaluator) -> T) -> (T, [Item]) {
        let outer = items
        items = []
        let result = body(&self)
        let inner = items
        items = outer
        return (result, inner)
    }

    /// A code that does by itself what the items before it do.
    static func closed(_ items: some BidirectionalCollection<Item>, _ code: Code) -> Code {
        items.reversed().reduce(code) { result, item in
            switch item {
            case .set(let register, let value):
                result == .register(register) ? value : .bind(register: register, value, result)
            case .check: result
            }
        }
    }

    /// Makes the checks of an inner frame here, each under a condition.
    mutating func hoist(_ inner: [Item], _ conditioned: (Code) -> Code) {
        for (index, item) in inner.enumerated() {
            guard case .check(let condition, let violation) = item else { continue }
            let alone = conditioned(Self.closed(inner[..<index], condition))
            if alone.constantValue != 1 { items.append(.check(alone, violation)) }
        }
    }

    /// Something that is evaluated only where a condition holds.
    struct Deferred {
        let operand: Operand
        let items: [Item]
        /// What the locals stood for before.
        let locals: [LocalID: Operand]
    }

    mutating func deferred(_ body: (inout Evaluator) -> Operand) -> Deferred {
        let before = locals
        let (operand, items) = framed(body)
        return Deferred(operand: operand, items: items, locals: before)
    }

    /// A condition that several deferred parts depend on; it gets a register only where one of them needs it.
    mutating func test(_ condition: Code, for parts: Deferred...) -> Code {
        parts.allSatisfy(\.items.isEmpty) ? condition : shared(condition)
    }

    /// The value of something deferred, whose checks are made here under its condition.
    mutating func settled(_ part: Deferred, under condition: Code) -> Operand {
        guard !part.items.isEmpty else { return part.operand }
        hoist(part.items) { condition.implies($0) }
        for (local, value) in locals where part.locals[local]?.parts != value.parts {
            locals[local] = Self.closed(part.items, value)
        }
        return Self.closed(part.items, part.operand)
    }

    /// Evaluates something only where a condition holds.
    mutating func under(_ condition: Code, _ body: (inout Evaluator) -> Operand) -> Operand {
        let part = deferred(body)
        return settled(part, under: condition)
    }

    private static func closed(_ items: [Item], _ operand: Operand) -> Operand {
        var result = operand
        result.parts = result.parts.map { $0.isConstant ? $0 : closed(items, $0) }
        return result
    }
}

extension Code {
    var isConstant: Bool { constantValue != nil }
}

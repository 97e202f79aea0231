import Model

/// Short names for writing models by hand.
public func c(_ value: Int) -> Expr { .constant(UInt64(bitPattern: Int64(value))) }
public func r(_ number: Int) -> Expr { .register(number) }
public func eq(_ a: Expr, _ b: Expr) -> Expr { .binary(.equal, a, b) }
public func ne(_ a: Expr, _ b: Expr) -> Expr { .binary(.notEqual, a, b) }
public func add(_ a: Expr, _ b: Expr) -> Expr { .binary(.add, a, b) }
public func sub(_ a: Expr, _ b: Expr) -> Expr { .binary(.subtract, a, b) }
public func not(_ a: Expr) -> Expr { .unary(.not, a) }
public func implies(_ a: Expr, _ b: Expr) -> Expr { .binary(.implies, a, b) }
public func iff(_ condition: Expr, _ yes: Expr, _ no: Expr) -> Expr { .conditional(condition, yes, no) }
public func all(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.all, register: register, count: count, body)
}
public func some(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.some, register: register, count: count, body)
}
public func count(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.count, register: register, count: count, body)
}
public func and(_ all: Expr...) -> Expr { all.dropFirst().reduce(all[0]) { .binary(.and, $0, $1) } }
public func or(_ all: Expr...) -> Expr { all.dropFirst().reduce(all[0]) { .binary(.or, $0, $1) } }

public let me = Expr.processIndex(0)

public func choose(_ register: Int, _ count: Int, _ label: String = "x") -> Instruction {
    .choose(register: register, count: count, label: label, type: .range(lower: 0, upper: Int64(count) - 1))
}

extension VariableID {
    public subscript(_ indices: Expr...) -> Expr { .read(self, indices) }
    public func callAsFunction(_ indices: Expr..., to value: Expr) -> Instruction { .assign(self, indices, value) }
    public var value: Expr { .read(self, []) }
}

extension Model {
    public mutating func sort(_ name: String, _ size: Int) -> Dimension {
        sorts.append(Sort(name: name, size: size))
        return Dimension(count: size, sort: sorts.count - 1, type: .element(sort: sorts.count - 1))
    }

    public mutating func variable(
        _ name: String, _ dimensions: [Dimension] = [], _ type: CellType, role: VariableRole = .shared,
        process: Int? = nil
    ) -> VariableID {
        variables.append(Variable(name: name, role: role, dimensions: dimensions, type: type, process: process))
        return VariableID(variables.count - 1)
    }

    /// A process with its program counter. The start is a loop head, unless told otherwise; `end` is the final location.
    public mutating func process(
        _ name: String, _ dimensions: [Dimension] = [], kind: ProcessKind = .ordinary, locations count: Int,
        startIsLoop: Bool = true, end: Int? = nil, held: [Int: [HeldLock]] = [:]
    ) -> Int {
        let number = processes.count
        let locations = (0..<count).map { location in
            Location(
                origin: nil, callStack: [], isRest: location == 0, isFinal: location == end,
                isLoopHead: location == 0 && startIsLoop, held: held[location] ?? [])
        }
        let counter = variable(
            "\(name).pc", dimensions, .location(count: count), role: .programCounter, process: number)
        processes.append(
            Process(name: name, kind: kind, dimensions: dimensions, programCounter: counter, locations: locations))
        return number
    }

    public mutating func action(_ process: Int, at location: Int, registers: Int = 8, _ body: [Instruction]) {
        actions.append(
            Action(
                process: process, location: location, origins: [], callStack: [], registerCount: registers, body: body))
    }

    public mutating func property(
        _ name: String, kind: PropertyKind = .invariant, registers: Int = 8, _ condition: Expr...
    ) {
        let origin = Origin(file: "model.fl", line: 1, column: 1, text: name)
        properties.append(
            Property(
                name: name, kind: kind,
                conjuncts: condition.map { Conjunct(condition: $0, registerCount: registers, origin: origin) }))
    }

    public mutating func violation(_ name: String, isResumable: Bool) -> ViolationID {
        violations.append(Violation(name: name, message: name, origin: nil, isResumable: isResumable))
        return ViolationID(violations.count - 1)
    }

    public func packed() -> Model {
        var model = self
        model.pack()
        return model
    }
}

public func numbers(_ count: Int) -> Dimension {
    Dimension(count: count, sort: nil, type: .range(lower: 0, upper: Int64(count) - 1))
}

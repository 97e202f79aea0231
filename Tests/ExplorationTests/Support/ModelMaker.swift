import Model

/// Short names for writing models by hand.
func c(_ value: Int) -> Expr { .constant(UInt64(bitPattern: Int64(value))) }
func r(_ number: Int) -> Expr { .register(number) }
func eq(_ a: Expr, _ b: Expr) -> Expr { .binary(.equal, a, b) }
func ne(_ a: Expr, _ b: Expr) -> Expr { .binary(.notEqual, a, b) }
func add(_ a: Expr, _ b: Expr) -> Expr { .binary(.add, a, b) }
func sub(_ a: Expr, _ b: Expr) -> Expr { .binary(.subtract, a, b) }
func not(_ a: Expr) -> Expr { .unary(.not, a) }
func implies(_ a: Expr, _ b: Expr) -> Expr { .binary(.implies, a, b) }
func iff(_ condition: Expr, _ yes: Expr, _ no: Expr) -> Expr { .conditional(condition, yes, no) }
func all(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.all, register: register, count: count, body)
}
func some(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.some, register: register, count: count, body)
}
func count(_ register: Int, _ count: Int, _ body: Expr) -> Expr {
    .quantified(.count, register: register, count: count, body)
}
func and(_ all: Expr...) -> Expr { all.dropFirst().reduce(all[0]) { .binary(.and, $0, $1) } }
func or(_ all: Expr...) -> Expr { all.dropFirst().reduce(all[0]) { .binary(.or, $0, $1) } }

let me = Expr.processIndex(0)

func choose(_ register: Int, _ count: Int, _ label: String = "x") -> Instruction {
    .choose(register: register, count: count, label: label, type: .range(lower: 0, upper: Int64(count) - 1))
}

extension VariableID {
    subscript(_ indices: Expr...) -> Expr { .read(self, indices) }
    func callAsFunction(_ indices: Expr..., to value: Expr) -> Instruction { .assign(self, indices, value) }
    var value: Expr { .read(self, []) }
}

extension Model {
    mutating func sort(_ name: String, _ size: Int) -> Dimension {
        sorts.append(Sort(name: name, size: size))
        return Dimension(count: size, sort: sorts.count - 1, type: .element(sort: sorts.count - 1))
    }

    mutating func variable(
        _ name: String, _ dimensions: [Dimension] = [], _ type: CellType, role: VariableRole = .shared,
        process: Int? = nil
    ) -> VariableID {
        variables.append(Variable(name: name, role: role, dimensions: dimensions, type: type, process: process))
        return VariableID(variables.count - 1)
    }

    /// A process with its program counter. The start is a loop head, unless told otherwise; `end` is the final location.
    mutating func process(
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

    mutating func action(_ process: Int, at location: Int, registers: Int = 8, _ body: [Instruction]) {
        actions.append(
            Action(
                process: process, location: location, origins: [], callStack: [], registerCount: registers, body: body))
    }

    mutating func property(_ name: String, kind: PropertyKind = .invariant, registers: Int = 8, _ condition: Expr...) {
        let origin = Origin(file: "model.fl", line: 1, column: 1, text: name)
        properties.append(
            Property(
                name: name, kind: kind,
                conjuncts: condition.map { Conjunct(condition: $0, registerCount: registers, origin: origin) }))
    }

    mutating func violation(_ name: String, isResumable: Bool) -> ViolationID {
        violations.append(Violation(name: name, message: name, origin: nil, isResumable: isResumable))
        return ViolationID(violations.count - 1)
    }

    func packed() -> Model {
        var model = self
        model.pack()
        return model
    }
}

func numbers(_ count: Int) -> Dimension {
    Dimension(count: count, sort: nil, type: .range(lower: 0, upper: Int64(count) - 1))
}

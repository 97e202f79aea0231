import Model

/// Numbers that are the same for the same seed on every run.
public struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    public init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678 }
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Small random models that are valid, stay in range, and use elements of sorts only in symmetric ways.
public struct RandomModel {
    public private(set) var model: Model
    private var random: SeededNumbers
    private var sharedVariables: [VariableID] = []
    private var nextRegister = 0
    /// Registers with the type of what they hold.
    private var scope: [(register: Int, type: CellType)] = []
    private var process: Int?
    private static let registers = 64

    public static func make(seed: UInt64, sorts: Int = 2, largest: Int = 3) -> Model {
        var maker = RandomModel(seed: seed)
        maker.build(sorts: sorts, largest: largest)
        return maker.model
    }

    private init(seed: UInt64) {
        random = SeededNumbers(seed)
        model = Model(name: "random\(seed)")
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func pick<Element>(_ list: [Element]) -> Element { list[number(0...list.count - 1)] }
    private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    private mutating func build(sorts: Int, largest: Int) {
        let dimensions = (0..<sorts).map { model.sort(["Frame", "Thread", "Fork"][$0 % 3], number(1...largest)) }
        for index in 0..<number(2...4) {
            let place = (0..<number(0...2)).map { _ in
                dimensions.isEmpty || chance(30) ? numbers(number(1...3)) : pick(dimensions)
            }
            sharedVariables.append(
                model.variable("v\(index).field", place, type(), role: chance(20) ? .ghost : .shared))
        }
        let names = ["range", "assert"]
        for (index, name) in names.enumerated() { _ = model.violation(name, isResumable: index == 1) }
        for index in 0..<number(1...2) { addProcess(index, dimensions) }
        process = nil
        begin()
        model.initialRegisterCount = Self.registers
        model.initial = assignments(number(0...3))
        for kind in [PropertyKind.invariant, .transition, .atRest, .reachable] where chance(70) {
            begin()
            model.property("p_\(kind.rawValue)", kind: kind, registers: Self.registers, truth(3), truth(2))
        }
        model.pack()
    }

    private mutating func type() -> CellType {
        let sort = model.sorts.isEmpty ? nil : number(0...model.sorts.count - 1)
        let element: CellType = sort.map { .element(sort: $0) } ?? .bool
        switch number(0...8) {
        case 0, 1: return .bool
        case 2: return .range(lower: -1, upper: 2)
        case 3: return element
        case 4: return .optional(element)
        case 5: return .set(element)
        case 6: return .set(.optional(element))
        case 7: return .tuple(name: "Pair", [CellField(name: "a", type: element), CellField(name: "b", type: .bool)])
        default:
            return .tagged(
                name: "Pte",
                [
                    CellCase(name: "none", fields: []),
                    CellCase(name: "mapped", fields: [CellField(name: "frame", type: element)]),
                    CellCase(name: "flag", fields: [CellField(name: "on", type: .bool)]),
                ])
        }
    }

    private mutating func addProcess(_ index: Int, _ dimensions: [Dimension]) {
        let place = dimensions.isEmpty || chance(40) ? [] : [pick(dimensions)]
        let count = number(2...3)
        let kinds = [ProcessKind.ordinary, .ordinary, .daemon, .hardware]
        let number = model.process(
            "p\(index)", place, kind: kinds[self.number(0...3)], locations: count, startIsLoop: chance(50),
            end: chance(30) ? count - 1 : nil)
        process = number
        _ = model.variable("p\(index).local", place, type(), role: .local, process: number)
        for location in 0..<count where location != count - 1 || chance(70) {
            for _ in 0..<self.number(1...2) {
                begin()
                model.action(number, at: location, registers: Self.registers, body(count, depth: 2))
            }
        }
    }

    private mutating func begin() {
        nextRegister = 0
        scope = []
    }

    private mutating func fresh(_ type: CellType) -> Int {
        defer { nextRegister += 1 }
        scope.append((nextRegister, type))
        return nextRegister
    }

    // MARK: Instructions

    private mutating func body(_ locations: Int, depth: Int) -> [Instruction] {
        var body: [Instruction] = []
        if chance(50) { body.append(.require(truth(2))) }
        if chance(60) { body.append(choice()) }
        body += assignments(number(0...2))
        if chance(25) { body.append(.check(truth(2), ViolationID(number(0...1)))) }
        if chance(40), depth > 0 {
            let outer = scope
            let yes = self.body(locations, depth: depth - 1)
            scope = outer
            let no = self.body(locations, depth: depth - 1)
            scope = outer
            return body + [.branch(truth(2), yes, no)]
        }
        return body + [.jump(location: number(0...locations - 1))]
    }

    private mutating func choice() -> Instruction {
        let type = model.sorts.isEmpty || chance(30) ? CellType.range(lower: -1, upper: 2) : anyElement()
        let register = fresh(type)
        return .choose(register: register, count: type.valueCount(sorts: model.sorts), label: "x", type: type)
    }

    private mutating func anyElement() -> CellType { .element(sort: number(0...model.sorts.count - 1)) }

    private mutating func assignments(_ count: Int) -> [Instruction] {
        (0..<count).flatMap { _ -> [Instruction] in
            let targets = model.variables.indices.filter {
                model.variables[$0].role != .programCounter
                    && (model.variables[$0].process == nil || model.variables[$0].process == process)
            }
            let id = VariableID(pick(targets))
            var body = needed(for: model[id].type) + model[id].dimensions.flatMap { needed(for: $0.type) }
            let place = indices(id)
            if chance(30) {
                let kept = nextRegister
                let value = value(of: model[id].type, 2)
                nextRegister = max(nextRegister, kept)
                let register = fresh(model[id].type)
                return body + [.set(register: register, value), .assign(id, place, r(register))]
            }
            body.append(.assign(id, place, value(of: model[id].type, 2)))
            return body
        }
    }

    /// A choice of an element where none is at hand.
    private mutating func needed(for type: CellType) -> [Instruction] {
        var sorts: [Int] = []
        func visit(_ type: CellType) {
            switch type {
            case .element(let sort): sorts.append(sort)
            case .optional(let inner), .set(let inner): visit(inner)
            case .tuple(_, let fields): fields.forEach { visit($0.type) }
            case .tagged(_, let cases): cases.forEach { $0.fields.forEach { visit($0.type) } }
            case .unit, .bool, .range, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: break
            }
        }
        visit(type)
        return sorts.filter { elements(of: $0).isEmpty }.map { sort in
            let count = model.sorts[sort].size
            return .choose(
                register: fresh(.element(sort: sort)), count: count, label: "e", type: .element(sort: sort))
        }
    }

    // MARK: Expressions

    private func elements(of sort: Int) -> [Expr] {
        let held = scope.filter { $0.type == .element(sort: sort) }.map { r($0.register) }
        guard let process else { return held }
        return held
            + model.processes[process].dimensions.indices.filter {
                model.processes[process].dimensions[$0].sort == sort
            }.map(Expr.processIndex)
    }

    private mutating func index(_ dimension: Dimension) -> Expr {
        guard let sort = dimension.sort else {
            let held = scope.filter { $0.type == dimension.type }.map { r($0.register) }
            return held.randomElement(using: &random) ?? c(number(0...dimension.count - 1))
        }
        return pick(elements(of: sort))
    }

    private mutating func indices(_ id: VariableID) -> [Expr] {
        if let process, model[id].process == process { return model[id].dimensions.indices.map(Expr.processIndex) }
        return model[id].dimensions.map { index($0) }
    }

    /// A cell of the type that can be read with what is at hand.
    private mutating func read(_ type: CellType) -> Expr? {
        let possible = model.variables.indices.filter { index in
            let variable = model.variables[index]
            guard variable.type == type, variable.role != .programCounter else { return false }
            if let owner = variable.process { return owner == process }
            return variable.dimensions.allSatisfy { $0.sort.map { !elements(of: $0).isEmpty } ?? true }
        }
        return possible.randomElement(using: &random).map { .read(VariableID($0), indices(VariableID($0))) }
    }

    private mutating func value(of type: CellType, _ depth: Int) -> Expr {
        let held = scope.filter { $0.type == type }.map { r($0.register) }
        if let register = held.randomElement(using: &random), chance(40) { return register }
        if chance(40), let read = read(type) { return read }
        if depth > 0, chance(25) {
            return .conditional(truth(depth - 1), value(of: type, depth - 1), value(of: type, depth - 1))
        }
        switch type {
        case .bool: return truth(depth - 1)
        case .range: return .binary(.bitAnd, arithmetic(depth), c(3))
        case .element(let sort): return pick(elements(of: sort))
        case .optional(let inner): return chance(40) ? c(0) : add(shifted(value(of: inner, depth - 1), 1), c(1))
        case .set(.optional(let inner)):
            return .binary(.bitOr, c(number(0...1)), .binary(.shiftLeft, c(2), value(of: inner, depth - 1)))
        case .set(let inner): return chance(30) ? c(0) : .binary(.shiftLeft, c(1), value(of: inner, depth - 1))
        case .tuple(_, let fields):
            let low = value(of: fields[0].type, depth - 1)
            return .binary(
                .bitOr, low, shifted(value(of: .bool, depth - 1), fields[0].type.width(sorts: model.sorts)))
        case .tagged(_, let cases):
            let tag = number(0...2)
            guard tag > 0 else { return c(0) }
            return .binary(.bitOr, c(tag), shifted(value(of: cases[tag].fields[0].type, depth - 1), 2))
        case .unit, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: return c(0)
        }
    }

    private func shifted(_ expr: Expr, _ count: Int) -> Expr { .binary(.shiftLeft, expr, c(count)) }

    /// Any number, of nothing that a renaming changes.
    private mutating func arithmetic(_ depth: Int) -> Expr {
        if depth <= 0 || chance(30) {
            if chance(60), let read = read(.range(lower: -1, upper: 2)) { return read }
            return pick([c(0), c(1), c(-1), c(63), c(64), c(5)])
        }
        let (a, b) = (arithmetic(depth - 1), arithmetic(depth - 1))
        switch number(0...11) {
        case 0: return .unary(.negate, a)
        case 1: return .unary(.complement, a)
        case 2: return .unary(.populationCount, a)
        case 3: return bound(a) { .binary(.multiply, $0, b) }
        case 4: return quantified([.count, .collect][number(0...1)], depth)
        default:
            let symbols: [BinaryOperator] = [
                .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight,
            ]
            return .binary(pick(symbols), a, b)
        }
    }

    private mutating func bound(_ value: Expr, _ body: (Expr) -> Expr) -> Expr {
        defer { nextRegister += 1 }
        return .bind(register: nextRegister, value, body(r(nextRegister)))
    }

    private mutating func truth(_ depth: Int) -> Expr {
        if depth <= 0 { return read(.bool) ?? c(number(0...1)) }
        switch number(0...7) {
        case 0: return not(truth(depth - 1))
        case 1, 2:
            let symbols: [BinaryOperator] = [.and, .or, .implies]
            return .binary(pick(symbols), truth(depth - 1), truth(depth - 1))
        case 3, 4:
            let symbols: [BinaryOperator] = [.equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual]
            return .binary(pick(symbols), arithmetic(depth), arithmetic(depth - 1))
        case 5: return quantified([.all, .some][number(0...1)], depth)
        case 6: return iff(truth(depth - 1), truth(depth - 1), truth(depth - 1))
        default:
            let types = model.variables.filter { $0.role != .programCounter }.map(\.type)
            guard let type = types.randomElement(using: &random), let a = read(type), let b = read(type) else {
                return truth(depth - 1)
            }
            return eq(a, b)
        }
    }

    private mutating func quantified(_ quantifier: Quantifier, _ depth: Int) -> Expr {
        let symmetric = !model.sorts.isEmpty && quantifier != .collect
        let type = symmetric ? anyElement() : CellType.range(lower: 0, upper: Int64(number(0...2)))
        let outer = scope
        let register = fresh(type)
        let body = truth(depth - 1)
        scope = outer
        return .quantified(
            quantifier, register: register, count: type.valueCount(sorts: model.sorts), body)
    }
}

import Program

/// What is worked out once about a program. A reference type, because it is shared and never changes.
final class Tables: Sendable {
    let program: Program
    let naming: Naming
    let statements: StatementTable
    let liveness: Liveness
    let rounds: LoopRounds
    let instances: [ProcessInstance]
    let instanceNumbers: [ProcessInstance: Int]
    /// By variable, one per dimension.
    let dimensions: [[Dimension]]
    /// By variable: the index tuples in row-major order.
    let indexTuples: [[[Value]]]
    /// The variables with a `when` of their own.
    let conditional: [VariableID]
    /// By record: whether it, or a record inside it, has a field with `when`.
    let hasConditions: [Bool]
    /// By record: whether slicing took fields from it, or from a record inside it. They keep their initial values.
    let hasVanished: [Bool]

    /// See ``Interpreter/init(_:naming:wideCodes:wideNumbers:mostCandidates:)``.
    private let wideCodes: [UInt64]
    private let wideNumbers: [Int64]
    private let mostCandidates: Int

    init(
        _ program: Program, _ naming: Naming, _ wideCodes: [UInt64] = [], _ wideNumbers: [Int64] = [],
        mostCandidates: Int = .max
    ) {
        (self.wideCodes, self.wideNumbers, self.mostCandidates) = (wideCodes, wideNumbers, mostCandidates)
        self.program = program
        self.naming = naming
        statements = StatementTable(program)
        liveness = Liveness(program)
        rounds = LoopRounds(program)
        let instances = Tables.instances(of: program)
        self.instances = instances
        instanceNumbers = Dictionary(uniqueKeysWithValues: zip(instances, instances.indices))
        dimensions = program.variables.map { $0.indexTypes.map { Dimension($0, in: program) } }
        indexTuples = program.variables.indices.map { naming.indexTuples(of: VariableID($0)) }
        conditional = program.variables.indices.filter {
            program.variables[$0].condition != nil && !program.variables[$0].isVanished
        }
        .map { VariableID($0) }
        hasVanished = program.records.map { Tables.hasVanished($0, program) }
        hasConditions = program.records.map { Tables.hasConditions($0, program) }
    }

    /// The values that are tried of a type that has too many; see ``Interpreter/init(_:naming:wideCodes:wideNumbers:mostCandidates:)``. Of a type with
    /// parts all combinations are tried, where only the parts with too many values have some of them.
    func wideValues(of type: Type) -> [Value] {
        switch type {
        case .optional(let wrapped): [.none] + values(of: wrapped).map { .some($0) }
        case .enumeration(let id):
            program[id].cases.enumerated().flatMap { number, one in
                tuples(of: one.payload).map { .enumeration(id, case: number, $0) }
            }
        case .record(let id): tuples(of: program[id].fields).map { .record(id, $0) }
        case .bits(let width): wideCodes.filter { width >= 64 || $0 >> UInt64(width) == 0 }.map(Value.bits)
        case .range(let lower, let upper, wraps: _):
            Set(
                wideCodes.filter { $0 <= UInt64(bitPattern: upper &- lower) }.map { lower &+ Int64(bitPattern: $0) }
                    + wideNumbers.filter { lower <= $0 && $0 <= upper }
            ).sorted().map(Value.int)
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .set, .lock: []
        }
    }

    /// All values of a type, or those that are tried where they are too many: as many as the lowering takes for too many.
    func values(of type: Type) -> [Value] {
        program.allValues(of: type, limit: 1 << 16) ?? wideValues(of: type)
    }

    /// What is tried of the values that a local may be chosen from.
    func candidates(_ values: [Value], for local: Type) -> [Value] {
        guard values.count > mostCandidates else { return values }
        switch local {
        case .bits, .range:
            let known = Set(wideValues(of: local))
            return values.filter { known.contains($0) }
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .set, .lock, .optional, .enumeration, .record:
            return values
        }
    }

    private func tuples(of fields: [Field]) -> [[Value]] {
        fields.reduce([[]]) { tuples, field in
            let values = values(of: field.type)
            return tuples.flatMap { tuple in values.map { tuple + [$0] } }
        }
    }

    func scope(of body: Body) -> Scope {
        switch body {
        case .process(let id): program[id].scope
        case .handler(let id): program[id].scope
        case .initialization: program.initialization.scope
        }
    }

    func block(of body: Body) -> Block {
        switch body {
        case .process(let id): program[id].body
        case .handler(let id): program[id].body
        case .initialization: program.initialization.body
        }
    }

    private static func instances(of program: Program) -> [ProcessInstance] {
        program.processes.enumerated().flatMap { number, process in
            let tuples = process.indexTypes.reduce([[]] as [[Value]]) { tuples, type in
                let values = program.allValues(of: type) ?? []
                return tuples.flatMap { tuple in values.map { tuple + [$0] } }
            }
            return tuples.map { ProcessInstance(process: ProcessID(number), indices: $0) }
        }
    }

    private static func hasVanished(_ record: Record, _ program: Program) -> Bool {
        !record.isWord
            && record.fields.contains { field in
                if field.isVanished { return true }
                guard case .record(let inner) = field.type else { return false }
                return hasVanished(program[inner], program)
            }
    }

    private static func hasConditions(_ record: Record, _ program: Program) -> Bool {
        record.fields.contains { field in
            if field.condition != nil { return true }
            guard case .record(let inner) = field.type else { return false }
            return hasConditions(program[inner], program)
        }
    }
}

/// One dimension of an array: how many values its index has, and the position of each.
struct Dimension: Sendable {
    let count: Int
    let type: Type
    private let positions: [Value: Int]

    init(_ type: Type, in program: Program) {
        self.type = type
        let values = program.allValues(of: type) ?? []
        count = values.count
        switch type {
        case .range, .domain, .bool: positions = [:]
        case .unit, .int, .rangeOrUnbounded, .bits, .enumeration, .record, .set, .optional, .lock:
            positions = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        }
    }

    /// The position of an index, or nil where it is outside.
    func position(of value: Value) -> Int? {
        switch (type, value) {
        case (.range(let lower, let upper, _), .int(let number)):
            return lower <= number && number <= upper ? Int(number &- lower) : nil
        case (.domain, .element(_, let number)): return number < count ? number : nil
        case (.bool, .bool(let flag)): return flag ? 1 : 0
        default: return positions[value]  // a pair: the table answers for all others
        }
    }
}

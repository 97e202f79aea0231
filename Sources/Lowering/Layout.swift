import Diagnostics
import Model
import Program

/// A condition under which a leaf means something, and what it holds otherwise.
struct Aliveness {
    /// The plain record in which the siblings of the condition stand; nil for a condition of the variable.
    let record: [Int]?
    let condition: SourceExpr
}

/// A cell of a type: a plain record has one per field, a split type several, any other type one.
struct Leaf {
    /// Field numbers through plain records.
    let path: [Int]
    /// `.refs`
    var suffix: String
    var type: Type
    /// Set where the cell says which case a split value is: the type of the value.
    var tagOf: Type?
    /// Of a cell of a payload, from outside in: which leaf is the tag, and the number of the case.
    var cases: [(tag: Int, number: Int)] = []
    /// Whether it is of a payload, and 0 would name an element there.
    var isKeptNonzero = false
    var conditions: [Aliveness] = []
    /// What it holds while the innermost condition of a field does not hold; nil where no field has one.
    var deadValue: Value?
}

/// The cells of the model: how each type is encoded, and which variables there are.
struct Layout {
    let program: Program
    let sorts: [Sort]
    /// Optionals and enumerations of more bits are split.
    let widestCode: Int
    /// Over all process types; at most so many hold a lock shared.
    let instanceCount: Int
    /// By number of the program's variable.
    private(set) var leaves: [[Leaf]] = []
    private(set) var firstCell: [Int] = []
    var variables: [CellVariable] = []

    init(_ program: Program, widestCode: Int = 64) throws(Diagnostic) {
        self.program = program
        self.widestCode = widestCode
        let named = program.domainsNamedInSteps
        sorts = program.domains.enumerated().map { number, domain in
            Sort(name: domain.name, size: domain.size, isSymmetric: !named.contains(DomainID(number)))
        }
        var instances = 0
        for process in program.processes {
            var count = 1
            for type in process.indexTypes { count &*= Self.count(type, program) }
            instances &+= count
        }
        instanceCount = max(1, instances)
        for variable in program.variables { try add(variable) }
    }

    private static func count(_ type: Type, _ program: Program) -> Int { program.allValues(of: type)?.count ?? 1 }

    private mutating func add(_ variable: SourceVariable) throws(Diagnostic) {
        firstCell.append(variables.count)
        guard !variable.isVanished else {
            leaves.append([])
            return
        }
        var own = leaves(of: variable.type)
        if let condition = variable.condition, !condition.isTrue {
            for index in own.indices {
                own[index].conditions.insert(Aliveness(record: nil, condition: condition), at: 0)
            }
        }
        leaves.append(own)
        let dimensions = try dimensions(variable.indexTypes, variable.span)
        let first = CellID(variables.count)
        for leaf in own {
            let type = try checked(leaf, variable.name + leaf.suffix, variable.span)
            variables.append(
                CellVariable(
                    name: variable.name + leaf.suffix, root: variable.name, role: variable.cellRole,
                    dimensions: dimensions, type: type, process: nil, payload: leaf.payload(from: first)))
        }
    }

    // MARK: Variables

    func cell(_ variable: SourceVariableID, leaf: Int) -> CellID { CellID(firstCell[variable.raw] + leaf) }

    func dimensions(_ types: [Type], _ span: Span) throws(Diagnostic) -> [Dimension] {
        var result: [Dimension] = []
        for type in types {
            let cell = cellType(type)
            let width = cell.width(sorts: sorts)
            guard width <= 64 else {
                throw Diagnostic(.cellTooWide, "an index of \(width) bits; it has at most 64", at: span)
            }
            let count = cell.valueCount(sorts: sorts)
            guard count <= 1 << 20 else { throw Diagnostic(.tooLarge, "an index with \(count) values", at: span) }
            var sort: Int?
            if case .element(let number) = cell { sort = number }
            result.append(Dimension(count: count, sort: sort, type: cell))
        }
        return result
    }

    /// The type of a cell; throws FL0213 where it does not fit into 64 bits.
    func checked(_ leaf: Leaf, _ name: String, _ span: Span) throws(Diagnostic) -> CellType {
        let cell = cellType(leaf)
        let width = cell.width(sorts: sorts)
        guard width <= 64 else {
            throw Diagnostic(.cellTooWide, "`\(name)` needs \(width) bits; a cell has at most 64", at: span)
        }
        return cell
    }

    /// The type of the cell of a local. A dead local is 0, and 0 may not name an element: renaming the elements would
    /// change it, and symmetric states would no longer count as one. Where it would, the cell is an optional.
    func checked(kept leaf: Leaf, _ name: String, _ span: Span) throws(Diagnostic) -> CellType {
        let cell = try checked(leaf, name, span)
        guard zeroNamesElement(leaf.type) else { return cell }
        guard cell.width(sorts: sorts) < 64 else {
            throw Diagnostic(.cellTooWide, "`\(name)` needs 64 bits and one to tell that it is dead", at: span)
        }
        return .optional(cell)
    }

    /// Whether the code 0 of the type changes when elements are renamed. `none` and the empty set do not.
    func zeroNamesElement(_ type: Type) -> Bool {
        switch type {
        case .domain(let id): program[id].size > 1
        case .enumeration(let id): program[id].cases.first?.payload.contains { zeroNamesElement($0.type) } ?? false
        case .record(let id): program[id].fields.contains { zeroNamesElement($0.type) }
        case .set, .optional, .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .lock: false
        }
    }

    // MARK: Types

    func leaves(of type: Type) -> [Leaf] {
        guard case .record(let id) = type, !program[id].isWord else {
            return isSplit(type) ? splitLeaves(of: type) : [Leaf(path: [], suffix: "", type: type)]
        }
        var result: [Leaf] = []
        for (number, field) in program[id].fields.enumerated() where !field.isVanished {
            let initial = flattened(field.initial, field.type)
            let first = result.count
            for (index, inner) in leaves(of: field.type).enumerated() {
                var conditions = inner.conditions.map { one in
                    Aliveness(record: one.record.map { [number] + $0 }, condition: one.condition)
                }
                var deadValue = inner.deadValue
                if let condition = field.condition, !condition.isTrue {
                    conditions.insert(Aliveness(record: [], condition: condition), at: 0)
                    deadValue = deadValue ?? (index < initial.count ? initial[index] : nil)
                }
                result.append(
                    Leaf(
                        path: [number] + inner.path, suffix: ".\(field.name)\(inner.suffix)", type: inner.type,
                        tagOf: inner.tagOf, cases: inner.cases(from: first), isKeptNonzero: inner.isKeptNonzero,
                        conditions: conditions, deadValue: deadValue))
            }
        }
        return result
    }

    /// The values of the leaves of a value.
    func flattened(_ value: Value, _ type: Type) -> [Value] {
        guard case .record(let id) = type, !program[id].isWord else {
            return isSplit(type) ? splitValues(value, type) : [value]
        }
        guard case .record(_, let fields) = value else { return flattened(program.defaultValue(of: type), type) }
        return zip(program[id].fields, fields).flatMap { $0.isVanished ? [] : flattened($1, $0.type) }
    }

    func isPlainRecord(_ type: Type) -> Bool {
        if case .record(let id) = type { return !program[id].isWord }
        return false
    }

    /// Whether a value of the type is several codes.
    func isComposite(_ type: Type) -> Bool { isPlainRecord(type) || isSplit(type) }

    /// Which leaves of a type a path through plain records reaches.
    func leafRange(_ path: some Sequence<Int>, in type: Type) -> Range<Int> {
        let wanted = Array(path)
        let all = leaves(of: type)
        guard let first = all.firstIndex(where: { $0.path.starts(with: wanted) }) else { return 0..<0 }
        var end = first
        while end < all.count, all[end].path.starts(with: wanted) { end += 1 }
        return first..<end
    }

    func cellType(_ type: Type) -> CellType {
        switch type {
        case .unit: .unit
        case .bool: .bool
        case .int: .range(lower: .min, upper: .max)
        case .range(let lower, let upper, wraps: _): .range(lower: lower, upper: upper)
        case .rangeOrUnbounded(let lower, let upper): .rangeOrUnbounded(lower: lower, upper: upper)
        case .bits(let width): .bits(width)
        case .domain(let id): .element(sort: id.raw)
        case .enumeration(let id):
            .tagged(
                name: program[id].name,
                program[id].cases.map { CellCase(name: $0.name, fields: fields($0.payload)) })
        case .record(let id): .tuple(name: program[id].name, fields(program[id].fields))
        case .set(let element): .set(cellType(element))
        case .optional(let wrapped): .optional(cellType(wrapped))
        case .lock(let kind): kind == .readWrite ? .sharedLock(holders: instanceCount) : .exclusiveLock
        }
    }

    private func fields(_ fields: [Field]) -> [CellField] {
        fields.filter { !$0.isVanished }.map { CellField(name: $0.name, type: cellType($0.type)) }
    }

    /// Whether the codes of the values are 0, 1, 2, …
    func isDense(_ type: Type) -> Bool {
        switch type {
        case .bits, .range: true
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .enumeration, .record, .set, .optional, .lock: false
        }
    }

    func width(_ type: Type) -> Int { cellType(type).width(sorts: sorts) }
    func valueCount(_ type: Type) -> Int { cellType(type).valueCount(sorts: sorts) }
}

extension SourceVariable {
    var cellRole: CellRole {
        switch role {
        case .ghost: .ghost
        case .symbolicConstant: .constant
        case .shared:
            if case .lock = type { .shared } else { isConstant ? .constant : .shared }
        }
    }
}

extension SourceExpr {
    var isTrue: Bool {
        if case .constant(.bool(true)) = kind { return true }
        return false
    }
}

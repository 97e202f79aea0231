/// How values and places of a program are written for people: `F0`, `mapped(F0, true)`, `frame[F0].refs`.
public struct Naming: Sendable {
    /// One leaf field that differs between two states.
    public struct LeafChange: Hashable, Sendable {
        /// `frame[F0].refs`.
        public let name: String
        public let old: String
        public let new: String

        public init(name: String, old: String, new: String) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    private let program: Program
    /// By domain: what stands before the number of an element.
    private let prefixes: [String]

    /// - Parameter others: names of domains of another program whose values are compared with those of this one.
    public init(_ program: Program, besideDomains others: [String] = []) {
        self.program = program
        let names = program.domains.map(\.name)
        let known = Set(names)
        let all = names + others.filter { !known.contains($0) }
        self.prefixes = Array(Naming.prefixes(of: all).prefix(names.count))
    }

    /// `F0`: the shortest prefix that tells the domain from all others, and the number of the element.
    public func element(_ domain: DomainID, _ number: Int) -> String {
        let prefix = prefixes.indices.contains(domain.raw) ? prefixes[domain.raw] : "?"
        return "\(prefix)\(number)"
    }

    /// A value as it is written in the language; bits are hexadecimal.
    public func text(_ value: Value) -> String {
        switch value {
        case .unit: "unit"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): "\(number)"
        case .unbounded: "unbounded"
        case .bits(let pattern): "0x" + String(pattern, radix: 16)
        case .element(let domain, let number): element(domain, number)
        case .enumeration(let id, let index, let payload): caseText(id, index, payload)
        case .record(let id, let values): recordText(id, values)
        case .set(let values): "{" + list(values) + "}"
        case .none: "none"
        case .some(let wrapped): "some(\(text(wrapped)))"
        case .lockFree: "free"
        case .lockExclusive: "held"
        case .lockShared(let holders): "shared(\(holders))"
        }
    }

    /// `pte[M0, P1]`, or just `pte` where there are no indices. An index of type `unit` says nothing and is left out.
    public func place(_ variable: VariableID, _ indices: [Value]) -> String {
        let name = program[variable].name
        let told = indices.filter { $0 != .unit }
        return told.isEmpty ? name : "\(name)[\(list(told))]"
    }

    /// `frame[F0].refs`: an element and the path through its plain records. Fields that do not exist end the path.
    public func place(_ variable: VariableID, _ indices: [Value], fields: [Int]) -> String {
        var text = place(variable, indices)
        var type = program[variable].type
        for field in fields {
            guard case .record(let id) = type, program[id].fields.indices.contains(field) else { break }
            text += ".\(program[id].fields[field].name)"
            type = program[id].fields[field].type
        }
        return text
    }

    /// `user[T0]`.
    public func process(_ process: ProcessID, _ indices: [Value]) -> String {
        let name = program[process].name
        return indices.isEmpty ? name : "\(name)[\(list(indices))]"
    }

    /// All index tuples of a variable, row-major. Empty where an index type is not finite.
    public func indexTuples(of variable: VariableID) -> [[Value]] {
        program[variable].indexTypes.reduce([[]]) { tuples, type in
            let values = program.allValues(of: type) ?? []
            return tuples.flatMap { tuple in values.map { tuple + [$0] } }
        }
    }

    /// The leaf fields that differ, in order of declaration. Both arguments hold, by variable, the elements in
    /// row-major order. The payload of an enum value and a word record are one leaf.
    public func leafChanges(from old: [[Value]], to new: [[Value]]) -> [LeafChange] {
        var changes: [LeafChange] = []
        for number in program.variables.indices where number < old.count && number < new.count {
            guard old[number] != new[number], !program.variables[number].isVanished else { continue }
            let id = VariableID(number)
            for (element, indices) in indexTuples(of: id).enumerated() {
                guard element < old[number].count, element < new[number].count else { break }
                compare(old[number][element], new[number][element], place(id, indices), into: &changes)
            }
        }
        return changes
    }

    /// All leaf fields with their values, in order of declaration; see ``leafChanges(from:to:)``.
    public func leaves(of shared: [[Value]]) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for number in program.variables.indices where number < shared.count && !program.variables[number].isVanished {
            for (indices, value) in zip(indexTuples(of: VariableID(number)), shared[number]) {
                collect(value, place(VariableID(number), indices), into: &result)
            }
        }
        return result
    }

    private func collect(_ value: Value, _ name: String, into result: inout [(name: String, value: String)]) {
        guard case .record(let id, let fields) = value, !program[id].isWord else {
            result.append((name, text(value)))
            return
        }
        for (field, part) in zip(program[id].fields, fields) where !field.isVanished {
            collect(part, "\(name).\(field.name)", into: &result)
        }
    }

    private func compare(_ old: Value, _ new: Value, _ name: String, into changes: inout [LeafChange]) {
        guard old != new else { return }
        guard case .record(let id, let before) = old, case .record(_, let after) = new, !program[id].isWord else {
            changes.append(LeafChange(name: name, old: text(old), new: text(new)))
            return
        }
        for (field, values) in zip(program[id].fields, zip(before, after)) where !field.isVanished {
            compare(values.0, values.1, "\(name).\(field.name)", into: &changes)
        }
    }

    private func list(_ values: [Value]) -> String { values.map { text($0) }.joined(separator: ", ") }

    private func caseText(_ id: EnumID, _ index: Int, _ payload: [Value]) -> String {
        guard program[id].cases.indices.contains(index) else { return "?" }
        let name = program[id].cases[index].name
        return payload.isEmpty ? name : "\(name)(\(list(payload)))"
    }

    private func recordText(_ id: RecordID, _ values: [Value]) -> String {
        let fields = zip(program[id].fields, values).map { "\($0.name): \(text($1))" }
        return "{" + fields.joined(separator: ", ") + "}"
    }

    private static func prefixes(of names: [String]) -> [String] {
        let shorts = names.map { capitalised($0.split(separator: ".").last.map(String.init) ?? $0) }
        return names.indices.map { index in
            let others = shorts.indices.filter { $0 != index }.map { shorts[$0] }
            if others.contains(shorts[index]) { return names[index] }
            for length in 1...max(1, shorts[index].count) {
                let prefix = shorts[index].prefix(length)
                if !others.contains(where: { $0.hasPrefix(prefix) }) { return String(prefix) }
            }
            return shorts[index]
        }
    }

    private static func capitalised(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
}

import Program

/// Reads values as ``Naming/text(_:)`` writes them.
struct ValueReader {
    private let program: CheckedProgram
    private let naming: Naming

    init(_ program: CheckedProgram) {
        self.program = program
        naming = Naming(program)
    }

    /// The value of an element of a variable, out of the texts of its leaf fields; nil where one is missing or no value.
    func value(of type: Type, named name: String, in texts: [String: String]) -> Value? {
        if case .record(let id) = type, !program[id].isWord {
            let fields = program[id].fields
            let parts = fields.map { field in
                field.isVanished ? field.initial : value(of: field.type, named: "\(name).\(field.name)", in: texts)
            }
            let read = parts.compactMap(\.self)
            return read.count == parts.count ? .record(id, read) : nil
        }
        guard let text = texts[name] else { return nil }
        var rest = text[...]
        guard let value = read(type, &rest), rest.isEmpty, naming.text(value) == text else { return nil }
        return value
    }

    private func read(_ type: Type, _ text: inout Substring) -> Value? {
        switch type {
        case .bits: return word(&text).flatMap { UInt64($0.dropFirst(2), radix: 16) }.map(Value.bits)
        case .range, .int: return word(&text).flatMap { Int64($0) }.map(Value.int)
        case .rangeOrUnbounded:
            return word(&text).flatMap { $0 == "unbounded" ? .unbounded : Int64($0).map(Value.int) }
        case .optional(let wrapped):
            if skip("none", &text) { return Value.none }
            guard skip("some(", &text), let inner = read(wrapped, &text), skip(")", &text) else { return nil }
            return .some(inner)
        case .record(let id):
            var values: [Value] = []
            guard skip("{", &text) else { return nil }
            for (number, field) in program[id].fields.enumerated() {
                if number > 0, !skip(", ", &text) { return nil }
                guard skip("\(field.name): ", &text), let value = read(field.type, &text) else { return nil }
                values.append(value)
            }
            return skip("}", &text) ? .record(id, values) : nil
        case .enumeration(let id): return enumeration(id, &text)
        case .unit, .bool, .domain, .set, .lock:
            // Few values, whose names do not begin one another where they are read: the longest that fits.
            let known = (program.allValues(of: type) ?? []).map { ($0, naming.text($0)) }.filter {
                text.hasPrefix($0.1)
            }
            guard let found = known.max(by: { $0.1.count < $1.1.count }) else { return nil }
            text = text.dropFirst(found.1.count)
            return found.0
        }
    }

    private func enumeration(_ id: EnumID, _ text: inout Substring) -> Value? {
        guard let name = word(&text), let number = program[id].cases.firstIndex(where: { $0.name == name }) else {
            return nil
        }
        let payload = program[id].cases[number].payload
        guard !payload.isEmpty else { return .enumeration(id, case: number, []) }
        guard skip("(", &text) else { return nil }
        var values: [Value] = []
        for (index, field) in payload.enumerated() {
            if index > 0, !skip(", ", &text) { return nil }
            guard let value = read(field.type, &text) else { return nil }
            values.append(value)
        }
        return skip(")", &text) ? .enumeration(id, case: number, values) : nil
    }

    private func word(_ text: inout Substring) -> Substring? {
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        text = text.dropFirst(word.count)
        return word.isEmpty ? nil : word
    }

    private func skip(_ prefix: String, _ text: inout Substring) -> Bool {
        guard text.hasPrefix(prefix) else { return false }
        text = text.dropFirst(prefix.count)
        return true
    }
}

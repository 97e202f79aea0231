import Diagnostics
import Program
import Syntax

extension Elaborator {
    static let boundLimit: Int64 = 1 << 31

    /// A written type as a type; nil after a report.
    func resolve(_ tree: TypeTree, in instance: Instance) -> Type? {
        switch tree.kind {
        case .named(let path): return named(path, in: instance)
        case .range(let low, let high, let wraps):
            return range(low, high, in: instance).map { .range(lower: $0.0, upper: $0.1, wraps: wraps) }
        case .bits(let width):
            guard let value = constantInteger(width, in: instance) else { return nil }
            guard (1...64).contains(value) else {
                report(.badRange, "`bits<N>` has 1 to 64 bits, not \(value)", at: width.span)
                return nil
            }
            return .bits(Int(value))
        case .set(let element):
            guard let type = resolve(element, in: instance) else { return nil }
            return checkedSet(of: type, at: tree.span)
        case .optional(let wrapped):
            return resolve(wrapped, in: instance).flatMap { checkedOptional(of: $0, at: tree.span) }
        case .orUnbounded(let bounded):
            guard let type = resolve(bounded, in: instance) else { return nil }
            guard case .range(let lower, let upper, false) = type else {
                report(.typeMismatch, "only a range can be `or unbounded`", at: tree.span)
                return nil
            }
            return .rangeOrUnbounded(lower: lower, upper: upper)
        case .error: return nil
        }
    }

    private func named(_ path: Path, in instance: Instance) -> Type? {
        let parts = path.parts.map(\.text)
        if let symbol = lookUp(parts, in: instance) {
            if case .type(let type) = symbol { return type }
            report(.wrongKindOfName, "`\(path.text)` is no type", at: path.span)
            return nil
        }
        // Before the imports: what they call so may be bound to the name here.
        if isInError(parts, in: instance) { return nil }
        if parts.count == 1, let type = Self.builtinType(parts[0]) { return type }
        if parts.count == 1, let type = importedType(parts[0], in: instance) { return type }
        if parts.count == 1, parts[0] == "version" {
            report(.notSupported, "`version` counters are not part of the language of this release", at: path.span)
            return nil
        }
        let near = suggestion(for: path.text, among: knownTypes(in: instance))
        report(
            .unknownName, "there is no type `\(path.text)`", at: path.span,
            fixIts: near.map { [FixIt("use `\($0)`", replace: path.span, with: $0)] } ?? [])
        return nil
    }

    /// Whether a name is declared but has no meaning because of an error that was reported at its declaration.
    func isInError(_ parts: [String], in instance: Instance) -> Bool {
        var module = instance
        for part in parts.dropLast() {
            if module.brokenImports.contains(part) { return true }
            guard let next = module.imports[part] else { return false }
            module = next
        }
        guard let name = parts.last else { return false }
        if module.brokenImports.contains(name) { return true }
        guard module.declarations[name] != nil else { return false }
        if case .done(nil) = module.symbols[name] { return true }
        return false
    }

    private static func builtinType(_ name: String) -> Type? {
        switch name {
        case "bool": .bool
        case "int": .int
        case "unit": .unit
        case "lock": .lock(.spin)
        case "mutex": .lock(.mutex)
        case "rwlock": .lock(.readWrite)
        default: nil
        }
    }

    private func knownTypes(in instance: Instance) -> [String] {
        let declared = instance.names.map(\.text).filter { instance.declarations[$0]?.isType ?? false }
        return declared + ["bool", "int", "unit", "lock", "mutex", "rwlock"]
    }

    /// The only enum or record of this name among the imports: it may be named without its module.
    private func importedType(_ name: String, in instance: Instance) -> Type? {
        var found: [Type] = []
        for alias in instance.imports.keys.sorted() {
            guard let module = instance.imports[alias], let declaration = module.declarations[name],
                declaration.isType, case .type(let type) = symbol(named: name, in: module), !found.contains(type)
            else { continue }
            found.append(type)
        }
        return found.count == 1 ? found[0] : nil
    }

    private func range(_ low: ExprTree, _ high: ExprTree, in instance: Instance) -> (Int64, Int64)? {
        guard let lower = constantInteger(low, in: instance), let upper = constantInteger(high, in: instance)
        else { return nil }
        let span = low.span.joined(high.span)
        guard lower <= upper else {
            report(.badRange, "this range is empty: \(lower) is above \(upper)", at: span)
            return nil
        }
        guard lower > -Self.boundLimit, upper < Self.boundLimit else {
            report(
                .badRange, "bounds of ranges are above -2^31 and below 2^31; use `bits<N>` for machine words", at: span)
            return nil
        }
        return (lower, upper)
    }

    func checkedSet(of element: Type, at span: Span) -> Type? {
        if case .set = element {
            report(.setTooLarge, "sets of sets are not part of the language", at: span)
            return nil
        }
        guard isCell(element), !isLock(element) else {
            report(.typeMismatch, "a set holds small values; \(describe(element)) can't be one", at: span)
            return nil
        }
        guard program.allValues(of: element, limit: 64) != nil else {
            report(
                .setTooLarge, "a set holds values of a type with at most 64 values; \(describe(element)) has more",
                at: span)
            return nil
        }
        return .set(element)
    }

    private func checkedOptional(of wrapped: Type, at span: Span) -> Type? {
        if case .optional = wrapped {
            report(.typeMismatch, "an optional of an optional has two kinds of `none`; use an enum", at: span)
            return nil
        }
        guard isCell(wrapped), !isLock(wrapped) else {
            report(
                .typeMismatch, "an optional holds a small value; \(describe(wrapped)) can't be one", at: span,
                notes: wrapped == .int ? [Note("name a range with `type`, and make that optional")] : [])
            return nil
        }
        return .optional(wrapped)
    }

    // MARK: Declarations of types

    func declareDomain(_ name: Name, in instance: Instance) -> Symbol? {
        let id = DomainID(program.domains.count)
        program.domains.append(
            Domain(name: instance.qualified(name.text), size: domainSize(name, instance), span: name.span))
        return .type(.domain(id))
    }

    private func domainSize(_ name: Name, _ instance: Instance) -> Int {
        guard let setting = setting(name.text, of: instance) else {
            let isUnboundHole = !instance.isRoot && (instance.declarations[name.text]?.isOpen ?? false)
            if isLibrary || isUnboundHole { return 2 }
            let qualified = instance.qualified(name.text)
            report(
                .missingSize, "scenario `\(request.scenario ?? "")` gives no size for domain `\(qualified)`",
                at: request.span,
                notes: [Note("declared here", at: name.span), Note("add `\(qualified) = 2`, say")])
            return 1
        }
        let value: Int64?
        switch setting.value {
        case .number(let number): value = number
        case .tree(let tree): value = constantInteger(tree, in: instances[0])
        }
        guard let value else { return 1 }
        guard (0...64).contains(value) else {
            report(.badRange, "the size of a domain is 0 to 64, not \(value)", at: setting.span)
            return 1
        }
        return Int(value)
    }

    func declareAlias(_ name: Name, _ tree: TypeTree?, in instance: Instance) -> Symbol? {
        guard let tree else {
            // An open type of a library that is checked on its own: identities of an unknown kind.
            let id = DomainID(program.domains.count)
            program.domains.append(Domain(name: instance.qualified(name.text), size: 2, span: name.span))
            return .type(.domain(id))
        }
        return resolve(tree, in: instance).map { .type($0) }
    }

    func declareEnumeration(_ name: Name, _ cases: [EnumCaseTree], in instance: Instance) -> Symbol? {
        var seen: [String: Span] = [:]
        var resolved: [EnumCase] = []
        var isComplete = true
        for item in cases {
            if let first = seen[item.name.text] {
                report(
                    .duplicateName, "there is already a case `\(item.name.text)`", at: item.name.span,
                    notes: [Note("the first one is here", at: first)])
            }
            seen[item.name.text] = item.name.span
            guard let payload = payload(of: item, in: instance) else {
                isComplete = false
                continue
            }
            resolved.append(EnumCase(name: item.name.text, payload: payload))
        }
        guard isComplete, !resolved.isEmpty else {
            if cases.isEmpty { report(.expected, "an enum has at least one case", at: name.span) }
            return nil
        }
        guard isSmall(resolved.flatMap(\.payload), .enumeration(EnumID(program.enumerations.count)), name) else {
            return nil
        }
        let id = EnumID(program.enumerations.count)
        program.enumerations.append(
            Enumeration(name: instance.qualified(name.text), cases: resolved, span: name.span))
        return checkedWidth(.enumeration(id), name.span).map { .type($0) }
    }

    private static let maximumLeaves = 1024

    /// Whether a type that is about to be declared has few enough parts, those of its parts included. Without a limit,
    /// records in records in records would grow exponentially.
    private func isSmall(_ fields: [Field], _ type: Type, _ name: Name) -> Bool {
        let leaves = fields.reduce(1) { $0 + leafCount($1.type) }
        sizes[type] = leaves
        guard leaves > Self.maximumLeaves else { return true }
        report(
            .tooLarge, "`\(name.text)` has more than \(Self.maximumLeaves) fields, counting those of its fields",
            at: name.span)
        return false
    }

    func leafCount(_ type: Type) -> Int {
        switch type {
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .lock: 1
        case .set(let element): leafCount(element)
        case .optional(let wrapped): leafCount(wrapped)
        case .enumeration, .record: sizes[type] ?? 1
        }
    }

    private func payload(of item: EnumCaseTree, in instance: Instance) -> [Field]? {
        var result: [Field] = []
        for (number, field) in item.payload.enumerated() {
            guard let type = resolve(field.type, in: instance) else { return nil }
            guard isCell(type), !isLock(type), type != .int else {
                report(
                    .typeMismatch, "a payload holds small values; \(describe(type)) can't be one", at: field.type.span)
                return nil
            }
            let span = field.name?.span ?? field.type.span
            if field.condition != nil || field.initial != nil || field.isAtomic {
                report(.misplacedStatement, "a payload field has a name and a type, nothing else", at: span)
            }
            result.append(
                Field(
                    name: field.name?.text ?? String(number), type: type, isAtomic: false,
                    initial: program.defaultValue(of: type), condition: nil, span: span))
        }
        return result
    }

    func declareRecord(_ name: Name, _ trees: [FieldTree], _ isWord: Bool, in instance: Instance) -> Symbol? {
        var fields: [Field] = []
        var seen: [String: Span] = [:]
        for tree in trees {
            guard let fieldName = tree.name else { continue }
            if let first = seen[fieldName.text] {
                report(
                    .duplicateName, "there is already a field `\(fieldName.text)`", at: fieldName.span,
                    notes: [Note("the first one is here", at: first)])
                continue
            }
            seen[fieldName.text] = fieldName.span
            guard let field = field(tree, fieldName, isWord: isWord, in: instance) else { return nil }
            fields.append(field)
        }
        guard !fields.isEmpty else {
            report(.expected, "a record has at least one field", at: name.span)
            return nil
        }
        guard isSmall(fields, .record(RecordID(program.records.count)), name) else { return nil }
        let id = RecordID(program.records.count)
        program.records.append(
            Record(name: instance.qualified(name.text), fields: fields, isWord: isWord, span: name.span))
        addConditions(trees, to: id, isWord: isWord, in: instance)
        if isWord { return checkedWidth(.record(id), name.span).map { .type($0) } }
        return .type(.record(id))
    }

    private func field(_ tree: FieldTree, _ name: Name, isWord: Bool, in instance: Instance) -> Field? {
        guard let type = resolve(tree.type, in: instance) else { return nil }
        guard type != .int, !isLock(type) || !isWord, !isWord || isCell(type) else {
            report(.typeMismatch, "a field can't be \(describe(type))", at: tree.type.span)
            return nil
        }
        if tree.isAtomic, !isInteger(type) {
            report(.typeMismatch, "`atomic` fields are integers, on which `+=` is one access", at: name.span)
        }
        var initial = program.defaultValue(of: type)
        if let tree = tree.initial {
            guard let value = constantValue(tree, type, in: instance) else { return nil }
            initial = value
        }
        return Field(
            name: name.text, type: type, isAtomic: tree.isAtomic, initial: initial, condition: nil, span: name.span)
    }

    private func addConditions(_ trees: [FieldTree], to id: RecordID, isWord: Bool, in instance: Instance) {
        for tree in trees {
            guard let condition = tree.condition, let name = tree.name,
                let index = program[id].fields.firstIndex(where: { $0.name == name.text })
            else { continue }
            let body = BodyScope(.constant, in: instance)
            for (number, field) in program[id].fields.enumerated() where number != index {
                body.declareSubstitution(field.name, Expr(.sibling(number), field.type, field.span))
            }
            guard let expr = check(condition, expecting: .bool, body) else { continue }
            if let foreign = foreignRead(in: expr) {
                report(
                    .notConstant, "`when` looks at the other fields of the record and at constants only", at: foreign)
                continue
            }
            if case .success(.bool(let isOn)) = ConstantEvaluator(program).evaluate(expr) {
                // Off: the field means nothing in this configuration and keeps its initial value.
                let off = Expr(.constant(.bool(false)), .bool, expr.span)
                program.records[id.raw].fields[index].condition = isOn ? nil : off
                continue
            }
            if isWord {
                report(
                    .notSupported, "in a word record `when` depends on constants only: the word is one cell",
                    at: condition.span)
                continue
            }
            program.records[id.raw].fields[index].condition = expr
        }
    }
}

import Diagnostics
import Program

/// An element of a variable.
struct Element: Hashable {
    let variable: VariableID
    /// Its number in row-major order.
    let number: Int
    let indices: [Value]
}

extension Evaluator {
    /// Evaluates the indices of a place.
    mutating func locate(_ place: Place) throws(Stop) -> Element {
        let indices = try values(place.indices)
        var number = 0
        for (index, dimension) in zip(indices, tables.dimensions[place.variable.raw]) {
            guard let position = dimension.position(of: index) else {
                let text = "the index \(naming.text(index)) is outside `\(program[place.variable].name)`"
                throw .violation(violation(.range, text, place.span))
            }
            number = number * dimension.count + position
        }
        guard shared[place.variable.raw].indices.contains(number) else {
            throw defect("an element that does not exist", place.span)
        }
        return Element(variable: place.variable, number: number, indices: indices)
    }

    /// Reads a place; a dead cell gives its initial value.
    mutating func load(_ place: Place) throws(Stop) -> Value { try load(place, at: locate(place)) }

    mutating func load(_ place: Place, at element: Element) throws(Stop) -> Value {
        let isAlive = try isAlive(place, element)
        let value = try content(place, element)
        if isGhost { return value }
        let isWhole = try isWhole(value, place.type)
        if !isAlive || !isWhole { pass(useAfterFree(place, element, "read")) }
        return value
    }

    /// Writes a place; a write to a dead cell is lost. The value must fit all the same.
    mutating func store(_ value: Value, to place: Place, at element: Element) throws(Stop) {
        let fitting = try conform(value, to: place.type, place.span)
        guard try isAlive(place, element) else {
            pass(useAfterFree(place, element, "written"))
            return
        }
        let old = shared[element.variable.raw][element.number]
        let path = place.fields.map { InnerField.record($0) } + place.inner
        let new = try replacing(path[...], of: old, by: fitting, place.span)
        shared[element.variable.raw][element.number] = try normalised(new, program[element.variable].type)
        try normaliseConditional()
    }

    /// The text of a place with the values of its indices: `frame[F0].refs`.
    mutating func placeText(_ place: Place) throws(Stop) -> String {
        naming.place(place.variable, try values(place.indices), fields: place.fields)
    }

    /// A part of a value.
    func part(_ field: InnerField, of value: Value, _ span: Span) throws(Stop) -> Value {
        switch (field, value) {
        case (.record(let field), .record(_, let fields)) where fields.indices.contains(field): return fields[field]
        case (.payload(let wanted, let field), .enumeration(_, let index, let payload)) where wanted == index:
            guard payload.indices.contains(field) else { throw defect("a payload field that is not there", span) }
            return payload[field]
        case (.payload, .enumeration): throw wrongCase(value, span)
        case (.some, .some(let wrapped)): return wrapped
        case (.some, .none): throw .violation(violation(.noneValue, "`!` on `none`", span))
        default: throw defect("a part of another type", span)  // a pair
        }
    }

    /// A copy of a value in which the part at the end of a path is another.
    func replacing(_ path: ArraySlice<InnerField>, of value: Value, by new: Value, _ span: Span) throws(Stop) -> Value {
        guard let field = path.first else { return new }
        let inner = try replacing(path.dropFirst(), of: part(field, of: value, span), by: new, span)
        switch (field, value) {
        case (.record(let field), .record(let id, var fields)):
            fields[field] = inner
            return .record(id, fields)
        case (.payload(_, let field), .enumeration(let id, let index, var payload)):
            payload[field] = inner
            return .enumeration(id, case: index, payload)
        case (.some, _): return .some(inner)
        default: throw defect("a part of another type", span)  // a pair
        }
    }

    func wrongCase(_ value: Value, _ span: Span) -> Stop {
        .violation(violation(.noneValue, "\(naming.text(value)) has no such payload", span))
    }

    private func content(_ place: Place, _ element: Element) throws(Stop) -> Value {
        var value = shared[element.variable.raw][element.number]
        for field in place.fields { value = try part(.record(field), of: value, place.span) }
        for field in place.inner { value = try part(field, of: value, place.span) }
        return value
    }

    private mutating func useAfterFree(_ place: Place, _ element: Element, _ verb: String) -> Violation {
        let name = naming.place(place.variable, element.indices, fields: place.fields)
        let message = "`\(name)` is \(verb) while its `when` does not hold"
        return violation(.useAfterFree, message, place.span, resumable: true)
    }
}

// MARK: `when`

extension Evaluator {
    /// Whether all conditions on the way to a place hold: the variable's and those of the fields of the path.
    private mutating func isAlive(_ place: Place, _ element: Element) throws(Stop) -> Bool {
        if try !holds(program[place.variable].condition, of: element) { return false }
        var value = shared[element.variable.raw][element.number]
        for step in place.fields.map({ InnerField.record($0) }) + place.inner {
            if case .record(let field) = step, case .record(let id, let fields) = value, tables.hasConditions[id.raw] {
                if try !holds(field, of: id, fields) { return false }
            }
            value = try part(step, of: value, place.span)
        }
        return true
    }

    /// Whether nothing inside a plain record that is read as a whole is dead.
    private mutating func isWhole(_ value: Value, _ type: Type) throws(Stop) -> Bool {
        guard case .record(let id) = type, case .record(_, let fields) = value else { return true }
        guard tables.hasConditions[id.raw], !program[id].isWord else { return true }
        for number in fields.indices {
            if try !holds(number, of: id, fields) { return false }
            if try !isWhole(fields[number], program[id].fields[number].type) { return false }
        }
        return true
    }

    private mutating func holds(_ condition: Expr?, of element: Element) throws(Stop) -> Bool {
        guard let condition else { return true }
        let outer = (locals, isGhost)
        locals = indexLocals(of: element)
        isGhost = true
        defer { (locals, isGhost) = outer }
        return try isTrue(condition)
    }

    private mutating func holds(_ field: Int, of record: RecordID, _ fields: [Value]) throws(Stop) -> Bool {
        guard let condition = program[record].fields[field].condition else { return true }
        let outer = (locals, siblings, isGhost)
        (locals, siblings, isGhost) = ([], fields, true)
        defer { (locals, siblings, isGhost) = outer }
        return try isTrue(condition)
    }

    /// The initial value of an element.
    mutating func initialValue(of element: Element) throws(Stop) -> Value {
        let variable = program[element.variable]
        let outer = (locals, isGhost)
        locals = indexLocals(of: element)
        isGhost = true
        defer { (locals, isGhost) = outer }
        return try normalised(conforming(variable.initial, to: variable.type), variable.type)
    }

    private func indexLocals(of element: Element) -> [Value?] {
        let scope = program[element.variable].scope
        return element.indices + Array(repeating: nil, count: max(0, scope.locals.count - element.indices.count))
    }

    /// A value of a record type with its dead fields at their initial values.
    func normalised(_ value: Value, _ type: Type) throws(Stop) -> Value {
        guard case .record(let id, var fields) = value, tables.hasConditions[id.raw] else { return value }
        var evaluator = self
        var isStable = false
        while !isStable {
            isStable = true
            for (number, field) in program[id].fields.enumerated() {
                var new = try normalised(fields[number], field.type)
                if try !evaluator.holds(number, of: id, fields) { new = try normalised(field.initial, field.type) }
                if new != fields[number] { isStable = false }
                fields[number] = new
            }
        }
        return .record(id, fields)
    }

    /// Gives the elements of variables whose `when` does not hold their initial values, until nothing changes.
    mutating func normaliseConditional() throws(Stop) {
        var isStable = tables.conditional.isEmpty
        while !isStable {
            isStable = true
            for variable in tables.conditional {
                for (number, indices) in tables.indexTuples[variable.raw].enumerated() {
                    let element = Element(variable: variable, number: number, indices: indices)
                    if try holds(program[variable].condition, of: element) { continue }
                    let initial = try initialValue(of: element)
                    if shared[variable.raw][number] != initial { isStable = false }
                    shared[variable.raw][number] = initial
                }
            }
        }
    }
}

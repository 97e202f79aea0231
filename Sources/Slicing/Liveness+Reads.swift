import Program

/// What an expression or a place needs.
extension Liveness {
    mutating func needProperty(_ kind: PropertyKind) {
        switch kind {
        case .invariant(atRest: _, let list), .transition(let list): for e in list { need(e, nil) }
        case .reachable(let e): need(e, nil)
        case .progress(let e, leadsTo: let goal):
            need(e, nil)
            need(goal, nil)
        }
    }

    /// Everything that an expression reads. `owner` is nil where its locals are nobody's: in properties and functions.
    mutating func need(_ e: Expr, _ owner: BodyOwner?) {
        if case .local(let id) = e.kind, let owner { locals.insert(OwnedLocal(owner: owner, local: id)) }
        if case .read(let place, racy: _) = e.kind {
            need(place)
            needFields(of: place.type)
        }
        if case .locked(let place) = e.kind { need(place) }
        if case .call(let function, _) = e.kind { need(program[function].body, nil) }
        if case .field(let record, let index) = e.kind, case .record(let id) = record.type {
            fields.insert(RecordField(record: id, field: index))
        }
        // Comparing values looks at all of them.
        if case .binary(_, let a, let b) = e.kind {
            needFields(of: a.type)
            needFields(of: b.type)
        }
        if case .matches(let subject, _) = e.kind { needFields(of: subject.type) }
        if case .match(let subject, _) = e.kind { needFields(of: subject.type) }
        for child in e.children { need(child, owner) }
    }

    /// A place that is read, or whose write stays.
    mutating func need(_ place: Place) {
        need(place.variable)
        fields.formUnion(program.fieldsOnPath(of: place))
    }

    /// Every field inside a value of the type.
    private mutating func needFields(of type: Type) {
        switch type {
        case .record(let id):
            for (index, field) in program[id].fields.enumerated()
            where fields.insert(RecordField(record: id, field: index)).inserted {
                needFields(of: field.type)
            }
        case .enumeration(let id):
            for enumCase in program[id].cases {
                for field in enumCase.payload { needFields(of: field.type) }
            }
        case .optional(let wrapped), .set(let wrapped): needFields(of: wrapped)
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .lock: break
        }
    }

    /// The fields that conditions of the record's other fields read.
    private mutating func needSiblings(of type: Type) {
        guard case .record(let id) = type else { return }
        for field in program[id].fields {
            if let condition = field.condition {
                for sibling in condition.siblings { fields.insert(RecordField(record: id, field: sibling)) }
                need(condition, nil)
            }
            needSiblings(of: field.type)
        }
    }

    /// A variable, and what its declaration speaks about.
    private mutating func need(_ id: VariableID) {
        guard variables.insert(id).inserted else { return }
        let variable = program[id]
        needSiblings(of: variable.type)
        need(variable.initial, nil)
        if let condition = variable.condition { need(condition, nil) }
        for place in variable.guards {
            need(place)
            for index in place.indices { need(index, nil) }
        }
    }
}

extension Program {
    /// The fields of plain records that lead to a place.
    func fieldsOnPath(of place: Place) -> [RecordField] {
        var result: [RecordField] = []
        var type = self[place.variable].type
        for index in place.fields {
            guard case .record(let id) = type, self[id].fields.indices.contains(index) else { return result }
            result.append(RecordField(record: id, field: index))
            type = self[id].fields[index].type
        }
        return result
    }
}

extension Expr {
    /// The sibling fields that a condition names.
    fileprivate var siblings: [Int] {
        if case .sibling(let index) = kind { return [index] }
        return children.flatMap(\.siblings)
    }
}

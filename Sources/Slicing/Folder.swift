import Program

/// Folds expressions. An expression that may be a violation is dropped only where it would not have been evaluated.
struct Folder {
    let program: Program
    /// Variables that hold one constant for ever.
    let variables: [VariableID: Value]
    /// Locals of the body at hand that hold one constant for ever.
    var locals: [LocalID: Value] = [:]

    init(_ program: Program) {
        self.program = program
        self.variables = knownVariables(program)
    }

    func fold(_ e: Expr) -> Expr {
        if case .match(let subject, let arms) = e.kind { return foldMatch(e, fold(subject), arms) }
        return simplified(e.mapChildren(fold))
    }

    /// With further locals known.
    private func fold(_ e: Expr, with bound: [LocalID: Value]) -> Expr {
        var inner = self
        inner.locals.merge(bound) { $1 }
        return inner.fold(e)
    }

    private func foldMatch(_ e: Expr, _ subject: Expr, _ arms: [ExprArm]) -> Expr {
        if let value = subject.constant {
            for arm in arms {
                if let bound = FoldOperations.match(value, arm.pattern) { return fold(arm.value, with: bound) }
            }
        }
        let folded = arms.map { ExprArm(pattern: $0.pattern, value: fold($0.value)) }
        if let first = folded.first?.value.constant, folded.allSatisfy({ $0.value.constant == first }),
            !program.mayViolate(subject)
        {
            return constant(first, e)
        }
        return Expr(.match(subject, folded), e.type, e.span)
    }

    private func constant(_ value: Value?, _ e: Expr) -> Expr {
        guard let value else { return e }
        return Expr(.constant(value), e.type, e.span)
    }

    /// One level; the children are folded already.
    private func simplified(_ e: Expr) -> Expr {
        switch e.kind {
        case .local(let id): return constant(locals[id], e)
        case .read(let place, racy: _): return constant(known(place), e)
        case .field(let inner, let index):
            return constant(inner.constant.flatMap { FoldOperations.field($0, index) }, e)
        case .payload(let inner, case: let enumCase, field: let index):
            return constant(inner.constant.flatMap { FoldOperations.payload($0, enumCase, index) }, e)
        case .unwrap(let inner): return constant(inner.constant.flatMap { FoldOperations.inner($0, .some) }, e)
        case .unary(let operation, let inner):
            return constant(inner.constant.flatMap { FoldOperations.unary(operation, $0, e.type) }, e)
        case .binary(let operation, let a, let b): return foldBinary(operation, a, b, e)
        case .matches(let inner, let pattern): return foldMatches(inner, pattern, e)
        case .conditional(let condition, let a, let b): return foldConditional(condition, a, b, e)
        case .quantified(let kind, let binders, let body): return foldQuantified(kind, binders, body, e)
        case .comprehension(let binder): return foldComprehension(binder, e)
        case .call(let function, let arguments): return foldCall(function, arguments, e)
        case .cardinality(let set): return constant(size(of: set) ?? construction(e), e)
        case .setOf, .makeCase, .makeRecord, .makeSome, .withRecord, .withPayload, .slice, .toBits,
            .toInt:
            return constant(construction(e), e)
        case .constant, .sibling, .locked, .match, .allOf, .old, .process: return e
        }
    }

    private func known(_ place: Place) -> Value? {
        guard var value = variables[place.variable], program.violations(reading: place.withoutInner).isEmpty else {
            return nil
        }
        if place.indices.contains(where: { program.mayViolate($0) }) { return nil }
        for index in place.fields {
            guard let part = FoldOperations.field(value, index) else { return nil }
            value = part
        }
        for step in place.inner {
            guard let part = FoldOperations.inner(value, step) else { return nil }
            value = part
        }
        return value
    }

    // MARK: Conditions

    private func foldBinary(_ operation: BinaryOperation, _ a: Expr, _ b: Expr, _ e: Expr) -> Expr {
        if let value = FoldOperations.binary(operation, a, b, e.type) { return constant(value, e) }
        switch operation {
        case .and:
            if a.constant == .bool(false) || b.constant == .bool(true) { return a }
            if a.constant == .bool(true) { return b }
            if b.constant == .bool(false), !program.mayViolate(a) { return b }
        case .or:
            if a.constant == .bool(true) || b.constant == .bool(false) { return a }
            if a.constant == .bool(false) { return b }
            if b.constant == .bool(true), !program.mayViolate(a) { return b }
        case .implies:
            if a.constant == .bool(true) { return b }
            if a.constant == .bool(false) { return constant(.bool(true), e) }
            if b.constant == .bool(true), !program.mayViolate(a) { return b }
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .add, .subtract, .multiply,
            .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor, .shiftLeft, .shiftRight, .concatenate,
            .union, .difference, .intersection, .insert, .remove:
            break
        }
        return e
    }

    private func foldMatches(_ inner: Expr, _ pattern: Pattern, _ e: Expr) -> Expr {
        guard let value = inner.constant else { return e }
        guard let bound = FoldOperations.match(value, pattern) else { return constant(.bool(false), e) }
        // A pattern that binds stays: what follows reads its locals.
        return bound.isEmpty ? constant(.bool(true), e) : e
    }

    private func foldConditional(_ condition: Expr, _ a: Expr, _ b: Expr, _ e: Expr) -> Expr {
        if condition.constant == .bool(true) { return a }
        if condition.constant == .bool(false) { return b }
        if let value = a.constant, b.constant == value, !program.mayViolate(condition) { return constant(value, e) }
        return e
    }

    // MARK: Sets and quantifiers

    private func foldQuantified(_ kind: QuantifierKind, _ binders: [Binder], _ body: Expr, _ e: Expr) -> Expr {
        let neutral: Value
        let absorbed: Value  // the body's value that makes the whole neutral
        switch kind {
        case .all: (neutral, absorbed) = (.bool(true), .bool(true))
        case .some: (neutral, absorbed) = (.bool(false), .bool(false))
        case .count: (neutral, absorbed) = (.int(0), .bool(false))
        }
        if let first = binders.first, isEmpty(first) { return constant(neutral, e) }
        let safe = !binders.flatMap(\.expressions).contains { program.mayViolate($0) }
        if safe, body.constant == absorbed || binders.contains(where: isEmpty) { return constant(neutral, e) }
        return e
    }

    private func isEmpty(_ binder: Binder) -> Bool {
        if binder.condition?.constant == .bool(false), !program.mayViolate(binder.set) { return true }
        return isEmpty(binder.set)
    }

    func isEmpty(_ set: Expr) -> Bool {
        if case .allOf(let type) = set.kind { return !program.hasValues(type) }
        return set.constant == .set([])
    }

    private func foldComprehension(_ binder: Binder, _ e: Expr) -> Expr {
        if isEmpty(binder) { return constant(.set([]), e) }
        if binder.condition == nil || binder.condition?.constant == .bool(true) { return binder.set }
        return e
    }

    /// How many values a type has, where all of them are asked for: `count(Slot)`.
    private func size(of set: Expr) -> Value? {
        guard case .allOf(let type) = set.kind else { return nil }
        return program.allValues(of: type).map { .int(Int64($0.count)) }
    }

    // MARK: Construction and calls

    private func construction(_ e: Expr) -> Value? {
        var parts: [Value] = []
        for child in e.children {
            guard let value = child.constant else { return nil }
            parts.append(value)
        }
        // A value outside its field's range is a violation where it is built.
        if program.mayViolate(e) { return nil }
        if case .setOf = e.kind { return .set(of: parts) }
        if case .makeCase(let id, case: let enumCase, _) = e.kind { return .enumeration(id, case: enumCase, parts) }
        if case .makeRecord(let id, _) = e.kind { return .record(id, parts) }
        guard let first = parts.first else { return nil }
        if case .makeSome = e.kind { return Value.some(first) }  // not the optional's `some`
        if case .cardinality = e.kind, case .set(let elements) = first { return .int(Int64(elements.count)) }
        if case .slice(_, let high, let low) = e.kind { return FoldOperations.slice(first, high: high, low: low) }
        if case .toBits = e.kind { return FoldOperations.toBits(first, e.type) }
        if case .toInt = e.kind { return FoldOperations.toInt(first) }
        if case .withRecord(_, let updates) = e.kind { return replaced(first, updates, parts.dropFirst()) }
        return nil
    }

    private func replaced(_ value: Value, _ updates: [FieldUpdate], _ parts: ArraySlice<Value>) -> Value? {
        guard case .record(let id, var fields) = value else { return nil }
        for (update, part) in zip(updates, parts) {
            guard fields.indices.contains(update.field) else { return nil }
            fields[update.field] = part
        }
        return .record(id, fields)
    }

    private func foldCall(_ id: FunctionID, _ arguments: [Expr], _ e: Expr) -> Expr {
        let function = program[id]
        var inner = self
        inner.locals = [:]
        for (local, argument) in zip(function.scope.parameters, arguments) {
            if let value = argument.constant { inner.locals[local] = value }
        }
        let body = inner.fold(function.body)
        guard let value = body.constant, program.fits(body, function.result) else { return e }
        let types = function.scope.parameterTypes
        let safe = zip(arguments, types).allSatisfy { !program.mayViolate($0) && program.fits($0, $1) }
        return safe ? constant(value, e) : e
    }
}

extension Place {
    /// The whole cell.
    fileprivate var withoutInner: Place {
        Place(variable: variable, indices: indices, fields: fields, type: type, span: span)
    }
}

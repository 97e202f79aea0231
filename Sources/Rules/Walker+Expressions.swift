import Diagnostics
import Program

/// What an expression is, and which accesses evaluating it makes.
struct Evaluated {
    var term: Term
    var paths: Paths

    static func pure(_ term: Term) -> Evaluated { Evaluated(term: term, paths: .free) }
}

extension Walker {
    /// Evaluates an expression; patterns in it bind locals of `state`.
    mutating func eval(_ e: Expr, _ state: inout LockState) -> Evaluated {
        // A read tells of its place itself.
        if case .read = e.kind {} else { noteViolations(program.violations(of: e), e.span) }
        switch e.kind {
        case .constant(let value): return .pure(.value(value))
        case .local(let id):
            noteLocalRead(id, e.span)
            return .pure(local(id, &state))
        case .read(let place, let racy): return read(place, racy: racy, &state)
        case .locked(let place): return readLock(place, &state)
        case .binary(let operation, let a, let b): return evalBinary(operation, a, b, &state)
        case .matches(let subject, let pattern):
            let value = eval(subject, &state)
            bind(pattern, value.term, &state)
            return Evaluated(term: freshToken(), paths: value.paths)
        case .conditional(let condition, let a, let b): return evalConditional(condition, a, b, &state)
        case .match(let subject, let arms): return evalMatch(subject, arms, &state)
        case .quantified(_, let binders, let body): return evalQuantified(binders, body, &state)
        case .comprehension(let binder): return evalQuantified([binder], nil, &state)
        case .call(let id, let arguments): return evalCall(id, arguments, &state)
        case .field(let inner, let index): return evalPart(inner, &state) { $0.field(index) }
        case .payload(let inner, case: let enumCase, field: let index):
            return evalPart(inner, &state) { $0.payload(case: enumCase, field: index) }
        case .unwrap(let inner):
            return evalPart(inner, &state) { $0.content }
        case .makeCase(_, case: let enumCase, let parts): return evalAll(parts, "case \(enumCase)", &state)
        case .makeRecord(_, let parts): return evalAll(parts, "record", &state)
        case .makeSome(let wrapped): return evalAll([wrapped], "some", &state)
        case .withPayload:
            return evalAll(e.children, label(e), &state)
        case .withRecord, .unary, .cardinality, .setOf, .slice, .toBits, .toInt:
            return evalAll(e.children, label(e), &state)
        case .sibling, .allOf, .old, .process: return .pure(freshToken())
        }
    }

    /// Tells operations apart whose operands may be the same.
    private func label(_ e: Expr) -> String {
        switch e.kind {
        case .withRecord(_, let updates): "with \(updates.map(\.field))"
        case .withPayload(_, case: let enumCase, let updates): "with \(enumCase) \(updates.map(\.field))"
        case .unary(let operation, _): operation.rawValue
        case .cardinality: "count"
        case .setOf: "set"
        case .slice(_, high: let high, low: let low): "slice \(high) \(low)"
        case .toBits: "bits \(e.type)"
        case .toInt: "int"
        case .constant, .local, .read, .sibling, .locked, .field, .payload, .unwrap, .binary, .matches, .conditional,
            .match, .quantified, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome, .call, .old, .process:
            ""
        }
    }

    private mutating func local(_ id: LocalID, _ state: inout LockState) -> Term {
        if let known = state.locals[id] { return known }
        let token = freshToken()
        state.locals[id] = token
        return token
    }

    mutating func bind(_ pattern: Pattern, _ term: Term, _ state: inout LockState) {
        for (local, part) in term.bindings(pattern) { state.locals[local] = part }
    }

    private mutating func evalPart(_ e: Expr, _ state: inout LockState, _ part: (Term) -> Term) -> Evaluated {
        let whole = eval(e, &state)
        return Evaluated(term: part(whole.term), paths: whole.paths)
    }

    private mutating func evalAll(_ list: [Expr], _ label: String, _ state: inout LockState) -> Evaluated {
        var terms: [Term] = []
        var paths = Paths.free
        for e in list {
            let part = eval(e, &state)
            terms.append(part.term)
            paths = paths.then(part.paths)
        }
        return Evaluated(term: .node(label, terms), paths: paths)
    }

    private mutating func evalBinary(
        _ operation: BinaryOperation, _ a: Expr, _ b: Expr, _ state: inout LockState
    ) -> Evaluated {
        let left = eval(a, &state)
        let right = eval(b, &state)
        let term = Term.node(operation.rawValue, [left.term, right.term])
        let both = left.paths.then(right.paths)
        switch operation {
        case .and, .or, .implies: return Evaluated(term: term, paths: left.paths.or(both))
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .add, .subtract, .multiply,
            .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor, .shiftLeft, .shiftRight, .concatenate,
            .union, .difference, .intersection, .insert, .remove:
            return Evaluated(term: term, paths: both)
        }
    }

    private mutating func evalConditional(
        _ condition: Expr, _ a: Expr, _ b: Expr, _ state: inout LockState
    ) -> Evaluated {
        let test = eval(condition, &state)
        let yes = eval(a, &state)
        let no = eval(b, &state)
        return Evaluated(
            term: .node("if", [test.term, yes.term, no.term]), paths: test.paths.then(yes.paths.or(no.paths)))
    }

    private mutating func evalMatch(_ subject: Expr, _ arms: [ExprArm], _ state: inout LockState) -> Evaluated {
        let value = eval(subject, &state)
        var terms = [value.term]
        var paths: Paths?
        for arm in arms {
            bind(arm.pattern, value.term, &state)
            let result = eval(arm.value, &state)
            terms.append(result.term)
            paths = paths?.or(result.paths) ?? result.paths
        }
        return Evaluated(term: .node("match", terms), paths: value.paths.then(paths ?? .free))
    }

    private mutating func evalCall(_ id: FunctionID, _ arguments: [Expr], _ state: inout LockState) -> Evaluated {
        let function = program[id]
        var inner = state
        inner.locals = [:]
        var paths = Paths.free
        for (parameter, argument) in zip(function.scope.parameters, arguments) {
            let value = eval(argument, &state)
            inner.locals[parameter] = value.term
            paths = paths.then(value.paths)
        }
        let result = inScope(function.scope) { $0.eval(function.body, &inner) }
        return Evaluated(term: result.term, paths: paths.then(result.paths))
    }

    // MARK: Many elements at once

    /// A quantifier or a comprehension looks at each element: where it reads a cell of each, these are different cells.
    private mutating func evalQuantified(
        _ binders: [Binder], _ body: Expr?, _ state: inout LockState
    ) -> Evaluated {
        let once = evalRound(binders, body, &state)
        if binders.allSatisfy({ hasOneElement($0.set) }) { return Evaluated(term: freshToken(), paths: once) }
        let again = evalRound(binders, body, &state)
        return Evaluated(term: freshToken(), paths: once.then(again))
    }

    private mutating func evalRound(_ binders: [Binder], _ body: Expr?, _ state: inout LockState) -> Paths {
        let bound = evalBinders(binders, &state)
        guard let body else { return bound }
        return bound.then(eval(body, &state).paths)
    }

    /// Binds the locals, and gives the accesses of looking at one element of each set.
    mutating func evalBinders(_ binders: [Binder], _ state: inout LockState) -> Paths {
        var paths = Paths.free
        for binder in binders {
            paths = paths.then(eval(binder.set, &state).paths)
            state.locals[binder.local] = freshToken()
            if let condition = binder.condition { paths = paths.then(eval(condition, &state).paths) }
        }
        return paths
    }

    private func hasOneElement(_ set: Expr) -> Bool {
        if case .allOf(let type) = set.kind {
            return program.allValues(of: type, limit: 2).map { $0.count < 2 } ?? false
        }
        if case .setOf(let elements) = set.kind { return elements.count < 2 }
        if case .constant(.set(let elements)) = set.kind { return elements.count < 2 }
        return false
    }

    // MARK: Beyond the statement

    /// What a value is called once the statement is over: the cells that it was read from may change. What is computed from
    /// very many parts is some value: written out, a hash of several rounds has more parts than there is memory.
    mutating func freeze(_ term: Term, at span: Span) -> Term {
        var left = Term.mostParts
        guard term.fits(&left) else { return freshToken() }
        var known: [Cell: Term] = [:]
        return freeze(term, span, &known)
    }

    private mutating func freeze(_ term: Term, _ span: Span, _ known: inout [Cell: Term]) -> Term {
        switch term {
        case .token, .value: return term
        case .node(let label, let parts):
            var frozen: [Term] = []
            for part in parts { frozen.append(freeze(part, span, &known)) }
            return .node(label, frozen)
        case .cell(let cell):
            if let token = known[cell] { return token }
            let token = freshToken()
            known[cell] = token
            if case .token(let number) = token, !program[cell.variable].except.isEmpty {
                origins[number] = (cell, span)
            }
            return token
        }
    }
}

import Diagnostics
import Program

extension Machine {
    /// Executes a statement and moves on; false where the step ends before it.
    mutating func execute(_ entry: StatementTable.Entry, isHead: Bool) throws(Stop) -> Bool {
        let statement = entry.statement
        if statement.kind.isLoop { return try executeLoop(entry, isHead: isHead) }
        if statement.role == .local, try enterBranchStart(statement) { return true }
        guard begins(statement.role) else { return false }
        executed.append(statement.id)
        try perform(statement)
        return true
    }

    /// Looks through blocks and calls at the beginning of a branch that was picked: what they begin with belongs to it.
    private mutating func enterBranchStart(_ statement: Stmt) throws(Stop) -> Bool {
        guard progress == .picked, stretch == nil else { return false }
        switch statement.kind {
        case .doBlock(let body): if body.statements.isEmpty { return false }
        case .call(let handler, _, _): if program[handler].body.statements.isEmpty { return false }
        case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .breakOut, .continueLoop, .atomic,
            .commit, .assert, .fail, .returnValue:
            return false
        }
        executed.append(statement.id)
        try perform(statement)
        return true
    }

    mutating func perform(_ statement: Stmt) throws(Stop) {
        let span = statement.span
        switch statement.kind {
        case .assign(let place, let operation, let value): try assign(place, operation, value)
        case .assignLocal(let local, let path, let operation, let value):
            try assign(local, path, operation, value)
        case .bind(let local, let value): evaluator.bind(local, try evaluator.conforming(value, to: type(of: local)))
        case .readModifyWrite(let local, let place, let operation): try modify(place, operation, old: local)
        case .lock(let place, let mode, _): try lock(place, mode)
        case .unlock(let place): try unlock(place)
        case .downgrade(let place): try downgrade(place)
        case .await(let condition): if try !evaluator.isTrue(condition) { throw .blocked }
        case .assert(let name, let condition): try assert(name, condition, span)
        case .fail(let name, let text):
            throw .violation(Violation(name: name, span: span, message: text, isResumable: false))
        case .call(let handler, let arguments, _), .commit(let handler, let arguments):
            return try call(handler, arguments, isCommit: statement.kind.isCommit)
        case .returnValue(let value): return try returnValue(value)
        case .tryLock, .ifElse, .match, .loop, .whileLoop, .each, .choose, .either, .guardElse, .doBlock, .breakOut,
            .continueLoop, .atomic:
            return try goInto(statement)
        }
        cursor = tables.statements.after(statement.id)
    }

    /// Statements that have blocks, or jump.
    private mutating func goInto(_ statement: Stmt) throws(Stop) {
        let id = statement.id
        let after = tables.statements.after(id)
        switch statement.kind {
        case .tryLock(let place, let mode, let otherwise):
            cursor = try tryLock(place, mode) ? after : tables.statements.into(otherwise, of: id)
        case .ifElse(let condition, let first, let second):
            cursor = tables.statements.into(try evaluator.isTrue(condition) ? first : second, of: id)
        case .match(let subject, let arms):
            let value = try evaluator.evaluate(subject)
            let arm = arms.first { evaluator.matches(value, $0.pattern) }
            cursor = arm.map { tables.statements.into($0.body, of: id) } ?? after
        case .choose(let binders, let then, let otherwise):
            cursor = try choose(binders, then: then) ? after : try otherwiseOrWait(otherwise, of: id)
        case .either(let branches): try pickBranch(branches, of: id)
        case .guardElse(let condition, let otherwise):
            cursor = try evaluator.isTrue(condition) ? after : tables.statements.into(otherwise, of: id)
        case .doBlock(let body): cursor = tables.statements.into(body, of: id)
        case .atomic(_, let body):
            if stretch == nil { stretch = Stretch(depth: activations.count, block: id) }
            cursor = tables.statements.into(body, of: id)
        case .breakOut(let target): cursor = tables.statements.after(target)
        case .continueLoop(let target): cursor = .at(target, isHead: true)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .loop, .whileLoop,
            .each, .await, .commit, .assert, .fail, .returnValue:
            cursor = after
        }
    }

    // MARK: Assignments

    private mutating func assign(_ place: Place, _ operation: AssignOperation, _ value: Expr) throws(Stop) {
        let element = try evaluator.locate(place)
        let new = try combine(operation, value, place.type) { evaluator throws(Stop) in
            try evaluator.load(place, at: element)
        }
        try evaluator.store(new, to: place, at: element)
    }

    private mutating func assign(
        _ local: LocalID, _ path: [InnerField], _ operation: AssignOperation, _ value: Expr
    ) throws(Stop) {
        let span = value.span
        let variable = Expr(.local(local), type(of: local), span)
        let target = try innerType(path, of: type(of: local))
        let new = try combine(operation, value, target) { evaluator throws(Stop) in
            var old = try evaluator.evaluate(variable)
            for field in path { old = try evaluator.part(field, of: old, span) }
            return old
        }
        let fitting = try evaluator.conform(new, to: target, span)
        guard !path.isEmpty else { return evaluator.bind(local, fitting) }
        let whole = try evaluator.evaluate(variable)
        evaluator.bind(local, try evaluator.replacing(path[...], of: whole, by: fitting, span))
    }

    /// The value to store. Where the cell is read too, the read comes first.
    private mutating func combine(
        _ operation: AssignOperation, _ value: Expr, _ type: Type,
        old: (inout Evaluator) throws(Stop) -> Value
    ) throws(Stop) -> Value {
        guard operation != .set else { return try evaluator.evaluate(value) }
        let before = try old(&evaluator)
        let operand = try evaluator.evaluate(value)
        let binary = binaryOperation(operation, before, operand)
        return try evaluator.apply(binary, before, operand, Expr(value.kind, type, value.span))
    }

    private func binaryOperation(_ operation: AssignOperation, _ old: Value, _ operand: Value) -> BinaryOperation {
        let adds = operation != .subtract
        guard case .set = old else { return adds ? .add : .subtract }
        if case .set = operand { return adds ? .union : .difference }
        return adds ? .insert : .remove
    }

    private func innerType(_ path: [InnerField], of type: Type) throws(Stop) -> Type {
        path.reduce(type) { type, field in
            switch (field, type) {
            case (.record(let number), .record(let id)): program[id].fields[number].type
            case (.payload(let index, let number), .enumeration(let id)):
                program[id].cases[index].payload[number].type
            case (.some, _): type.wrapped
            default: type  // a pair that the checker does not let through
            }
        }
    }

    private mutating func modify(
        _ place: Place, _ operation: ReadModifyWrite, old local: LocalID?
    ) throws(Stop) {
        let element = try evaluator.locate(place)
        let old = try evaluator.load(place, at: element)
        var new = old
        switch operation {
        case .exchange(let value): new = try evaluator.evaluate(value)
        case .compareExchange(let expected, let value):
            // What is not stored need not have a value.
            if try evaluator.evaluate(expected) == old { new = try evaluator.evaluate(value) }
        case .fetchAdd(let value):
            new = try combine(.add, value, place.type) { _ throws(Stop) in old }
        }
        try evaluator.store(new, to: place, at: element)
        if let local { evaluator.bind(local, try evaluator.conform(old, to: type(of: local), place.span)) }
    }

    // MARK: Calls and checks

    private mutating func assert(_ name: String, _ condition: Expr, _ span: Span) throws(Stop) {
        guard try !evaluator.isTrue(condition) else { return }
        var violation = Violation(name: name, span: span, message: "`\(name)` does not hold", isResumable: true)
        violation.values = try values(in: condition)
        evaluator.pass(violation)
    }

    /// The locals of a condition and the places that it reads, with what is in them.
    private func values(in condition: Expr) throws(Stop) -> [Violation.NamedValue] {
        var observer = evaluator
        observer.reads = []
        _ = try observer.isTrue(condition)
        let names = activations.last.map { tables.scope(of: $0.body).locals.map(\.name) } ?? []
        let locals = condition.mentionedLocals.compactMap { id -> Violation.NamedValue? in
            guard names.indices.contains(id.raw), evaluator.locals.indices.contains(id.raw) else { return nil }
            return evaluator.locals[id.raw].map { Violation.NamedValue(name: names[id.raw], value: $0) }
        }
        return locals + (observer.reads ?? []).map { Violation.NamedValue(name: $0.place, value: $0.value) }
    }

    private mutating func call(_ handler: HandlerID, _ arguments: [Expr], isCommit: Bool) throws(Stop) {
        let scope = program[handler].scope
        var values: [Value] = []
        for (parameter, argument) in zip(scope.parameters, arguments) {
            values.append(try evaluator.conforming(argument, to: scope.locals[parameter.raw].type))
        }
        if isCommit { commits.append(Commit(handler: handler, arguments: values)) }
        if isCommit && stretch == nil { stretch = Stretch(depth: activations.count + 1, block: nil) }
        enter(handler, values)
    }

    private mutating func returnValue(_ value: Expr?) throws(Stop) {
        guard let value, case .handler(let handler) = activations.last?.body else {
            return try leaveActivation(with: nil)
        }
        try leaveActivation(with: evaluator.conforming(value, to: program[handler].result))
    }

    private func otherwiseOrWait(_ otherwise: Block?, of id: StmtID) throws(Stop) -> Cursor {
        guard let otherwise else { throw .blocked }
        return tables.statements.into(otherwise, of: id)
    }
}

extension StmtKind {
    fileprivate var isCommit: Bool {
        if case .commit = self { return true }
        return false
    }
}

extension Expr {
    /// The locals that stand in it, in order, each once.
    fileprivate var mentionedLocals: [LocalID] {
        if case .local(let id) = kind { return [id] }
        var result: [LocalID] = []
        for id in children.flatMap(\.mentionedLocals) where !result.contains(id) { result.append(id) }
        return result
    }
}

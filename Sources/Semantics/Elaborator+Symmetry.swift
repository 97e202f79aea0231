import Diagnostics
import Program
import Syntax

/// The elements of a domain are interchangeable, so no program may single one out. A default value does: it is the
/// first element. In code that is an error. In the initial state it is a warning, because the search is still right;
/// but the initial states are then not closed under symmetry.
extension Elaborator {
    /// The domain of which a value names an element; domains of one element have nothing to single out.
    func singledOut(in value: Value) -> DomainID? {
        switch value {
        case .element(let id, _): program[id].size > 1 ? id : nil
        case .enumeration(_, case: _, let parts), .record(_, let parts), .set(let parts):
            parts.lazy.compactMap { self.singledOut(in: $0) }.first
        case .some(let inner): singledOut(in: inner)
        case .unit, .bool, .int, .unbounded, .bits, .none, .lockFree, .lockExclusive, .lockShared: nil
        }
    }

    /// Reports locals that are declared without a value and read before they have one, where their default would be a
    /// first element.
    func rejectFirstElements(in block: Block, _ body: BodyScope) {
        let early = DefiniteAssignment(of: block, watching: body.chosen.union(body.unset.keys)).early
        for local in body.chosen.sorted() {
            guard let span = early[local] else { continue }
            report(
                .unknownName, "`\(body.locals[local.raw].name)` may be read here where nothing was chosen", at: span,
                notes: [
                    Note("the `else` of its `choose` goes on behind it", at: body.locals[local.raw].span),
                    Note("let the `else` leave: `return`, `break`, `continue` or `fail`"),
                ])
        }
        for (local, domain) in body.unset.sorted(by: { $0.key < $1.key }) {
            guard let span = early[local] else { continue }
            let name = body.locals[local.raw].name
            if case .initial = body.kind {
                reportAsymmetry("`\(name)`", domain, at: body.locals[local.raw].span)
                continue
            }
            report(
                .symmetricDomainMisused, "`\(name)` may be read here before it has a value", at: span,
                notes: [
                    Note("it is declared without one here", at: body.locals[local.raw].span),
                    Note("the elements of `\(program[domain].name)` are alike: none can stand in"),
                ])
        }
    }

    private func reportFirstElement(_ domain: DomainID, _ what: String, at span: Span, _ body: BodyScope) {
        let name = program[domain].name
        if case .initial = body.kind {
            reportAsymmetry(what, domain, at: span)
        } else {
            report(
                .symmetricDomainMisused,
                "\(what) needs a value: the elements of `\(name)` are alike, and none is the first",
                at: span,
                notes: [
                    Note("a `domain` is a set of interchangeable identities", at: program[domain].span),
                    Note("give it a value, or make it an optional"),
                ])
        }
    }

    private func reportAsymmetry(_ what: String, _ domain: DomainID, at span: Span) {
        report(
            .initNotSymmetric,
            "\(what) starts with the first element of `\(program[domain].name)`: `init` is not closed under symmetry",
            at: span, severity: .warning,
            notes: [
                Note("counts with and without symmetry are then not comparable"),
                Note("choose an element in `init`, or make it an optional"),
            ])
    }

    /// Whether a record literal leaves out a field whose default is a first element; that is reported.
    func mentionsFirstElement(of id: RecordID, except updates: [FieldUpdate], _ span: Span, _ body: BodyScope) -> Bool {
        switch body.kind {
        case .constant, .variable: return false  // initial values: `checkSymmetryOfInit` looks at them
        case .function, .handler, .process, .initial, .property: break
        }
        for (number, field) in program[id].fields.enumerated() where !updates.contains(where: { $0.field == number }) {
            guard let domain = singledOut(in: field.initial), isMeaningful(field, of: id, updates) else { continue }
            reportFirstElement(domain, "field `\(field.name)`", at: span, body)
            if case .initial = body.kind { continue }
            return true
        }
        return false
    }

    /// Whether the `when` of a field may hold in a record literal.
    private func isMeaningful(_ field: Field, of id: RecordID, _ updates: [FieldUpdate]) -> Bool {
        guard let condition = field.condition else { return true }
        let values = program[id].fields.enumerated().map { number, field in
            updates.first { $0.field == number }?.value ?? Expr(.constant(field.initial), field.type, field.span)
        }
        let known = condition.replacingSiblings(by: values)
        if case .success(.bool(false)) = ConstantEvaluator(program).evaluate(known) { return false }
        return true
    }

    // MARK: The initial state

    /// Warns of variables that are left at the first element of a domain where something reads them.
    func checkSymmetryOfInit() {
        guard !isLibrary else { return }
        var uses = Uses()
        uses.visitWrites(program.initialization.body, program)
        uses.visitReads(of: program)
        for (number, variable) in program.variables.enumerated() {
            guard variable.role != .symbolicConstant, elements(variable.indexTypes) > 0 else { continue }
            let id = VariableID(number)
            for part in asymmetricParts(of: variable.initial, []) where !uses.isWritten(id, part.path) {
                guard uses.isRead(id, part.path) else { continue }
                let name = ([variable.name] + part.names).joined(separator: ".")
                reportAsymmetry("`\(name)`", part.domain, at: variable.span)
                break
            }
        }
    }

    /// Warns of variables that steps reset to the first element of a domain: that names it, so the elements of the
    /// domain are not interchangeable in this program.
    func checkSymmetryOfResets() {
        guard !isLibrary else { return }
        var uses = Uses()
        uses.visitReads(of: program)
        for (number, variable) in program.variables.enumerated() where !variable.isVanished {
            guard variable.condition != nil || program.hasConditionalFields(variable.type),
                elements(variable.indexTypes) > 0, uses.isRead(VariableID(number), []),
                let domain = singledOut(in: variable.initial)
            else { continue }
            let name = program[domain].name
            report(
                .symmetryOff,
                "`\(variable.name)` is reset to the first element of `\(name)` where it means nothing: symmetry over "
                    + "`\(name)` is off",
                at: variable.span, severity: .warning,
                notes: [
                    Note("the verdict is right, but more states are searched than need be"),
                    Note("make what is of `\(name)` an optional: that is reset to `none`"),
                ])
        }
    }

    /// The domain of which a constant in an expression names an element.
    private func singledOut(in expr: Expr) -> DomainID? {
        var found: DomainID?
        _ = expr.contains { part in
            if case .constant(let value) = part.kind { found = found ?? singledOut(in: value) }
            return found != nil
        }
        return found
    }

    private struct AsymmetricPart {
        let path: [Int]
        let names: [String]
        let domain: DomainID
    }

    /// The cells of an initial value that hold a first element and mean something.
    private func asymmetricParts(of expr: Expr, _ path: [Int]) -> [AsymmetricPart] {
        if case .record(let id) = expr.type, !program[id].isWord, let values = fieldValues(expr) {
            return program[id].fields.enumerated().flatMap { number, field -> [AsymmetricPart] in
                let updates = values.enumerated().map { FieldUpdate(field: $0.offset, value: $0.element) }
                guard isMeaningful(field, of: id, updates) else { return [] }
                return asymmetricParts(of: values[number], path + [number]).map {
                    AsymmetricPart(path: $0.path, names: [field.name] + $0.names, domain: $0.domain)
                }
            }
        }
        return singledOut(in: expr).map { [AsymmetricPart(path: path, names: [], domain: $0)] } ?? []
    }

    private func fieldValues(_ expr: Expr) -> [Expr]? {
        guard case .record(let id) = expr.type else { return nil }
        switch expr.kind {
        case .makeRecord(_, let values): return values
        case .constant(.record(_, let values)):
            return zip(values, program[id].fields).map { Expr(.constant($0), $1.type, expr.span) }
        default: return nil  // a calculated record: looked at as a whole
        }
    }
}

/// Which variables, or fields of them, a program reads and its `init` writes.
private struct Uses {
    private var reads: [VariableID: Set<[Int]>] = [:]
    private var writes: [VariableID: Set<[Int]>] = [:]
    private var visited: Set<HandlerID> = []

    mutating func visitWrites(_ block: Block, _ program: Program) {
        var places: [Place] = []
        var called: [HandlerID] = []
        block.forEachStatement { statement in
            if let place = statement.writtenPlace { places.append(place) }
            if let handler = statement.calledHandler { called.append(handler) }
        }
        for place in places { writes[place.variable, default: []].insert(place.fields) }
        for handler in called where visited.insert(handler).inserted {
            visitWrites(program[handler].body, program)
        }
    }

    mutating func visitReads(of program: Program) {
        var exprs: [Expr] = program.functions.map(\.body) + program.variables.compactMap(\.condition)
        for property in program.properties {
            switch property.kind {
            case .invariant(atRest: _, let conjuncts), .transition(let conjuncts): exprs += conjuncts
            case .reachable(let condition): exprs.append(condition)
            case .progress(let first, leadsTo: let second): exprs += [first, second]
            }
        }
        for block in program.processes.map(\.body) + program.handlers.map(\.body) + [program.initialization.body] {
            block.forEachStatement { exprs += $0.headExpressions }
        }
        for expr in exprs { visitReads(expr) }
    }

    private mutating func visitReads(_ expr: Expr) {
        if case .read(let place, _) = expr.kind { reads[place.variable, default: []].insert(place.fields) }
        for child in expr.children { visitReads(child) }
    }

    func isRead(_ id: VariableID, _ path: [Int]) -> Bool { overlaps(reads[id], path) }
    func isWritten(_ id: VariableID, _ path: [Int]) -> Bool { overlaps(writes[id], path) }

    private func overlaps(_ paths: Set<[Int]>?, _ path: [Int]) -> Bool {
        paths?.contains { $0.starts(with: path) || path.starts(with: $0) } ?? false
    }
}

extension Expr {
    /// The expression with the fields of the record in whose `when` it stands replaced by values.
    fileprivate func replacingSiblings(by values: [Expr]) -> Expr {
        if case .sibling(let number) = kind { return values.indices.contains(number) ? values[number] : self }
        return mapChildren { $0.replacingSiblings(by: values) }
    }
}

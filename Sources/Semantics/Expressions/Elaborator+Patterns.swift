import Diagnostics
import Program
import Syntax

extension Elaborator {
    func isPattern(
        _ value: ExprTree, _ pattern: PatternTree, negated: Bool, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let scrutinee = infer(value, hint: nil, body) else { return nil }
        if negated { body.push() }
        defer { if negated { body.pop() } }
        guard let checked = check(pattern, scrutinee.type, body) else { return nil }
        let expr = Expr(.matches(scrutinee, checked), .bool, span)
        return negated ? Expr(.unary(.not, expr), .bool, span) : expr
    }

    /// A pattern against a type; its names are declared in the current frame.
    func check(_ tree: PatternTree, _ type: Type, _ body: BodyScope) -> Pattern? {
        pattern(tree, type, isInside: false, body)
    }

    private func pattern(_ tree: PatternTree, _ type: Type, isInside: Bool, _ body: BodyScope) -> Pattern? {
        switch tree.kind {
        case .anything: return .anything
        case .emptySet:
            guard case .set = type else {
                report(.typeMismatch, "`{}` is the empty set, and this is \(describe(type))", at: tree.span)
                return nil
            }
            return .emptySet
        case .literal(let literal):
            guard let expr = check(literal, expecting: type, body), case .constant(let value) = expr.kind else {
                return nil
            }
            return .constant(value)
        case .name(let path): return namePattern(path, type, isInside, body)
        case .constructor(let path, let arguments): return constructorPattern(path, arguments, type, tree.span, body)
        case .error: return nil
        }
    }

    private func namePattern(_ path: Path, _ type: Type, _ isInside: Bool, _ body: BodyScope) -> Pattern? {
        guard let name = path.parts.last else { return nil }
        switch type {
        case .enumeration(let id):
            if let index = program[id].cases.firstIndex(where: { $0.name == name.text }) {
                let anything = program[id].cases[index].payload.map { _ in Pattern.anything }
                return .enumeration(id, case: index, anything)
            }
        case .optional where name.text == "none": return Pattern.none
        case .unit where name.text == "unit": return .anything
        case .rangeOrUnbounded where name.text == "unbounded": return .constant(.unbounded)
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .record, .set, .optional, .lock: break
        }
        guard isInside, path.parts.count == 1 else {
            unknownPattern(path, name, type)
            return nil
        }
        return bindingPattern(name, type, body)
    }

    private func unknownPattern(_ path: Path, _ name: Name, _ type: Type) {
        if case .enumeration(let id) = type {
            unknownCase(name, id)
        } else {
            report(
                .typeMismatch, "`\(path.text)` is no pattern for \(describe(type))", at: path.span,
                notes: [Note("use `_` for any value, or `==` to compare")])
        }
    }

    private func bindingPattern(_ name: Name, _ type: Type, _ body: BodyScope) -> Pattern? {
        if let what = namedValue(name.text, body) {
            report(
                .patternReusesName, "`\(name.text)` already names \(what); a pattern always introduces a new name",
                at: name.span,
                notes: [Note("write another name and compare: `… \(name.text)2 … and \(name.text)2 == \(name.text)`")])
            return nil
        }
        return .bind(body.declare(name, type))
    }

    /// What value a name already stands for, in words; nil where it is free for a pattern.
    private func namedValue(_ name: String, _ body: BodyScope) -> String? {
        switch body.find(name) {
        case .local(let id): return "a local, \(describe(body.type(of: id)))"
        case .substitution(let expr): return describe(expr.type)
        case nil: break
        }
        switch symbol(named: name, in: body.instance) {
        case .variable, .place: return "a variable"
        case .constant: return "a constant"
        case .type, .function, .handler, .process, .property, .module, nil: return nil
        }
    }

    private func constructorPattern(
        _ path: Path, _ arguments: [PatternTree], _ type: Type, _ span: Span, _ body: BodyScope
    ) -> Pattern? {
        guard let name = path.parts.last else { return nil }
        if case .optional(let wrapped) = type, name.text == "some" {
            guard arguments.count == 1 else {
                report(.wrongArguments, "`some` has one value", at: span)
                return nil
            }
            return pattern(arguments[0], wrapped, isInside: true, body).map { .some($0) }
        }
        guard case .enumeration(let id) = type else {
            report(.typeMismatch, "`\(path.text)(…)` is no pattern for \(describe(type))", at: span)
            return nil
        }
        guard let index = program[id].cases.firstIndex(where: { $0.name == name.text }) else {
            unknownCase(name, id)
            return nil
        }
        let payload = program[id].cases[index].payload
        guard payload.count == arguments.count else {
            report(
                .wrongArguments, "`\(name.text)` has \(payload.count) payload fields, and the pattern \(arguments.count)",
                at: span)
            return nil
        }
        var patterns: [Pattern] = []
        for (argument, field) in zip(arguments, payload) {
            guard let checked = pattern(argument, field.type, isInside: true, body) else { return nil }
            patterns.append(checked)
        }
        return .enumeration(id, case: index, patterns)
    }

    // MARK: match

    func matchExpr(
        _ value: ExprTree, _ arms: [ExprArmTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let scrutinee = infer(value, hint: nil, body) else { return nil }
        var result: [ExprArm] = []
        var hint = hint
        for arm in arms {
            body.push()
            defer { body.pop() }
            guard let pattern = check(arm.pattern, scrutinee.type, body),
                let value = body.withoutCalls({ infer(arm.value, hint: hint, body) })
            else { return nil }
            hint = hint ?? value.type
            result.append(ExprArm(pattern: pattern, value: value))
        }
        guard let first = result.first else {
            report(.expected, "a `match` has at least one arm", at: span)
            return nil
        }
        checkExhaustive(arms.map(\.pattern), result.map(\.pattern), scrutinee.type, span)
        var joinedArms = [first]
        for arm in result.dropFirst() {
            guard let (_, value) = joined(first.value, arm.value) else { return nil }
            joinedArms.append(ExprArm(pattern: arm.pattern, value: value))
        }
        let type = joinedArms.contains { $0.value.type == .int } ? Type.int : first.value.type
        return Expr(.match(scrutinee, joinedArms), type, span)
    }

    /// Every value is matched by some arm, and no arm comes too late.
    func checkExhaustive(_ trees: [PatternTree], _ patterns: [Pattern], _ type: Type, _ span: Span) {
        var covered: [Pattern] = []
        for (tree, pattern) in zip(trees, patterns) {
            if Coverage(program).missing([covered], [type]) == nil {
                report(
                    .notExhaustive, "no value gets here: the arms above match them all", at: tree.span,
                    severity: .warning)
            }
            covered.append(pattern)
        }
        guard let missing = Coverage(program).missing([covered], [type]) else { return }
        report(
            .notExhaustive, "this `match` has no arm for \(missing.joined(separator: ", "))", at: span,
            notes: [Note("add one, or `_:` for everything else")])
    }
}

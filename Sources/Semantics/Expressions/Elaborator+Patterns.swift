import Diagnostics
import Program
import Syntax

extension Elaborator {
    func isPattern(
        _ value: ExprTree, _ pattern: PatternTree, negated: Bool, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let scrutinee = infer(value, hint: nil, body) else {
            if !negated { declareBroken(pattern, body) }
            return nil
        }
        body.testedPattern = negated ? nil : pattern.span
        defer { body.testedPattern = nil }
        if negated { body.push() }
        defer { if negated { body.pop() } }
        guard let checked = check(pattern, scrutinee.type, body) else { return nil }
        let expr = Expr(.matches(scrutinee, checked), .bool, span)
        return negated ? Expr(.unary(.not, expr), .bool, span) : expr
    }

    /// A pattern against a type; its names are declared in the current frame.
    func check(_ tree: PatternTree, _ type: Type, _ body: BodyScope) -> Pattern? {
        if let checked = pattern(tree, type, isInside: false, body) { return checked }
        declareBroken(tree, body)
        return nil
    }

    /// The names of a pattern that is in error are there all the same, so that their uses are not errors, too.
    private func declareBroken(_ tree: PatternTree, _ body: BodyScope) {
        for name in tree.possibleNames where body.find(name) == nil { body.declareBroken(name) }
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
        case .literal(let literal): return literalPattern(literal, type, body)
        case .name(let path): return namePattern(path, type, isInside, body)
        case .constructor(let path, let arguments): return constructorPattern(path, arguments, type, tree.span, body)
        case .error: return nil
        }
    }

    private func literalPattern(_ tree: ExprTree, _ type: Type, _ body: BodyScope) -> Pattern? {
        if case .optional(let wrapped) = type { return literalPattern(tree, wrapped, body).map { .some($0) } }
        guard let expr = check(tree, expecting: type, body) else { return nil }
        guard case .constant(let value) = expr.kind else {
            report(.notConstant, "a pattern is made of constants", at: tree.span)
            return nil
        }
        return .constant(value)
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
        } else if case .optional = type, path.text == "some" {
            report(
                .wrongArguments, "`some` has one value", at: path.span,
                fixIts: [FixIt("write `some(_)`", replace: path.span, with: "some(_)")])
        } else {
            report(
                .typeMismatch, "`\(path.text)` is no pattern for \(describe(type))", at: path.span,
                notes: [Note("use `_` for any value, or `==` to compare")])
        }
    }

    private func bindingPattern(_ name: Name, _ type: Type, _ body: BodyScope) -> Pattern? {
        if let what = namedValue(name.text, body) {
            let fresh = freshName(name.text, body)
            let fix = comparingFix(name, fresh, body)
            report(
                .patternReusesName, "`\(name.text)` already names \(what); a pattern always introduces a new name",
                at: name.span,
                notes: fix == nil ? [Note("use another name and compare: `\(fresh) == \(name.text)`")] : [],
                fixIts: fix.map { [$0] } ?? [])
            return nil
        }
        return .bind(body.declare(name, type))
    }

    private func freshName(_ name: String, _ body: BodyScope) -> String {
        for number in 2..<100 where body.find("\(name)\(number)") == nil && namedValue("\(name)\(number)", body) == nil
        {
            return "\(name)\(number)"
        }
        return "_"
    }

    /// `e is mapped(f, _)` as `e is mapped(f2, _) and f2 == f`; in a `match` there is no place for the comparison.
    private func comparingFix(_ name: Name, _ fresh: String, _ body: BodyScope) -> FixIt? {
        guard let test = body.testedPattern, test.start <= name.span.start, name.span.end <= test.end else {
            return nil
        }
        let before = workspace.sources.text(Span(test.source, test.start, name.span.start))
        let after = workspace.sources.text(Span(test.source, name.span.end, test.end))
        return FixIt(
            "use another name and compare", replace: test,
            with: "\(before)\(fresh)\(after) and \(fresh) == \(name.text)")
    }

    /// What value a name already stands for, in words; nil where it is free for a pattern.
    private func namedValue(_ name: String, _ body: BodyScope) -> String? {
        switch body.find(name) {
        case .local(let id): return "a local of type \(describe(body.type(of: id)))"
        case .substitution(let expr): return describe(expr.type)
        case .broken, nil: break
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
                .wrongArguments,
                "`\(name.text)` has \(payload.count) payload field\(payload.count == 1 ? "" : "s"), and the pattern \(arguments.count)",
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
        guard !arms.isEmpty else {
            report(.expected, "a `match` has at least one arm", at: span)
            return nil
        }
        guard let result = exprArms(arms, scrutinee.type, hint, body) else { return nil }
        checkExhaustive(arms.map(\.pattern), result.map(\.pattern), scrutinee.type, value.span)
        guard let (type, values) = joined(result.map(\.value)) else { return nil }
        let joinedArms = zip(result, values).map { ExprArm(pattern: $0.pattern, value: $1) }
        return Expr(.match(scrutinee, joinedArms), type, span)
    }

    /// The arms in their order. Those that tell their type are looked at first, so that the others get a hint.
    private func exprArms(_ arms: [ExprArmTree], _ type: Type, _ hint: Type?, _ body: BodyScope) -> [ExprArm]? {
        var result = [ExprArm?](repeating: nil, count: arms.count)
        var hint = hint
        var isComplete = true
        for wantsHint in [false, true] {
            for (number, arm) in arms.enumerated() where needsHint(arm.value, body) == wantsHint {
                body.push()
                defer { body.pop() }
                guard let pattern = check(arm.pattern, type, body),
                    let value = body.withoutCalls({ infer(arm.value, hint: hint, body) })
                else {
                    isComplete = false
                    continue
                }
                hint = hint ?? value.type
                result[number] = ExprArm(pattern: pattern, value: value)
            }
        }
        return isComplete ? result.compactMap { $0 } : nil
    }

    private static let maximumArms = 256

    /// Every value is matched by some arm, and no arm comes too late.
    func checkExhaustive(_ trees: [PatternTree], _ patterns: [Pattern], _ type: Type, _ span: Span) {
        guard patterns.count <= Self.maximumArms else {
            report(.tooLarge, "a `match` has at most \(Self.maximumArms) arms", at: span)
            return
        }
        var coverage = Coverage(program)
        var covered: [Pattern] = []
        for (tree, pattern) in zip(trees, patterns) {
            guard coverage.reaches(pattern, behind: covered, type) else {
                report(
                    .notExhaustive, "no value gets here: the arms above match them all", at: tree.span,
                    severity: .warning)
                continue
            }
            covered.append(pattern)
        }
        switch coverage.missing(covered, type) {
        case .complete: return
        case .missing(let value):
            report(
                .notExhaustive, "this `match` has no arm for `\(value)`", at: span,
                notes: [Note("add one, or `_:` for everything else")])
        case .unknown:
            report(
                .notExhaustive, "whether this `match` has an arm for every value takes too long to find out", at: span,
                notes: [Note("add `_:` for everything else")])
        }
    }
}

extension PatternTree {
    /// The names that the pattern may introduce.
    fileprivate var possibleNames: [String] {
        switch kind {
        case .name(let path): path.parts.count == 1 ? [path.text] : []
        case .constructor(_, let inner): inner.flatMap(\.possibleNames)
        case .anything, .literal, .emptySet, .error: []
        }
    }
}

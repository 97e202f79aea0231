extension SpecGenerator {
    mutating func ifElse(_ scope: inout Scope) -> [String]? {
        if random.percent(35), let maybe = atom(random.percent(50) ? .maybeSmall : .op, &scope), maybe != "none",
            !maybe.hasPrefix("go("), !maybe.hasPrefix("stop"), !maybe.hasPrefix("some")
        {
            note(.ifBinding)
            let name = fresh("x")
            let isOp =
                maybe.hasPrefix("op") || locals(.op, scope).contains { $0.name == maybe } || maybe.hasPrefix("gs")
                || maybe.hasPrefix("racy(gs")
            let pattern = conjoined("\(maybe) is \(isOp ? "go" : "some")(\(name))", name, &scope)
            let lines = inner(scope, 1) { $0.locals.append(Local(name: name, kind: .small, isMutable: false)) }
            return block("if \(pattern)", lines)
        }
        guard let condition = expression(.bool, &scope) else { return nil }
        note(.ifElse)
        let lines = block("if \(condition)", inner(scope, 1 + random.below(2)))
        guard random.percent(50) else { return lines }
        return lines.dropLast() + block("} else", inner(scope))
    }

    /// A pattern that binds a small number, perhaps behind a condition, perhaps with one behind it that reads the number.
    private mutating func conjoined(_ pattern: String, _ name: String, _ scope: inout Scope) -> String {
        guard random.percent(40) else { return pattern }
        note(.laterPattern)
        let first = expression(.bool, &scope, 1).map { "(\($0)) and " } ?? ""
        return first + pattern + (random.percent(50) ? " and \(name) > 0" : "")
    }

    mutating func match(_ scope: inout Scope) -> [String]? {
        let kind: Kind = random.pick([.op, .maybeElement, .bool, .op, .smalls]) ?? .op
        guard let subject = kind == .smalls ? set(&scope, .small) : atom(kind, &scope), subject.first?.isLetter == true,
            subject != "none", !subject.hasPrefix("go("), subject != "stop", subject != "turbo"
        else { return nil }
        let name = fresh("x")
        var arms: [(String, [String])]
        switch kind {
        case .op:
            note(.matchBinding)
            let d = fresh("x")
            arms = [
                ("stop", inner(scope)),
                ("go(\(name))", inner(scope) { $0.locals.append(Local(name: name, kind: .small, isMutable: false)) }),
                ("move(\(d), _)", inner(scope) { $0.locals.append(Local(name: d, kind: .element, isMutable: false)) }),
            ]
            if random.percent(40) { arms = [arms[random.below(2)], ("_", inner(scope))] }
        case .maybeElement:
            note(.matchOptional)
            arms = [
                ("none", inner(scope)),
                (
                    "some(\(name))",
                    inner(scope) { $0.locals.append(Local(name: name, kind: .element, isMutable: false)) }
                ),
            ]
        case .smalls: arms = [("{}", inner(scope)), ("_", inner(scope))]
        case .bool, .small, .ring, .third, .bound, .word, .half, .element, .leaf, .maybeSmall, .elements, .pair, .outer:
            note(.matchConstant)
            arms = [("true", inner(scope)), ("false", inner(scope))]
        }
        note(.match)
        return block("match \(subject)", arms.flatMap { pattern, lines in ["\(pattern):"] + indented(lines) })
    }

    mutating func loop(_ scope: inout Scope) -> [String]? {
        let label = fresh("again")
        var own = scope
        own.isInLoop = true
        if scope.mayLeave { own.labels.append((label, true)) }
        switch random.below(4) {
        case 0 where !scope.isAtomic:
            // An endless loop that a counter ends.
            guard scope.mayLeave else { return nil }
            note(.loopEndless)
            note(.breakLoop)
            let name = fresh("v")
            own.locals.append(Local(name: name, kind: .small, isMutable: false))
            let leave = block("if \(name) > 0", ["break"]) + ["\(name) += 1"]
            return ["var \(name): Small = 0"] + block("loop \(label)", leave + inner(own))
        case 1 where !scope.isAtomic:
            note(.whileLoop)
            let name = fresh("v")
            let more = expression(.bool, &scope, 1) ?? "true"
            own.locals.append(Local(name: name, kind: .small, isMutable: false))
            return ["var \(name): Small = 0"]
                + block("while \(name) < 2 and (\(name) == 0 or \(more))", ["\(name) += 1"] + inner(own))
        case 2 where !scope.isAtomic:
            guard let bound = sharedRead(.small, &scope) else { return nil }
            note(.loopAtMostShared)
            return block("loop \(label) at most \(bound)", inner(own))
        default:
            note(scope.isAtomic ? .loopAtomic : .loopAtMost)
            let bound = random.percent(50) ? "2" : (locals(.small, scope).first?.name ?? "few")
            return block("loop \(label) at most \(bound)", inner(own))
        }
    }

    mutating func each(_ scope: inout Scope) -> [String]? {
        let name = fresh("e")
        if scope.isAtomic {
            guard let cell = random.pick(cells.filter({ $0.name == "marks" || $0.name == "ops" })) else { return nil }
            note(.eachAtomic)
            let value = cell.kind == .bool ? "\(random.percent(50))" : "go(\(random.below(3)))"
            return block("each \(name) in \(set(&scope, .element) ?? "D")", ["\(cell.name)[\(name)] = \(value)"])
        }
        let isElement = random.percent(70)
        var source = isElement ? "D" : "Small"
        if random.percent(50), let set = set(&scope, isElement ? .element : .small) { source = set }
        if random.percent(20) {
            let inside = fresh("k")
            var own = scope
            own.budget = 0
            own.locals.append(Local(name: inside, kind: isElement ? .element : .small, isMutable: false))
            note(.eachComprehension)
            source = "{\(inside) in \(isElement ? "D" : "Small") where \(expression(.bool, &own, 1) ?? "true")}"
        }
        note(.each)
        let lines = inner(scope) { own in
            own.isInLoop = true
            own.locals.append(Local(name: name, kind: isElement ? .element : .small, isMutable: false))
        }
        return block("each \(name) in \(source)", lines)
    }

    mutating func either(_ scope: inout Scope) -> [String]? {
        note(.either)
        let first: [String]
        if random.percent(50), scope.mayWait, let condition = expression(.bool, &scope) {
            note(.eitherWait)
            first = ["await \(condition)"]
        } else {
            first = []
        }
        var lines = block("either", first + inner(scope)).dropLast() + block("} or", inner(scope))
        if random.percent(25) { lines = lines.dropLast() + ["} or {}"] }
        return Array(lines)
    }

    mutating func guardElse(_ scope: inout Scope) -> [String]? {
        guard scope.mayLeave else { return nil }
        guard scope.isHandler || scope.labels.contains(where: { !$0.isLoop }) else {
            let label = fresh("out")
            var own = scope
            own.labels.append((label, false))
            guard let lines = guardElse(&own) else { return nil }
            return block("do \(label)", lines + inner(own))
        }
        let leave: String
        if let label = scope.labels.last(where: { !$0.isLoop }), random.percent(50) || !scope.isHandler {
            leave = "break \(label.name)"
        } else {
            leave = "return" + (scope.result.map { " \(literal($0, scope))" } ?? "")
        }
        if random.percent(70), let cell = random.pick(cells.filter { $0.kind == .maybeSmall || $0.kind == .op }),
            let read = read(cell, &scope)
        {
            note(.guardBinding)
            let name = fresh("x")
            let pattern = conjoined("\(read) is \(cell.kind == .op ? "go" : "some")(\(name))", name, &scope)
            scope.locals.append(Local(name: name, kind: .small, isMutable: false))
            return ["guard \(pattern) else { \(leave) }"]
        }
        guard let condition = expression(.bool, &scope) else { return nil }
        note(.guardElse)
        return ["guard \(condition) else { \(leave) }"]
    }

    mutating func doBlock(_ scope: inout Scope) -> [String]? {
        guard scope.mayLeave else { return nil }
        let label = fresh("out")
        return block("do \(label)", inner(scope, 2) { $0.labels.append((label, false)) })
    }

    mutating func atomic(_ scope: inout Scope) -> [String]? {
        guard !scope.isAtomic else { return nil }
        note(.atomic)
        let lines = inner(scope, 1 + random.below(3)) { own in
            own.isAtomic = true
            own.depth += 1
        }
        return block("atomic(\"why not\")", lines)
    }

    mutating func choose(_ scope: inout Scope) -> [String]? {
        let name = fresh("d")
        let isElement = random.percent(65)
        var inside = scope
        inside.locals.append(Local(name: name, kind: isElement ? .element : .small, isMutable: false))
        var text = "choose \(name) in \(isElement ? "D" : "Small")"
        if random.percent(15), let set = set(&scope, isElement ? .element : .small) {
            text = "choose \(name) in \(set)"
        }
        inside.budget = scope.budget
        if isElement, !scope.isAtomic, scope.budget > 0, random.percent(25),
            let cell = random.pick(
                cells.filter { $0.index == [.element] && $0.guards.isEmpty && $0.kind != .pair && !$0.isConditional })
        {
            note(.chooseThen)
            scope.locals = inside.locals
            inside.budget = 0
            let value = expression(cell.kind, &inside, 1) ?? literal(cell.kind, inside)
            return [
                "\(text) where \(cell.name)[\(name)] != \(literal(cell.kind, scope)) then \(cell.name)[\(name)] = \(value)"
            ]
        }
        var isConditional = false
        if random.percent(50) {
            if !scope.isAtomic { inside.budget = 0 }
            guard let condition = expression(.bool, &inside, 1) else { return nil }
            note(.chooseWhere)
            isConditional = true
            text += " where \(condition)"
        }
        if random.percent(15) {
            note(.chooseTwo)
            let second = fresh("d")
            inside.locals.append(Local(name: second, kind: .small, isMutable: false))
            text += ", \(second) in Small where \(second) > 0"
        }
        if (isConditional || !text.hasSuffix(isElement ? "D" : "Small")), scope.mayLeave,
            let label = scope.labels.last(where: { !$0.isLoop })
        {
            note(.chooseElse)
            text += " else { \(inner(scope)[0] == "{}" ? "" : "")break \(label.name) }"
        } else if !scope.mayWait, isConditional {
            return nil
        } else {
            note(.chooseLocal)
        }
        scope.locals = inside.locals
        return [text]
    }
}

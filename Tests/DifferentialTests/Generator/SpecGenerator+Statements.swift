extension SpecGenerator {
    /// A few statements; locals that they introduce stay in the scope.
    mutating func statements(_ count: Int, _ scope: inout Scope) -> [String] {
        var result: [String] = []
        for _ in 0..<count {
            guard fuel > 0 else { break }
            fuel -= 1
            for _ in 0..<6 {
                scope.budget = scope.isAtomic ? 99 : 1
                // What fails half-way leaves nothing behind.
                let (before, known) = (scope, constructs)
                if let lines = statement(&scope) {
                    result += lines
                    break
                }
                (scope, constructs) = (before, known)
            }
        }
        return result.isEmpty ? ["{}"] : result
    }

    /// The statements of a block: what they introduce ends with it.
    mutating func inner(_ scope: Scope, _ count: Int = 1, _ change: (inout Scope) -> Void = { _ in }) -> [String] {
        var own = scope
        own.depth += 1
        change(&own)
        return statements(count, &own)
    }

    private mutating func statement(_ scope: inout Scope) -> [String]? {
        let isDeep = scope.depth >= 3
        if scope.isAtomic, random.percent(12), let lines = each(&scope) { return lines }
        if !scope.labels.isEmpty, random.percent(15), let lines = leave(&scope) { return lines }
        if random.percent(14), let lines = story(&scope) { return lines }
        if random.percent(6), let lines = lifecycle(&scope) { return lines }
        if random.percent(6), let lines = membership(&scope) { return lines }
        if random.percent(6), let lines = bits(&scope) { return lines }
        if random.percent(9), let lines = bracket(&scope) { return lines }
        scope.budget = scope.isAtomic ? 99 : 1
        switch random.below(isDeep ? 14 : 34) {
        case 0, 1, 2: return assignShared(&scope)
        case 3, 4: return modify(&scope)
        case 5, 6: return bind(&scope)
        case 7...8 where scope.locals.contains(where: \.isMutable): return assignLocal(&scope)
        case 7, 8: return call(&scope)
        case 9: return commit(&scope)
        case 10: return check(&scope)
        case 11: return choose(&scope)
        case 12: return wait(&scope)
        case 13: return leave(&scope)
        case 14, 15: return ifElse(&scope)
        case 16, 17: return match(&scope)
        case 18: return loop(&scope)
        case 19: return each(&scope)
        case 20: return either(&scope)
        case 21: return guardElse(&scope)
        case 22, 23: return doBlock(&scope)
        case 24, 25: return atomic(&scope)
        case 26, 27, 28, 29: return locked(&scope)
        case 30: return tryLock(&scope)
        case 31: return callBranch(&scope)
        default: return choose(&scope)
        }
    }

    // MARK: Assignments

    mutating func assignShared(_ scope: inout Scope, inInit: Bool = false) -> [String]? {
        guard let cell = random.pick(cells), let (text, guards) = place(cell, scope) else { return nil }
        let isFree = guards.isEmpty || inInit
        guard isFree || guards.allSatisfy({ scope.held[$0] == false }) else { return nil }
        // The one access of the statement is the write.
        if !scope.isAtomic { scope.budget = 0 }
        if cell.kind == .pair { return assignPair(text, &scope) }
        if cell.kind == .outer, !scope.isAtomic || random.percent(60) {
            if random.percent(60) { return assignPair("\(text).inner", &scope) }
            note(.assignField)
            let isBit = random.percent(60)
            return expression(isBit ? .bool : .small, &scope).map { ["\(text).\(isBit ? "bit" : "n") = \($0)"] }
        }
        if cell.kind == .leaf, scope.isAtomic || !guards.isEmpty, random.percent(40) {
            guard let value = expression(.bool, &scope, 1) else { return nil }
            note(.assignInner)
            return ["\(text).writable = \(value)"]
        }
        guard let value = expression(cell.kind, &scope) else { return nil }
        note(cell.index.isEmpty ? .assign : .assignElement)
        return ["\(text) = \(value)"]
    }

    private mutating func assignPair(_ text: String, _ scope: inout Scope) -> [String]? {
        if scope.isAtomic, random.percent(50) {
            guard let value = expression(.pair, &scope) else { return nil }
            note(.assignWhole)
            return ["\(text) = \(value)"]
        }
        note(.assignField)
        if random.percent(50) { return expression(.bool, &scope).map { ["\(text).tag = \($0)"] } }
        let field = random.percent(50) ? "count" : "data"
        return expression(.small, &scope).map { ["\(text).\(field) = \($0)"] }
    }

    private mutating func modify(_ scope: inout Scope) -> [String]? {
        if !scope.isAtomic { scope.budget = 0 }
        switch random.below(5) {
        case 0 where cells.contains(where: { $0.kind == .elements || $0.kind == .smalls }):
            guard let cell = random.pick(cells.filter { $0.kind == .elements || $0.kind == .smalls }),
                let d = expression(cell.kind == .elements ? .element : .small, &scope, 1)
            else { return nil }
            let adds = random.percent(60)
            note(adds ? .insertElement : .removeElement)
            return ["\(cell.name) \(adds ? "+=" : "-=") \(d)"]
        case 1, 2:
            guard let cell = random.pick(cells.filter { $0.isAtomic || $0.kind == .pair && $0.guards.isEmpty }),
                let (text, _) = place(cell, scope)
            else { return nil }
            let adds = random.percent(60)
            note(adds ? .fetchAddStatement : .subtractAtomic)
            return ["\(text)\(cell.kind == .pair ? ".count" : "") \(adds ? "+=" : "-=") 1"]
        default: return exchange(&scope)
        }
    }

    private mutating func exchange(_ scope: inout Scope) -> [String]? {
        let kinds: Set<Kind> = [.bool, .small, .ring, .op, .word, .leaf, .maybeSmall]
        guard let cell = random.pick(cells.filter { kinds.contains($0.kind) && $0.guards.isEmpty }),
            let (text, _) = place(cell, scope), let value = expression(cell.kind, &scope, 1)
        else { return nil }
        let name = fresh("v")
        defer { scope.locals.append(Local(name: name, kind: cell.kind, isMutable: false)) }
        switch random.below(3) {
        case 0:
            note(.exchange)
            return ["let \(name) = exchange(\(text), \(value))"]
        case 1:
            note(.compareExchange)
            return ["let \(name) = cmpxchg(\(text), \(literal(cell.kind, scope)), \(value))"]
        default:
            guard cell.kind == .small || cell.kind == .ring else {
                note(.exchange)
                return ["let \(name) = exchange(\(text), \(value))"]
            }
            note(.fetchAdd)
            return ["let \(name) = fetch_add(\(text), 1)"]
        }
    }

    // MARK: Locals

    private mutating func bind(_ scope: inout Scope) -> [String]? {
        let kinds: [Kind] = [
            .bool, .small, .ring, .op, .word, .leaf, .maybeElement, .elements, .smalls, .pair, .maybeSmall, .element,
            .bound,
        ]
        let familiar = cells.map(\.kind)
        guard let kind = random.pick(random.percent(50) ? familiar : kinds),
            kind != .pair && kind != .outer || scope.isAtomic || random.percent(50)
        else { return nil }
        let name = fresh("v")
        let isMutable = random.percent(60)
        if random.percent(30), kind != .outer {
            // A literal needs no luck.
            note(isMutable ? .varLocal : .letLocal)
            let value = literal(kind, scope)
            guard !value.isEmpty else { return nil }
            scope.locals.append(Local(name: name, kind: kind, isMutable: isMutable))
            return ["\(isMutable ? "var" : "let") \(name): \(kind.text) = \(value)"]
        }
        if kind == .small, isMutable, random.percent(25) {
            note(.localDefault)
            scope.locals.append(Local(name: name, kind: kind, isMutable: true))
            return ["var \(name): Small"]
        }
        if kind == .pair || kind == .outer { scope.budget = scope.isAtomic ? 99 : 0 }
        guard let value = expression(kind, &scope) else { return nil }
        note(isMutable ? .varLocal : .letLocal)
        scope.locals.append(Local(name: name, kind: kind, isMutable: isMutable))
        return ["\(isMutable ? "var" : "let") \(name): \(kind.text) = \(value)"]
    }

    private mutating func assignLocal(_ scope: inout Scope) -> [String]? {
        let mutable = scope.locals.filter(\.isMutable)
        let rare = mutable.filter { $0.kind != .bool }
        guard let local = random.pick(rare.isEmpty ? mutable : rare) else { return nil }
        if local.kind == .pair || local.kind == .leaf, random.percent(80) {
            note(.assignLocalField)
            let field = local.kind == .pair ? "tag" : "writable"
            return expression(.bool, &scope, 1).map { ["\(local.name).\(field) = \($0)"] }
        }
        if local.kind == .small || local.kind == .ring, random.percent(50) {
            let adds = random.percent(60)
            note(adds ? .addLocal : .subtractLocal)
            return ["\(local.name) \(adds ? "+=" : "-=") \(expression(.small, &scope, 1) ?? "1")"]
        }
        note(.assignLocal)
        return expression(local.kind, &scope).map { ["\(local.name) = \($0)"] }
    }

    // MARK: Calls, ghost code, checks

    mutating func arguments(_ kinds: [Kind], _ scope: inout Scope) -> String? {
        var result: [String] = []
        for kind in kinds {
            guard let value = expression(kind, &scope, 1) else { return nil }
            result.append(value)
        }
        return result.joined(separator: ", ")
    }

    private mutating func call(_ scope: inout Scope) -> [String]? {
        guard scope.held.isEmpty, !scope.isAtomic, let handler = random.pick(handlers),
            let values = arguments(handler.parameters, &scope)
        else { return nil }
        if scope.isHandler { note(.nestedCall) }
        guard let result = handler.result, random.percent(70) else {
            note(.callStatement)
            return ["\(handler.name)(\(values))"]
        }
        note(.callLet)
        let name = fresh("v")
        scope.locals.append(Local(name: name, kind: result, isMutable: false))
        return ["let \(name) = \(handler.name)(\(values))"]
    }

    private mutating func commit(_ scope: inout Scope) -> [String]? {
        guard hasGhost else { return nil }
        note(.commit)
        // The arguments may read everything.
        scope.budget = 99
        let wasAtomic = scope.isAtomic
        scope.isAtomic = true
        defer { scope.isAtomic = wasAtomic }
        guard let n = expression(.small, &scope, 1) else { return nil }
        guard random.percent(50), let d = atom(.element, &scope) else { return ["commit saw(\(n))"] }
        return ["commit put(\(d), \(n))"]
    }

    private mutating func check(_ scope: inout Scope) -> [String]? {
        let name = fresh("c")
        if random.percent(25) {
            note(.fail)
            guard let condition = expression(.bool, &scope, 1) else { return nil }
            return block("if \(condition)", ["fail \(name): \"no way\""])
        }
        guard let condition = expression(.bool, &scope) else { return nil }
        note(scope.budget == 0 ? .assertShared : .assert)
        return ["assert \(name): \(condition)"]
    }

    private mutating func wait(_ scope: inout Scope) -> [String]? {
        guard scope.mayWait, let condition = expression(.bool, &scope) else { return nil }
        note(.await)
        return ["await \(condition)"]
    }

    private mutating func leave(_ scope: inout Scope) -> [String]? {
        guard scope.mayLeave, scope.depth > 0 else { return nil }
        var inner = scope
        inner.budget = 1
        guard let condition = expression(.bool, &inner, 1) else { return nil }
        var ways: [String] = []
        for label in scope.labels {
            note(label.isLoop ? .continueLabel : .doBreak)
            ways.append(label.isLoop ? "continue \(label.name)" : "break \(label.name)")
        }
        if scope.isHandler {
            note(.returnEarly)
            ways.append("return" + (scope.result.map { " \(literal($0, scope))" } ?? ""))
        }
        guard let way = random.pick(ways) else { return nil }
        return block("if \(condition)", [way])
    }
}

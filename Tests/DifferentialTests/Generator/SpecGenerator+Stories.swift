/// Several statements that belong together: what random statements alone would rarely do.
extension SpecGenerator {
    /// A local that is changed and then used, with something in between.
    mutating func story(_ scope: inout Scope) -> [String]? {
        let kinds: [Kind] = [.small, .ring, .op, .word, .leaf, .pair, .elements, .smalls, .maybeElement, .maybeSmall]
        guard let kind = random.pick(random.percent(50) ? cells.map(\.kind) : kinds), kind != .element, kind != .outer
        else { return nil }
        let name = fresh("v")
        if kind == .pair { scope.budget = 0 }
        guard let value = expression(kind, &scope, 1) else { return nil }
        note(.varLocal)
        scope.locals.append(Local(name: name, kind: kind, isMutable: true))
        let between = random.percent(50) ? inner(scope) : []
        scope.budget = scope.isAtomic ? 99 : 1
        guard let change = change(name, kind, &scope) else { return nil }
        scope.budget = 0
        let after = random.percent(50) ? inner(scope) : []
        return ["var \(name): \(kind.text) = \(value)"] + between + change + after + use(name, kind, scope)
    }

    private mutating func change(_ name: String, _ kind: Kind, _ scope: inout Scope) -> [String]? {
        switch kind {
        case .pair, .leaf:
            note(.assignLocalField)
            let field = kind == .pair ? "tag" : "writable"
            return expression(.bool, &scope, 1).map { ["\(name).\(field) = \($0)"] }
        case .small, .ring:
            let adds = random.percent(60)
            note(adds ? .addLocal : .subtractLocal)
            return ["\(name) \(adds ? "+=" : "-=") \(atom(.small, &scope) ?? "1")"]
        case .elements, .smalls:
            guard let member = atom(kind == .elements ? .element : .small, &scope) else { return nil }
            note(.setInsert)
            return ["\(name) \(random.percent(60) ? "+=" : "-=") \(member)"]
        case .bool, .third, .bound, .word, .half, .element, .op, .maybeElement, .maybeSmall, .outer:
            note(.assignLocal)
            return expression(kind, &scope).map { ["\(name) = \($0)"] }
        }
    }

    /// Looks at the value, so that it matters.
    private mutating func use(_ name: String, _ kind: Kind, _ scope: Scope) -> [String] {
        let check = fresh("c")
        let x = fresh("x")
        switch kind {
        case .pair:
            note(.fieldOfLocal)
            return ["assert \(check): not \(name).tag or \(name).count > 1"]
        case .leaf:
            note(.fieldOfLocal)
            return ["assert \(check): not \(name).writable or \(name).n > 1"]
        case .op:
            note(.payloadField)
            note(.isPattern)
            return ["assert \(check): \(name) is go(\(x)) implies \(x) < 1"]
        case .maybeSmall:
            note(.unwrap)
            return ["assert \(check): \(name) is none or \(name)! != 1"]
        case .elements, .smalls:
            note(.cardinality)
            return ["assert \(check): count(\(name)) != \(random.below(3))"]
        case .bool, .small, .ring, .third, .bound, .word, .half, .element, .maybeElement, .outer:
            note(.notEqual)
            return ["assert \(check): \(name) != \(constant(kind))"]
        }
    }

    /// Something with a `when` comes to life, gets a value and dies.
    mutating func lifecycle(_ scope: inout Scope) -> [String]? {
        guard let cell = random.pick(cells.filter { $0.isConditional || $0.kind == .pair && $0.guards.isEmpty }),
            let (text, _) = place(cell, scope)
        else { return nil }
        note(.assignField)
        let between = random.percent(40) ? inner(scope) : []
        if cell.kind == .pair {
            return ["\(text).count = \(1 + random.below(2))", "\(text).data = \(random.below(3))"] + between
                + ["\(text).count = 0"]
        }
        return ["flag = true", "\(text) = \(cell.kind == .small ? "\(random.below(3))" : "true")"] + between
            + ["flag = false"]
    }

    /// Members that come and go.
    mutating func membership(_ scope: inout Scope) -> [String]? {
        guard let cell = random.pick(cells.filter { $0.kind == .elements || $0.kind == .smalls }) else { return nil }
        scope.budget = 0
        guard let member = atom(cell.kind == .elements ? .element : .small, &scope) else { return nil }
        note(.insertElement)
        note(.removeElement)
        return ["\(cell.name) += \(member)"] + inner(scope) + ["\(cell.name) -= \(member)"]
    }

    /// A bit pattern is taken apart and put together.
    mutating func bits(_ scope: inout Scope) -> [String]? {
        guard let cell = random.pick(cells.filter { $0.kind == .word }), let (text, guards) = place(cell, scope),
            guards.allSatisfy({ scope.held[$0] == false })
        else { return nil }
        let name = fresh("v")
        scope.locals.append(Local(name: name, kind: .word, isMutable: false))
        let read = ["let \(name): Word = \(text)"]
        let forms: [(Construct, String)] = [
            (.bitsXor, "\(name) ^ 5"), (.bitsAnd, "\(name) & 6"), (.bitsOr, "\(name) | 1"), (.bitsNot, "~\(name)"),
            (.bitsAdd, "\(name) + 7"), (.bitsMultiply, "\(name) * 3"), (.bitsShift, "\(name) << \(random.below(5))"),
            (.bitsShift, "\(name) >> \(name)"), (.bitsConcatenate, "\(name)[1:0] ++ \(name)[3:2]"),
            (.bitsConversion, "bits<4>(\(name)[2:1])"), (.bitsConversion, "bits<4>(\(literal(.small, scope)))"),
        ]
        guard let (construct, form) = random.pick(forms) else { return nil }
        note(construct)
        if form.contains(":") { note(.bitsSlice) }
        return read + ["\(text) = \(form)"]
    }

    /// A stretch that ghost state knows of, with what slicing takes away in it: who steps in between can tell.
    mutating func bracket(_ scope: inout Scope) -> [String]? {
        guard hasGhost, !scope.isAtomic else { return nil }
        note(.bracket)
        let dead = ["dead = \(random.below(3))"]
        let body = random.percent(50) ? dead : inner(scope)
        let check = random.percent(30) ? ["assert \(fresh("c")): inside < \(1 + random.below(3))"] : []
        switch random.below(4) {
        case 0: return dead + ["commit enter()"] + body + ["commit leave()"]
        case 1: return ["commit enter()"] + body + check + ["commit leave()"] + dead
        case 2: return body + check
        default:
            guard scope.held.isEmpty else { return body + ["commit enter()"] + dead + ["commit leave()"] }
            let own = inner(scope) { $0.held["ml"] = false }
            return ["lock ml", "commit enter()"] + own + ["unlock ml"] + check + ["commit leave()"]
        }
    }
}

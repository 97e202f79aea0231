extension SpecGenerator {
    mutating func condition(_ scope: inout Scope, _ depth: Int) -> String? {
        let locals = scope.locals.map(\.kind)
        switch random.below(locals.contains(.pair) ? 17 : 14) {
        case 0: return both("and", .and, &scope, depth)
        case 1: return both("or", .or, &scope, depth)
        case 2: return both("implies", .implies, &scope, depth)
        case 3: return expression(.bool, &scope, depth - 1).map { noted(.not, "(not \($0))") }
        case 4, 5: return compared(&scope, depth)
        case 6: return patterned(&scope)
        case 7:
            guard let set = set(&scope, .element), let d = atom(.element, &scope) else { return nil }
            return noted(.membership, "(\(d) \(random.percent(70) ? "in" : "not in") \(set))")
        case 8:
            guard let n = atom(.small, &scope), let set = set(&scope, .small) else { return nil }
            return noted(.membership, "(\(n) in \(set))")
        case 9: return quantifier("all", .quantifierAll, &scope)
        case 10: return quantifier("some", .quantifierSome, &scope)
        case 11:
            guard let op = atom(.op, &scope) else { return nil }
            note(.functionCall)
            guard random.percent(50), let d = self.locals(.element, scope).first else { return "isGo(\(op))" }
            return "mine(\(op), \(d.name))"
        case 12:
            guard let a = atom(.bound, &scope), a != "unbounded", a.first?.isLetter == true else { return nil }
            return noted(.unboundedCompare, "(\(a) == \(random.percent(50) ? "unbounded" : "1"))")
        default:
            guard let pair = random.pick(self.locals(.pair, scope)) else { return nil }
            return noted(.fieldOfLocal, "\(pair.name).tag")
        }
    }

    private mutating func both(
        _ word: String, _ construct: Construct, _ scope: inout Scope, _ depth: Int
    ) -> String? {
        guard let a = expression(.bool, &scope, depth - 1), let b = expression(.bool, &scope, depth - 1) else {
            return nil
        }
        return noted(construct, "(\(a) \(word) \(b))")
    }

    private mutating func compared(_ scope: inout Scope, _ depth: Int) -> String? {
        if random.percent(45) {
            guard let kind: Kind = random.pick([.small, .ring, .word, .third]),
                let a = expression(kind, &scope, depth - 1)
            else { return nil }
            let operation = random.pick(["<", "<=", ">", ">="]) ?? "<"
            // A literal on the left would leave a type to guess.
            guard a.first?.isNumber == false else { return nil }
            return noted(.compare, "(\(a) \(operation) \(atom(kind, &scope) ?? "1"))")
        }
        guard
            let kind: Kind = random.pick([.small, .ring, .op, .element, .word, .maybeSmall, .maybeElement, .elements]),
            let a = atom(kind, &scope), a.first?.isLetter == true, a != "none", !a.hasPrefix("stop"),
            let b = expression(kind, &scope, depth - 1)
        else { return nil }
        return random.percent(60) ? noted(.equal, "(\(a) == \(b))") : noted(.notEqual, "(\(a) != \(b))")
    }

    private mutating func patterned(_ scope: inout Scope) -> String? {
        switch random.below(4) {
        case 0:
            guard let op = atom(.op, &scope), !op.hasPrefix("go"), !op.hasPrefix("stop") else { return nil }
            let name = fresh("x")
            return noted(.isPattern, "(\(op) is go(\(name)) and \(name) > 0)")
        case 1:
            guard let maybe = atom(.maybeElement, &scope), maybe != "none" else { return nil }
            return noted(.isNone, "(\(maybe) is none)")
        case 2:
            guard let set = set(&scope) else { return nil }
            return noted(.isEmptySet, "(\(set) is {})")
        default:
            guard let op = random.pick(locals(.op, scope)), let n = atom(.small, &scope) else { return nil }
            return noted(.payloadField, "(\(op.name) is go(_) and \(op.name) == go(\(n)))")
        }
    }

    /// A quantifier; its body looks at many cells, so outside `atomic` it reads nothing shared.
    mutating func quantifier(_ word: String, _ construct: Construct, _ scope: inout Scope) -> String? {
        note(construct)
        var inner = scope
        if !scope.isAtomic { inner.budget = 0 }
        let kind: Kind = random.percent(65) ? .element : .small
        let name = fresh("k")
        inner.locals.append(Local(name: name, kind: kind, isMutable: false))
        var binders = "\(name) in \(kind.text)"
        if random.percent(20) {
            note(.quantifierTwo)
            let second = fresh("k")
            inner.locals.append(Local(name: second, kind: .small, isMutable: false))
            binders += ", \(second) in Small"
        }
        if random.percent(35) {
            note(.quantifierWhere)
            binders += " where \(expression(.bool, &inner, 1) ?? "true")"
        }
        guard let body = expression(.bool, &inner, 1) else { return nil }
        if word == "count" {
            return "count(\(binders)\(binders.contains("where") ? " and \(body)" : " where \(body)"))"
        }
        return "(\(word) \(binders): \(body))"
    }

    // MARK: Sets

    /// A set for `in`, `is {}`, `count`.
    mutating func set(_ scope: inout Scope, _ kind: Kind? = nil) -> String? {
        let isElements = kind.map { $0 == .element } ?? random.percent(60)
        if random.percent(15) { return isElements ? noted(.allOf, "(all D)") : noted(.allOf, "(all Small)") }
        let kind: Kind = isElements ? .elements : .smalls
        guard let set = expression(kind, &scope, 1), set != "{}", !set.hasPrefix("({}"), !set.contains("{ {") else {
            return nil
        }
        // The type of a literal of numbers is not `set<Small>`.
        return !isElements && set.hasPrefix("{") && !set.contains(" in ") ? nil : set
    }

    mutating func elements(_ scope: inout Scope, _ depth: Int) -> String? {
        operated(.elements, .element, &scope, depth)
    }

    mutating func smalls(_ scope: inout Scope, _ depth: Int) -> String? { operated(.smalls, .small, &scope, depth) }

    private mutating func operated(_ kind: Kind, _ element: Kind, _ scope: inout Scope, _ depth: Int) -> String? {
        guard let a = atom(kind, &scope), a != "{}" else {
            return atom(element, &scope).map { noted(.setLiteral, "{\($0)}") }
        }
        switch random.below(7) {
        case 0: return atom(kind, &scope).map { noted(.setUnion, "(\(a) + \($0))") }
        case 1: return atom(kind, &scope).map { noted(.setDifference, "(\(a) - \($0))") }
        case 2: return atom(kind, &scope).map { noted(.setIntersection, "(\(a) & \($0))") }
        case 3: return atom(element, &scope).map { noted(.setInsert, "(\(a) + \($0))") }
        case 4: return atom(element, &scope).map { noted(.setRemove, "(\(a) - \($0))") }
        case 5:
            var inner = scope
            if !scope.isAtomic { inner.budget = 0 }
            let name = fresh("k")
            inner.locals.append(Local(name: name, kind: element, isMutable: false))
            guard let condition = expression(.bool, &inner, 1) else { return a }
            return noted(.comprehension, "{\(name) in \(a) where \(condition)}")
        default: return noted(.allOf, "(all \(element.text))")
        }
    }
}

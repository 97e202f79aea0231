extension SpecGenerator {
    /// An expression of a kind; nil where none can be written.
    mutating func expression(_ kind: Kind, _ scope: inout Scope, _ depth: Int = 2) -> String? {
        guard depth > 0, random.percent(75) else { return atom(kind, &scope) }
        if random.percent(8), let choice = choice(kind, &scope, depth) { return choice }
        let built: String?
        switch kind {
        case .bool: built = condition(&scope, depth)
        case .small, .ring, .third: built = number(kind, &scope, depth)
        case .bound: built = nil
        case .word: built = word(&scope, depth)
        case .half: built = half(&scope)
        case .element: built = element(&scope)
        case .op: built = operation(&scope, depth)
        case .leaf: built = leaf(&scope, depth)
        case .maybeElement: built = random.percent(60) ? wrapped(.element, &scope) : nil
        case .maybeSmall: built = random.percent(60) ? wrapped(.small, &scope) : nil
        case .elements: built = elements(&scope, depth)
        case .smalls: built = smalls(&scope, depth)
        case .pair: built = pair(&scope)
        case .outer: built = "(Outer { inner: \(pair(&scope) ?? "Pair {}"), bit: \(random.percent(60)) })"
        }
        return built ?? atom(kind, &scope)
    }

    private mutating func wrapped(_ kind: Kind, _ scope: inout Scope) -> String? {
        note(.some)
        return expression(kind, &scope, 1).map { "some(\($0))" }
    }

    /// `if … { … } else { … }` and `match`.
    private mutating func choice(_ kind: Kind, _ scope: inout Scope, _ depth: Int) -> String? {
        if random.percent(50), let op = atom(.op, &scope) {
            // What an arm binds is seen in it only.
            let name = fresh("x")
            var inner = scope
            inner.locals.append(Local(name: name, kind: .small, isMutable: false))
            guard let a = expression(kind, &inner, depth - 1) else { return nil }
            scope.budget = inner.budget
            guard let b = expression(kind, &scope, depth - 1) else { return nil }
            note(.matchExpression)
            return "(match \(op) { go(\(name)): \(a); _: \(b) })"
        }
        guard let condition = expression(.bool, &scope, depth - 1), let a = expression(kind, &scope, depth - 1),
            let b = expression(kind, &scope, depth - 1)
        else { return nil }
        note(.conditional)
        return "(if \(condition) { \(a) } else { \(b) })"
    }

    // MARK: Numbers

    /// An integer that may leave the range of the kind now and then.
    private mutating func number(_ kind: Kind, _ scope: inout Scope, _ depth: Int) -> String? {
        guard let a = expression(kind, &scope, depth - 1) else { return nil }
        switch random.below(11) {
        case 0, 1:
            note(.add)
            return "(\(a) + \(random.percent(70) ? "1" : atom(.small, &scope) ?? "0"))"
        case 2:
            note(.subtract)
            return "(\(a) - \(random.percent(70) ? "1" : atom(.small, &scope) ?? "0"))"
        case 3:
            note(.multiply)
            return "(\(a) * \(1 + random.below(2)))"
        case 4:
            note(.negate)
            return "(3 + -\(a))"
        case 5:
            note(.functionCall)
            return "twice(\(a))"
        case 6:
            guard let set = set(&scope) else { return a }
            note(.cardinality)
            return "count(\(set))"
        case 7:
            let bits = expression(.half, &scope, 1) ?? "1"
            note(.intConversion)
            return "int(bits<2>(\(random.percent(50) ? bits : a)))"
        case 8: return quantifier("count", .quantifierCount, &scope) ?? a
        case 9:
            guard let maybe = atom(.maybeSmall, &scope), maybe != "none" else { return a }
            note(.unwrap)
            return "\(maybe)!"
        default:
            if let pair = random.pick(locals(.pair, scope)) {
                note(.fieldOfLocal)
                return "(\(pair.name).count + 0)"
            }
            guard let leaf = random.pick(locals(.leaf, scope)) else { return a }
            note(.fieldOfLocal)
            return "\(leaf.name).n"
        }
    }

    private mutating func element(_ scope: inout Scope) -> String? {
        guard random.percent(40), let maybe = atom(.maybeElement, &scope), maybe != "none" else { return nil }
        note(.unwrap)
        return "\(maybe)!"
    }

    // MARK: Bits

    private mutating func word(_ scope: inout Scope, _ depth: Int) -> String? {
        guard let a = expression(.word, &scope, depth - 1), a.first?.isNumber == false else { return nil }
        let b = atom(.word, &scope) ?? "3"
        switch random.below(9) {
        case 0: return noted(.bitsAnd, "(\(a) & \(b))")
        case 1: return noted(.bitsOr, "(\(a) | \(b))")
        case 2: return noted(.bitsXor, "(\(a) ^ \(b))")
        case 3: return noted(.bitsNot, "(~\(a))")
        case 4: return noted(.bitsAdd, "(\(a) \(random.percent(50) ? "+" : "-") \(b))")
        case 5: return noted(.bitsMultiply, "(\(a) * \(b))")
        case 6: return noted(.bitsShift, "(\(a) \(random.percent(50) ? "<<" : ">>") \(random.below(5)))")
        case 7: return noted(.bitsConversion, "bits<4>(\(atom(.small, &scope) ?? "1"))")
        default:
            let low = expression(.half, &scope, 1) ?? "bits<2>(1)"
            let high = atom(.half, &scope) ?? "bits<2>(2)"
            return noted(.bitsConcatenate, "(bits<2>(\(high)) ++ bits<2>(\(low)))")
        }
    }

    private mutating func half(_ scope: inout Scope) -> String? {
        guard let cell = random.percent(60) ? sharedRead(.word, &scope) : locals(.word, scope).first?.name else {
            return nil
        }
        let low = random.below(3)
        note(.bitsSlice)
        return "\(cell)[\(low + 1):\(low)]"
    }

    mutating func noted(_ construct: Construct, _ text: String) -> String {
        note(construct)
        return text
    }

    // MARK: Enums and records

    private mutating func operation(_ scope: inout Scope, _ depth: Int) -> String? {
        switch random.below(4) {
        case 0, 1:
            guard let n = expression(.small, &scope, depth - 1) else { return nil }
            return noted(.caseWithPayload, "go(\(n))")
        case 2:
            guard let d = expression(.element, &scope, 0), let b = expression(.bool, &scope, 0) else { return nil }
            return noted(.caseWithPayload, "move(\(d), \(b))")
        default:
            guard let op = random.pick(locals(.op, scope)), let n = atom(.small, &scope) else { return nil }
            return noted(.withPayload, "(if \(op.name) is go(_) { \(op.name) with { n: \(n) } } else { stop })")
        }
    }

    private mutating func leaf(_ scope: inout Scope, _ depth: Int) -> String? {
        if random.percent(50), let leaf = atom(.leaf, &scope), !leaf.hasPrefix("Leaf") {
            guard let n = atom(.small, &scope) else { return nil }
            return noted(.withRecord, "(\(leaf) with { n: \(n) })")
        }
        guard let n = expression(.small, &scope, depth - 1) else { return nil }
        let to = atom(.maybeElement, &scope) ?? "none"
        return noted(.recordLiteral, "(Leaf { to: \(to), n: \(n) })")
    }

    private mutating func pair(_ scope: inout Scope) -> String? {
        note(.recordLiteral)
        let data = random.percent(50) ? ", data: \(expression(.small, &scope, 1) ?? "2")" : ""
        return "(Pair { count: \(random.below(3))\(data), tag: \(atom(.bool, &scope) ?? "true") })"
    }
}

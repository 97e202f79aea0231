extension SpecGenerator {
    /// A stretch with a lock held.
    mutating func locked(_ scope: inout Scope) -> [String]? {
        guard !scope.isAtomic, scope.held.isEmpty || scope.held["ml"] != nil && scope.held.count == 1 else {
            return nil
        }
        switch random.below(6) {
        case 0:
            guard scope.held.isEmpty else { return nil }
            note(.mutexLock)
            return stretch("ml", false, &scope, 2)
        case 1:
            note(.spinLock)
            return stretch("ls", false, &scope, 2)
        case 2: return elementLock(&scope)
        case 3:
            note(.readWriteShared)
            return stretch("rw", true, &scope, 2)
        case 4:
            note(.readWriteExclusive)
            guard random.percent(40) else { return stretch("rw", false, &scope, 2) }
            note(.downgrade)
            return ["lock rw"] + inner(scope) { $0.held["rw"] = false } + ["downgrade rw"]
                + inner(scope) { $0.held["rw"] = true } + ["unlock rw"]
        default: return nested(&scope) ?? elementLock(&scope)
        }
    }

    private mutating func stretch(_ lock: String, _ isShared: Bool, _ scope: inout Scope, _ count: Int) -> [String] {
        let when = random.percent(8) && lock == "ls" ? " when turbo" : ""
        if !when.isEmpty { note(.lockWhen) }
        let lines = inner(scope, count) { if when.isEmpty { $0.held[lock] = isShared } else { $0.held["ls?"] = true } }
        if random.percent(15), scope.isHandler, scope.held.isEmpty, when.isEmpty {
            note(.earlyUnlock)
            let leave = "return" + (scope.result.map { " \(literal($0, scope))" } ?? "")
            let condition = locals(.bool, scope).first?.name ?? "turbo"
            return ["lock \(lock)\(isShared ? " shared" : "")"] + lines
                + block("if \(condition)", ["unlock \(lock)", leave]) + ["unlock \(lock)"]
        }
        return ["lock \(lock)\(isShared ? " shared" : "")\(when)"] + lines + ["unlock \(lock)\(when)"]
    }

    private mutating func elementLock(_ scope: inout Scope) -> [String]? {
        guard let element = random.pick(locals(.element, scope).filter { !$0.isMutable }) else { return nil }
        note(.spinLock)
        return stretch("ll[\(element.name)]", false, &scope, 2)
    }

    private mutating func nested(_ scope: inout Scope) -> [String]? {
        var elements = locals(.element, scope).filter { !$0.isMutable }
        var before: [String] = []
        if elements.count == 1 {
            before = ["choose \(fresh("d")) in D"]
            elements.append(Local(name: "d\(names)", kind: .element, isMutable: false))
            scope.locals.append(elements[1])
        }
        guard scope.held.isEmpty, elements.count > 1, let first = elements.first, let second = elements.last else {
            return nil
        }
        note(.nestedLocks)
        let (a, b) = ("ll[\(first.name)]", "ll[\(second.name)]")
        let lines = inner(scope, 1) { own in
            own.held[a] = false
            own.held[b] = false
        }
        let body = ["lock \(a)", "lock \(b) nested(\"tested to differ\")"] + lines + ["unlock \(b)", "unlock \(a)"]
        return before + (random.percent(80) ? block("if \(first.name) != \(second.name)", body) : body)
    }

    mutating func tryLock(_ scope: inout Scope) -> [String]? {
        guard !scope.isAtomic, scope.held.isEmpty else { return nil }
        let (lock, isShared): (String, Bool) =
            random.pick([("ml", false), ("rw", true), ("rw", false), ("ls", false)])
            ?? ("ml", false)
        note(isShared ? .tryLockShared : .tryLock)
        let label = fresh("out")
        let otherwise = inner(scope) + ["break \(label)"]
        let lines = inner(scope, 2) { $0.held[lock] = isShared }
        return block(
            "do \(label)",
            block("try lock \(lock)\(isShared ? " shared" : "") else", otherwise) + lines + ["unlock \(lock)"])
    }

    /// A call in the head of another statement.
    mutating func callBranch(_ scope: inout Scope) -> [String]? {
        guard scope.held.isEmpty, !scope.isAtomic, let handler = random.pick(handlers.filter { $0.result != nil }),
            let result = handler.result, let values = arguments(handler.parameters, &scope)
        else { return nil }
        let call = "\(handler.name)(\(values))"
        switch result {
        case .bool:
            note(.callIf)
            return block("if \(call)", inner(scope))
        case .op:
            note(.callMatch)
            let lines = inner(scope)
            return block("match \(call)", ["go(_):"] + indented(lines) + ["_: {}"])
        case .maybeSmall:
            let name = fresh("x")
            if random.percent(60) {
                note(.callGuard)
                let label = fresh("out")
                let lines = inner(scope) { $0.locals.append(Local(name: name, kind: .small, isMutable: false)) }
                return block(
                    "do \(label)", ["guard \(call) is some(\(name)) else { break \(label) }"] + lines)
            }
            note(.callIf)
            return block("if \(call) is some(\(name))", inner(scope))
        case .small, .ring, .third, .bound, .word, .half, .element, .leaf, .maybeElement, .elements, .smalls, .pair,
            .outer:
            note(.callIf)
            return block("if \(call) > 1", inner(scope))
        }
    }
}

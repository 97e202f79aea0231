extension SpecGenerator {
    mutating func handler() -> String {
        let name = fresh("h")
        let kinds: [Kind] = [.bool, .small, .element, .op]
        let parameters = (0..<random.below(3)).compactMap { _ in random.pick(kinds) }
        let result: Kind? = random.percent(75) ? random.pick([.bool, .small, .maybeSmall, .op, .op]) : nil
        var scope = Scope()
        scope.isHandler = true
        scope.result = result
        var texts: [String] = []
        for kind in parameters {
            let local = fresh("a")
            scope.locals.append(Local(name: local, kind: kind, isMutable: false))
            texts.append("\(local): \(kind.text)")
        }
        fuel = 4
        var lines = statements(1 + random.below(3), &scope)
        if let result {
            note(.returnValue)
            scope.budget = 0
            lines.append("return \(expression(result, &scope) ?? literal(result, scope))")
        }
        handlers.append((name, parameters, result))
        let head = "handler \(name)(\(texts.joined(separator: ", ")))" + (result.map { " -> \($0.text)" } ?? "")
        return block(head, lines).joined(separator: "\n")
    }

    mutating func processes() -> [String] {
        let count = random.percent(60) ? 2 : (random.percent(50) ? 1 : 3)
        return (0..<count).flatMap { process($0, of: count) }
    }

    private mutating func process(_ number: Int, of count: Int) -> [String] {
        var scope = Scope()
        var index = ""
        switch random.below(4) {
        case 0, 1:
            note(.processDomain)
            let local = fresh("me")
            index = "[\(local): D]"
            scope.locals.append(Local(name: local, kind: .element, isMutable: false))
        case 2 where count < 3:
            note(.processRange)
            let local = fresh("me")
            index = "[\(local): 0..1]"
            scope.locals.append(Local(name: local, kind: .small, isMutable: false))
        default: note(.process)
        }
        started.append("p\(number)" + (index.hasSuffix("D]") ? "[D]" : (index.isEmpty ? "" : "[1]")))
        var kind = ""
        if number > 0 && random.percent(25) {
            note(.daemon)
            kind = "daemon "
        }
        fuel = index.isEmpty ? 7 : 4
        let body = processBody(&scope)
        return block("\(kind)process p\(number)\(index)", body) + (number == 0 ? hardware() : [])
    }

    private mutating func processBody(_ scope: inout Scope) -> [String] {
        switch random.below(8) {
        case 0, 1:
            note(.endlessProcess)
            scope.isInLoop = true
            return block("loop", statements(2, &scope) + ["await true"])
        case 2:
            note(.countedProcess)
            scope.isInLoop = true
            return block("loop at most \(random.percent(40) ? "rounds" : "2")", statements(2, &scope))
        case 3:
            note(.whileProcess)
            let name = fresh("v")
            scope.locals.append(Local(name: name, kind: .bool, isMutable: true))
            var inner = scope
            let body = statements(2, &inner)
            return ["var \(name): bool = true"] + block("while \(name)", body + ["\(name) = false"])
                + statements(1, &scope)
        default:
            note(.finiteProcess)
            return statements(2 + random.below(3), &scope)
        }
    }

    private mutating func hardware() -> [String] {
        guard random.percent(12), let cell = cells.first(where: { $0.name == "ring" || $0.name == "third" }) else {
            return []
        }
        note(.hardware)
        return block("hardware process hw", block("loop", ["atomic(\"hardware\") { \(cell.name) = \(cell.name) + 1 }"]))
    }

    // MARK: Properties

    mutating func properties() -> [String] {
        var result: [String] = []
        for _ in 0..<(1 + random.below(2)) { result += property("invariant", .invariant) }
        if random.percent(50) { result += property("invariant", .atRest, "at rest") }
        if random.percent(25), let lock = random.pick(["ml", "ls", "rw"]) {
            note(.atRest)
            note(.locked)
            result += block("invariant \(fresh("i")) at rest", ["not locked(\(lock))"])
        }
        if random.percent(60) { result += transition() }
        if hasGhost, random.percent(50) {
            result += block("invariant \(fresh("i"))", ["inside < \(1 + random.below(3))"])
            result += block("transition \(fresh("t"))", ["inside == 0 implies old(inside) < 2"])
        }
        if let one = random.pick(started), random.percent(30), one.last != "]", let cell = random.pick(cells) {
            note(.finished)
            var (scope, name) = propertyScope()
            if let read = read(cell, &scope) {
                let condition = comparison(read, cell.kind, &scope)
                result += block(
                    "invariant \(fresh("i"))", ["all \(name) in D: \(one).finished implies \(condition)"])
            }
        }
        for _ in 0..<2 { result += property("reachable", .reachable) }
        if let one = random.pick(started), random.percent(60) {
            let word: Construct = random.percent(50) ? .started : .finished
            note(word)
            let name = fresh("q")
            let instance = one.hasSuffix("[D]") ? one.dropLast(3) + "[\(name)]" : one[...]
            result += block("reachable \(fresh("r"))", ["some \(name) in D: \(instance).\(word.rawValue)"])
        }
        return result
    }

    private mutating func propertyScope() -> (Scope, String) {
        var scope = Scope()
        scope.isProperty = true
        scope.isAtomic = true
        scope.budget = 99
        let name = fresh("q")
        scope.locals.append(Local(name: name, kind: .element, isMutable: false))
        return (scope, name)
    }

    private mutating func property(_ word: String, _ construct: Construct, _ extra: String = "") -> [String] {
        note(construct)
        let isReachable = construct == .reachable
        var (scope, name) = propertyScope()
        // Every variable is read by some property, or slicing would leave little to compare.
        var parts: [String] = []
        for _ in 0..<(construct == .atRest ? 1 : 1 + random.below(2)) {
            if let cell = random.pick(cells), let read = read(cell, &scope) {
                parts.append(comparison(read, cell.kind, &scope))
            }
        }
        if parts.isEmpty || construct != .atRest && random.percent(60) {
            parts.append(expression(.bool, &scope) ?? "true")
        }
        let condition = parts.joined(separator: isReachable ? " and " : " or ")
        let head = "\(word) \(fresh(isReachable ? "r" : "i"))" + (extra.isEmpty ? "" : " " + extra)
        return block(head, ["\(isReachable ? "some" : "all") \(name) in D: (\(condition))"])
    }

    private mutating func transition() -> [String] {
        note(.transitionOld)
        var (scope, name) = propertyScope()
        guard let cell = random.pick(cells), let read = read(cell, &scope) else { return [] }
        let other = comparison(read, cell.kind, &scope)
        // That nothing ever changes is noticed at once; that something changes only so, later.
        let excuse = random.percent(50) ? "" : " or old(\(other)) or (\(other))"
        return block("transition \(fresh("t"))", ["all \(name) in D: old(\(read)) == \(read)\(excuse)"])
    }

    /// Some comparison of a value of a kind.
    mutating func comparison(_ value: String, _ kind: Kind, _ scope: inout Scope) -> String {
        if kind == .pair { return "\(value).tag" }
        if kind == .outer { return "(\(value).bit and \(value).inner.count < 2)" }
        note(.equal)
        return "\(value) != \(constant(kind))"
    }
}

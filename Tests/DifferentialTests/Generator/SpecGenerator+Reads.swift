extension SpecGenerator {
    /// A constant of a kind; those with elements of the domain have none but the empty ones.
    func constant(_ kind: Kind) -> String {
        switch kind {
        case .bool: "true"
        case .small: "1"
        case .ring: "2"
        case .third: "3"
        case .bound: "unbounded"
        case .word: "5"
        case .half: "2"
        case .op: "go(2)"
        case .leaf: "Leaf { n: 2 }"
        case .maybeElement, .maybeSmall: "none"
        case .elements, .smalls: "{}"
        case .pair: "Pair { count: 2, data: 0 }"
        case .outer: "Outer { bit: true }"
        case .element: ""
        }
    }

    /// A value that needs nothing shared.
    mutating func literal(_ kind: Kind, _ scope: Scope) -> String {
        if kind == .element { return scope.locals.first { $0.kind == .element }?.name ?? "" }
        switch kind {
        case .bool: return random.percent(50) ? "true" : "false"
        case .small: return "\(random.below(3))"
        case .ring: return "\(random.below(4))"
        case .third: return "\(1 + random.below(3))"
        case .bound: return random.percent(50) ? "unbounded" : "\(random.below(3))"
        case .word: return "\(random.below(16))"
        case .half: return "\(random.below(4))"
        case .op: return random.percent(50) ? "stop" : "go(\(random.below(3)))"
        case .leaf: return "Leaf { n: \(random.below(3)), writable: \(random.percent(50)) }"
        case .element, .maybeElement, .maybeSmall, .elements, .smalls, .pair, .outer: return constant(kind)
        }
    }

    func locals(_ kind: Kind, _ scope: Scope) -> [Local] { scope.locals.filter { $0.kind == kind } }

    /// An index into a variable, without shared reads; nil where no element is at hand.
    mutating func index(_ kind: Kind, _ scope: Scope) -> String? {
        if let local = random.pick(locals(kind, scope)), kind == .element || random.percent(60) { return local.name }
        return kind == .element ? nil : literal(kind, scope)
    }

    /// The element of a variable by random indices, and the locks that guard it.
    mutating func place(_ cell: Cell, _ scope: Scope) -> (text: String, guards: [String])? {
        var indices: [String] = []
        for kind in cell.index {
            guard let index = index(kind, scope) else { return nil }
            indices.append(index)
        }
        let text = cell.name + (indices.isEmpty ? "" : "[\(indices.joined(separator: ", "))]")
        return (text, cell.guards.map { $0.replacing("[i]", with: "[\(indices.first ?? "")]") })
    }

    /// A read of a variable, where the statement may still make it.
    mutating func read(_ cell: Cell, _ scope: inout Scope) -> String? {
        guard let (text, guards) = place(cell, scope) else { return nil }
        // A cell whose guard is held is free, unless part of it is excepted.
        if guards.contains(where: { scope.held[$0] != nil }), cell.kind != .leaf { return text }
        guard scope.budget > 0 else { return nil }
        scope.budget -= 1
        guard !guards.isEmpty, !scope.isAtomic, !guards.contains(where: { scope.held[$0] != nil }) else { return text }
        note(.racy)
        return "racy(\(text))"
    }

    /// A shared value of a kind.
    mutating func sharedRead(_ kind: Kind, _ scope: inout Scope) -> String? {
        if kind == .small || kind == .bool,
            let cell = random.pick(cells.filter({ $0.kind == .pair || $0.kind == .outer })),
            random.percent(40), var text = read(cell, &scope)
        {
            var field = kind == .bool ? "tag" : (random.percent(65) ? "count" : "data")
            if cell.kind == .outer { field = random.percent(60) ? "inner.\(field)" : (kind == .bool ? "bit" : "n") }
            let isRacy = text.hasPrefix("racy(")
            if isRacy { text = String(text.dropLast()) }
            return "\(text).\(field)\(isRacy ? ")" : "")"
        }
        if kind == .bool, scope.budget > 0, random.percent(4), !scope.isProperty || random.percent(20) {
            note(.locked)
            scope.budget -= 1
            return "locked(\(random.percent(50) ? "ml" : "rw"))"
        }
        guard let cell = random.pick(cells.filter { $0.kind == kind }) else { return nil }
        return read(cell, &scope)
    }

    /// A local, a shared cell, a literal; nil where nothing of the kind is at hand.
    mutating func atom(_ kind: Kind, _ scope: inout Scope) -> String? {
        if kind == .bool, random.percent(8) {
            return random.percent(60) ? "turbo" : "fixed"
        }
        if kind == .bool, random.percent(8), let element = random.pick(locals(.element, scope)) {
            note(.symbolicArray)
            return "home[\(element.name)]"
        }
        if random.percent(45), let read = sharedRead(kind, &scope) { return read }
        if random.percent(75), let local = random.pick(locals(kind, scope)) { return local.name }
        if let read = sharedRead(kind, &scope) { return read }
        let text = literal(kind, scope)
        return text.isEmpty ? nil : text
    }
}

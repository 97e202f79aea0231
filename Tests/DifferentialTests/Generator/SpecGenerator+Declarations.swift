extension SpecGenerator {
    /// Picks the variables of this spec.
    mutating func chooseCells() {
        let all: [Cell] = [
            Cell(name: "flag", kind: .bool), Cell(name: "small", kind: .small), Cell(name: "ring", kind: .ring),
            Cell(name: "third", kind: .third), Cell(name: "bound", kind: .bound), Cell(name: "word", kind: .word),
            Cell(name: "op", kind: .op), Cell(name: "leaf", kind: .leaf), Cell(name: "maybe", kind: .maybeElement),
            Cell(name: "number", kind: .maybeSmall), Cell(name: "members", kind: .elements),
            Cell(name: "smalls", kind: .smalls), Cell(name: "count1", kind: .small, isAtomic: true),
            Cell(name: "turn", kind: .ring, isAtomic: true),
            Cell(name: "marks", index: [.element], kind: .bool), Cell(name: "ops", index: [.element], kind: .op),
            Cell(name: "row", index: [.small], kind: .small),
            Cell(name: "grid", index: [.element, .bool], kind: .bool),
            Cell(name: "pairs", index: [.element], kind: .pair), Cell(name: "one", kind: .pair),
            Cell(name: "outer", kind: .outer), Cell(name: "outers", index: [.element], kind: .outer, guards: ["ll[i]"]),
            Cell(name: "live", kind: .small, isConditional: true),
            Cell(name: "lives", index: [.element], kind: .bool, isConditional: true),
            Cell(name: "gm", kind: .small, guards: ["ml"]), Cell(name: "gs", kind: .op, guards: ["ls"]),
            Cell(name: "gr", kind: .word, guards: ["rw"]),
            Cell(name: "gd", index: [.element], kind: .leaf, guards: ["ll[i]"]),
            Cell(name: "gp", index: [.element], kind: .pair, guards: ["ll[i]"]),
            Cell(name: "g2", kind: .maybeElement, guards: ["ml", "rw"]),
        ]
        let wanted = 3 + random.below(4)
        while cells.count < wanted {
            guard let cell = random.pick(all), !cells.contains(where: { $0.name == cell.name }) else { continue }
            cells.append(cell)
        }
        let needsFlag = cells.contains(where: \.isConditional)
        if needsFlag && !cells.contains(where: { $0.name == "flag" }) { cells.append(all[0]) }
        if random.percent(50) {
            hasGhost = true
            note(.ghostVariable)
        }
    }

    mutating func declarations() -> [String] {
        [.typeDomain, .typePayload, .constant, .symbolicConstant, .function].forEach { note($0) }
        var lines = [
            "domain D", "type Small = 0..2", "type Ring = 0..3 wrap", "type Third = 1..3 wrap",
            "type Bound = 0..2 or unbounded", "type Word = bits<4>",
            "enum Op { stop, go(n: Small), move(d: D, fast: bool) }",
            "record Pair { atomic count: 0..2 = 0, data: Small = 1 when count > 0, tag: bool = false }",
            "word record Leaf { to: D?, writable: bool, n: Small }",
            "const turbo: bool = \(random.percent(50))", "const few: 1..3 = \(1 + random.below(2))",
            "const rounds: 1..3 or unbounded = \(random.percent(50) ? noted(.constantUnbounded, "unbounded") : "1")",
            "record Outer { inner: Pair, n: Small = 2 when bit, bit: bool = false }",
            "symbolic const fixed: bool", "symbolic const home[D]: bool",
            "fun twice(n: int): int = n + n", "fun isGo(o: Op): bool = o is go(_)",
            "fun mine(o: Op, d: D): bool = match o { stop: false; go(_): true; move(e, _): e == d }",
            "var dead: Small", "var ml: mutex", "var ls: lock", "var rw: rwlock", "var ll[D]: lock",
        ]
        for cell in cells { lines.append(declaration(cell)) }
        if hasGhost {
            lines += [
                "ghost var seen: Ring = 0", "ghost var last[D]: Small = 0",
                "ghost handler saw(n: Small) { seen = seen + n; assert ghostly: seen != \(random.below(6)) }",
                "ghost handler put(d: D, n: Small) { last[d] = n }",
                "ghost var inside: 0..7 = 0", "ghost handler enter() { if inside < 7 { inside += 1 } }",
                "ghost handler leave() { if inside > 0 { inside -= 1 } }",
            ]
        }
        return lines + initial()
    }

    private mutating func declaration(_ cell: Cell) -> String {
        note(cell.kind.construct)
        let names = ["i", "j"]
        let index = zip(names, cell.index).map { "\($0): \($1.text)" }.joined(separator: ", ")
        for kind in cell.index { note(kind == .element ? .indexDomain : .indexRange) }
        if cell.index.count == 2 { note(.indexTwo) }
        if cell.kind == .outer { note(.nestedRecord) }
        if cell.kind == .pair || cell.kind == .outer { [.atomicField, .whenField].forEach { note($0) } }
        var text =
            "\(cell.isAtomic ? "atomic " : "")var \(cell.name)\(index.isEmpty ? "" : "[\(index)]"): \(cell.kind.text)"
        if cell.isAtomic { note(.atomicVariable) }
        if let initial = initialValue(cell.kind) { text += " = \(initial)" }
        if !cell.guards.isEmpty {
            text += " guarded by " + cell.guards.joined(separator: " and ")
            note(cell.guards.count > 1 ? .guardedByTwo : .guardedVariable)
            if cell.kind == .leaf && random.percent(40) {
                text += " except writable"
                note(.exceptField)
            }
        }
        if cell.isConditional {
            text += " when flag"
            note(.whenVariable)
        }
        return text
    }

    private mutating func initialValue(_ kind: Kind) -> String? {
        guard random.percent(60) else { return nil }
        switch kind {
        case .bool: return random.percent(50) ? "true" : "false"
        case .small: return "\(random.below(3))"
        case .ring: return "\(random.below(4))"
        case .third: return "\(1 + random.below(3))"
        case .bound: return random.percent(50) ? "unbounded" : "\(random.below(3))"
        case .word, .half: return "\(random.below(4))"
        case .op: return random.percent(50) ? "stop" : "go(1)"
        case .leaf: return "Leaf { n: 1 }"
        case .maybeElement: return "none"
        case .maybeSmall: return random.percent(50) ? "none" : "some(2)"
        case .elements: return random.percent(50) ? "{}" : "all D"
        case .smalls: return random.percent(50) ? "{}" : "{1, 2}"
        case .pair: return random.percent(50) ? "Pair { count: 1, data: 2 }" : nil
        case .element, .outer: return nil
        }
    }

    private mutating func initial() -> [String] {
        guard random.percent(40) else { return [] }
        note(.initBlock)
        var scope = Scope()
        scope.isAtomic = true
        scope.budget = 99
        var lines: [String] = []
        if random.percent(60) {
            note(.initChoose)
            let name = fresh("d")
            lines.append("choose \(name) in D")
            scope.locals.append(Local(name: name, kind: .element, isMutable: false))
        }
        for _ in 0..<2 { lines += assignShared(&scope, inInit: true) ?? [] }
        return lines.isEmpty ? [] : block("init", lines)
    }
}

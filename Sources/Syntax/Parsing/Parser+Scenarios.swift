import Diagnostics

/// Scenarios and variants.
extension Parser {
    /// `scenario s { … }`, `scenario s = base with { … }`
    mutating func scenario() -> DeclTree.Kind {
        advance()
        let name = name("a name after `scenario`")
        var base: Path?
        if accept(.assign) {
            base = path("the name of a scenario after `=`")
            expect(.with, "and `{ … }` after the scenario to start from")
        }
        return .scenario(name, base: base, settings("after `scenario \(name.text)`"))
    }

    /// `variant v on s { … }`
    mutating func variant() -> DeclTree.Kind {
        advance()
        let name = name("a name after `variant`")
        expectOn(after: name)
        let scenario = path("the name of a scenario after `on`")
        return .variant(name, on: scenario, settings("after `variant \(name.text) on \(scenario.text)`"))
    }

    /// `on`; where it is missing before the name of a scenario, that is said and nothing else.
    private mutating func expectOn(after name: Name) {
        guard !isPanicking, !at(.on), current.kind == .word, peek().kind == .symbol(.leftBrace) else {
            return expect(.on, "and a scenario after `variant \(name.text)`")
        }
        let place = Span(source, current.span.start, current.span.start)
        report(
            .expected, "expected `on` and a scenario after `variant \(name.text)`", at: current.span,
            fixIts: [FixIt("write `on` before the scenario", replace: place, with: "on ")])
    }

    private mutating func settings(_ context: String) -> [SettingTree] {
        recoverAtBrace()
        guard at(.leftBrace), !isPanicking else {
            fail("expected `{` and the settings \(context)")
            return []
        }
        return bracedList(of: "setting") { parser in
            let start = parser.current.span.start
            let kind = parser.setting()
            return SettingTree(parser.isPanicking ? .error : kind, parser.span(from: start))
        }
    }

    /// A setting, and nothing behind it.
    mutating func loneSetting() -> SettingTree {
        beginItem()
        let start = current.span.start
        let kind = setting()
        if !isPanicking, !atEnd { fail("nothing may follow the setting", at: current.span) }
        return SettingTree(isPanicking ? .error : kind, span(from: start))
    }

    private mutating func setting() -> SettingTree.Kind {
        guard peek().kind == .word, !peek().precededByNewline else { return assignment() }
        let words: [Keyword] = [.fair, .strong, .check, .without, .only, .expect]
        if let keyword = current.keyword, words.contains(keyword) {
            advance()
            return setting(keyword)
        }
        guard let keyword = acceptMisspelt(words) else {
            fail("expected a setting: `name = value`, `fair`, `check`, `without`, `only` or `expect`")
            return .error
        }
        return setting(keyword)
    }

    /// The setting that a keyword begins, which has been taken.
    private mutating func setting(_ keyword: Keyword) -> SettingTree.Kind {
        switch keyword {
        case .fair: return fairness(strong: false)
        case .strong:
            expect(.fair, "after `strong`")
            return fairness(strong: true)
        case .check: return .check(path("the name of a property after `check`"))
        case .without: return .without(paths("the name of a process after `without`"))
        case .only: return .only(paths("the name of a process after `only`"))
        default: return verdict()
        }
    }

    private mutating func fairness(strong: Bool) -> SettingTree.Kind {
        let isLock = accept(.lock)
        let path = path(isLock ? "the name of a lock" : "the name of a process after `fair`")
        return .fair(path, strong: strong, lock: isLock)
    }

    /// `holds`, `violated P`, or the name of a violation that every spec has: `deadlock`.
    private mutating func verdict() -> SettingTree.Kind {
        if at(.holds), peek().kind != .symbol(.dot) {
            advance()
            return .expectHolds
        }
        if peek().kind == .word, !peek().precededByNewline {
            if !acceptLoosely(.violated) {
                fail("expected `holds` or `violated` and the name of a property after `expect`")
            }
        } else if at(.violated) {
            advance()
            fail("expected the name of a property after `violated`")
        }
        return .expectViolated(path("the name of a property after `expect violated`"))
    }

    /// `name = e`, `name = a..b`
    private mutating func assignment() -> SettingTree.Kind {
        let name = path("a setting: `name = value`, `fair`, `check`, `without`, `only` or `expect`")
        takeAssign("and a value after `\(name.text)`")
        let value = expression("a value after `=`")
        guard accept(.range) else { return .assign(name, value) }
        return .sweep(name, value, expression("the last value after `..`"))
    }

    /// `a, b.c`: the list ends before the next setting.
    private mutating func paths(_ what: String) -> [Path] {
        var result = [path(what)]
        while at(.comma), nextIsListed, accept(.comma) { result.append(path(what)) }
        return result
    }

    /// Whether the path behind the comma stands alone, so that it belongs to the list.
    private var nextIsListed: Bool {
        guard peek().kind == .word else { return false }
        var distance = 2
        while peek(distance).kind == .symbol(.dot), peek(distance + 1).kind == .word { distance += 2 }
        switch peek(distance).kind {
        case .symbol(.comma), .symbol(.rightBrace): return true
        case .word: return peek(distance).precededByNewline
        default: return false
        }
    }
}

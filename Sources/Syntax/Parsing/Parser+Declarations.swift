import Diagnostics

/// The words before the keyword of a declaration.
private struct Modifiers {
    var isOpen = false
    var isGhost = false
    var isAtomic = false
    var isSymbolic = false
    var isWord = false
    var processKind: ProcessKind?
}

/// Declarations: their modifiers and the choice among them. Each kind is in a file of its own.
extension Parser {
    mutating func declaration() -> DeclTree {
        let start = current.span.start
        let documentation = documentation[position] ?? []
        let modifiers = modifiers()
        let kind = declaration(declarationKeyword(), modifiers)
        return DeclTree(kind, span(from: start), isOpen: modifiers.isOpen, documentation: documentation)
    }

    private mutating func modifiers() -> Modifiers {
        var result = Modifiers()
        while peek().kind == .word || (peek().kind == .symbol(.leftBrace) && at(.`init`)) {
            switch current.keyword {
            case .open: result.isOpen = true
            case .ghost: result.isGhost = true
            case .atomic: result.isAtomic = true
            case .symbolic: result.isSymbolic = true
            case .word: result.isWord = true
            case .daemon: result.processKind = .daemon
            case .hardware: result.processKind = .hardware
            default:
                guard takeMisspeltModifier() else { return result }
                continue
            }
            advance()
        }
        return result
    }

    /// `gohst var`: a word that almost is a modifier before what a modifier stands before. Reported and skipped.
    private mutating func takeMisspeltModifier() -> Bool {
        guard current.keyword == nil, let next = peek().keyword, Keyword.declarationStarts.contains(next) else {
            return false
        }
        let modifiers: [Keyword] = [.open, .ghost, .atomic, .symbolic, .word, .daemon, .hardware]
        let fixIts = suggestion(for: current, among: modifiers)
        guard let fix = fixIts.first else { return false }
        let message = "`\(string(of: current))` has no meaning here; did you mean `\(fix.replacement)`?"
        report(.expected, message, at: current.span, fixIts: fixIts)
        advance()
        return true
    }

    /// The keyword of the declaration here, also where it is misspelt: then that is reported.
    private mutating func declarationKeyword() -> Keyword? {
        if let keyword = current.keyword, Keyword.declarationStarts.contains(keyword) { return keyword }
        guard current.kind == .word else { return nil }
        let word = string(of: current)
        guard let keyword = Suggestions.closest(to: word, among: Keyword.declarationStarts) else { return nil }
        report(
            .expected, "`\(word)` begins no declaration; did you mean `\(keyword.rawValue)`?", at: current.span,
            fixIts: suggestion(for: current, among: Keyword.declarationStarts))
        return keyword
    }

    private mutating func declaration(_ keyword: Keyword?, _ modifiers: Modifiers) -> DeclTree.Kind {
        guard let keyword, allows(modifiers, on: keyword) else {
            if !isPanicking { fail("expected a declaration such as `var`, `handler` or `invariant`") }
            return .error
        }
        switch keyword {
        case .domain:
            advance()
            return .domain(names("a name after `domain`"))
        case .type: return typeAlias(isOpen: modifiers.isOpen)
        case .enum: return enumeration()
        case .record: return record(isWord: modifiers.isWord)
        case .const: return constant(isSymbolic: modifiers.isSymbolic)
        case .var: return variable(isGhost: modifiers.isGhost, isAtomic: modifiers.isAtomic)
        case .fun: return function(isOpen: modifiers.isOpen)
        case .`init`:
            advance()
            return .initial(block("after `init`"))
        case .handler: return handler(isGhost: modifiers.isGhost, isOpen: modifiers.isOpen)
        case .process: return process(modifiers.processKind ?? .ordinary)
        case .invariant, .lemma, .transition, .reachable, .progress, .theorem: return property(keyword)
        case .scenario: return scenario()
        case .variant: return variant()
        case .module:
            report(.expected, "a file holds one module", at: current.span)
            advance()
            _ = path("a name after `module`")
            return .error
        default:
            fail("expected a declaration such as `var`, `handler` or `invariant`")
            return .error
        }
    }

    /// Refuses `ghost process` and the like.
    private mutating func allows(_ modifiers: Modifiers, on keyword: Keyword) -> Bool {
        let wrong: String? =
            if modifiers.isOpen, ![.domain, .type, .const, .var, .fun, .handler].contains(keyword) {
                "open"
            } else if modifiers.isGhost, ![.var, .handler].contains(keyword) {
                "ghost"
            } else if modifiers.isAtomic, keyword != .var {
                "atomic"
            } else if modifiers.isSymbolic, keyword != .const {
                "symbolic"
            } else if modifiers.isWord, keyword != .record {
                "word"
            } else if let kind = modifiers.processKind, keyword != .process {
                kind.rawValue
            } else {
                nil
            }
        guard let wrong else { return true }
        fail("`\(wrong)` does not go with `\(keyword.rawValue)`", at: current.span)
        return false
    }

    /// `a, b, c`
    mutating func names(_ what: String) -> [Name] {
        var result = [name(what)]
        while accept(.comma) { result.append(name("a name after `,`")) }
        return result
    }

    // MARK: Lists of names and types

    /// `(a: T, b: place T)`
    mutating func parameters(of what: String) -> [ParameterTree] {
        guard at(.leftParen), !isPanicking else {
            fail("expected `(` and the parameters after the name of the \(what)")
            return []
        }
        let opener = advance()
        return inParens { parser in
            var result: [ParameterTree] = []
            while !parser.current.kind.isCloser, !parser.isPanicking, !parser.atEnd {
                let name = parser.name("the name of a parameter")
                parser.expect(.colon, "and a type after the parameter `\(name.text)`")
                let isPlace = parser.at(.place) && parser.peek().kind == .word && parser.accept(.place)
                result.append(ParameterTree(name: name, type: parser.type("a type after `:`"), isPlace: isPlace))
                if !parser.accept(.comma) { break }
            }
            parser.close(.rightParen, openedBy: opener)
            return result
        }
    }

    /// `[a: T, U]`, or nothing.
    mutating func indexParameters() -> [ParameterTree] {
        guard at(.leftBracket), !isPanicking else { return [] }
        let opener = advance()
        return inParens { parser in
            var result: [ParameterTree] = []
            repeat {
                let isNamed = parser.current.kind == .word && parser.peek().kind == .symbol(.colon)
                let name = isNamed ? parser.name("a name for the index") : nil
                if isNamed { parser.advance() }
                result.append(ParameterTree(name: name, type: parser.type("the type of an index")))
            } while parser.accept(.comma)
            parser.close(.rightBracket, openedBy: opener)
            return result
        }
    }
}

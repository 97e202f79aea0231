import Diagnostics

/// The file as a whole: `module`, imports, declarations.
extension Parser {
    mutating func file() -> FileTree {
        beginItem()
        let module = moduleLine()
        var imports: [ImportTree] = []
        var declarations: [DeclTree] = []
        while !atEnd {
            let before = position
            beginItem()
            if startsImport {
                imports.append(importLine())
                endDeclaration()
            } else if at(.rightBrace) {
                report(.unbalanced, "this `}` closes nothing", at: advance().span)
            } else if !accept(.semicolon) {
                declarations.append(attributed { $0.declaration() })
                endDeclaration()
            }
            if position == before { advance() }
        }
        return FileTree(
            source: source, module: module, imports: imports, declarations: declarations, attributes: attributes)
    }

    /// `import`, also where it is misspelt.
    private var startsImport: Bool {
        guard peek().kind == .word else { return false }
        return at(.import)
            || current.keyword == nil
                && Suggestions.closest(to: string(of: current), among: Keyword.declarationStarts) == .import
    }

    private mutating func moduleLine() -> Path? {
        let isMisspelt = peek().kind == .word && acceptMisspelt([.module], atLineStart: true) != nil
        guard isMisspelt || at(.module) else {
            let start = Span(source, 0, 0)
            let fix = FixIt("name the module", replace: start, with: "module name\n")
            let place = atEnd ? start : current.span
            report(.expected, "a file begins with `module` and its name", at: place, fixIts: [fix])
            return nil
        }
        if !isMisspelt { advance() }
        let path = path("a name after `module`")
        endDeclaration()
        return path
    }

    /// A declaration ends with its line.
    private mutating func endDeclaration() {
        if !isPanicking, !current.precededByNewline, !atEnd, !at(.semicolon), !at(.rightBrace) {
            fail("expected a new line before the next declaration")
        }
        if isPanicking { recoverAtDeclaration() }
    }

    /// `import path [as name] [with { bindings }]`; the current token is `import`.
    private mutating func importLine() -> ImportTree {
        let start = current.span.start
        if !accept(.import) { _ = acceptMisspelt([.import], atLineStart: true) }
        let module = path("the name of a module after `import`")
        let alias = accept(.as) ? name("a name after `as`") : nil
        var bindings: [BindingTree] = []
        if acceptLoosely(.with) {
            if at(.leftBrace) {
                bindings = bracedList(of: "binding") { $0.binding() }
            } else {
                fail("expected `{` and the bindings after `with`")
            }
        }
        return ImportTree(module: module, alias: alias, bindings: bindings, span: span(from: start))
    }

    /// `name`, `name = value`, `name[i, j] = place`
    private mutating func binding() -> BindingTree {
        let name = name("the name of an open declaration")
        var indices: [Name] = []
        if at(.leftBracket), !isPanicking {
            let opener = advance()
            indices = inParens { parser in
                var indices = [parser.name("a name for the index")]
                while parser.accept(.comma) { indices.append(parser.name("a name for the index")) }
                parser.close(.rightBracket, openedBy: opener)
                return indices
            }
        }
        guard !isPanicking, at(.assign) || at(.equal) || at(.colonAssign) || !indices.isEmpty else {
            return BindingTree(name: name, indices: indices, value: nil, type: nil)
        }
        takeAssign("and a place after `\(name.text)[…]`")
        let (value, type) = bindingValue()
        return BindingTree(name: name, indices: indices, value: value, type: type)
    }

    /// What is bound may be a type, a value, or a name that is either.
    private mutating func bindingValue() -> (ExprTree?, TypeTree?) {
        guard !isPanicking else { return (nil, nil) }
        let start = current.span.start
        if current.keyword == .set || current.keyword == .bits, peek().kind == .leftAngle {
            return (nil, type("a type"))
        }
        let value = expression("a value, a type or a place after `=`")
        guard !isPanicking else { return (value, nil) }
        if at(.range) { return (nil, rangeType(from: value)) }
        guard let path = value.asPath else { return (value, nil) }
        let named = TypeTree(.named(path), value.span)
        guard accept(.question) else { return (value, named) }
        return (nil, TypeTree(.optional(named), span(from: start)))
    }
}

import Diagnostics

/// Types, constants, variables, functions.
extension Parser {
    /// `type X = T`, `open type X, Y`
    mutating func typeAlias(isOpen: Bool) -> DeclTree.Kind {
        advance()
        let names = names("a name after `type`")
        if isOpen, !at(.assign) { return .typeAlias(names, nil) }
        takeAssign("and a type after `type \(names.first?.text ?? "")`")
        return .typeAlias(names, type("a type after `=`"))
    }

    mutating func enumeration() -> DeclTree.Kind {
        advance()
        let name = name("a name after `enum`")
        guard at(.leftBrace), !isPanicking else {
            fail("expected `{` and the cases after the name of the enum")
            return .error
        }
        return .enumeration(name, bracedList(of: "case") { $0.enumCase() })
    }

    private mutating func enumCase() -> EnumCaseTree {
        let name = name("the name of a case")
        guard at(.leftParen), !isPanicking else { return EnumCaseTree(name: name, payload: []) }
        let opener = advance()
        let payload = inParens { parser in
            var fields: [FieldTree] = []
            while !parser.current.kind.isCloser, !parser.isPanicking, !parser.atEnd {
                let isNamed = parser.current.kind == .word && parser.peek().kind == .symbol(.colon)
                fields.append(parser.field(isNamed: isNamed))
                if !parser.accept(.comma) { break }
            }
            parser.close(.rightParen, openedBy: opener)
            return fields
        }
        return EnumCaseTree(name: name, payload: payload)
    }

    mutating func record(isWord: Bool) -> DeclTree.Kind {
        advance()
        let name = name("a name after `record`")
        guard at(.leftBrace), !isPanicking else {
            fail("expected `{` and the fields after the name of the record")
            return .error
        }
        return .record(name, bracedList(of: "field") { $0.field(isNamed: true) }, isWord: isWord)
    }

    /// `[atomic] name: T [= e] [when c]`
    private mutating func field(isNamed: Bool) -> FieldTree {
        let isAtomic = at(.atomic) && peek().kind == .word && accept(.atomic)
        var fieldName: Name?
        if isNamed || isAtomic {
            let name = name("the name of a field")
            expect(.colon, "and a type after the field `\(name.text)`")
            fieldName = name
        }
        let type = type(isNamed ? "a type after `:`" : "a type")
        let initial = initialValue()
        let isFieldNamedWhen = atLineStart && peek().kind == .symbol(.colon)
        let condition =
            !isFieldNamedWhen && (accept(.when) || acceptMisspelt([.when]) != nil)
            ? expression("a condition after `when`") : nil
        return FieldTree(name: fieldName, type: type, isAtomic: isAtomic, initial: initial, condition: condition)
    }

    /// `= e`, or nothing.
    private mutating func initialValue() -> ExprTree? {
        guard !isPanicking, at(.assign) || at(.equal) || at(.colonAssign) else { return nil }
        takeAssign("")
        return expression("a value after `=`")
    }

    mutating func constant(isSymbolic: Bool) -> DeclTree.Kind {
        advance()
        let name = name("a name after `const`")
        let indices = indexParameters()
        let type = typeAnnotation(after: "`const \(name.text)`")
        return .constant(name, indices, type, initial: initialValue(), isSymbolic: isSymbolic)
    }

    /// `var x[i: T]: T = e guarded by g except f owned by c when e`
    mutating func variable(isGhost: Bool, isAtomic: Bool) -> DeclTree.Kind {
        advance()
        let name = name("a name after `var`")
        let indices = indexParameters()
        let type = typeAnnotation(after: "`var \(name.text)`")
        let initial = initialValue()
        var guardedBy: GuardTree?
        var owner: ExprTree?
        var condition: ExprTree?
        while !isPanicking {
            if accept(.guarded) || acceptMisspelt([.guarded]) != nil {
                expect(.by, "and a lock after `guarded`")
                guardedBy = guardClause()
            } else if accept(.owned) {
                expect(.by, "and a CPU after `owned`")
                owner = place("a CPU after `owned by`")
            } else if accept(.when) || acceptMisspelt([.when]) != nil {
                condition = expression("a condition after `when`")
            } else {
                break
            }
        }
        return .variable(
            name, indices, type, initial: initial, guardedBy: guardedBy, owner: owner, condition: condition,
            isGhost: isGhost, isAtomic: isAtomic)
    }

    private mutating func guardClause() -> GuardTree {
        var locks = [place("a lock after `guarded by`")]
        while accept(.and) { locks.append(place("a lock after `and`")) }
        let except =
            accept(.except) || acceptMisspelt([.except]) != nil ? names("the name of a field after `except`") : []
        return GuardTree(locks: locks, except: except)
    }

    /// `fun f(x: T): U = e`
    mutating func function(isOpen: Bool) -> DeclTree.Kind {
        advance()
        let name = name("a name after `fun`")
        let parameters = parameters(of: "function")
        let type = typeAnnotation(after: "the parameters of `\(name.text)`")
        if isOpen, !at(.assign) { return .function(name, parameters, type, nil) }
        takeAssign("and the value of the function")
        return .function(name, parameters, type, expression("the value of the function after `=`"))
    }
}

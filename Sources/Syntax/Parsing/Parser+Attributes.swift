import Diagnostics

/// `@name("text", name)` on the lines before a statement or a declaration.
extension Parser {
    /// Whether attributes begin here that belong to a declaration, by their place at the margin.
    var startsAttributedDeclaration: Bool {
        guard at(.attribute), current.precededByNewline else { return false }
        return isAtMargin(position) && tokens[itemStart].precededByNewline && !isAtMargin(itemStart)
    }

    /// Reads what `item` reads with the attributes before it.
    mutating func attributed<Item>(_ kind: Layout.Item = .plain, _ item: (inout Parser) -> Item) -> Item {
        let first = attributes.count
        let lines = documentation[position]
        while at(.attribute), !isPanicking {
            attributes.append(attribute())
            beginItem(kind)
        }
        let read = first..<attributes.count
        guard !read.isEmpty else { return item(&self) }
        documentation[position] = documentation[position] ?? lines
        if atEnd || at(.rightBrace) || (kind == .underArm && startsArm) {
            fail(
                "`@\(attributes[first].name.text)` belongs before a statement or a declaration",
                code: .misplacedStatement, at: attributes[first].span)
        }
        let start = current.span.start
        let result = item(&self)
        let target = span(from: start)
        for index in read {
            let attribute = attributes[index]
            attributes[index] = AttributeTree(
                name: attribute.name, arguments: attribute.arguments, span: attribute.span, target: target)
        }
        return result
    }

    private mutating func attribute() -> AttributeTree {
        let start = advance().span.start
        let name = name("the name of an attribute after `@`")
        var arguments: [AttributeTree.Argument] = []
        if at(.leftParen), !isPanicking {
            let opener = advance()
            arguments = inParens { parser in
                var arguments: [AttributeTree.Argument] = []
                while !parser.isPanicking, !parser.at(.rightParen) {
                    arguments.append(parser.attributeArgument())
                    guard parser.accept(.comma) else { break }
                }
                parser.close(.rightParen, openedBy: opener)
                return arguments
            }
        }
        let span = span(from: start)
        return AttributeTree(name: name, arguments: arguments, span: span, target: span)
    }

    private mutating func attributeArgument() -> AttributeTree.Argument {
        if current.kind == .string {
            let token = advance()
            return AttributeTree.Argument(.string(stringValue(token)), token.span)
        }
        let path = path("a text in quotes, or a name")
        return AttributeTree.Argument(.name(path), path.span)
    }
}

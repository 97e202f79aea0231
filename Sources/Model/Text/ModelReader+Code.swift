/// Types, expressions and instructions.
extension ModelReader {
    func type(_ node: ReadNode) throws(ModelTextError) -> CellType {
        if case .word(let word) = node.content {
            switch word {
            case "unit": return .unit
            case "bool": return .bool
            case "lock": return .exclusiveLock
            default: throw ModelTextError(line: node.line, message: "`\(word)` is no type")
            }
        }
        var (head, rest) = try NodeReader.headed(node)
        let type: CellType
        switch head {
        case "range": type = .range(lower: try bound(&rest), upper: try bound(&rest))
        case "rangeOrUnbounded":
            type = .rangeOrUnbounded(lower: try bound(&rest), upper: try bound(&rest))
        case "bits": type = .bits(try rest.number("a width"))
        case "element": type = .element(sort: try rest.number("a sort"))
        case "tagged":
            let name = try rest.string("a name")
            type = .tagged(
                name: name,
                try rest.all { node throws(ModelTextError) in
                    var one = try NodeReader.list(node)
                    return CellCase(name: try one.string("a name"), fields: try fields(&one))
                })
        case "tuple": type = .tuple(name: try rest.string("a name"), try fields(&rest))
        case "set": type = .set(try self.type(try rest.node("a type")))
        case "optional": type = .optional(try self.type(try rest.node("a type")))
        case "sharedLock": type = .sharedLock(holders: try rest.number("a number"))
        case "locations": type = .location(count: try rest.number("a number"))
        default: throw ModelTextError(line: node.line, message: "`\(head)` is no type")
        }
        try rest.end()
        return type
    }

    private func bound(_ rest: inout NodeReader) throws(ModelTextError) -> Int64 {
        try rest.number("a bound", as: Int64.self)
    }

    private func fields(_ rest: inout NodeReader) throws(ModelTextError) -> [CellField] {
        try rest.all { node throws(ModelTextError) in
            var field = try NodeReader.list(node)
            return CellField(name: try field.string("a name"), type: try type(try field.node("a type")))
        }
    }

    // MARK: Expressions

    func exprs(_ node: ReadNode) throws(ModelTextError) -> [Expr] {
        var list = try NodeReader.list(node)
        return try list.all { node throws(ModelTextError) in try expr(node) }
    }

    func expr(_ node: ReadNode) throws(ModelTextError) -> Expr {
        if case .word(let word) = node.content { return try leaf(word, node.line) }
        var (head, rest) = try NodeReader.headed(node)
        let result: Expr
        switch head {
        case "read": result = .read(try variable(named: &rest), try indices(&rest))
        case "old": result = .readOld(try variable(named: &rest), try indices(&rest))
        case "if": result = .conditional(try next(&rest), try next(&rest), try next(&rest))
        case "let": result = .bind(register: try register(&rest), try next(&rest), try next(&rest))
        default: result = try operation(head, &rest)
        }
        try rest.end()
        return result
    }

    private func operation(_ head: String, _ rest: inout NodeReader) throws(ModelTextError) -> Expr {
        if let symbol = BinaryOperator(rawValue: head) { return .binary(symbol, try next(&rest), try next(&rest)) }
        if let symbol = UnaryOperator(rawValue: head) { return .unary(symbol, try next(&rest)) }
        if let quantifier = Quantifier(rawValue: head) {
            return .quantified(
                quantifier, register: try register(&rest), count: try rest.number("a number"), try next(&rest))
        }
        throw ModelTextError(line: rest.line, message: "`\(head)` is no expression")
    }

    private func leaf(_ word: String, _ line: Int) throws(ModelTextError) -> Expr {
        if let value = UInt64(word), String(value) == word { return .constant(value) }
        if let number = Int(word.dropFirst()), String(number) == word.dropFirst(), number >= 0 {
            if word.hasPrefix("r") { return .register(number) }
            if word.hasPrefix("i") { return .processIndex(number) }
        }
        throw ModelTextError(line: line, message: "`\(word)` is no expression")
    }

    private func next(_ rest: inout NodeReader) throws(ModelTextError) -> Expr {
        try expr(try rest.node("an expression"))
    }

    private func indices(_ rest: inout NodeReader) throws(ModelTextError) -> [Expr] {
        try rest.all { node throws(ModelTextError) in try expr(node) }
    }

    private func register(_ rest: inout NodeReader) throws(ModelTextError) -> Int {
        let node = try rest.node("a register")
        guard case .word(let word) = node.content, case .register(let number) = try leaf(word, node.line) else {
            throw ModelTextError(line: node.line, message: "expected a register")
        }
        return number
    }

    // MARK: Instructions

    func instruction(_ node: ReadNode) throws(ModelTextError) -> Instruction {
        var (head, rest) = try NodeReader.headed(node)
        let result: Instruction
        switch head {
        case "require": result = .require(try next(&rest))
        case "assign":
            result = .assign(try variable(named: &rest), try exprs(try rest.node("indices")), try next(&rest))
        case "set": result = .set(register: try register(&rest), try next(&rest))
        case "choose":
            result = .choose(
                register: try register(&rest), count: try rest.number("a number"), label: try rest.string("a label"),
                type: try type(try rest.node("a type")))
        case "branch":
            result = .branch(try next(&rest), try body(&rest), try body(&rest))
        case "check": result = .check(try next(&rest), ViolationID(try rest.number("a violation")))
        case "statement": result = .statement(try rest.number("a statement"))
        case "observe":
            result = .observe(try rest.number("an event"), try indices(&rest))
        case "way": result = .way(try rest.number("a way"))
        case "jump": result = .jump(location: try rest.number("a location"))
        default: throw ModelTextError(line: node.line, message: "`\(head)` is no instruction")
        }
        try rest.end()
        return result
    }

    private func body(_ rest: inout NodeReader) throws(ModelTextError) -> [Instruction] {
        var list = try NodeReader.list(try rest.node("instructions"))
        return try list.all { node throws(ModelTextError) in try instruction(node) }
    }
}

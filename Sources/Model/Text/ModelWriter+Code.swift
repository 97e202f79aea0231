/// Types, expressions and instructions.
extension ModelWriter {
    func type(_ type: CellType) -> TextNode {
        switch type {
        case .unit: .word("unit")
        case .bool: .word("bool")
        case .range(let lower, let upper): list("range", .word(String(lower)), .word(String(upper)))
        case .rangeOrUnbounded(let lower, let upper):
            list("rangeOrUnbounded", .word(String(lower)), .word(String(upper)))
        case .bits(let width): list("bits", .number(width))
        case .element(let sort): list("element", .number(sort))
        case .tagged(let name, let cases):
            list(
                "tagged",
                [.string(name)] + cases.map { one in .list([.string(one.name)] + one.fields.map(field)) })
        case .tuple(let name, let fields): list("tuple", [.string(name)] + fields.map(field))
        case .set(let element): list("set", self.type(element))
        case .optional(let wrapped): list("optional", self.type(wrapped))
        case .exclusiveLock: .word("lock")
        case .sharedLock(let holders): list("sharedLock", .number(holders))
        case .location(let count): list("locations", .number(count))
        }
    }

    private func field(_ field: CellField) -> TextNode { .list([.string(field.name), type(field.type)]) }

    func expr(_ expr: Expr) -> TextNode {
        switch expr {
        case .constant(let value): .word(String(value))
        case .register(let number): register(number)
        case .processIndex(let index): .word("i\(index)")
        case .read(let id, let indices): list("read", [variable(id)] + indices.map(self.expr))
        case .readOld(let id, let indices): list("old", [variable(id)] + indices.map(self.expr))
        case .unary(let symbol, let inner): list(symbol.rawValue, self.expr(inner))
        case .binary(let symbol, let left, let right): list(symbol.rawValue, self.expr(left), self.expr(right))
        case .conditional(let condition, let yes, let no):
            list("if", self.expr(condition), self.expr(yes), self.expr(no))
        case .bind(let number, let value, let body):
            list("let", register(number), self.expr(value), self.expr(body))
        case .quantified(let quantifier, let number, let count, let body):
            list(quantifier.rawValue, register(number), .number(count), self.expr(body))
        }
    }

    private func register(_ number: Int) -> TextNode { .word("r\(number)") }

    func instruction(_ instruction: Instruction) -> TextNode {
        switch instruction {
        case .require(let condition): list("require", expr(condition))
        case .assign(let id, let indices, let value):
            list("assign", variable(id), .list(indices.map(expr)), expr(value))
        case .set(let number, let value): list("set", register(number), expr(value))
        case .choose(let number, let count, let label, let type):
            list("choose", register(number), .number(count), .string(label), self.type(type))
        case .branch(let condition, let yes, let no):
            list("branch", expr(condition), .list(yes.map(self.instruction)), .list(no.map(self.instruction)))
        case .check(let condition, let violation): list("check", expr(condition), .number(violation.index))
        case .statement(let number): list("statement", .number(number))
        case .observe(let event, let arguments): list("observe", [.number(event)] + arguments.map(expr))
        case .way(let number): list("way", .number(number))
        case .jump(let location): list("jump", .number(location))
        }
    }
}

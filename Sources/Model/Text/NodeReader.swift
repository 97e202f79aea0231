/// Goes through the items of a list, one after the other.
struct NodeReader {
    private let items: [ReadNode]
    private var position = 0
    /// Of the list itself.
    let line: Int

    init(_ items: [ReadNode], line: Int) {
        self.items = items
        self.line = line
    }

    /// A list that starts with a word: the word, and a reader of the rest.
    static func headed(_ node: ReadNode) throws(ModelTextError) -> (head: String, rest: NodeReader) {
        var reader = try list(node)
        return (try reader.word("a keyword"), reader)
    }

    static func list(_ node: ReadNode) throws(ModelTextError) -> NodeReader {
        guard case .list(let items) = node.content else {
            throw ModelTextError(line: node.line, message: "expected a list")
        }
        return NodeReader(items, line: node.line)
    }

    var isAtEnd: Bool { position == items.count }

    func error(_ message: String) -> ModelTextError {
        ModelTextError(line: position < items.count ? items[position].line : line, message: message)
    }

    mutating func node(_ what: String) throws(ModelTextError) -> ReadNode {
        guard position < items.count else { throw error("expected \(what)") }
        defer { position += 1 }
        return items[position]
    }

    mutating func word(_ what: String) throws(ModelTextError) -> String {
        let node = try node(what)
        guard case .word(let word) = node.content else {
            throw ModelTextError(line: node.line, message: "expected \(what)")
        }
        return word
    }

    mutating func string(_ what: String) throws(ModelTextError) -> String {
        let node = try node(what)
        guard case .string(let string) = node.content else {
            throw ModelTextError(line: node.line, message: "expected \(what) in quotes")
        }
        return string
    }

    mutating func number<Number: FixedWidthInteger>(
        _ what: String, as type: Number.Type = Int.self
    ) throws(ModelTextError) -> Number {
        let word = try word(what)
        guard let number = Number(word), String(number) == word else {
            throw error("expected \(what), found `\(word)`")
        }
        return number
    }

    /// A word of an enumeration.
    mutating func choice<Choice: RawRepresentable>(
        _ what: String, _: Choice.Type = Choice.self
    ) throws(ModelTextError) -> Choice where Choice.RawValue == String {
        let word = try word(what)
        guard let choice = Choice(rawValue: word) else { throw error("`\(word)` is not \(what)") }
        return choice
    }

    /// The next item, a list that starts with a given word.
    mutating func list(_ head: String) throws(ModelTextError) -> NodeReader {
        let (found, rest) = try Self.headed(try node("a list `\(head)`"))
        guard found == head else {
            throw ModelTextError(line: rest.line, message: "expected `\(head)`, found `\(found)`")
        }
        return rest
    }

    /// All items that are left, each turned into something.
    mutating func all<Result>(
        _ body: (ReadNode) throws(ModelTextError) -> Result
    ) throws(ModelTextError) -> [Result] {
        var results: [Result] = []
        while !isAtEnd { results.append(try body(try node("an item"))) }
        return results
    }

    func end() throws(ModelTextError) {
        if !isAtEnd { throw error("unexpected item") }
    }
}

/// A node with the line it starts in.
struct ReadNode {
    enum Content {
        case word(String)
        case string(String)
        case list([ReadNode])
    }

    let line: Int
    let content: Content
}

/// Reads words, strings and lists.
struct TextScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private(set) var line = 1

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The next node; nil at the end of the text.
    mutating func next(depth: Int = 0) throws(ModelTextError) -> ReadNode? {
        skipSpace()
        guard position < scalars.count else { return nil }
        // A model's own nesting is bounded; its nodes take two lists a level at most.
        guard depth < 2 * ModelLimits.depth else { throw error("nested too deep") }
        let start = line
        switch scalars[position] {
        case "(": return ReadNode(line: start, content: .list(try list(depth)))
        case ")": throw error("a parenthesis closes that was not opened")
        case "\"": return ReadNode(line: start, content: .string(try string()))
        default: return ReadNode(line: start, content: .word(word()))
        }
    }

    func error(_ message: String) -> ModelTextError { ModelTextError(line: line, message: message) }

    private mutating func skipSpace() {
        while position < scalars.count, Self.isSpace(scalars[position]) {
            if scalars[position] == "\n" { line += 1 }
            position += 1
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
    }

    private mutating func list(_ depth: Int) throws(ModelTextError) -> [ReadNode] {
        position += 1
        var items: [ReadNode] = []
        while true {
            skipSpace()
            guard position < scalars.count else { throw error("the text ends inside a list") }
            if scalars[position] == ")" {
                position += 1
                return items
            }
            if let item = try next(depth: depth + 1) { items.append(item) }
        }
    }

    private mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while position < scalars.count {
            let scalar = scalars[position]
            if Self.isSpace(scalar) || scalar == "(" || scalar == ")" || scalar == "\"" { break }
            word.append(scalar)
            position += 1
        }
        return String(word)
    }

    private mutating func string() throws(ModelTextError) -> String {
        position += 1
        var string = String.UnicodeScalarView()
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            switch scalar {
            case "\"": return String(string)
            case "\n": throw error("a string ends with its line")
            case "\\": string.append(try escape())
            default: string.append(scalar)
            }
        }
        throw error("the text ends inside a string")
    }

    private mutating func escape() throws(ModelTextError) -> Unicode.Scalar {
        guard position < scalars.count else { throw error("the text ends inside a string") }
        defer { position += 1 }
        switch scalars[position] {
        case "\"": return "\""
        case "\\": return "\\"
        case "n": return "\n"
        case "t": return "\t"
        case "u":
            var digits = ""
            while position + 1 < scalars.count, scalars[position + 1] != "}", digits.count < 10 {
                position += 1
                if scalars[position] != "{" { digits.unicodeScalars.append(scalars[position]) }
            }
            position += 1
            guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
                throw error("\\u{\(digits)} is no character")
            }
            return scalar
        default: throw error("unknown escape in a string")
        }
    }
}

/// A node of the textual form of a model: a word, a quoted string, or a list in parentheses.
indirect enum TextNode {
    case word(String)
    case string(String)
    case list([TextNode])

    static func number(_ value: Int) -> TextNode { .word(String(value)) }

    // MARK: Writing

    private static let lineWidth = 110

    /// The node with a line for each item of a list that is too long for one.
    func write(to text: inout String, indent: Int = 0) {
        let flat = flat
        guard case .list(let items) = self, indent + flat.utf8.count > Self.lineWidth, let head = items.first else {
            text += flat
            return
        }
        text += "("
        head.write(to: &text, indent: indent + 1)
        for item in items.dropFirst() {
            text += "\n" + String(repeating: " ", count: indent + 2)
            item.write(to: &text, indent: indent + 2)
        }
        text += ")"
    }

    private var flat: String {
        switch self {
        case .word(let word): word
        case .string(let string): Self.quoted(string)
        case .list(let items): "(" + items.map(\.flat).joined(separator: " ") + ")"
        }
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            default:
                if scalar.value < 32 || scalar.value == 127 {
                    text += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        return text + "\""
    }
}

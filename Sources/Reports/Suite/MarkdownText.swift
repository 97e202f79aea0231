/// Text in GitHub Flavored Markdown. What comes from specs, messages and file names is always shown as itself: it can't
/// become a link, a picture, HTML, the end of a table cell or of a block.
enum MarkdownText {
    /// For one line of text or one cell of a table.
    static func inline(_ text: String) -> String {
        var result = ""
        for scalar in Layout.clean(text).unicodeScalars {
            // A backslash before a letter would be shown, so only punctuation gets one.
            if special.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        // What looks like an address becomes a link by itself.
        return result.replacing("://", with: "\\://").replacing("www.", with: "www\\.")
    }

    private static let special: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&", "#", "!", "@",
    ]

    /// For the text inside an HTML element.
    static func html(_ text: String) -> String {
        var result = ""
        for scalar in Layout.clean(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A block with a fence that is longer than any in the text. `text` is in lines.
    static func block(_ text: String) -> String {
        var longest = 0
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Layout.clean(String($0)) }
        return "\(fence)text\n\(lines.joined(separator: "\n"))\n\(fence)\n"
    }

    static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}

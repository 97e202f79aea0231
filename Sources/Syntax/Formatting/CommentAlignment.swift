/// Puts lines together, with the trailing comments of consecutive lines in one column.
enum CommentAlignment {
    /// Spaces between the longest code and the comments.
    private static let gap = 2
    /// Longer code does not push the comments of its neighbours to the right.
    private static let widestAligned = 80

    static func join(_ lines: [Spacing.RenderedLine]) -> String {
        var result = ""
        var column = 0
        for (index, line) in lines.enumerated() {
            if line.followsBlank { result += "\n" }
            let code = String(repeating: " ", count: line.indent) + line.code
            result += code
            if let comment = line.trailingComment {
                if index == 0 || line.followsBlank || lines[index - 1].trailingComment == nil {
                    column = self.column(of: lines[index...])
                }
                let width = width(line)
                let padding = width > widestAligned ? gap : max(gap, column - width)
                result += String(repeating: " ", count: padding) + comment
            }
            result += "\n"
        }
        return result
    }

    /// Where the comments of the run that begins here stand.
    private static func column(of lines: ArraySlice<Spacing.RenderedLine>) -> Int {
        var widest = 0
        for (offset, line) in lines.enumerated() {
            guard line.trailingComment != nil, offset == 0 || !line.followsBlank else { break }
            let width = width(line)
            if width <= widestAligned { widest = max(widest, width) }
        }
        return widest + gap
    }

    /// The width of the code up to its comment; of the last line, where a block comment has several.
    private static func width(_ line: Spacing.RenderedLine) -> Int {
        let last = line.code.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        return last.count == line.code.count ? line.indent + last.count : last.count
    }
}

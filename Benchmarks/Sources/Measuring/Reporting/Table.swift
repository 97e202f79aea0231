/// A table of Markdown whose columns are also aligned as plain text. The first column is text, the others are numbers.
public struct Table: Equatable, Sendable {
    public let head: [String]
    public private(set) var rows: [[String]] = []

    public init(_ head: [String]) { self.head = head }

    public mutating func append(_ row: [String]) {
        precondition(row.count == head.count, "a cell for each column")
        rows.append(row)
    }

    public var text: String {
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rule = widths.enumerated().map { column, width in
            column == 0 ? String(repeating: "-", count: width + 2) : String(repeating: "-", count: width + 1) + ":"
        }
        return line(head) + "|" + rule.joined(separator: "|") + "|\n" + rows.map(line).joined()
    }
}

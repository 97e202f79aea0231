/// ANSI colours, or none. Nothing else in this module writes an escape.
struct Paint {
    enum Style: Hashable {
        case bold, dim, good, bad, doubtful
        /// The colour of a process, by the number of its column.
        case process(Int)

        fileprivate var code: String {
            switch self {
            case .bold: "1"
            case .dim: "2"
            case .good: "32"
            case .bad: "1;31"
            case .doubtful: "33"
            case .process(let column): Style.palette[column % Style.palette.count]
            }
        }

        /// Without red, which is for what went wrong.
        private static let palette = ["36", "33", "35", "32", "34", "96", "93", "95"]
    }

    let coloured: Bool

    func callAsFunction(_ text: String, _ style: Style?) -> String {
        guard coloured, let style, !text.isEmpty else { return text }
        return "\u{1B}[\(style.code)m\(text)\u{1B}[0m"
    }
}

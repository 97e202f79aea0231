extension Renderer {
    enum Style: String {
        case error = "1;31"
        case warning = "1;35"
        case note = "1;36"
        case help = "1;32"
        case bold = "1"
        case dim = "2"
    }

    func paint(_ text: String, _ style: Style) -> String {
        coloured && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

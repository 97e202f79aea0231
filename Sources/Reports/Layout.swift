/// Text in columns. One character counts as one column.
enum Layout {
    /// What a terminal can show on one line: control characters, which source text or a foreign file may carry, are
    /// replaced, so that nothing but ``Paint`` can write an escape.
    static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\t" || scalar == "\r" {
                scalars.append(" ")
            } else {
                scalars.append(isControl(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return String(scalars)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    static func paddedLeft(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// At most `width` characters; `…` stands for what was cut off at the end.
    static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
    }

    /// At most `width` characters; `…` stands for what was cut off at the start.
    static func cutStart(_ text: String, to width: Int) -> String {
        text.count <= width ? text : "…" + String(text.suffix(max(0, width - 1)))
    }

    /// Breaks at spaces, and inside a word only where it is wider than a line. Lines after the first are indented by
    /// `hanging`; what does not fit into `maximumLines` is cut with `…`. Linear in the length of the text.
    static func wrapped(_ text: String, to width: Int, hanging: Int = 2, maximumLines: Int = .max) -> [String] {
        if text.count <= width { return [text] }
        var rest = Array(text)[...]
        var lines: [String] = []
        while !rest.isEmpty {
            let indent = lines.isEmpty ? 0 : min(hanging, width / 2)
            let room = max(1, width - indent)
            let isLast = lines.count + 1 >= maximumLines
            let prefix = String(repeating: " ", count: indent)
            if rest.count <= room || isLast {
                lines.append(prefix + cut(String(rest), to: room))
                return lines
            }
            let window = rest.prefix(room + 1)
            let end = window.lastIndex(of: " ").flatMap { $0 > rest.startIndex ? $0 : nil } ?? rest.startIndex + room
            lines.append(prefix + String(rest[..<end]))
            rest = rest[end...].drop { $0 == " " }
        }
        return lines
    }
}

extension Int {
    /// `81,865`
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }

    /// `1 step`, `31 steps`
    func counted(_ noun: String, plural: String? = nil) -> String {
        self == 1 ? "1 \(noun)" : "\(grouped) \(plural ?? noun + "s")"
    }
}

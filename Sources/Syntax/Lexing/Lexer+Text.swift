import Diagnostics

/// Strings, comments, and text that is neither.
extension Lexer {
    /// `// …` and `/// …`, up to the end of the line. Four and more slashes draw a line and document nothing.
    mutating func lineComment() {
        let start = offset
        skipLine()
        let slashes = text.utf8[start..<offset].prefix { $0 == UInt8(ascii: "/") }.count
        append(slashes == 3 ? .docComment : .lineComment, from: start)
        reportInvalidUTF8(from: start)
    }

    private mutating func skipLine() {
        while let next = byte(), next != UInt8(ascii: "\n") { offset += 1 }
        if offset > 0, text.utf8[offset - 1] == UInt8(ascii: "\r") { offset -= 1 }
    }

    /// `/* … */`; they nest.
    mutating func blockComment() {
        let start = offset
        var depth = 0
        var hasNewline = false
        repeat {
            guard let next = byte() else { break }
            if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                depth += 1
                offset += 2
            } else if next == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                depth -= 1
                offset += 2
            } else {
                hasNewline = hasNewline || next == UInt8(ascii: "\n")
                offset += 1
            }
        } while depth > 0
        if depth > 0 {
            let opener = Span(source, start, start + 2)
            report(Diagnostic(.unterminated, "this comment does not end; `*/` is missing", at: opener))
        }
        append(.blockComment, from: start)
        newlineSinceToken = newlineSinceToken || hasNewline
        reportInvalidUTF8(from: start)
    }

    /// `"…"` on one line.
    mutating func string() {
        let start = offset
        offset += 1
        while let next = byte(), next != UInt8(ascii: "\n"), next != UInt8(ascii: "\"") {
            if next == UInt8(ascii: "\\") { escape() } else { offset += 1 }
        }
        if byte() == UInt8(ascii: "\"") {
            offset += 1
        } else {
            sawBadText = true
            leaveBrackets(after: start)
            let message = "this text does not end; `\"` is missing before the end of the line"
            report(Diagnostic(.unterminated, message, at: span(from: start)))
        }
        append(.string, from: start)
        reportInvalidUTF8(from: start)
    }

    /// The brackets at the end of the line are no text that lacks its `"`: what they belong to goes on behind it.
    private mutating func leaveBrackets(after start: Int) {
        let brackets = Set(") ]}{\t\r".utf8)
        while offset > start + 1, brackets.contains(text.utf8[offset - 1]) { offset -= 1 }
    }

    private mutating func escape() {
        let start = offset
        offset += 1
        guard let next = byte(), next != UInt8(ascii: "\n") else { return }
        offset += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"): return
        default: break
        }
        while let rest = byte(), rest & 0xC0 == 0x80 { offset += 1 }
        let message = "unknown escape; a text knows `\\\"`, `\\\\` and `\\n`"
        report(Diagnostic(.badCharacter, message, at: span(from: start)))
    }

    private mutating func reportInvalidUTF8(from start: Int) {
        guard String(validating: text.utf8[start..<offset], as: UTF8.self) == nil else { return }
        report(Diagnostic(.badCharacter, "this text is not valid UTF-8", at: span(from: start)))
    }

    /// Skips a run of bytes that begin no token, and reports it once.
    mutating func badCharacters() {
        let start = offset
        let isText = (byte() ?? 0) >= 0x80
        repeat { offset += 1 } while isText && (byte() ?? 0) >= 0x80
        sawBadText = true
        let run = text.utf8[start..<offset]
        let message: String
        if String(validating: run, as: UTF8.self) == nil {
            message = "this is not valid UTF-8"
        } else if let byte = run.first, byte < 0x20 || byte == 0x7F {
            message = "a control character (code \(byte)) can't stand here"
        } else {
            message = "`\(text.text(start, offset))` has no meaning here"
        }
        report(Diagnostic(.badCharacter, message, at: span(from: start)))
    }
}

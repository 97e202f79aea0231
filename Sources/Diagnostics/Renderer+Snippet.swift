/// Source lines with their number, the underlined range, and the line as a fix-it would leave it.
extension Renderer {
    /// Columns of a source line that are shown at most; longer lines are clipped around the range.
    static let maximumWidth = 120

    /// Bytes around a range that are looked at, so that a line of a megabyte costs no more than others.
    fileprivate static let window = maximumWidth * 4

    /// The first line of the range, and its underline.
    func snippet(_ span: Span, _ style: Style) -> [String] {
        guard let line = SourceLine(of: span, in: sources) else { return [] }
        var shown = DisplayedLine(line.text, from: line.start, to: line.end)
        shown.clip(to: Renderer.maximumWidth)
        let underline = String(repeating: " ", count: shown.start) + paint(shown.underline, style)
        return [gutter(line.number) + shown.text, gutter(nil) + underline]
    }

    /// What to do, and the first line afterwards.
    func help(_ fixIt: FixIt) -> [String] {
        let title = "   \(paint("help:", .help)) \(fixIt.message)"
        guard let line = SourceLine(of: fixIt.span, in: sources) else { return [title] }
        let text = line.text
        let head = text.prefix(line.start)
        let tail = String(decoding: text.dropFirst(line.end), as: UTF8.self)
        let replaced = String(decoding: head, as: UTF8.self) + fixIt.replacement + tail
        var lines = [title]
        for (offset, part) in replaced.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bytes = Array(part.utf8)
            var shown = DisplayedLine(bytes, from: min(line.start, bytes.count), to: min(line.start, bytes.count))
            shown.clip(to: Renderer.maximumWidth)
            lines.append(gutter(line.number + offset) + shown.text)
        }
        return lines
    }

    private func gutter(_ number: Int?) -> String {
        let text = number.map(String.init) ?? ""
        let padding = String(repeating: " ", count: max(0, 6 - text.count))
        return paint("\(padding)\(text) | ", .dim)
    }
}

/// The first line of a span, with the range inside it in bytes.
private struct SourceLine {
    let number: Int
    let text: [UInt8]
    let start: Int
    let end: Int

    init?(of span: Span, in sources: SourceMap) {
        guard sources.contains(span.source) else { return nil }
        let source = sources[span.source]
        number = sources.start(span).line
        let first = source.lineStarts[number - 1]
        var last = number < source.lineStarts.count ? source.lineStarts[number] - 1 : source.utf8.count
        if last > first, source.utf8[last - 1] == UInt8(ascii: "\r") { last -= 1 }
        let spanStart = min(max(span.start, first), last)
        let spanEnd = min(max(span.end, spanStart), last, spanStart + Renderer.window)
        let low = SourceLine.characterStart(spanStart - Renderer.window, in: source.utf8, from: first)
        let high = SourceLine.characterStart(spanEnd + Renderer.window, in: source.utf8, from: spanEnd)
        text = Array(source.utf8[low..<min(high, last)])
        start = spanStart - low
        end = spanEnd - low
    }

    /// The start of the character that holds a byte, not before `first`.
    private static func characterStart(_ offset: Int, in utf8: [UInt8], from first: Int) -> Int {
        var start = max(offset, first)
        guard start < utf8.count else { return utf8.count }
        while start > first, utf8[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }
}

/// A line as a terminal shows it, with a range in columns. One character counts as one column.
struct DisplayedLine {
    private(set) var characters: [Character]
    private(set) var start: Int
    private(set) var end: Int

    var text: String { String(characters) }

    /// `^~~~`; one `^` where the range is empty.
    var underline: String { "^" + String(repeating: "~", count: max(0, end - start - 1)) }

    /// Tabs reach to the next multiple of four; other control characters become a replacement.
    init(_ bytes: [UInt8], from start: Int, to end: Int) {
        let low = min(max(start, 0), bytes.count)
        let high = min(max(end, low), bytes.count)
        var characters: [Character] = []
        func append(_ part: ArraySlice<UInt8>) {
            for character in String(decoding: part, as: UTF8.self) {
                if character == "\t" {
                    repeat { characters.append(" ") } while characters.count % 4 != 0
                } else {
                    characters.append(character.isControl ? "\u{FFFD}" : character)
                }
            }
        }
        append(bytes[..<low])
        self.start = characters.count
        append(bytes[low..<high])
        self.end = characters.count
        append(bytes[high...])
        self.characters = characters
    }

    /// Cuts the line to a width, so that the start of the range stays visible.
    mutating func clip(to width: Int) {
        if start > width * 3 / 4 {
            let cut = start - width / 2
            characters.replaceSubrange(..<cut, with: ["…"])
            start -= cut - 1
            end -= cut - 1
        }
        if characters.count > width {
            characters.replaceSubrange((width - 1)..., with: ["…"])
        }
        end = min(max(end, start), characters.count)
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }
}

extension SourceMap {
    func contains(_ id: SourceID) -> Bool { sources.indices.contains(id.index) }
}

/// The number of a source file within one ``SourceMap``.
public struct SourceID: Hashable, Comparable, Sendable {
    public let index: Int

    public init(index: Int) { self.index = index }

    public static func < (a: SourceID, b: SourceID) -> Bool { a.index < b.index }
}

/// A half-open range of UTF-8 byte offsets in one source file.
public struct Span: Hashable, Comparable, Sendable {
    public let source: SourceID
    public let start: Int
    public let end: Int

    public init(_ source: SourceID, _ start: Int, _ end: Int) {
        self.source = source
        self.start = start
        self.end = max(start, end)
    }

    /// The smallest span that covers both; `self` where the other lies in another file.
    public func joined(_ other: Span) -> Span {
        guard source == other.source else { return self }
        return Span(source, min(start, other.start), max(end, other.end))
    }

    public static func < (a: Span, b: Span) -> Bool {
        (a.source, a.start, a.end) < (b.source, b.start, b.end)
    }
}

/// One source file: its display name and its bytes.
public struct SourceText: Sendable {
    /// The name of what the user gave as options: text without a file.
    public static let commandLine = "command line"

    /// How the file is called in messages: the path as the user gave it, or `std/memory.fl` for a module of the tool.
    public let name: String
    /// The text as UTF-8. Invalid sequences are kept; they are reported by the lexer.
    public let utf8: [UInt8]
    /// The byte offset at which each line starts. Never empty.
    public let lineStarts: [Int]

    public init(name: String, utf8: [UInt8]) {
        self.name = name
        self.utf8 = utf8
        var starts = [0]
        for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        self.lineStarts = starts
    }

    public init(name: String, text: String) { self.init(name: name, utf8: Array(text.utf8)) }

    /// The text of a byte range, repaired where it is no valid UTF-8. Offsets beyond the end are clamped.
    public func text(_ start: Int, _ end: Int) -> String {
        let low = min(max(start, 0), utf8.count)
        let high = min(max(end, low), utf8.count)
        return String(decoding: utf8[low..<high], as: UTF8.self)
    }
}

/// A place as people read it: 1-based line and column; columns count Unicode characters.
public struct LineColumn: Hashable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// All sources of one run, in the order in which they were read.
public struct SourceMap: Sendable {
    public private(set) var sources: [SourceText] = []

    public init() {}

    public mutating func add(_ source: SourceText) -> SourceID {
        sources.append(source)
        return SourceID(index: sources.count - 1)
    }

    public subscript(id: SourceID) -> SourceText { sources[id.index] }

    /// The text that a span covers.
    public func text(_ span: Span) -> String { self[span.source].text(span.start, span.end) }

    /// Where a span starts.
    public func start(_ span: Span) -> LineColumn { position(span.start, in: self[span.source]) }

    /// Where a span ends (exclusive).
    public func end(_ span: Span) -> LineColumn { position(span.end, in: self[span.source]) }

    private func position(_ offset: Int, in source: SourceText) -> LineColumn {
        let clamped = min(max(offset, 0), source.utf8.count)
        var low = 0
        var high = source.lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if source.lineStarts[middle] <= clamped { low = middle } else { high = middle - 1 }
        }
        let column = source.text(source.lineStarts[low], clamped).count + 1
        return LineColumn(line: low + 1, column: column)
    }
}

/// Turns diagnostics into text for people: place, code, message, the source line with the range underlined, notes,
/// and what would cure it.
///
/// ```text
/// spec.fl:12:9: error[FL0110]: `=` assigns; did you mean `==`?
///    12 |     if x = 3 {
///       |          ^
///    help: replace `=` with `==`
///    12 |     if x == 3 {
/// ```
public struct Renderer: Sendable {
    public let sources: SourceMap
    /// Whether to colour with ANSI escapes.
    public let coloured: Bool

    public init(sources: SourceMap, coloured: Bool = false) {
        self.sources = sources
        self.coloured = coloured
    }

    /// All diagnostics, by file and position, each once; those without a place first. Ends with a new line unless empty.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        Renderer.sorted(diagnostics).map(render).joined(separator: "\n")
    }

    /// One diagnostic; several lines, each ended.
    public func render(_ diagnostic: Diagnostic) -> String {
        let severity = diagnostic.severity == .error ? Style.error : Style.warning
        let title = paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]:", severity)
        var lines = ["\(place(diagnostic.span))\(title) \(paint(diagnostic.message, .bold))"]
        if let span = diagnostic.span { lines += snippet(span, severity) }
        for note in diagnostic.notes {
            lines.append("\(place(note.span))\(paint("note:", .note)) \(note.message)")
            if let span = note.span { lines += snippet(span, .note) }
        }
        for fixIt in diagnostic.fixIts { lines += help(fixIt) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// "2 errors, 1 warning"; empty where there are neither.
    public func renderSummary(_ diagnostics: [Diagnostic]) -> String {
        let unique = Renderer.sorted(diagnostics)
        let errors = unique.count { $0.severity == .error }
        let warnings = unique.count - errors
        let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    /// By file and position; the order of arrival decides among equals. Of duplicates the first is kept.
    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let unique = diagnostics.filter { seen.insert($0).inserted }
        let indexed = unique.enumerated().sorted { a, b in
            switch (a.element.span, b.element.span) {
            case (nil, nil): a.offset < b.offset
            case (nil, _?): true
            case (_?, nil): false
            case (let x?, let y?): x == y ? a.offset < b.offset : x < y
            }
        }
        return indexed.map(\.element)
    }

    /// `path:line:column: `, or nothing.
    private func place(_ span: Span?) -> String {
        guard let span, sources.contains(span.source) else { return "" }
        let start = sources.start(span)
        return paint("\(sources[span.source].name):\(start.line):\(start.column):", .bold) + " "
    }
}

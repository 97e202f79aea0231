import Diagnostics

/// A diagnostic with its places resolved, as the JSON report carries it.
public struct ReportDiagnostic: Sendable, Hashable {
    /// A further place or fact.
    public struct Note: Sendable, Hashable {
        public var message: String
        public var file: String?
        /// From 1, as the column.
        public var line: Int?
        public var column: Int?

        public init(message: String, file: String?, line: Int?, column: Int?) {
            self.message = message
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// `FL0301`
    public var code: String
    /// `error` or `warning`.
    public var severity: String
    public var message: String
    /// Nil where the finding has no place in a source file.
    public var file: String?
    /// From 1, as the column.
    public var line: Int?
    public var column: Int?
    public var notes: [Note]

    public init(
        code: String, severity: String, message: String, file: String?, line: Int?, column: Int?, notes: [Note]
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.notes = notes
    }

    /// `sources` must be the map that the spans were made for.
    public init(_ diagnostic: Diagnostic, in sources: SourceMap) {
        let place = Place(diagnostic.span, in: sources)
        self.init(
            code: diagnostic.code.rawValue, severity: diagnostic.severity.rawValue, message: diagnostic.message,
            file: place?.file, line: place?.start.line, column: place?.start.column,
            notes: diagnostic.notes.map { note in
                let place = Place(note.span, in: sources)
                return Note(
                    message: note.message, file: place?.file, line: place?.start.line, column: place?.start.column)
            })
    }

    private struct Place {
        let file: String
        let start: LineColumn

        init?(_ span: Span?, in sources: SourceMap) {
            guard let span, sources.sources.indices.contains(span.source.index) else { return nil }
            file = sources[span.source].name
            start = sources.start(span)
        }
    }
}

extension ReportDiagnostic {
    var json: JSONValue {
        .object([
            "code": .string(code), "severity": .string(severity), "message": .string(message),
            "file": JSONValue(file), "line": JSONValue(line), "column": JSONValue(column),
            "notes": .array(notes.map(\.json)),
        ])
    }
}

extension ReportDiagnostic.Note {
    fileprivate var json: JSONValue {
        .object([
            "message": .string(message), "file": JSONValue(file), "line": JSONValue(line),
            "column": JSONValue(column),
        ])
    }
}

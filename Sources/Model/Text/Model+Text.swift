extension Model {
    private static let header = "faultline-model"

    /// The textual form: stable, readable, and the same model again when parsed.
    ///
    /// The first line is `faultline-model 3`, the version of the format. Then follow lists in parentheses, one for each
    /// part of the model in the order of its declaration:
    /// ```
    /// (model "cow" (scenario "small") (variant) (settings ("Frame" "2")) (expect violated "content") …)
    /// (sort "Frame" 2)
    /// (variable "frame.refs" (root "frame") shared (dimensions (2 (sort 0) (element 0))) (range 0 7) (process) (at 0 0 2))
    /// (process "user" ordinary (dimensions) (counter 3) (location rest head (origin) (calls) (held)) …)
    /// (violation "range" resumable "refs leaves 0..7" (origin "a.fl" 3 5 "refs += 1"))
    /// (event "ideal.load" (element 0) bool)
    /// (initial 1 (origins) (choose r0 2 "f" (element 0)) (assign frame.refs (r0) 1))
    /// (action user 0 2 (origins …) (ways (way (origin …) 0 "true") …) (calls "fault") (require (equal (read pte (i0)) 0)) (jump 1))
    /// (property "content" invariant (conjunct 1 (origin …) (all r0 2 …)))
    /// (witness premise "content" state (conjunct 1 (origin …) (some r0 2 …)))
    /// ```
    /// An expression is a number (a constant), `r3` (a register), `i0` (an index of the acting process), or a list that
    /// starts with an operator. A variable or process is named where its name is unambiguous, else it is `#` and its
    /// number. An empty list is what is absent.
    public var text: String {
        let writer = ModelWriter(model: self)
        var text = "\(Self.header) \(Self.formatVersion)\n"
        for node in writer.nodes {
            node.write(to: &text)
            text += "\n"
        }
        return text
    }

    /// Reads the textual form. What it says is not validated any further; see ``validate()``.
    ///
    /// - Throws: ``ModelTextError`` with the line of what is wrong.
    public init(parsing text: String) throws(ModelTextError) {
        var lines = text.unicodeScalars.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let first = String(String.UnicodeScalarView(lines.removeFirst())).split(separator: " ")
        guard first.first.map(String.init) == Self.header, first.count == 2 else {
            throw ModelTextError(line: 1, message: "the first line is not `\(Self.header) \(Self.formatVersion)`")
        }
        guard first[1] == String(Self.formatVersion) else {
            throw ModelTextError(line: 1, message: "version \(first[1]) of the format is not \(Self.formatVersion)")
        }
        // The version line counts as line 1.
        var scanner = TextScanner("\n" + (lines.first.map { String(String.UnicodeScalarView($0)) } ?? ""))
        var nodes: [ReadNode] = []
        while let node = try scanner.next() { nodes.append(node) }
        var reader = ModelReader()
        try reader.read(nodes, end: scanner.line)
        self = reader.model
    }
}

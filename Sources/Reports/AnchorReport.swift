/// What has become of the C that specs cite.
public struct AnchorResult: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        case fine, changed, unreviewed
        case fileGone = "file-gone"
        case functionGone = "function-gone"
        /// It had changed, or nobody had compared it, and that was accepted in this run.
        case accepted
    }

    public var spec: String
    /// From 1.
    public var line: Int
    /// From the top of the source tree.
    public var file: String
    public var function: String
    public var state: State
    /// The first lines of its definitions, from 1; empty where it is gone.
    public var definedAt: [Int]
    /// The digest in the spec.
    public var reviewed: String?
    /// The digest of what is there.
    public var now: String?
    /// Files that define it instead.
    public var movedTo: [String]

    public init(
        spec: String, line: Int, file: String, function: String, state: State, definedAt: [Int], reviewed: String?,
        now: String?, movedTo: [String]
    ) {
        self.spec = spec
        self.line = line
        self.file = file
        self.function = function
        self.state = state
        self.definedAt = definedAt
        self.reviewed = reviewed
        self.now = now
        self.movedTo = movedTo
    }

    /// Whether the spec may be relied on as far as this function goes.
    public var isFine: Bool {
        switch state {
        case .fine, .accepted: true
        case .changed, .unreviewed, .fileGone, .functionGone: false
        }
    }
}

/// Citations as text, a line each and a summary; or as JSON, described by `docs/schemas/anchors.schema.json`.
public struct AnchorReport: Sendable {
    /// Raised with every change of the JSON that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    public func text(_ results: [AnchorResult]) -> String {
        results.map { line($0) + "\n" }.joined() + summary(results) + "\n"
    }

    public func json(_ results: [AnchorResult], diagnostics: [ReportDiagnostic]) -> String {
        JSONValue.object([
            "version": .int(Self.formatVersion), "tool": .string("faultline"),
            "anchors": .array(results.map(\.json)), "diagnostics": .array(diagnostics.map(\.json)),
        ]).text
    }

    private func line(_ result: AnchorResult) -> String {
        let mark = Layout.padded(result.isFine ? "ok" : "FAIL", to: 4)
        return Layout.clean(
            "\(mark)  \(result.spec):\(result.line)  \(result.file) \(result.function): \(words(result))")
    }

    private func words(_ result: AnchorResult) -> String {
        switch result.state {
        case .fine: "as it was when the spec was compared with it"
        case .changed: "changed since the spec was compared with it"
        case .unreviewed: "not compared with the spec yet"
        case .fileGone: "the file is gone"
        case .functionGone: "the function is gone"
        case .accepted: "accepted as it is now"
        }
    }

    private func summary(_ results: [AnchorResult]) -> String {
        guard !results.isEmpty else { return "no spec cites a function" }
        let wrong = results.count { !$0.isFine }
        let total = results.count.counted("citation")
        guard wrong > 0 else { return results.count == 1 ? "\(total), fine" : "\(total), all fine" }
        return "\(total): \(results.count - wrong) fine, \(wrong) to be looked at"
    }
}

extension AnchorResult {
    fileprivate var json: JSONValue {
        .object([
            "spec": .string(spec), "line": .int(line), "file": .string(file), "function": .string(function),
            "state": .string(state.rawValue), "definedAt": .array(definedAt.map { .int($0) }),
            "reviewed": JSONValue(reviewed), "now": JSONValue(now), "movedTo": JSONValue(movedTo),
        ])
    }
}

/// The rules of a SARIF document: the claims and diagnostics that its results are about, with help for a reader who has
/// never seen the tool.
struct SARIFRules {
    private let rules: [JSONValue]
    private let indices: [String: Int]

    /// In the order in which the findings name them first.
    init(_ findings: [SuiteFinding]) {
        var rules: [JSONValue] = []
        var indices: [String: Int] = [:]
        for finding in findings where indices[finding.rule] == nil {
            indices[finding.rule] = rules.count
            rules.append(Self.rule(finding))
        }
        self.rules = rules
        self.indices = indices
    }

    var json: JSONValue { .array(rules) }

    func index(of rule: String) -> Int { indices[rule] ?? -1 }

    private static func rule(_ finding: SuiteFinding) -> JSONValue {
        let text = Text(finding)
        return .object([
            "id": .string(finding.rule),
            "shortDescription": .object(["text": .string(SARIFReport.plain(text.short))]),
            "fullDescription": .object(["text": .string(SARIFReport.plain(text.full))]),
            "help": .object([
                "text": .string(SARIFReport.plain(text.full)), "markdown": .string(MarkdownText.inline(text.full)),
            ]),
            "defaultConfiguration": .object(["level": .string(text.level)]),
            "properties": .object(["precision": .string("very-high"), "tags": .array([.string("model-checking")])]),
        ])
    }

    private struct Text {
        let short: String
        let full: String
        var level = "warning"

        init(_ finding: SuiteFinding) {
            switch finding.subject {
            case .run(let run) where run.result.verdict == .inconclusive:
                short = "A search ended before everything was looked at"
                full =
                    "A budget ended the search. The run says nothing of what was not looked at: it is neither right nor "
                    + "wrong. Give it more time or memory, or lower a bound; --explain-states says which."
            case .run(let run):
                short = "\(run.result.claim) is not as expected"
                full = RuleHelp.text(ofKind: run.result.counterexample?.failure.kind)
                level = "error"
            case .drift:
                short = "Figures differ from the baseline"
                full =
                    "States, transitions, depth or the length of a violation are not those of the baseline. Where the "
                    + "change is meant, write the baseline anew."
            case .repaired:
                short = "A known failure passes"
                full =
                    "The run is listed as a known failure, and passes. Remove the entry, so that it can't hide a new one."
            case .diagnostic(let diagnostic):
                short = RuleHelp.title(ofCode: diagnostic.code)
                full = RuleHelp.text(ofCode: diagnostic.code)
                level = diagnostic.severity == "error" ? "error" : "warning"
            }
        }
    }
}

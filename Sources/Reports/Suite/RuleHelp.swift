/// What a rule of a report says to a reader who sees it in a review.
enum RuleHelp {
    /// Of a violated claim, by the kind of its failure; nil where there is no run that shows it.
    static func text(ofKind kind: String?) -> String {
        let reading =
            "The code flow is a shortest run that shows it, each statement with its process and with what it changed. "
            + "The same run is drawn by faultline check."
        guard let kind else {
            return
                "Either a violation was expected and none exists, or a situation that must be reachable never occurs. "
                + "All states of the scope were visited, so there is no run to show."
        }
        switch kind {
        case "invariant": return "A claim about every state is false in some reachable one. \(reading)"
        case "at rest": return "A claim about every state in which all processes rest is false in one. \(reading)"
        case "transition": return "A claim about every step, of the states before and after it, is false. \(reading)"
        case "assert": return "A claim at one place of the code is false when a process comes there. \(reading)"
        case "fail": return "A place is reached that must never be. \(reading)"
        case "deadlock": return "A state is reached in which no process can go on, and not all are at rest. \(reading)"
        default: return "The model does what it must never do: \(kind). \(reading)"
        }
    }

    /// `FL0203: a diagnostic on modules, names, types`
    static func title(ofCode code: String) -> String { "\(code): \(subject(ofCode: code))" }

    static func text(ofCode code: String) -> String {
        "Faultline reports \(code) on \(subject(ofCode: code)). The table of diagnostics in docs/language.md says what each "
            + "code means. An error stops the checks of its file; a warning does not."
    }

    /// By the first two digits; see `DiagnosticCode`.
    private static func subject(ofCode code: String) -> String {
        switch code.dropFirst(2).prefix(2) {
        case "01": "text and syntax"
        case "02": "modules, names, types"
        case "03": "accesses, guards, locks, steps"
        case "04": "ghost state"
        case "05": "what was never evaluated or executed"
        case "06": "expectations and symmetry"
        case "07": "files and options"
        case "08": "models and traces"
        default: "the input"
        }
    }
}

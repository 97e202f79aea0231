/// Whose output it is that has to be read.
public enum OutputFormat: Equatable, Sendable {
    /// `faultline check --format json`. The first run counts; all must be as the spec expects.
    case faultline
    /// `pan`, the checker that SPIN makes.
    case spin(breadthFirst: Bool)
    /// A checker made by Rumur or CMurphi.
    case murphi
    /// The hand-written search.
    case handwritten

    /// What the output says.
    public func read(_ text: String, contender: String) throws(BenchmarkError) -> Outcome {
        let outcome =
            switch self {
            case .faultline: readFaultline(text)
            case .spin(let breadthFirst): readSpin(text, breadthFirst: breadthFirst)
            case .murphi: readMurphi(text)
            case .handwritten: readHandwritten(text)
            }
        guard let outcome else { throw .unreadable(contender: contender, what: "verdict or counts") }
        return outcome
    }
}

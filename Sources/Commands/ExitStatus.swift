/// The exit statuses of all commands. The table is also in `docs/exit-codes.md`; a test compares the two.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Everything is as expected.
    case asExpected = 0
    /// A violation, an expected violation that was not found, or a pass that means nothing.
    case violated = 1
    /// Bad input or usage.
    case badInput = 2
    /// A bound was reached first.
    case inconclusive = 3
    /// A defect of the tool.
    case internalError = 70

    /// What each means, as the table in the docs says it.
    public var meaning: String {
        switch self {
        case .asExpected: "everything is as expected"
        case .violated: "a violation, an expected violation that was not found, or a pass that means nothing"
        case .badInput: "bad input or usage"
        case .inconclusive: "inconclusive: a budget or a bound ended the search, or the run was interrupted"
        case .internalError: "an internal error; please report it"
        }
    }

    /// Of several runs: an internal error before bad input, before a violation, before inconclusive.
    public static func worst(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
        statuses.max { $0.weight < $1.weight } ?? .asExpected
    }

    private var weight: Int {
        switch self {
        case .asExpected: 0
        case .inconclusive: 1
        case .violated: 2
        case .badInput: 3
        case .internalError: 4
        }
    }
}

/// The mutants of specs as one versioned JSON document; `docs/schemas/mutation.schema.json` describes it.
public struct MutationJSON: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    /// Ends with a new line. Only `seconds` differs between two runs of the same thing.
    public func render(_ results: [MutationResult], diagnostics: [ReportDiagnostic]) -> String {
        JSONValue.object([
            "format": .string("faultline.mutation"),
            "version": .int(Self.formatVersion),
            "specs": .array(results.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
        ]).text
    }
}

extension MutationResult {
    fileprivate var json: JSONValue {
        .object([
            "spec": .string(spec),
            "settings": JSONValue(settings),
            "judges": .array(
                judges.map { .object(["scenario": .string($0.name), "states": .int($0.states)]) }),
            "score": .object(["noticed": .int(noticed), "counted": .int(counted)]),
            "counts": .object(
                Dictionary(
                    uniqueKeysWithValues: MutantOutcome.Kind.allCases.map { ($0.rawValue, .int(count($0))) })),
            "invalid": .int(invalid),
            "unselected": .int(unselected),
            "equivalenceStates": .int(equivalenceStates),
            "mutants": .array(mutants.map(\.json)),
            "seconds": .double(seconds),
        ])
    }
}

extension MutantResult {
    fileprivate var json: JSONValue {
        .object([
            "number": .int(number),
            "operator": .string(operatorName),
            "in": .string(container),
            "change": .string(change),
            "line": .int(line),
            "diff": JSONValue(diff),
            "outcome": .string(outcome.kind.rawValue),
            "detail": outcome.detail,
            "allowed": JSONValue(allowed),
        ])
    }
}

extension MutantOutcome {
    fileprivate var detail: JSONValue {
        switch self {
        case .killed(let property, let scenario, let steps):
            .object([
                "property": .string(property), "scenario": .string(scenario), "steps": steps.map { .int($0) } ?? .null,
            ])
        case .refused(let code, let message): .object(["code": .string(code), "message": .string(message)])
        case .survived(let difference): difference.json
        case .equivalent(let how): .object(["by": .string(how.rawValue)])
        case .inconclusive(let scenario, let reason):
            .object(["scenario": .string(scenario), "reason": .string(reason)])
        case .notTried: .null
        }
    }
}

extension MutantOutcome.Difference {
    fileprivate var json: JSONValue {
        switch self {
        case .more(let scenario, let steps, let isState):
            .object([
                "difference": .string("more"), "scenario": .string(scenario), "steps": .int(steps),
                "new": .string(isState ? "state" : "step"),
            ])
        case .less(let scenario): .object(["difference": .string("less"), "scenario": .string(scenario)])
        case .unknown(let scenario): .object(["difference": .string("unknown"), "scenario": .string(scenario)])
        }
    }
}

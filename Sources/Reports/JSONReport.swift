/// All results as one versioned JSON document; `docs/schemas/report.schema.json` describes it.
///
/// Keys are sorted, every key is always there, and only the field `timing` of a run differs between two runs of the
/// same thing.
public struct JSONReport: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 3

    public init() {}

    /// Ends with a new line.
    public func render(_ runs: [RunResult], diagnostics: [ReportDiagnostic] = []) -> String {
        let document = JSONValue.object([
            "version": .int(Self.formatVersion),
            "tool": .string("faultline"),
            "runs": .array(runs.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
        ])
        return document.text
    }
}

extension RunResult {
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "spec": .string(spec),
            "module": .string(module),
            "scenario": .string(scenario),
            "variant": JSONValue(variant),
            "sweep": .array(sweep.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
            "verdict": .string(verdict.rawValue),
            "reason": JSONValue(reason?.rawValue),
            "expected": .string(expected),
            "asExpected": .bool(asExpected),
            "states": .int(states),
            "transitions": .int(transitions),
            "depth": .int(depth),
            "switches": switches.map { .object(["limit": .int($0.limit), "complete": .int($0.complete)]) } ?? .null,
            "property": JSONValue(property),
            "steps": JSONValue(steps),
            "unwitnessed": JSONValue(unwitnessed),
            "assumptions": assumptions.json,
            "trace": counterexample?.json ?? .null,
            "timing": .object([
                "seconds": .double(timing.seconds), "memoryBytes": .int(timing.memoryBytes),
                "diskBytes": .int(timing.diskBytes),
            ]),
        ]
        if let violatedWithoutRun { members["violatedWithoutRun"] = .string(violatedWithoutRun) }
        if let checkpoint { members["checkpoint"] = checkpoint.json }
        if let walks { members["walks"] = walks.json }
        if let solving { members["solving"] = solving.json }
        if theorems > 0 { members["theorems"] = .int(theorems) }
        if let explosion { members["explosion"] = explosion.json }
        return .object(members)
    }
}

extension RunResult.Checkpoint {
    fileprivate var json: JSONValue {
        .object([
            "folder": .string(folder), "saved": .bool(isSaved),
            "resumedStates": resumedStates.map { .int($0) } ?? .null,
        ])
    }
}

extension RunResult.Assumptions {
    var json: JSONValue {
        .object([
            "memoryModel": .string(memoryModel),
            "settings": .array(settings.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
            "atomicClaims": .int(atomicClaims),
            "reductions": JSONValue(reductions),
            "store": .string(store),
            "missedStateProbability": missedStateProbability.map { .double($0) } ?? .null,
        ])
    }
}

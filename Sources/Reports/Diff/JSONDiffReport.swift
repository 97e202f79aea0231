/// What a change does as one versioned JSON document; `docs/schemas/diff.schema.json` describes it.
///
/// Keys are sorted, every key is always there, and nothing in it depends on time.
public struct JSONDiffReport: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 2

    public init() {}

    /// Ends with a new line. `failures` are the reasons for exit status 1, as `--fail-on` names them.
    public func render(_ result: DiffResult?, failures: [String], diagnostics: [ReportDiagnostic] = []) -> String {
        JSONValue.object([
            "version": .int(Self.formatVersion),
            "tool": .string("faultline"),
            "old": JSONValue(result?.old),
            "new": JSONValue(result?.new),
            "onlyOld": JSONValue(result?.onlyOld ?? []),
            "onlyNew": JSONValue(result?.onlyNew ?? []),
            "configurations": .array(result?.configurations.map(\.json) ?? []),
            "failures": JSONValue(failures),
            "diagnostics": .array(diagnostics.map(\.json)),
        ]).text
    }
}

extension ConfigurationDiff {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name),
            "verdict": .string(verdict.rawValue),
            "scope": .array(scope.map(\.json)),
            "old": old.json,
            "new": new.json,
            "properties": .array(properties.map(\.json)),
            "behaviours": behaviours.json,
            "statements": .object([
                "known": .bool(statements.isKnown),
                "noLongerReached": .array(statements.noLongerReached.map(\.json)),
                "newlyReached": .array(statements.newlyReached.map(\.json)),
                "neverReached": .array(statements.neverReached.map(\.json)),
            ]),
        ])
    }
}

extension ConfigurationDiff.ScopeChange {
    fileprivate var json: JSONValue {
        .object(["name": .string(name), "old": JSONValue(old), "new": JSONValue(new)])
    }
}

extension DiffSide {
    fileprivate var json: JSONValue {
        .object([
            "states": .int(states), "depth": .int(depth), "reason": JSONValue(reason?.rawValue),
            "comparedStates": .int(comparedStates), "comparedDepth": .int(comparedDepth),
            "comparedReason": JSONValue(comparedReason?.rawValue),
        ])
    }
}

extension PropertyDiff {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "old": .string(old.rawValue), "new": .string(new.rawValue),
            "trace": counterexample?.json ?? .null,
        ])
    }
}

extension StatementDiff.Place {
    fileprivate var json: JSONValue {
        .object(["file": .string(file), "line": .int(line), "text": .string(text)])
    }
}

extension BehaviourDiff {
    fileprivate var json: JSONValue {
        .object([
            "newEvents": .array(newEvents.map(\.json)), "goneEvents": .array(goneEvents.map(\.json)),
            "new": new.json, "gone": gone.json, "leftOut": JSONValue(leftOut), "eventCount": .int(eventCount),
        ])
    }
}

extension BehaviourDiff.Event {
    fileprivate var json: JSONValue { .object(["process": .string(process), "text": .string(text)]) }
}

extension BehaviourDiff.EventChange {
    fileprivate var json: JSONValue {
        .object(["event": event.json, "certain": .bool(isCertain), "witness": witness?.json ?? .null])
    }
}

extension BehaviourDiff.Witness {
    fileprivate var json: JSONValue {
        .object([
            "run": run.json,
            "events": .array(events.map { .object(["step": .int($0.step), "event": $0.event.json]) }),
        ])
    }
}

extension BehaviourDiff.Inclusion {
    fileprivate var json: JSONValue {
        switch self {
        case .included:
            .object(["found": .string("nothing"), "trace": .array([]), "witness": .null, "reason": .null])
        case .missing(let trace, let witness):
            .object([
                "found": .string("trace"), "trace": .array(trace.map(\.json)), "witness": witness?.json ?? .null,
                "reason": .null,
            ])
        case .unknown(let reason):
            .object([
                "found": .string("unknown"), "trace": .array([]), "witness": .null, "reason": .string(reason.rawValue),
            ])
        }
    }
}

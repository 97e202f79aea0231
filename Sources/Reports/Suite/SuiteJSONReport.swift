/// A suite as one versioned JSON document; `docs/schemas/suite.schema.json` describes it.
///
/// Keys are sorted, every key is always there, and only the field `timing` of a run differs between two runs of the same
/// thing.
public struct SuiteJSONReport: SuiteReport {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    /// Ends with a new line.
    public func render(_ suite: SuiteResult) -> String {
        JSONValue.object([
            "format": .string("faultline.suite"),
            "version": .int(Self.formatVersion),
            "counts": .object(
                Dictionary(
                    uniqueKeysWithValues: SuiteResult.Standing.words.map { word in
                        (word, .int(suite.runs.count { $0.standing.word == word }))
                    })),
            "runs": .array(suite.runs.map(\.json)),
            "skipped": .array(suite.skipped.map(\.json)),
            "libraries": JSONValue(suite.libraries),
            "diagnostics": .array(suite.diagnostics.map(\.json)),
        ]).text
    }
}

extension SuiteResult.Run {
    fileprivate var json: JSONValue {
        .object([
            "standing": .string(standing.word),
            "knownFailure": standing.knownFailure?.json ?? .null,
            "cached": .bool(isCached),
            "line": JSONValue(line),
            "drift": .array(
                drift.map {
                    .object(["figure": .string($0.figure), "before": .string($0.before), "now": .string($0.now)])
                }),
            "result": result.json,
        ])
    }
}

extension SuiteResult.KnownFailure {
    fileprivate var json: JSONValue {
        .object([
            "owner": .string(owner), "expires": .string(expires), "reason": .string(reason), "file": .string(file),
            "line": .int(line),
        ])
    }
}

extension SuiteResult.Skipped {
    fileprivate var json: JSONValue {
        .object([
            "spec": .string(spec), "configuration": .string(configuration), "reason": .string(reason.rawValue),
        ])
    }
}

/// Audits as one versioned JSON document; `docs/schemas/audit.schema.json` describes it.
public struct AuditJSON: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    /// Ends with a new line.
    public func render(_ results: [AuditResult], diagnostics: [ReportDiagnostic]) -> String {
        JSONValue.object([
            "format": .string("faultline.audit"),
            "version": .int(Self.formatVersion),
            "specs": .array(results.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
        ]).text
    }
}

extension AuditResult {
    fileprivate var json: JSONValue {
        .object([
            "spec": .string(spec),
            "memoryModel": .string(memoryModel),
            "claims": .array(claims.map(\.json)),
            "racyReads": .array(racyReads.map(\.json)),
            "unguarded": .array(
                unguarded.map { cell in
                    .object([
                        "cell": .string(cell.name), "atomic": .bool(cell.isAtomic), "reads": .int(cell.reads),
                        "writes": .int(cell.writes),
                    ])
                }),
            "conflicts": .array(
                conflicts.map { conflict in
                    .object([
                        "cell": .string(conflict.cell), "first": conflict.first.json, "second": conflict.second.json,
                        "allowed": JSONValue(conflict.allowed),
                    ])
                }),
            "scopes": .array(scopes.map(\.json)),
            "cut": .bool(isCut),
        ])
    }
}

extension AuditResult.Claim {
    fileprivate var json: JSONValue {
        .object([
            "place": place.json, "reason": .string(reason), "reads": JSONValue(reads), "writes": JSONValue(writes),
            "splits": .array(
                splits.map { split in
                    .object([
                        "change": .string(split.change), "outcome": .string(split.outcome.kind.rawValue),
                        "words": .string(split.outcome.words),
                    ])
                }),
        ])
    }
}

extension AuditResult.Place {
    fileprivate var json: JSONValue {
        .object(["file": .string(file), "line": .int(line), "text": .string(text)])
    }
}

extension AuditResult.Side {
    fileprivate var json: JSONValue {
        .object([
            "process": .string(process), "place": place.json, "write": .bool(isWrite), "held": JSONValue(held),
        ])
    }
}

extension AuditResult.Scope {
    fileprivate var json: JSONValue {
        .object([
            "scenario": .string(name),
            "settings": .array(settings.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
            "processes": JSONValue(processes), "excluded": JSONValue(excluded), "vanished": JSONValue(vanished),
        ])
    }
}

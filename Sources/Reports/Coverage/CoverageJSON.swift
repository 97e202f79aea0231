/// Coverage as a versioned JSON document; `docs/schemas/coverage.schema.json` describes it.
public struct CoverageJSON: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    /// Ends with a new line.
    public func render(_ result: CoverageResult) -> String {
        JSONValue.object([
            "version": .int(Self.formatVersion),
            "tool": .string("faultline"),
            "files": .array(result.files.map(file)),
            "lines": share(result.lineShare),
            "branches": share(result.branchShare),
            "unknownConfigurations": .int(result.unknown),
        ]).text
    }

    private func file(_ file: CoverageResult.File) -> JSONValue {
        .object([
            "path": .string(file.path),
            "lines": share(file.lineShare),
            "branches": share(file.branchShare),
            "executed": .array(
                file.lines.sorted { $0.key < $1.key }.map { .object(["line": .int($0.key), "count": .int($0.value)]) }),
            "taken": .array(
                file.branches.map { branch in
                    .object([
                        "line": .int(branch.line), "column": .int(branch.column), "number": .int(branch.number),
                        "label": .string(branch.label), "count": .int(branch.count),
                    ])
                }),
        ])
    }

    private func share(_ share: CoverageResult.Share) -> JSONValue {
        .object([
            "covered": .int(share.covered), "all": .int(share.all),
            "percent": share.percent.map { .double($0) } ?? .null,
        ])
    }
}

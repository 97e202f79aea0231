/// Values of symbolic constants for people, and as JSON; `docs/schemas/solve.schema.json` describes it.
///
/// ```text
/// specs/symbolic/watermark.fl two: holds exactly where watermark >= 3; 164 symbolic states, depth 14
///   progress is violated first where watermark <= 2 (12 steps or more)
///   violated for watermark = 2; holds for watermark = 3
/// ```
public struct SolvedConstantsReport: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 3

    private let width: Int

    public init(width: Int = 120) { self.width = width }

    public func text(_ runs: [SolvedConstants]) -> String {
        runs.map { run in
            (["\(run.spec) \(run.configuration): \(run.answerWords); \(run.size)"]
                + run.details.flatMap { indented($0) })
                .joined(separator: "\n") + "\n"
        }.joined()
    }

    private func indented(_ text: String) -> [String] {
        Layout.wrapped(Layout.clean(text), to: width - 2).map { "  " + $0 }
    }

    public func json(_ runs: [SolvedConstants]) -> String {
        JSONValue.object([
            "version": .int(Self.formatVersion), "tool": .string("faultline"), "runs": .array(runs.map(\.json)),
        ]).text
    }
}

extension SolvedConstants {
    public var configuration: String { variant.map { "\(scenario)/\($0)" } ?? scenario }

    fileprivate var answerWords: String {
        switch answer {
        case .all: "holds for all values"
        case .none: "holds for no value"
        case .some: "holds \(isExact ? "exactly " : "")where \(holds)"
        case .unknown:
            violations.isEmpty ? "inconclusive" : "inconclusive, but violated where \(violated)"
        }
    }

    fileprivate var size: String {
        "\(states.counted("symbolic state")), depth \(depth.grouped), "
            + "\(queries.counted("query", plural: "queries")) to \(solver)"
    }

    fileprivate var details: [String] {
        var lines = violations.map { one in
            let place = one.violated == "true" ? "for all values" : "where \(one.violated)"
            return "\(one.property) is violated first \(place) (\(one.steps.counted("step")) or more)"
        }
        lines += boundaries.map { pair in
            "violated for \(Self.words(pair.violated)); \(isHoldsKnown ? "holds" : "nothing found") for \(Self.words(pair.holds))"
        }
        if let neverStarts { lines.append("`init` has no outcome where \(neverStarts): nothing is judged there") }
        if let reason {
            let why = solverReason.map { "\(reason.words) (\($0))" } ?? reason.words
            lines.append(
                isSearchComplete
                    ? "\(why): all runs were judged, but values are told only as they were met"
                    : depth < 0
                        ? "\(why): not even all initial states were judged"
                        : "\(why): every run of up to \(depth.counted("step")) was judged, and nothing is known of longer ones"
            )
        } else if let solverReason {
            lines.append(solverReason)
        }
        return lines + ["in this scope: \(assumptions.words)"]
    }

    private static func words(_ values: [RunResult.Setting]) -> String {
        values.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    }

    fileprivate var json: JSONValue {
        func values(_ all: [RunResult.Setting]) -> JSONValue {
            .array(all.map { .object(["name": .string($0.name), "value": .string($0.value)]) })
        }
        return .object([
            "spec": .string(spec), "module": .string(module), "scenario": .string(scenario),
            "variant": JSONValue(variant), "answer": .string(answer.rawValue),
            "holds": isHoldsKnown ? .string(holds) : .null,
            "violated": .string(violated), "exact": .bool(isExact), "neverStarts": JSONValue(neverStarts),
            "violations": .array(
                violations.map {
                    .object([
                        "property": .string($0.property), "steps": .int($0.steps), "violated": .string($0.violated),
                    ])
                }),
            "boundaries": .array(
                boundaries.map {
                    .object([
                        "violated": values($0.violated), "holds": isHoldsKnown ? values($0.holds) : .null,
                        "nothingFound": isHoldsKnown ? .null : values($0.holds),
                    ])
                }),
            "reason": JSONValue(reason?.rawValue), "solverReason": JSONValue(solverReason), "states": .int(states),
            "depth": .int(depth), "queries": .int(queries), "solver": .string(solver),
            "assumptions": assumptions.json, "timing": .object(["seconds": .double(seconds)]),
        ])
    }
}

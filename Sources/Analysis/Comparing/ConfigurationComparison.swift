import Diagnostics
import Exploration
import Reports
import Semantics

/// One version of a configuration, ready to be compared.
public struct ComparedRun: Sendable {
    /// As it is checked.
    public let plain: PreparedRun
    /// Without properties, and with everything that its processes show.
    let observed: PreparedRun

    /// Nil where there are errors; the diagnostics say which.
    public static func prepare(
        _ workspace: Workspace, _ request: ConfigurationRequest, path: String, overrides: [String],
        without: Set<Reduction>
    ) -> (run: ComparedRun?, diagnostics: [Diagnostic]) {
        let plain = Preparation.prepare(workspace, request, path: path, overrides: overrides, without: without)
        guard let run = plain.run else { return (nil, plain.diagnostics) }
        let observed = Preparation.prepare(
            workspace, request, path: path, overrides: overrides, without: without, observing: true)
        guard let other = observed.run else { return (nil, observed.diagnostics) }
        // Without any run everything is the same, and everything holds.
        guard run.initialOutcome != .missing else { return (nil, plain.diagnostics + [run.neverEvaluated()]) }
        return (ComparedRun(plain: run, observed: other), plain.diagnostics)
    }
}

/// What a change does to one configuration.
public struct ConfigurationComparison: Sendable {
    private let old: ComparedRun
    private let new: ComparedRun
    private let options: DiffOptions

    public init(_ old: ComparedRun, _ new: ComparedRun, _ options: DiffOptions) {
        self.old = old
        self.new = new
        self.options = options
    }

    /// Runs in this thread. Throws where a search contradicts the reference interpreter.
    public func result() throws(InternalError) -> ConfigurationDiff {
        let properties = try PropertyComparison(old.plain, new.plain, options)
        options.progress?("\(new.plain.title): comparing what can be seen")
        let comparison = try BehaviourComparison(old.observed, new.observed, options)
        let behaviours = try comparison.result()
        return ConfigurationDiff(
            name: new.plain.configurationLine, verdict: Self.verdict(behaviours), scope: scope,
            old: Self.side(properties.old, comparison.sides.old),
            new: Self.side(properties.new, comparison.sides.new), properties: try properties.changes(),
            behaviours: behaviours, statements: StatementComparison(properties.old, properties.new).result())
    }

    /// Settings that differ: then not only code has changed.
    private var scope: [ConfigurationDiff.ScopeChange] {
        let (before, after) = (old.plain.program.configuration.settings, new.plain.program.configuration.settings)
        let names = before.map(\.name) + after.map(\.name).filter { name in !before.contains { $0.name == name } }
        return names.compactMap { name in
            let change = ConfigurationDiff.ScopeChange(
                name: name, old: before.first { $0.name == name }?.value, new: after.first { $0.name == name }?.value)
            return change.old == change.new ? nil : change
        }
    }

    private static func verdict(_ behaviours: BehaviourDiff) -> ConfigurationDiff.Verdict {
        if behaviours.newEvents.contains(where: \.isCertain) { return .differs }
        switch (behaviours.new, behaviours.gone) {
        case (.missing, _): return .differs
        case (.unknown, _): return .inconclusive
        case (.included, .included): return .equal
        case (.included, .missing), (.included, .unknown): return .refines
        }
    }

    private static func side(_ judged: JudgedSide, _ behaviours: Behaviours) -> DiffSide {
        DiffSide(
            states: judged.found.states, depth: judged.reason == nil ? judged.found.depth : judged.found.completeDepth,
            reason: judged.reason, comparedStates: behaviours.states, comparedDepth: behaviours.completeDepth,
            comparedReason: behaviours.cut?.reported)
    }
}

extension PreparedRun {
    /// `scenario small`, `variant swap_aba`, `scenario tight (Frame = 2)`
    var configurationLine: String {
        let configuration = program.configuration
        let name = configuration.variant.map { "variant \($0)" } ?? "scenario \(configuration.scenario ?? "")"
        return sweep.isEmpty
            ? name : "\(name) (\(sweep.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")))"
    }
}

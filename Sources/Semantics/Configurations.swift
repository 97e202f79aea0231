import Diagnostics
import Program
import Syntax

/// The scenarios and variants of a root file as configurations, sweeps expanded, in the order of the source.
public struct Configurations: Sendable {
    public private(set) var requests: [ConfigurationRequest] = []
    public private(set) var diagnostics: [Diagnostic] = []

    private struct Scenario {
        let name: Name
        let base: Path?
        let settings: [SettingTree]
    }

    private var scenarios: [String: Scenario] = [:]

    /// - Parameter overrides: `NAME=VALUE` settings of the command line, parsed, strongest of all.
    public init(of root: FileTree, overrides: [SettingTree] = []) {
        collectScenarios(root)
        for declaration in root.declarations {
            switch declaration.kind {
            case .scenario(let name, _, _):
                add(scenario: name, variant: nil, own: [], overrides, at: name.span)
            case .variant(let name, let base, let settings):
                add(scenario: Name(base.text, base.span), variant: name, own: settings, overrides, at: name.span)
            case .domain, .typeAlias, .enumeration, .record, .constant, .variable, .function, .initial, .handler,
                .process, .property, .error:
                break
            }
        }
    }

    /// A request for a file without scenarios: it is checked as a library.
    public static var library: ConfigurationRequest {
        ConfigurationRequest(scenario: nil, variant: nil, expectation: .holds, span: nil)
    }

    private mutating func collectScenarios(_ root: FileTree) {
        var variants: [String: Span] = [:]
        for declaration in root.declarations {
            if case .scenario(let name, let base, let settings) = declaration.kind {
                if let first = scenarios[name.text] { duplicate(name, first.name.span, "scenario") }
                scenarios[name.text] = scenarios[name.text] ?? Scenario(name: name, base: base, settings: settings)
            }
            if case .variant(let name, _, _) = declaration.kind {
                if let first = variants[name.text] { duplicate(name, first, "variant") }
                variants[name.text] = name.span
            }
        }
    }

    private mutating func duplicate(_ name: Name, _ first: Span, _ what: String) {
        diagnostics.append(
            Diagnostic(
                .duplicateName, "there is already a \(what) `\(name.text)`", at: name.span,
                notes: [Note("the first one is here", at: first)]))
    }

    private mutating func add(
        scenario: Name, variant: Name?, own: [SettingTree], _ overrides: [SettingTree], at span: Span
    ) {
        guard let inherited = settings(of: scenario, seen: []) else { return }
        var expectation = Expectation.holds
        var fixed: [SettingValue] = []
        var sweeps: [(path: Path, low: ExprTree, high: ExprTree)] = []
        var request = ConfigurationRequest(
            scenario: scenario.text, variant: variant?.text, expectation: .holds, span: span)
        for setting in inherited + own + overrides {
            switch setting.kind {
            case .assign(let path, let value):
                fixed.removeAll { $0.path.text == path.text }
                sweeps.removeAll { $0.path.text == path.text }
                fixed.append(SettingValue(path: path, value: .tree(value), span: setting.span))
            case .sweep(let path, let low, let high):
                fixed.removeAll { $0.path.text == path.text }
                sweeps.removeAll { $0.path.text == path.text }
                sweeps.append((path, low, high))
            case .fair: request.fairness.append(setting.span)
            case .check(let path): request.progressChecks.append(path)
            case .without(let paths): request.selections.append(.without(paths))
            case .only(let paths): request.selections.append(.only(paths))
            case .expectHolds: expectation = .holds
            case .expectViolated(let path):
                expectation = .violated(path.text)
                request.expected = path
            case .error: break
            }
        }
        if let variant, case .holds = expectation, !own.contains(where: { $0.isExpectation }) {
            diagnostics.append(
                Diagnostic(
                    .expected, "variant `\(variant.text)` does not say what to expect", at: variant.span,
                    notes: [Note("add `expect violated NAME`, or `expect holds`")]))
        }
        var final = ConfigurationRequest(
            scenario: request.scenario, variant: request.variant, expectation: expectation, span: span)
        final.expected = request.expected
        final.settings = fixed
        final.selections = request.selections
        final.progressChecks = request.progressChecks
        final.fairness = request.fairness
        requests += expand(final, sweeps)
    }

    /// The settings of a scenario, those of its bases first.
    private mutating func settings(of name: Name, seen: Set<String>) -> [SettingTree]? {
        guard !name.text.isEmpty else { return nil }  // The parser has said that it is missing.
        guard let scenario = scenarios[name.text] else {
            let near = suggestion(for: name.text, among: scenarios.keys.sorted())
            diagnostics.append(
                Diagnostic(
                    .unknownName, "there is no scenario `\(name.text)`", at: name.span,
                    fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? []))
            return nil
        }
        guard !seen.contains(name.text) else {
            diagnostics.append(Diagnostic(.recursion, "scenario `\(name.text)` is based on itself", at: name.span))
            return nil
        }
        guard let base = scenario.base else { return scenario.settings }
        let inherited = settings(of: Name(base.text, base.span), seen: seen.union([name.text]))
        return inherited.map { $0 + scenario.settings }
    }

    private mutating func expand(
        _ request: ConfigurationRequest, _ sweeps: [(path: Path, low: ExprTree, high: ExprTree)]
    ) -> [ConfigurationRequest] {
        var result = [request]
        for sweep in sweeps {
            guard let low = literal(sweep.low), let high = literal(sweep.high), low <= high, isShort(low, high) else {
                diagnostics.append(
                    Diagnostic(
                        .badRange, "a sweep runs over whole numbers, from the smaller to the larger, at most 1000",
                        at: sweep.low.span.joined(sweep.high.span)))
                return []
            }
            guard result.count * (Int(high - low) + 1) <= Self.maximumRuns else {
                diagnostics.append(
                    Diagnostic(
                        .tooLarge, "the sweeps of this scenario make more than \(Self.maximumRuns) runs",
                        at: request.span))
                return []
            }
            result = result.flatMap { base in
                (low...high).map { value in
                    var next = base
                    next.sweep.append((sweep.path.text, value))
                    next.settings.append(SettingValue(path: sweep.path, value: .number(value), span: sweep.path.span))
                    return next
                }
            }
        }
        return result
    }

    /// Runs of one scenario or variant at most.
    private static let maximumRuns = 1000

    private func isShort(_ low: Int64, _ high: Int64) -> Bool {
        let (length, overflow) = high.subtractingReportingOverflow(low)
        return !overflow && length < Int64(Self.maximumRuns)
    }

    private func literal(_ tree: ExprTree) -> Int64? {
        if case .number(let value, _) = tree.kind { return Int64(exactly: value) }
        if case .unary(.negate, let inner) = tree.kind { return literal(inner).map { -$0 } }
        return nil
    }
}

extension SettingTree {
    var isExpectation: Bool {
        switch kind {
        case .expectHolds, .expectViolated: true
        case .assign, .sweep, .fair, .check, .without, .only, .error: false
        }
    }
}

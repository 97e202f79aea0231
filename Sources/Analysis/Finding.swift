import Diagnostics
import Model
import Program
import Reports

/// A judged result, and what it says about the spec itself.
public struct Finding: Sendable {
    public var result: RunResult
    public let diagnostics: [Diagnostic]
    public let coverage: Coverage
    /// Whether it was taken from a cache instead of searched.
    public var isCached = false
    /// Whether a search with more time and memory would find just the same.
    public var isFinal = true

    /// Without what is said where an expectation is not met.
    public var withoutExpectation: Finding {
        Finding(
            result: result, diagnostics: diagnostics.filter { $0.code != .expectationNotMet }, coverage: coverage)
    }

    /// A search without an initial state, or one that was not begun, has no result that means anything.
    public var hasResult: Bool {
        !diagnostics.contains {
            $0.code == .neverEvaluated || $0.code == .noSolver || $0.code == .tooLarge
                || ($0.code == .badCheckpoint && $0.severity == .error)
        }
    }
}

extension PreparedRun {
    /// `cow_swap.fl small` or `cow_swap.fl swap_aba`
    var title: String {
        let name = program.configuration.variant ?? program.configuration.scenario ?? ""
        return ([path, name] + sweep.map { "\($0.name)=\($0.value)" } + overrides).joined(separator: " ")
    }

    /// `small`, `small/swap_aba`, `tight (Frame = 2)`
    public var configuration: String { result(reductions: [], elapsed: .zero).configuration }

    var configurationName: String {
        let configuration = program.configuration
        return configuration.variant.map { "variant `\($0)`" } ?? "scenario `\(configuration.scenario ?? "")`"
    }

    var expectedViolation: String? {
        if case .violated(let name) = program.configuration.expectation { return name }
        return nil
    }

    /// Whether `init` comes to an end in some way, or to a violation.
    enum InitialOutcome {
        case exists, missing
        /// There are too many choices to try them all.
        case unknown
    }

    /// Looks until there is one. Where a choice has too many values to try them, among few of them.
    var initialOutcome: InitialOutcome {
        let isSolverOnly = model.isSolverOnly
        guard let code = try? ModelCode(isSolverOnly ? model.restricted(to: [0, 1, 2, 3]) : model) else {
            return .unknown
        }
        return switch code.hasInitialOutcome {
        case true?: .exists
        case false?: isSolverOnly ? .unknown : .missing
        case nil: .unknown
        }
    }

    /// States can't be visited one by one.
    func tooManyConstants() -> Finding {
        let constants = program.variables.filter { $0.role == .symbolicConstant && !$0.isVanished }
        let what =
            program.hasEndlessConstants
            ? "the symbolic constants have too many values" : "something is chosen among too many values"
        let diagnostic = Diagnostic(
            .tooLarge, "\(what) to try them in turn",
            at: program.hasEndlessConstants ? constants.first?.span : program.configuration.span,
            notes: [Note("`--engine auto`, `bmc`, `explicit+z3`, `induction` and `ic3` leave them free")])
        return Finding(result: result(reductions: [], elapsed: .zero), diagnostics: [diagnostic], coverage: .unknown)
    }

    /// A pass that means nothing.
    ///
    /// - Parameter looksForPlace: whether to say how far `init` comes, which costs a look at all its choices.
    func neverEvaluated(looksForPlace: Bool = true) -> Diagnostic {
        // The statement that the furthest of all ways came to.
        let last = !looksForPlace ? nil : (try? ModelCode(model, marks: .statements))?.touchedInitially?.last
        return Diagnostic(
            .neverEvaluated, "no property was evaluated: `init` has no outcome in \(configurationName)",
            at: program.configuration.span,
            notes: [
                Note("a choice in `init` finds no witness, or a wait in it is never over")
            ] + (last.map { [Note("no run gets beyond `\($0.text)`, line \($0.line) of \($0.file)")] } ?? []))
    }

    /// What is said where the expected violation was not found, by a search of everything.
    func expectationNotMet(_ result: RunResult) -> [Diagnostic] {
        guard let expected = expectedViolation, !result.asExpected else { return [] }
        let all =
            result.states > 0
            ? result.states == 1 ? "its only state passes" : "all \(result.states) states pass" : "all runs pass"
        let instead = result.property.map { "`\($0)` is violated instead" } ?? all
        return [
            Diagnostic(
                .expectationNotMet, "\(configurationName) expected a violation of `\(expected)`, but \(instead)",
                at: program.configuration.span)
        ]
    }

    /// The reductions of the preparation.
    func reductions(without: Set<Reduction>) -> [String] {
        model.fusions + (without.contains(.slicing) ? [] : [Reduction.slicing.rawValue])
    }

    /// A result of which nothing is known but what it is about.
    func result(reductions: [String], elapsed: Duration) -> RunResult {
        let configuration = program.configuration
        let assumptions = RunResult.Assumptions(
            memoryModel: "sequential consistency",
            settings: configuration.settings.map { RunResult.Setting(name: $0.name, value: $0.value) },
            atomicClaims: model.atomicClaims, reductions: reductions)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return RunResult(
            spec: path, module: program.moduleName, scenario: configuration.scenario ?? "",
            variant: configuration.variant, verdict: .inconclusive, reason: nil,
            expected: expectedViolation.map { "violated \($0)" } ?? "holds", asExpected: false, states: 0,
            transitions: 0, depth: 0, property: nil, steps: nil, unwitnessed: [], assumptions: assumptions,
            counterexample: nil, timing: RunResult.Timing(seconds: seconds, memoryBytes: 0),
            sweep: sweep.map { RunResult.Setting(name: $0.name, value: String($0.value)) })
    }
}

import Diagnostics
import Symbolic

extension PreparedRun {
    /// The run that a question is about: that of the theorems, where it is about them.
    public func asked(about property: String?) -> PreparedRun {
        guard let theorems else { return self }
        let name = property ?? expectedViolation
        let isOfTheorem = name.map { name in theorems.program.properties.contains { $0.name == name } }
        return isOfTheorem ?? hasOnlyTheorems ? theorems : self
    }
}

/// A question about one configuration, for a solver of one's own.
public struct SolverExport: Sendable {
    private let run: PreparedRun
    private let property: String?
    private let depth: Int

    /// - Parameter property: the name of what is looked for; nil for what the configuration expects to be violated, or where
    ///   it expects none, for all.
    public init(_ run: PreparedRun, property: String?, depth: Int) {
        self.run = run
        self.property = property ?? run.expectedViolation
        self.depth = depth
    }

    /// Whether it is about theorems: claims about values, without any step.
    public var isOfTheorems: Bool { run.isOfTheorems }

    /// Names of theorems that this question leaves out: they are asked about one by one.
    public var theoremsLeftOut: [String] {
        property == nil ? run.theorems?.program.properties.map(\.name) ?? [] : []
    }

    /// What is wrong with a question about runs where there are none, as far as that is seen without a solver.
    public var neverEvaluated: Diagnostic? {
        !isOfTheorems && run.initialOutcome == .missing ? run.neverEvaluated() : nil
    }

    /// Whether something has the name that was asked for.
    public var isKnown: Bool {
        property.map { name in run.model.judgements.contains { run.model.name(of: $0) == name } } ?? true
    }

    /// Names of what can be asked for.
    public var names: [String] { Set(run.model.judgements.map { run.model.name(of: $0) }).sorted() }

    /// SMT-LIB 2.6.
    ///
    /// - Parameter isFree: whether runs begin in any state in which nothing is wrong, not only where `init` does.
    public func smtLib(isFree: Bool) -> String {
        if run.isOfTheorems { return theorems }
        let what = property.map { "violates \($0)" } ?? "violates something"
        let steps = depth == 1 ? "1 step" : "\(depth) steps"
        let start = isFree ? " from states in which nothing of it is wrong, reachable or not," : ""
        var reductions = RunReductions(without: run.without)
        // Another order of the same steps may come by a state in which something is wrong.
        if isFree { reductions.usesPartialOrder = false }
        return BoundedQuery(
            run.model, property: property, depth: depth, isFree: isFree, reductions: reductions,
            comments: [
                "\(run.path) \(run.configuration)", "sat: some run of exactly \(steps)\(start) \(what)",
                "unsat: none does",
            ] + notes
        ).text
    }

    /// Constrained Horn clauses, SMT-LIB 2.6, logic HORN. Whatever the depth.
    public var horn: String {
        let what = property.map { "violates \($0)" } ?? "violates something"
        let answers =
            run.isOfTheorems
            ? ["sat: \(claims) for all values", "unsat: \(property ?? "some theorem") is refuted by some values"]
            : ["sat: no run \(what)", "unsat: some run \(what)"]
        return HornQuery(
            run.model, property: property, comments: ["\(run.path) \(run.configuration)"] + answers + notes
        ).text
    }

    private var notes: [String] {
        theoremsLeftOut.isEmpty ? [] : ["theorems are not asked about here: \(theoremsLeftOut.joined(separator: ", "))"]
    }

    private var claims: String { property.map { "\($0) is true" } ?? "all theorems are true" }

    private var theorems: String {
        let what = property ?? "some theorem"
        return BoundedQuery(
            run.model, property: property, depth: 0,
            comments: [
                "\(run.path) \(run.configuration)", "sat: \(what) is refuted by these values",
                "unsat: \(claims) for all values",
            ]
        ).text
    }
}

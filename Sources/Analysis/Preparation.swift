import Diagnostics
import Lowering
import Model
import Program
import Rules
import Semantics
import Slicing

/// One configuration that is ready to be searched.
public struct PreparedRun: Sendable {
    /// The path of the spec as it was given.
    public let path: String
    public let program: CheckedProgram
    public private(set) var model: LoweredModel
    public let sources: SourceMap
    /// `NAME=VALUE` settings of the command line.
    public let overrides: [String]
    /// The values of this run where its scenario is a sweep.
    public let sweep: [(name: String, value: Int64)]
    /// What was switched off.
    let without: Set<Reduction>
    /// To prepare it again with other values.
    let workspace: Workspace
    /// As it was before slicing; nil where nobody asks what slicing has left no trace of.
    var unsliced: CheckedProgram?
    /// What it claims for all values, as a program in which nothing ever happens; nil where it claims nothing of the kind.
    fileprivate(set) var claims: (program: CheckedProgram, model: LoweredModel)?

    /// See ``Preparation/prepare(_:_:path:overrides:without:observing:freesConstants:widestCode:)``.
    fileprivate(set) var widestCode = 64

    /// Whether it is ``theorems`` of another run.
    var isOfTheorems = false

    /// The theorems of the configuration, as a run of their own.
    public var theorems: PreparedRun? {
        claims.map { claims in
            var run = PreparedRun(
                path: path, program: claims.program, model: claims.model, sources: sources, overrides: overrides,
                sweep: sweep, without: without, workspace: workspace)
            run.isOfTheorems = true
            return run
        }
    }

    /// The same, where its theorems are known to be true: functions that they speak of are not changed in mutants.
    var withoutTheorems: PreparedRun {
        var run = self
        run.claims = nil
        return run
    }

    /// The same, with symbolic constants left free also where their values could be tried in turn.
    var withFreeConstants: PreparedRun {
        let options = LoweringOptions(without: without, freesConstants: true, widestCode: widestCode)
        guard let model = try? lower(program, options: options, sources: sources) else { return self }
        var run = self
        run.model = model
        return run
    }

    /// Whether there is nothing to search for beside theorems.
    public var hasOnlyTheorems: Bool { claims != nil && program.processes.isEmpty && program.properties.isEmpty }

    fileprivate mutating func add(theorems program: CheckedProgram, _ model: LoweredModel) { claims = (program, model) }
}

/// What became of one configuration before the search.
public struct Preparation: Sendable {
    /// Nil where there are errors, and for a library.
    public let run: PreparedRun?
    public let diagnostics: [Diagnostic]
    public let request: ConfigurationRequest

    /// Elaborates, checks the static rules, slices and lowers one configuration.
    ///
    /// - Parameters:
    ///   - observing: for a comparison of what can be seen. The model tells of every commit, and has no properties.
    ///   - freesConstants: leaves symbolic constants free also where their values could be tried in turn.
    ///   - widestCode: for tests; see ``LoweringOptions/widestCode``.
    public static func prepare(
        _ workspace: Workspace, _ request: ConfigurationRequest, path: String, overrides: [String] = [],
        without: Set<Reduction> = [], observing: Bool = false, freesConstants: Bool = false, widestCode: Int = 64
    ) -> Preparation {
        let checked = elaborate(workspace, request)
        var diagnostics = checked.diagnostics
        func failed() -> Preparation { Preparation(run: nil, diagnostics: diagnostics, request: request) }
        guard let whole = checked.program else { return failed() }
        var program = whole
        // Constants decide which paths exist, so the rules look at what is left after folding.
        diagnostics += check(slice(program, removingUnread: false))
        guard !diagnostics.hasErrors, request.scenario != nil else { return failed() }
        if observing { program.properties = [] }
        let sliced = slice(program, removingUnread: !without.contains(.slicing), keepingCommits: observing)
        let options = LoweringOptions(
            without: without, tellsCommits: observing,
            freesConstants: freesConstants || program.hasEndlessConstants || program.choosesWidely,
            widestCode: widestCode)
        do throws(Diagnostic) {
            let model = try valid(lower(sliced, options: options, sources: workspace.sources), request)
            var run = PreparedRun(
                path: path, program: sliced, model: model, sources: workspace.sources, overrides: overrides,
                sweep: request.sweep, without: without, workspace: workspace)
            run.widestCode = widestCode
            if !observing { run.unsliced = program }
            if !observing, !whole.theorems.isEmpty {
                let claims = slice(whole.onlyTheorems, removingUnread: true)
                let model = try valid(
                    lower(claims, options: LoweringOptions(freesConstants: true), sources: workspace.sources), request)
                run.add(theorems: claims, model)
            }
            return Preparation(run: run, diagnostics: diagnostics, request: request)
        } catch {
            diagnostics.append(error)
            return failed()
        }
    }

    /// No engine is given a model that does not fit together.
    private static func valid(
        _ model: LoweredModel, _ request: ConfigurationRequest
    ) throws(Diagnostic) -> LoweredModel {
        // A choice among too many values is one that only a solver makes.
        let problems = model.choosing(among: [0]).validate()
        guard !problems.isEmpty else { return model }
        throw .internalError(
            "the lowered model is not valid: \(problems.map(\.description).joined(separator: "; "))", at: request.span)
    }
}

extension Diagnostic {
    /// A defect of this program.
    public static func internalError(_ message: String, at span: Span?) -> Diagnostic {
        Diagnostic(
            .internalError, "internal error: \(message)", at: span,
            notes: [Note("this is a defect of faultline; please report it with this spec and the options of this run")])
    }
}

extension LoweringOptions {
    fileprivate init(without: Set<Reduction>, tellsCommits: Bool = false, freesConstants: Bool, widestCode: Int) {
        self.init(
            fuseUnlock: !without.contains(.unlockFusion), fuseGuardedReads: !without.contains(.guardedReadFusion),
            tellsCommits: tellsCommits, freesConstants: freesConstants, widestCode: widestCode)
    }
}

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
    public let model: LoweredModel
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
}

/// What became of one configuration before the search.
public struct Preparation: Sendable {
    /// Nil where there are errors, and for a library.
    public let run: PreparedRun?
    public let diagnostics: [Diagnostic]
    public let request: ConfigurationRequest

    /// Elaborates, checks the static rules, slices and lowers one configuration.
    ///
    /// `observing`: for a comparison of what can be seen. The model tells of every commit, and has no properties.
    public static func prepare(
        _ workspace: Workspace, _ request: ConfigurationRequest, path: String, overrides: [String] = [],
        without: Set<Reduction> = [], observing: Bool = false
    ) -> Preparation {
        let checked = elaborate(workspace, request)
        var diagnostics = checked.diagnostics
        func failed() -> Preparation { Preparation(run: nil, diagnostics: diagnostics, request: request) }
        guard var program = checked.program else { return failed() }
        // Constants decide which paths exist, so the rules look at what is left after folding.
        diagnostics += check(slice(program, removingUnread: false))
        guard !diagnostics.hasErrors, request.scenario != nil else { return failed() }
        if observing { program.properties = [] }
        let sliced = slice(program, removingUnread: !without.contains(.slicing), keepingCommits: observing)
        let options = LoweringOptions(
            fuseUnlock: !without.contains(.unlockFusion), fuseGuardedReads: !without.contains(.guardedReadFusion),
            tellsCommits: observing)
        do throws(Diagnostic) {
            let model = try lower(sliced, options: options, sources: workspace.sources)
            var run = PreparedRun(
                path: path, program: sliced, model: model, sources: workspace.sources, overrides: overrides,
                sweep: request.sweep, without: without, workspace: workspace)
            if !observing { run.unsliced = program }
            return Preparation(run: run, diagnostics: diagnostics, request: request)
        } catch {
            diagnostics.append(error)
            return failed()
        }
    }
}

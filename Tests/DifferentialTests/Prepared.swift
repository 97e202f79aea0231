import Analysis
import Diagnostics
import Semantics

/// Modules from nowhere: random specs import nothing.
struct NoModules: ModuleSource {
    func text(ofModule module: String) -> SourceText? { nil }
}

/// A spec in the forms that are compared.
struct Prepared {
    /// Sliced, no fusions.
    let plain: PreparedRun
    /// Sliced, with fusions.
    let fused: PreparedRun
    /// Neither.
    let whole: PreparedRun

    /// Nil where the front end or the rules reject the spec.
    init?(_ workspace: Workspace, _ request: ConfigurationRequest) {
        let fusions: Set<Reduction> = [.unlockFusion, .guardedReadFusion]
        guard let plain = Preparation.prepare(workspace, request, path: "random.fl", without: fusions).run,
            let fused = Preparation.prepare(workspace, request, path: "random.fl").run,
            let whole = Preparation.prepare(workspace, request, path: "random.fl", without: fusions.union([.slicing]))
                .run
        else { return nil }
        (self.plain, self.fused, self.whole) = (plain, fused, whole)
    }

    init?(_ text: String) {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        guard !workspace.diagnostics.hasErrors,
            let request = Configurations(of: workspace.root).requests.first
        else { return nil }
        self.init(workspace, request)
    }

    /// Why the front end rejects a spec.
    static func rejections(_ text: String) -> [Diagnostic] {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        guard !workspace.diagnostics.hasErrors, let request = Configurations(of: workspace.root).requests.first else {
            return workspace.diagnostics
        }
        return Preparation.prepare(workspace, request, path: "random.fl").diagnostics.filter { $0.severity == .error }
    }
}

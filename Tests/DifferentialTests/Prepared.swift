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
    init?(_ workspace: Workspace, _ request: ConfigurationRequest, widestCode: Int = 64) {
        func run(without: Set<Reduction>) -> PreparedRun? {
            Preparation.prepare(workspace, request, path: "random.fl", without: without, widestCode: widestCode).run
        }
        let fusions: Set<Reduction> = [.unlockFusion, .guardedReadFusion]
        guard let plain = run(without: fusions), let fused = run(without: []),
            let whole = run(without: fusions.union([.slicing]))
        else { return nil }
        (self.plain, self.fused, self.whole) = (plain, fused, whole)
    }

    init?(_ text: String, widestCode: Int = 64) {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        guard !workspace.diagnostics.hasErrors,
            let request = Configurations(of: workspace.root).requests.first
        else { return nil }
        self.init(workspace, request, widestCode: widestCode)
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

import Analysis
import Diagnostics
import Reports
import Semantics
import Testing

/// The search of symbolic states against the explicit one, on the specs of the repository and on random ones.
@Suite("Symbolic states and explicit search", .enabled(if: Solvers.z3 != nil, "there is no libz3"))
struct PathAgreementTests {
    private func result(_ run: PreparedRun, _ engine: Engine) throws -> RunResult {
        var options = CheckOptions()
        options.engine = engine
        options.solver = Solvers.supply
        options.without = [.symmetry, .partialOrder]
        options.maximumStates = 60_000
        return try ModelCheck(run, options).result()
    }

    /// Nil where they agree.
    private func difference(_ explicit: RunResult, _ paths: RunResult, countsStates: Bool) -> String? {
        func words(_ result: RunResult) -> String {
            "\(result.verdict) \(result.property ?? "") \(result.steps ?? 0), \(result.states), \(result.transitions)"
        }
        let isSame =
            explicit.verdict == paths.verdict && explicit.property == paths.property && explicit.steps == paths.steps
            && explicit.unwitnessed == paths.unwitnessed
        let sameSize =
            !countsStates || explicit.verdict != .holds
            || (explicit.states == paths.states && explicit.transitions == paths.transitions
                && explicit.depth == paths.depth)
        return isSame && sameSize ? nil : "\(explicit.configuration): \(words(explicit)); paths \(words(paths))"
    }

    @Test("agree on each configuration that is small enough", arguments: RepositorySpecTests.specs)
    func repository(path: String) throws {
        let workspace = try RepositorySpecTests.workspace(path)
        for request in Configurations(of: workspace.root).requests {
            guard let run = Preparation.prepare(workspace, request, path: path).run else { continue }
            let explicit = try result(run, .explicit)
            guard explicit.verdict != .inconclusive else { continue }
            #expect(difference(explicit, try result(run, .explicitZ3), countsStates: true) == nil)
            // Symbolic constants as terms, where they could be tried in turn.
            guard let free = Preparation.prepare(workspace, request, path: path, freesConstants: true).run,
                free.model.hasFreeVariables
            else { continue }
            #expect(difference(explicit, try result(free, .explicitZ3), countsStates: false) == nil)
        }
    }

    @Test("agree on random specs, with constants tried in turn and left free")
    func random() throws {
        var (specs, violated, symbolic) = (0, 0, 0)
        for seed in RandomSpecTests.isSlow ? 0..<1000 : 0..<60 {
            let text = SpecGenerator.spec(seed: UInt64(seed)).text
            guard let spec = Prepared(text) else { continue }
            let explicit = try result(spec.fused, .explicit)
            guard explicit.verdict != .inconclusive else { continue }
            specs += 1
            if explicit.verdict == .violated { violated += 1 }
            #expect(
                difference(explicit, try result(spec.fused, .explicitZ3), countsStates: true) == nil, "seed \(seed)")
            guard let free = Prepared.free(text), free.model.hasFreeVariables else { continue }
            symbolic += 1
            #expect(difference(explicit, try result(free, .explicitZ3), countsStates: false) == nil, "seed \(seed)")
        }
        print("\(specs) random specs: \(violated) violated, \(symbolic) with symbolic constants")
        #expect(violated > 10 && symbolic > 0)
    }
}

extension Prepared {
    /// With symbolic constants left free.
    fileprivate static func free(_ text: String) -> PreparedRun? {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        return Configurations(of: workspace.root).requests.first.flatMap {
            Preparation.prepare(workspace, $0, path: "random.fl", freesConstants: true).run
        }
    }
}

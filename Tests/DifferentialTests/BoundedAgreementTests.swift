import Analysis
import Diagnostics
import Reports
import SMT
import Semantics
import Testing
import Z3

/// Bounded search against the explicit one, on the specs of the repository and on random ones: the same verdict, and a
/// violation after as many steps.
@Suite("Bounded and explicit search", .enabled(if: Solvers.z3 != nil, "there is no libz3"))
struct BoundedAgreementTests {

    /// Steps; more in the slow run.
    private static let depth = RandomSpecTests.isSlow ? 12 : 5

    private func results(_ run: PreparedRun, depth: Int) throws -> (explicit: RunResult, bounded: RunResult) {
        var options = CheckOptions()
        let explicit = try ModelCheck(run, options).result()
        options.engine = .bmc
        options.solver = Solvers.supply
        options.maximumDepth = depth
        return (explicit, try ModelCheck(run, options).result())
    }

    /// Nil where they agree.
    private func difference(_ explicit: RunResult, _ bounded: RunResult, depth: Int) -> String? {
        let words =
            "\(explicit.configuration): \(explicit.verdict) \(explicit.property ?? "") \(explicit.steps ?? 0), "
            + "bounded \(bounded.verdict) \(bounded.property ?? "") \(bounded.steps ?? 0) at \(bounded.depth)"
        switch bounded.verdict {
        case .violated:
            return explicit.property == bounded.property && explicit.steps == bounded.steps ? nil : words
        case .holds: return explicit.verdict == .holds ? nil : words
        case .inconclusive:
            let isBeyond = explicit.steps.map { $0 > depth } ?? true
            return bounded.reason == .depth && bounded.depth == depth && isBeyond ? nil : words
        case .proved: return words
        }
    }

    @Test("agree on each configuration, up to a depth", arguments: RepositorySpecTests.specs)
    func repository(path: String) throws {
        let workspace = try RepositorySpecTests.workspace(path)
        for request in Configurations(of: workspace.root).requests {
            guard let run = Preparation.prepare(workspace, request, path: path).run else { continue }
            // What the explicit search says of the large ones is among the exact figures.
            guard RandomSpecTests.isSlow || request.variant != nil || request.scenario == "small" else { continue }
            let (explicit, bounded) = try results(run, depth: Self.depth)
            #expect(difference(explicit, bounded, depth: Self.depth) == nil)
        }
    }

    @Test("agree on small specs that random ones have found", arguments: RegressionTests.specs.indices)
    func regressions(number: Int) throws {
        let (name, text) = RegressionTests.specs[number]
        let prepared = try #require(Prepared(RegressionTests.head + text + "\n"))
        let (explicit, bounded) = try results(prepared.fused, depth: 6)
        #expect(difference(explicit, bounded, depth: 6) == nil, "\(name)")
    }

    @Test("agree on random specs, with and without fusions")
    func random() throws {
        var (specs, violated) = (0, 0)
        for seed in RandomSpecTests.isSlow ? 0..<1000 : 0..<60 {
            guard let spec = Prepared(SpecGenerator.spec(seed: UInt64(seed)).text) else { continue }
            for run in [spec.fused, spec.plain] {
                let (explicit, bounded) = try results(run, depth: 10)
                #expect(difference(explicit, bounded, depth: 10) == nil, "seed \(seed)")
                if bounded.verdict == .violated { violated += 1 }
            }
            specs += 1
        }
        print("\(specs) random specs: \(violated) searches found a violation")
        #expect(violated > 20)
    }
}

enum Solvers {
    static let z3: Z3Solver? = (try? Z3Library()).map { Z3Solver($0) }
    static let supply: @Sendable (String) -> Result<any Solver, Diagnostic> = { _ in
        z3.map { .success($0) } ?? .failure(Diagnostic(.noSolver, "there is no libz3", at: nil))
    }
}

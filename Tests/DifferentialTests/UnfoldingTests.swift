import Model
import Testing

@testable import Analysis
@testable import Exploration

/// Where a budget ends the search for the shortest counterexample, the run is shown that partial order has found.
@Suite("Runs through states that were passed")
struct UnfoldingTests {
    private static let seeds: Range<UInt64> = RandomSpecTests.isSlow ? 0..<3000 : 0..<200

    @Test("are runs of the interpreter with the same violation, for any number of threads")
    func replayed() throws {
        var found = 0
        for seed in Self.seeds {
            let text = SpecGenerator.spec(seed: seed).text
            guard let spec = Prepared(text), let truth = Comparison.oracle(spec.plain.program, limit: 200) else {
                continue
            }
            for (run, symmetry) in [(spec.plain, false), (spec.fused, true)] {
                let code = try ModelCode(run.model)
                guard let plan = PassPlan(code) else { continue }
                for name in truth.violations.keys.sorted() {
                    var options = SearchOptions()
                    options.property = name
                    options.usesSymmetry = symmetry
                    let one = Self.run(code, plan, options)
                    guard let trace = one else { continue }
                    found += 1
                    #expect(trace.judgement.name == name)
                    _ = try TraceReplay(run, trace).counterexample()
                    options.threads = 3
                    #expect(Self.run(code, plan, options) == one, "seed \(seed)")
                }
            }
        }
        print("\(found) runs")
        #expect(found > 40)
    }

    private static func run(_ code: ModelCode, _ plan: PassPlan, _ options: SearchOptions) -> Exploration
        .Counterexample?
    {
        let search = PartialOrderSearch(code, plan, nil, options)
        let result = search.result { .refused(options) }
        guard case .violation(let trace) = result.outcome else { return nil }
        return trace.isShortest || trace.isBest ? nil : trace
    }
}

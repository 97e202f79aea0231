import Analysis
import Testing

/// Random walks through random specs: what they find must be there, and the interpreter must be able to follow it.
@Suite("Random walks through random specs")
struct RandomWalkTests {
    private static let seeds: Range<UInt64> = RandomSpecTests.isSlow ? 0..<3000 : 0..<120

    private func options(shorteningStates: Int) -> SimulateOptions {
        var options = SimulateOptions()
        options.walks = 60
        options.depth = 30
        options.compiles = false
        options.searchStates = 0
        options.shorteningStates = shorteningStates
        return options
    }

    @Test("A walk, and the run that it is shortened to, are runs of the interpreter with the same violation")
    func replayed() throws {
        var (violated, found) = (0, 0)
        for seed in Self.seeds {
            let text = SpecGenerator.spec(seed: seed).text
            guard let spec = Prepared(text), let truth = Comparison.oracle(spec.plain.program, limit: 300) else {
                continue
            }
            if !truth.violations.isEmpty { violated += 1 }
            // The walk itself, without its cycles; then what can be left out of it.
            let walk = try Simulate(spec.fused, options(shorteningStates: 0)).finding().result
            let run = try Simulate(spec.fused, options(shorteningStates: 2_000)).finding().result
            #expect(walk.property == run.property && walk.verdict == run.verdict, "seed \(seed):\n\(text)")
            guard let name = walk.property else {
                #expect(walk.verdict == .inconclusive)
                continue
            }
            found += 1
            #expect(truth.violations[name] != nil, "seed \(seed) does not violate \(name):\n\(text)")
            #expect(run.steps ?? 0 <= walk.steps ?? 0)
        }
        #expect(violated > 20)
        #expect(found * 10 >= violated * 8, "found in \(found) of \(violated) specs")
    }
}

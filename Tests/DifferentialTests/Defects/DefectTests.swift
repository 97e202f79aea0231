import Analysis
import Exploration
import Model
import Reference
import Testing

/// Mistakes are planted into the lowering and the engine, one at a time; the random specs must notice each.
@Suite("Seeded defects")
struct DefectTests {
    private struct Case {
        let seed: UInt64
        let truth: OracleResult
        let model: LoweredModel
    }

    /// Small ones of the specs that the default run compares.
    private let cases: [Case] = RandomSpecTests.seeds.prefix(260).compactMap { seed in
        guard let spec = Prepared(SpecGenerator.spec(seed: seed).text),
            let truth = Comparison.oracle(spec.plain.program, limit: 120)
        else { return nil }
        return Case(seed: seed, truth: truth, model: spec.plain.model)
    }

    /// The first spec whose comparison tells a difference.
    private func noticing(_ judge: (Case) -> Judge?) -> UInt64? {
        cases.first { one in
            guard var judge = judge(one) else { return false }
            judge.compareCounts()
            if judge.differences.isEmpty { judge.compareViolations() }
            return !judge.differences.isEmpty && !judge.differences.contains { $0.hasPrefix("invalid model") }
        }?.seed
    }

    @Test("The comparison of random specs notices each of the seeded defects")
    func defects() {
        #expect(LoweringDefect.all.count + EngineDefect.all.count >= 30)
        for defect in LoweringDefect.all {
            let seed = noticing { one in
                let wrong = defect.apply(one.model)
                return wrong == one.model ? nil : Judge(one.truth, wrong)
            }
            print("\(defect.name): \(seed.map { "seed \($0)" } ?? "not noticed")")
            #expect(seed != nil, "not noticed: \(defect.name)")
        }
        for defect in EngineDefect.all {
            let seed = noticing { one in
                Judge(one.truth, one.model) { (model, options) throws(InvalidModel) in
                    try Self.explore(model, options, defect)
                }
            }
            print("\(defect.name): \(seed.map { "seed \($0)" } ?? "not noticed")")
            #expect(seed != nil, "not noticed: \(defect.name)")
        }
    }

    @Test("The system that lies tells the truth where it is given no lie")
    func honest() {
        let seed = noticing { one in
            Judge(one.truth, one.model) { (model, options) throws(InvalidModel) in
                try Self.explore(model, options, EngineDefect(name: "none") { _ in })
            }
        }
        #expect(seed == nil)
    }

    private static func explore(
        _ model: LoweredModel, _ options: SearchOptions, _ defect: EngineDefect
    ) throws(InvalidModel) -> SearchResult {
        let code = try ModelCode(model)
        let system = ModelSystem(code, usesSymmetry: false)
        var lying = LyingSystem(system, width: code.wordCount)
        defect.change(&lying)
        return Exploration.explore(system: lying, options)
    }
}

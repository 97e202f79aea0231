import Foundation
import Model
import ModelTestSupport
import Testing

@testable import NativeCode

/// Long runs on demand: `FAULTLINE_SLOW=1`.
let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] != nil

@Suite("Compiled random models")
struct RandomModelTests {
    static let batches = isSlow ? 0..<80 : 0..<6
    static let size: UInt64 = 25

    @Test("do what the bytecode machine does, in states that can be reached and in damaged ones", arguments: batches)
    func agreement(batch: Int) throws {
        let seeds = UInt64(batch) * Self.size..<UInt64(batch + 1) * Self.size
        let models = seeds.map { RandomModel.make(seed: $0, sorts: Int($0 % 3), largest: 4) }
        try compare(models, seeds, flags: batch % 4 == 0 ? ["-O1"] : ["-O0"])
    }

    @Test("break their promises exactly where the bytecode machine does", arguments: batches)
    func faults(batch: Int) throws {
        let seeds = 10_000 + UInt64(batch) * Self.size..<10_000 + UInt64(batch + 1) * Self.size
        let faults = try compare(seeds.map { CarelessModel(seed: $0).model }, seeds, flags: ["-O0"])
        #expect(faults > 0)
    }

    @Test("are the same with arrays for states, with loops for all quantifiers and choices", arguments: batches)
    func otherShapes(batch: Int) throws {
        let seeds = 20_000 + UInt64(batch) * Self.size..<20_000 + UInt64(batch + 1) * Self.size
        let models = seeds.map { CarelessModel(seed: $0, percent: 1).model }
        var limits = EmissionLimits()
        limits.variableWords = batch % 2 == 0 ? 0 : 12
        limits.unrolledNodes = 0
        limits.unrolledChoices = 0
        limits.specialisedBytes = 0
        try compare(models, seeds, flags: ["-O0"], limits: limits)
    }

    @discardableResult
    private func compare(
        _ models: [Model], _ seeds: Range<UInt64>, flags: [String], limits: EmissionLimits = EmissionLimits()
    ) throws -> Int {
        // Some random models are not valid: a requirement that never holds has something behind it.
        let valid = zip(seeds, models).compactMap { seed, model in (try? ModelCode(model)).map { (seed, $0) } }
        #expect(valid.count > models.count / 2)
        let batch = try Batch(valid.map(\.1), flags: flags, limits: limits)
        var (states, faults, violations, judged) = (0, 0, 0, 0)
        for (number, (seed, code)) in valid.enumerated() {
            let comparison = Comparison(
                code, batch.functions[number], limit: isSlow ? 2000 : 40, damaged: isSlow ? 500 : 25,
                seed: seed)
            #expect(comparison.differences == [], "seed \(seed)")
            states += comparison.states
            faults += comparison.faults
            violations += comparison.violations
            judged += comparison.judged
        }
        print("\(seeds): \(states) states, \(faults) faults, \(violations) violations, \(judged) failed judgements")
        #expect(violations > 0)
        #expect(judged > 0)
        return faults
    }
}

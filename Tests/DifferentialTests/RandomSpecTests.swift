import Foundation
import Testing

/// Random specs through the whole pipeline against the reference interpreter.
@Suite("Random specs")
struct RandomSpecTests {
    /// Long runs on demand: `FAULTLINE_SLOW=1`.
    static let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] != nil
    static let seeds: Range<UInt64> = isSlow ? 0..<6000 : 0..<260
    static let limit = isSlow ? 4000 : 400

    @Test("The engine agrees with the interpreter, and the specs contain every construct")
    func agreement() {
        var counts: [Construct: Int] = [:]
        var (accepted, large, rejected, states, reduced) = (0, 0, 0, 0, 0)
        for seed in Self.seeds {
            let spec = SpecGenerator.spec(seed: seed)
            guard let prepared = Prepared(spec.text) else {
                rejected += 1
                continue
            }
            guard let comparison = Comparison(prepared, limit: Self.limit) else {
                large += 1
                continue
            }
            accepted += 1
            states += comparison.states
            if comparison.statesSaved > 0 { reduced += 1 }
            for construct in spec.constructs { counts[construct, default: 0] += 1 }
            #expect(comparison.differences.isEmpty, "seed \(seed):\n\(spec.text)")
        }
        print("\(accepted) specs with \(states) states; \(large) too large, \(rejected) rejected")
        print("\(reduced) specs with fewer states by partial order")
        #expect(reduced * 8 > accepted)
        print(Construct.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: ", "))
        for construct in Construct.allCases { #expect(counts[construct] != nil, "\(construct) never occurs") }
    }
}

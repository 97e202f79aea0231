import Testing
import Foundation

@Suite("Random specs")
struct AcceptanceTests {
    @Test("Accept")
    func accept() {
        var reasons: [String: Int] = [:]
        var accepted = 0, large = 0, failing = 0
        var counts: [Construct: Int] = [:]
        let n = Int(ProcessInfo.processInfo.environment["N"] ?? "200") ?? 200
        let start = Int(ProcessInfo.processInfo.environment["S"] ?? "0") ?? 0
        let clock = ContinuousClock()
        var states: [Int] = []
        for seed in start..<(start + n) {
            let spec = SpecGenerator.spec(seed: UInt64(seed))
            guard let prepared = Prepared(spec.text) else {
                let all = Prepared.rejections(spec.text)
                if let first = all.first { reasons["\(first.code.rawValue) \(first.message.prefix(70))", default: 0] += 1 }
                else { print("LOST", seed) }
                continue
            }
            var comparison = Comparison(prepared, limit: 800)
            let t = clock.now
            guard comparison.run() else { large += 1; continue }
            let d = clock.now - t
            if d > .seconds(2) { print("SLOW", seed, d, comparison.states) }
            accepted += 1
            states.append(comparison.states)
            for c in spec.constructs { counts[c, default: 0] += 1 }
            if !comparison.differences.isEmpty {
                failing += 1
                print("SEED \(seed)", comparison.differences.prefix(4))
                try? spec.text.write(toFile: "/tmp/difffail/\(seed).fl", atomically: true, encoding: .utf8)
            }
        }
        for (r, n) in reasons.sorted(by: { $0.value > $1.value }).prefix(40) { print(n, r) }
        print("accepted", accepted, "large", large, "failing", failing, "states", states.reduce(0, +))
        print("never:", Construct.allCases.filter { counts[$0] == nil })
        print("few:", Construct.allCases.filter { (1...3).contains(counts[$0] ?? 0) })
    }
}

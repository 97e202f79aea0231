import Foundation
import SchemaTestSupport
import Testing

/// The figures of `Benchmarks/models/page_fault.fl` without fusions and symmetry, on which five independent tools agree.
struct FigureTests {
    private func run(_ arguments: String...) throws -> JSON {
        let run = try Faultline.run(
            [
                "check", "Benchmarks/models/page_fault.fl", "--format", "json", "--without",
                "symmetry,partial-order,fusion.unlock,fusion.guarded-read",
            ] + arguments)
        #expect(run.status == 0, "\(run.err)")
        let runs = try #require(try JSON(run.out)["runs"]?.elements)
        #expect(runs.count == 1)
        return try #require(runs.first)
    }

    private func expectHolds(_ run: JSON, states: Double, transitions: Double, depth: Double) {
        #expect(run["verdict"] == .string("holds"))
        #expect(run["states"] == .number(states))
        #expect(run["transitions"] == .number(transitions))
        #expect(run["depth"] == .number(depth))
    }

    @Test("size S has 11,503 states, 36,042 transitions and depth 41")
    func sizeS() throws {
        expectHolds(try run("--scenario", "s"), states: 11_503, transitions: 36_042, depth: 41)
    }

    @Test("with a second frame there are 73,427 states, 253,552 transitions and depth 58")
    func sizeS2() throws {
        expectHolds(try run("--scenario", "s2"), states: 73_427, transitions: 253_552, depth: 58)
    }

    @Test("size M has 2,322,281 states, 7,593,178 transitions and depth 62", .enabled(if: isSlow))
    func sizeM() throws {
        let run = try run("--scenario", "m", "--set", "bug=no_bug", "--variant", "")
        expectHolds(run, states: 2_322_281, transitions: 7_593_178, depth: 62)
    }

    static let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] == "1"

    @Test("the two planted bugs are found in 19 and 23 steps", arguments: [("lost_write", 19), ("unmapped_twice", 23)])
    func variants(_ name: String, _ steps: Double) throws {
        let run = try run("--variant", name)
        #expect(run["verdict"] == .string("violated"))
        #expect(run["steps"] == .number(steps))
    }

    @Test("with all reductions the verdicts and the lengths of the counterexamples are the same")
    func reduced() throws {
        for (name, steps) in [("lost_write", 19.0), ("unmapped_twice", 23.0)] {
            let run = try Faultline.run([
                "check", "Benchmarks/models/page_fault.fl", "--format", "json", "--variant", name, "--without",
                "partial-order,fusion.unlock,fusion.guarded-read",
            ])
            #expect(try JSON(run.out)["runs"]?.elements.first?["steps"] == .number(steps))
        }
    }
}

import Foundation
import Measuring
import Testing

@testable import Contenders

struct ContendersTests {
    @Test("a Murphi model gets its sizes, and keeps its comments")
    func murphi() {
        let template = "-- @P@ is a number\nNP: @P@; @PROC@ @SLOT@ @FIRST@ @BUG@"
        #expect(
            murphiModel(template, .l, bug: nil, symmetric: false)
                == "-- @P@ is a number\nNP: 2; 0..1 0..1 0..0 0")
        #expect(
            murphiModel(template, .m, bug: .unmappedTwice, symmetric: true)
                == "-- @P@ is a number\nNP: 2; scalarset(2) scalarset(1) Proc 2")
    }

    @Test("ratios are to the first contender in the same round; one that ran once is compared with round one")
    func ratios() {
        var base = Race.Lane(name: "base")
        var slow = Race.Lane(name: "slow")
        let outcome = Outcome(.holds, states: Figure(1_000_000))
        base.add(outcome, Usage(wall: 1, cpu: 1, peakBytes: 50_000_000))
        base.add(outcome, Usage(wall: 4, cpu: 2, peakBytes: 40_000_000))
        slow.add(outcome, Usage(wall: 3, cpu: 2, peakBytes: 10_000_000))
        let table = raceTable([base, slow], kind: .search, smallestKnownPeak: 20_000_000)
        #expect(
            table.rows[0] == [
                "base", "1,000,000", "1.50 (1.00-2.00)", "1.00 (1.00-1.00)", "2.50 (1.00-4.00)", "1.00 (1.00-1.00)",
                "750", "50", "50.0",
            ])
        #expect(table.rows[1] == ["slow", "1,000,000", "2.00", "2.00", "3.00", "3.00", "500", "< 20", ""])
    }

    @Test("a race runs in turn, slow contenders once, and cold ones in an empty folder")
    func race() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/race-test-\(UUID().uuidString)"
        defer { Folders.remove(folder) }
        let print = "[ ! -e used ] && touch used && echo states 5 transitions 7 depth 3"
        func contender(_ name: String) -> Contender {
            Contender(
                name, folder: "\(folder)/\(name)", measured: [Command(["sh", "-c", print])], format: .handwritten,
                expected: Expected(.holds, states: 5))
        }
        let race = Race(
            Comparison(
                title: "t", kind: .search, contenders: [contender("a").fromCold(), contender("b").slow(true)]),
            rounds: 2)
        var lines: [String] = []
        let lanes = try race.run { lines.append(String($0.prefix(10))) }
        #expect(lanes.map(\.usages.count) == [2, 1])
        #expect(lines == ["prepare  a", "prepare  b", "round 1  a", "round 1  b", "round 2  a"])
    }

    @Test("a wrong count ends the race")
    func wrongCount() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/race-test-\(UUID().uuidString)"
        defer { Folders.remove(folder) }
        let contender = Contender(
            "a", folder: folder, measured: [Command(["echo", "states 6 transitions 7"])], format: .handwritten,
            expected: Expected(.holds, states: 5))
        let race = Race(Comparison(title: "t", kind: .search, contenders: [contender]), rounds: 1)
        #expect(throws: BenchmarkError.wrong(contender: "t: a", problems: ["states: expected 5, found 6"])) {
            _ = try race.run { _ in }
        }
    }
}

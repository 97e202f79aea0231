import Foundation
import SchemaTestSupport
import Testing

/// `check --explain-states`.
struct ExplainTests {
    /// The chooser has 1 + 3 + 3 + 3 states, each worker 1 + 2 + 2, and two workers are 15 pairs in no order: 150 states.
    private static let toy = """
        module toy

        domain Worker
        type Small = 0..4
        type Bit = 0..1
        const most: Small = 2
        var x: Small = 0
        var done: bool = false
        var mark[Worker]: Bit = 0

        process chooser {
            choose v in Small where v <= most
            x = v
            done = true
        }

        process worker[w: Worker] {
            choose v in Bit
            mark[w] = v
        }

        invariant small { (done implies x <= most) and all w in Worker: mark[w] <= x + 1 }

        scenario s { Worker = 2, most = 2 }
        scenario many = s with { Worker = 1..2 }

        """

    /// With partial order nobody could count the states by hand.
    private static let counted = ["--without", "partial-order"]

    private func check(_ arguments: String...) throws -> Faultline.Run {
        let folder = try TemporaryFolder()
        try folder.write("toy.fl", Self.toy)
        return try Faultline.run(["check", "toy.fl", "--explain-states"] + Self.counted + arguments, in: folder)
    }

    private func explosion(_ arguments: String...) throws -> JSON {
        let folder = try TemporaryFolder()
        try folder.write("toy.fl", Self.toy)
        let run = try Faultline.run(
            ["check", "toy.fl", "--scenario", "s", "--explain-states", "--format", "json"] + Self.counted + arguments,
            in: folder)
        let document = try JSON(run.out)
        #expect(try SchemaValidator("report.schema.json").problems(document) == [])
        return try #require(document["runs"]?.elements.first?["explosion"], "\(run.out)\(run.err)")
    }

    private func numbers(_ list: JSON?, _ name: String, _ number: String) -> [String: Int] {
        var result: [String: Int] = [:]
        for element in list?.elements ?? [] {
            if case .string(let key)? = element[name], case .number(let value)? = element[number] {
                result[key] = Int(value)
            }
        }
        return result
    }

    private func count(_ json: JSON?) -> Int? {
        guard json?["isAll"] == .bool(true), case .number(let states)? = json?["states"] else { return nil }
        return Int(states)
    }

    @Test("each figure of a small spec is the one that a reader counts by hand")
    func byHand() throws {
        let explosion = try explosion()
        #expect(explosion["extent"] == .object(["states": .number(150), "among": .number(150), "depth": .null]))
        #expect(explosion["underWay"] == .array([24, 60, 48, 18].map { .number($0) }))
        #expect(
            numbers(explosion["places"], "text", "states") == ["mark[w] = v": 90, "x = v": 45, "done = true": 45])
        #expect(
            numbers(explosion["variables"], "name", "statesWithout")
                == ["x": 90, "mark": 100, "worker.v": 100, "chooser.v": 120, "done": 150])
        #expect(
            numbers(explosion["variables"], "name", "values")
                == ["x": 3, "mark": 3, "worker.v": 4, "chooser.v": 3, "done": 2])
        let bounds = explosion["trials"]?["bounds"]?.elements ?? []
        #expect(bounds.map { $0["name"] } == [.string("Worker"), .string("most")])
        #expect(bounds.map { count($0["count"]) } == [50, 105])
        #expect(
            bounds.first?["command"]
                == .string("faultline check --scenario s --set Worker=1 --without partial-order toy.fl"))
        let reductions = explosion["trials"]?["reductions"]?.elements ?? []
        let partialOrder = reductions.first { $0["name"] == .string("partial-order") }
        #expect(partialOrder?["on"] == .bool(false))
        #expect(count(partialOrder?["with"]) == 42 && count(partialOrder?["without"]) == 150)
        let others = reductions.filter { $0 != partialOrder }
        #expect(others.allSatisfy { count($0["with"]) == 150 })
        let symmetry = reductions.first { $0["name"] == .string("symmetry") }
        #expect(count(symmetry?["without"]) == 250)
        #expect(others.filter { $0 != symmetry }.allSatisfy { count($0["without"]) == 150 })
    }

    @Test("a reduction that is off is measured too")
    func off() throws {
        let explosion = try explosion("--without", "symmetry")
        #expect(explosion["extent"]?["states"] == .number(250))
        #expect(
            numbers(explosion["variables"], "name", "statesWithout")
                == ["x": 150, "mark": 160, "worker.v": 160, "chooser.v": 200, "done": 250])
        let symmetry = explosion["trials"]?["reductions"]?.elements.first { $0["name"] == .string("symmetry") }
        #expect(symmetry?["on"] == .bool(false))
        #expect(count(symmetry?["with"]) == 150 && count(symmetry?["without"]) == 250)
    }

    @Test("every store says the same, a search by switches what it has visited")
    func ways() throws {
        let exact = try explosion()
        for store in ["tree", "hash"] { #expect(try explosion("--store", store) == exact) }
        let switches = try explosion("--max-switches", "0")
        // One process runs to its end: 10 of the chooser and 5 of a worker, with one start in common.
        #expect(switches["extent"] == .object(["states": .number(14), "among": .number(14), "depth": .null]))
        // Partial order is no part of a search by switches, so what it gives is nothing there.
        let all = try explosion("--max-switches", "9")
        for part in ["extent", "places", "underWay", "variables"] { #expect(all[part] == exact[part], "\(part)") }
        // The commands that are suggested bound switches as this one does, or they would count other states.
        let bounds = try #require(all["trials"]?["bounds"]?.elements)
        let others = try #require(exact["trials"]?["bounds"]?.elements)
        #expect(bounds.allSatisfy { $0["command"]?.text?.hasSuffix(" --max-switches 9 toy.fl") == true })
        for part in ["name", "value", "lowered", "count"] {
            #expect(bounds.map { $0[part] } == others.map { $0[part] }, "\(part)")
        }
    }

    @Test("a budget bounds what is measured, and that is said")
    func budgets() throws {
        let run = try check("--scenario", "s", "--max-states", "60")
        #expect(run.status == 3)
        #expect(run.out.contains("states up to depth 3, processes under way: "), "\(run.out)")
        #expect(run.out.contains("by searches of at most 60 states:"))
        #expect(run.out.contains("Worker = 1 instead of 2: 50 states instead of more than 60"))
        // Both are cut off at depths of the same steps.
        #expect(run.out.contains("slicing: ") && run.out.contains("without, up to depth 3"))
    }

    @Test("at a budget's end a few lines say where the states are, without being asked")
    func brief() throws {
        let folder = try TemporaryFolder()
        try folder.write("toy.fl", Self.toy)
        let run = try Faultline.run(
            ["check", "toy.fl", "--scenario", "s", "--max-states", "20"] + Self.counted, in: folder)
        #expect(
            run.out.contains(
                "      of the 20 states up to depth 2, processes under way: 0 in 15 %, 1 in 40 %, 2 in 45 %\n"))
        #expect(run.out.contains("most often under way: worker at toy.fl:19 (55 %), chooser at toy.fl:13 (45 %)"))
        #expect(run.out.contains("--explain-states says"))
        let complete = try Faultline.run(["check", "toy.fl", "--scenario", "s"], in: folder)
        #expect(!complete.out.contains("under way"))
    }

    @Test("a sweep lowers its own values, and the commands say all that was set")
    func sweep() throws {
        let run = try check("--scenario", "many", "--set", "most=1")
        #expect(run.status == 0, "\(run.out)\(run.err)")
        #expect(
            run.out.contains("--scenario many --set most=1 --set Worker=1 --without partial-order toy.fl"), "\(run.out)"
        )
        #expect(run.out.contains("Worker = 1 instead of 2: 35 states instead of 105"))
        #expect(!run.out.contains("Worker = 0"))
    }

    @Test("every command that is shown works, and finds as many states as was said")
    func commands() throws {
        let folder = try TemporaryFolder()
        try folder.write("a toy.fl", Self.toy)
        let run = try Faultline.run(
            ["check", "a toy.fl", "--scenario", "s", "--explain-states"] + Self.counted, in: folder)
        let lines = run.out.split(separator: "\n").filter { $0.contains("faultline check") }
        #expect(lines.contains { $0.hasSuffix("'a toy.fl'") })
        let words = ["check", "--scenario", "s", "--set", "most=1", "a toy.fl"] + Self.counted
        #expect(lines.contains { $0.contains("--set most=1") })
        #expect(try Faultline.run(words, in: folder).out.contains("105 states"))
    }

    @Test("the commands of a search by context switches have its bound, and find as many states")
    func switches() throws {
        let folder = try TemporaryFolder()
        try folder.write("toy.fl", Self.toy)
        let options = ["--scenario", "s", "--max-switches", "2"]
        let run = try Faultline.run(["check", "toy.fl", "--explain-states"] + options, in: folder)
        let lines = run.out.split(separator: "\n").map { $0.drop { $0 == " " } }
        let place = try #require(lines.firstIndex { $0.hasPrefix("faultline check") }, "\(run.out)")
        #expect(lines[place].contains("--max-switches 2"))
        let count = try #require(lines[place - 1].firstMatch(of: /: ([0-9,]+) states? instead/)).1
        let words = lines[place].split(separator: " ").dropFirst().map(String.init)
        #expect(try Faultline.run(words, in: folder).out.contains("; \(count) states"))
    }

    @Test("any number of threads, with and without compiled code, prints the same bytes", arguments: ["exact", "hash"])
    func sameBytes(store: String) throws {
        func run(_ arguments: [String]) throws -> String {
            try Faultline.run(
                ["check", "--scenario", "m", "--without", "symmetry", "--max-states", "400000", "--explain-states"]
                    + ["--store", store, "Benchmarks/models/page_fault.fl"] + arguments
            ).out
        }
        let one = try run(["--threads", "1"])
        #expect(one.contains("more than 100,000") && one.contains("states up to depth"))
        for arguments in [["--threads", "2"], ["--threads", "3", "--bytecode"]] {
            #expect(try run(arguments) == one, "\(arguments)")
        }
    }

    @Test("random walks have no states to explain")
    func walks() throws {
        let run = try Faultline.run(["simulate", "--explain-states", "specs/teaching/1_swapping.fl"])
        #expect(run.status == 2 && run.codes == ["FL0704"])
    }
}

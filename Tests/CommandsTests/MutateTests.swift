import Foundation
import SchemaTestSupport
import Testing

/// `faultline mutate`, as users call it.
struct MutateTests {
    /// A spec with one process, in which nothing can go wrong.
    private static func spec(_ body: String) -> String {
        """
        module m

        domain Cpu
        var l: lock
        var tree: rwlock
        var a: 0..3 guarded by l
        atomic var n: 0..7 = 3
        var b: bool
        var c: 0..3
        var taken[Cpu]: bool

        handler flush() { b = false }

        process user[i: Cpu] {
        \(body)
        }

        invariant nothing { racy(a) <= 3 }
        scenario s { Cpu = 1 }

        """
    }

    struct Case: CustomTestStringConvertible {
        let name: String
        let body: String
        /// The lines that differ, of each mutant.
        let diffs: [[String]]
        var testDescription: String { name }

        init(_ name: String, _ body: String, _ diffs: [[String]]) {
            self.name = name
            self.body = body
            self.diffs = diffs
        }
    }

    private static let locked = "    lock l\n    a = 1\n    unlock l"
    private static let atomic = "    atomic(\"why\") {\n        b = true\n        c = 1\n    }"
    private static let claim = "    choose f in Cpu where not taken[f] then taken[f] = true"
    private static let condition = "    let x = c\n    if x == 1 and x <= 2 { b = true }"

    private static let choice = "    c = if i in {i} { 2 } else { 0 }"

    static let cases: [Case] = [
        Case("drop-lock", locked, [["-     lock l", "-     unlock l"]]),
        Case("drop-unlock", locked, [["-     unlock l"]]),
        Case(
            "move-lock", locked,
            [
                ["-     lock l", "-     a = 1", "+     a = 1", "+     lock l"],
                ["-     a = 1", "-     unlock l", "+     unlock l", "+     a = 1"],
            ]),
        Case("weaken-lock", "    lock tree\n    unlock tree", [["-     lock tree", "+     lock tree shared"]]),
        Case("drop-call", "    flush()\n    c = 1", [["-     flush()"]]),
        Case(
            "move-call", "    flush()\n    c = 1",
            [["-     flush()", "-     c = 1", "+     c = 1", "+     flush()"]]),
        Case(
            "drop-assignment", "    flush()\n    c = 1",
            [["- handler flush() { b = false }", "+ handler flush() { {} }"], ["-     c = 1"]]),
        Case("drop-count", "    n += 1", [["-     n += 1", "+     {}"]]),
        Case("count-sign", "    n += 1", [["-     n += 1", "+     n -= 1"]]),
        Case("count-off-by-one", "    n += 2", [["-     n += 2", "+     n += 3"], ["-     n += 2", "+     n += 1"]]),
        Case("drop-claim", claim, [["- \(claim)", "+     choose f in Cpu where not taken[f]"]]),
        Case("drop-where", claim, [["- \(claim)", "+     choose f in Cpu then taken[f] = true"]]),
        Case("condition-true", "    if b { c = 1 }", [["-     if b { c = 1 }", "+     if true { c = 1 }"]]),
        Case("condition-false", "    if b { c = 1 }", [["-     if b { c = 1 }", "+     if false { c = 1 }"]]),
        Case(
            "drop-conjunct", condition,
            [
                ["-     if x == 1 and x <= 2 { b = true }", "+     if (x <= 2) { b = true }"],
                ["-     if x == 1 and x <= 2 { b = true }", "+     if (x == 1) { b = true }"],
            ]),
        Case(
            "drop-conjunct", "    let x = c\n    let y = not (x == 1 or x == 2)\n    b = y",
            [
                ["-     let y = not (x == 1 or x == 2)", "+     let y = not (x == 2)"],
                ["-     let y = not (x == 1 or x == 2)", "+     let y = not (x == 1)"],
            ]),
        Case("condition-true", choice, [["- \(choice)", "+     c = if true { 2 } else { 0 }"]]),
        Case("condition-false", choice, [["- \(choice)", "+     c = if false { 2 } else { 0 }"]]),
        Case("drop-await", "    await c == 0\n    b = true", [["-     await c == 0"]]),
        Case("drop-leave", "    if b { return }\n    c = 1", [["-     if b { return }", "+     if b { {} }"]]),
        Case(
            "swap-neighbours", "    b = true\n    c = 1",
            [["-     b = true", "-     c = 1", "+     c = 1", "+     b = true"]]),
        Case(
            "split-atomic", atomic,
            [
                ["-         c = 1", "+         }; atomic(\"why\") { c = 1"],
                ["-     atomic(\"why\") {", "+     ", "-     }", "+     "],
            ]),
    ]

    @Test("each operator makes these mutants of a small spec", arguments: cases)
    func operators(_ sample: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write("m.fl", Self.spec(sample.body))
        let run = try Self.mutate(folder, "m.fl", "--operators", sample.name, "--format", "json")
        let document = try JSON(run.out)
        let mutants = document["specs"]?.elements.first?["mutants"]?.elements ?? []
        #expect(
            mutants.map { $0["diff"]?.elements ?? [] } == sample.diffs.map { $0.map { JSON.string($0) } }, "\(run.out)")
        #expect(mutants.allSatisfy { $0["operator"] == .string(sample.name) })
        #expect(try SchemaValidator("mutation.schema.json").problems(document) == [])
    }

    @Test("a function is changed where no claim reads it, itself or through another function")
    func functions() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "m.fl",
            """
            module m

            var a: 0..3
            var b: bool
            fun work(x: 0..3): bool = inner(x) and x < 3
            fun inner(x: 0..3): bool = x > 0 or x == 0
            fun right(x: 0..3): bool = deeper(x) and x <= 3
            fun deeper(x: 0..3): bool = x >= 0 or x == 1
            fun noted(x: 0..3): bool = x >= 0 and x <= 3
            process user {
                let x = a
                assert noted(x)
                b = work(x) or right(x)
            }
            invariant nothing { right(a) }
            scenario s {}

            """)
        let run = try Self.mutate(folder, "m.fl", "--operators", "drop-conjunct", "--format", "json")
        let mutants = try JSON(run.out)["specs"]?.elements.first?["mutants"]?.elements ?? []
        #expect(
            mutants.map { $0["diff"]?.elements.last?.text } == [
                "+ fun work(x: 0..3): bool = (x < 3)", "+ fun work(x: 0..3): bool = inner(x)",
                "+ fun inner(x: 0..3): bool = (x == 0)", "+ fun inner(x: 0..3): bool = (x > 0)",
                "+     b = right(x)", "+     b = work(x)",
            ], "\(run.out)")
    }

    @Test("every operator has a case here")
    func complete() throws {
        let documented = try Repository.text("docs/mutation.md").matches(of: /(?m)^\| `([a-z][a-z-]+)` \|/)
        #expect(Set(documented.map { String($0.1) }) == Set(Self.cases.map(\.name)))
    }

    // MARK: Outcomes

    /// Notices some mistakes and not others.
    private static let outcomes = """
        module outcomes

        var l: lock
        var a: 0..3 guarded by l
        atomic var n: 0..3
        var b: bool
        var spare: 0..1

        process user {
            lock l
            a = 1
            unlock l
            n += 1
            let x = n
            if x == 1 and x <= 1 { b = true }
            spare = 1
        }

        reachable done { n == 1 and b }
        scenario small {}

        """

    private static func mutate(_ folder: TemporaryFolder, _ arguments: String...) throws -> Faultline.Run {
        try Faultline.run(
            ["mutate"] + arguments, in: folder.url,
            environment: ["XDG_CACHE_HOME": folder.url.appendingPathComponent("cache").path])
    }

    private static func outcomesFolder(_ text: String = outcomes) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("outcomes.fl", text)
        return folder
    }

    @Test("mutants are killed, refused, survive, or are equivalent")
    func kinds() throws {
        let run = try Self.mutate(Self.outcomesFolder(), "outcomes.fl", "--show-all")
        #expect(run.out.contains("drop-count in process `user`, outcomes.fl:13: killed by done in small"), "\(run.out)")
        #expect(run.out.contains("drop-lock in process `user`, outcomes.fl:10: refused by FL0302"), "\(run.out)")
        #expect(run.out.contains("drop-assignment in process `user`, outcomes.fl:16: survived"), "\(run.out)")
        #expect(run.out.contains("no claim notices that the store `spare = 1` is gone"), "\(run.out)")
        let dropped = run.out.components(separatedBy: "#").filter { $0.contains("drop-conjunct") }
        #expect(dropped.count == 2, "\(run.out)")
        #expect(dropped.allSatisfy { $0.contains("equivalent: the same states and steps") }, "\(run.out)")
        #expect(run.status == 0)
    }

    @Test("what differs in a way that some claim could tell is not equivalent")
    func notEquivalent() throws {
        let text = Self.outcomes.replacing("x <= 1 {", with: "x <= 0 {").replacing("n == 1 and b", with: "n == 1")
        let run = try Self.mutate(
            Self.outcomesFolder(text), "outcomes.fl", "--operators", "drop-conjunct", "--show-all")
        let dropped = run.out.components(separatedBy: "#").filter { $0.contains("drop-conjunct") }
        // Without `x == 1` nothing changes, as `x <= 0` is false; without `x <= 0` the branch is taken.
        #expect(dropped.map { $0.contains(": equivalent:") } == [true, false], "\(run.out)")
        #expect(dropped.last?.contains("survived") == true, "\(run.out)")
        #expect(dropped.last?.contains("a state that the spec never reaches") == true, "\(run.out)")
    }

    @Test("the score decides the status where a least score is given")
    func minimumScore() throws {
        let folder = try Self.outcomesFolder()
        #expect(try Self.mutate(folder, "outcomes.fl", "--minimum-score", "10").status == 0)
        #expect(try Self.mutate(folder, "outcomes.fl", "--minimum-score", "100").status == 1)
        #expect(
            try Self.mutate(folder, "outcomes.fl", "--minimum-score", "100", "--operators", "drop-count").status == 0)
    }

    @Test("the same bytes come out for any number of threads, and from the cache, even from a damaged one")
    func deterministic() throws {
        let folder = try Self.outcomesFolder()
        let once = try Self.mutate(folder, "outcomes.fl", "--show-all", "--threads", "1", "--no-cache")
        for threads in ["1", "3", "8"] {
            let again = try Self.mutate(folder, "outcomes.fl", "--show-all", "--threads", threads)
            #expect(again.out == once.out && again.status == once.status)
        }
        let cache = folder.url.appendingPathComponent("cache/faultline/verdicts")
        let names = FileManager.default.enumerator(atPath: cache.path)?.compactMap { $0 as? String } ?? []
        let files = names.map { cache.appendingPathComponent($0) }.filter { !$0.hasDirectoryPath }
        #expect(!files.isEmpty)
        for file in files where (try? Data(contentsOf: file)) != nil {
            try Data("violated 1 done\nwrong\n".utf8).write(to: file)
        }
        #expect(try Self.mutate(folder, "outcomes.fl", "--show-all").out == once.out)
    }

    @Test("a sample is drawn by its seed, and lines and numbers select")
    func selection() throws {
        let folder = try Self.outcomesFolder()
        let first = try Self.mutate(folder, "outcomes.fl", "--show-all", "--sample", "4", "--seed", "7")
        #expect(first.out == (try Self.mutate(folder, "outcomes.fl", "--show-all", "--sample", "4", "--seed", "7").out))
        #expect(first.out.hasPrefix("outcomes.fl: ") && first.out.contains("not selected"))
        let line = try Self.mutate(folder, "outcomes.fl", "--show-all", "--lines", "13")
        #expect(line.out.matches(of: /outcomes.fl:(\d+):/).allSatisfy { $0.1 == "13" }, "\(line.out)")
        let shown = try Self.mutate(folder, "outcomes.fl", "--show", "1")
        #expect(shown.out.contains("#1 drop-lock") && !shown.out.contains("#2 "), "\(shown.out)")
        let none = try Self.mutate(folder, "outcomes.fl", "--show", "999")
        #expect(none.codes == ["FL0704"] && none.status == 2)
    }

    @Test("mutants are written as specs that differ from the spec")
    func writing() throws {
        let folder = try Self.outcomesFolder()
        _ = try Self.mutate(folder, "outcomes.fl", "--write", "out", "--operators", "drop-count")
        let place = folder.url.appendingPathComponent("out/outcomes")
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        #expect(names.count == 1 && names[0].hasSuffix("-drop-count.fl"))
        let text = try String(contentsOf: place.appendingPathComponent(names[0]), encoding: .utf8)
        #expect(text == Self.outcomes.replacing("    n += 1\n", with: ""))
        try folder.write("file", "")
        let refused = try Self.mutate(folder, "outcomes.fl", "--write", "file", "--operators", "drop-count")
        #expect(refused.codes == ["FL0702"] && refused.status == 2)
    }

    @Test("an accepted survivor is shown with its reason, and one that does not survive is a warning")
    func allowances() throws {
        let allowed = Self.outcomes.replacing(
            "    spare = 1", with: "    @allow(survivor, \"it is spare\")\n    spare = 1")
        let run = try Self.mutate(Self.outcomesFolder(allowed), "outcomes.fl")
        #expect(run.out.contains("allowed: it is spare"), "\(run.out)")
        #expect(run.codes == [], "\(run.err)")
        let stale = Self.outcomes.replacing("    a = 1", with: "    @allow(survivor, \"never\")\n    a = 1")
        let warned = try Self.mutate(Self.outcomesFolder(stale), "outcomes.fl")
        #expect(warned.codes.contains("FL0623") || warned.out.contains("allowed: never"), "\(warned.err)\(warned.out)")
    }

    // MARK: Bad input, budgets

    struct Refusal: CustomTestStringConvertible {
        let status: Int32
        let codes: [String]
        let arguments: [String]
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ status: Int32, _ codes: [String], _ arguments: String...) {
            self.status = status
            self.codes = codes
            self.arguments = arguments
        }
    }

    @Test(
        "bad input has a code and a status",
        arguments: [
            Refusal(2, ["FL0701"], "missing.fl"), Refusal(2, ["FL0203"], "typo.fl"),
            Refusal(2, ["FL0621"], "library.fl"), Refusal(2, ["FL0703"], "good.fl", "--scenario", "nope"),
            Refusal(1, ["FL0620"], "violated.fl"), Refusal(3, ["FL0622"], "good.fl", "--max-states", "1"),
            Refusal(2, ["FL0704"], "good.fl", "--operators", "explode"),
            Refusal(2, ["FL0704"], "good.fl", "--lines", "9-3"), Refusal(2, ["FL0704"], "good.fl", "--sample", "0"),
            Refusal(2, ["FL0704"], "good.fl", "--minimum-score", "101"),
            Refusal(2, ["FL0704"], "good.fl", "--variant", "wrong"),
            Refusal(2, ["FL0704"], "good.fl", "--without", "symmetry"),
            Refusal(2, ["FL0704"], "good.fl", "--show", "0"), Refusal(2, ["FL0704"], "good.fl", "--threads", "0"),
        ])
    func refusals(_ refusal: Refusal) throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("violated.fl", Samples.violated)
        try folder.write("typo.fl", Samples.typo)
        try folder.write("library.fl", Samples.library)
        let run = try Faultline.run(
            ["mutate"] + refusal.arguments, in: folder.url,
            environment: ["XDG_CACHE_HOME": folder.url.appendingPathComponent("cache").path])
        #expect(run.codes == refusal.codes, "\(run.err)")
        #expect(run.status == refusal.status)
    }

    @Test("a scenario with theorems judges mutants where they are true")
    func theorems() throws {
        let folder = try TemporaryFolder()
        func mutated(_ theorem: String) throws -> Faultline.Run {
            try folder.write(
                "a.fl", Samples.good.replacing("scenario s", with: "theorem t(v: bits<8>) { \(theorem) }\nscenario s"))
            return try Faultline.run(["mutate", "a.fl", "--no-cache"], in: folder)
        }
        let sound = try mutated("v ^ v == 0")
        #expect(sound.codes == [] && sound.out.contains("killed"), "\(sound.out)\(sound.err)")
        let refuted = try mutated("v < 200")
        #expect(refuted.status == 1 && refuted.codes == ["FL0620"], "\(refuted.err)")
        #expect(refuted.err.contains("`t` is violated"), "\(refuted.err)")
    }

    @Test("where the time is up, or the user has had enough, what was not tried is said")
    func budgets() throws {
        let folder = try TemporaryFolder()
        let spec = Repository.root.appendingPathComponent("specs/teaching/5_all_together.fl").path
        let environment = ["XDG_CACHE_HOME": folder.url.appendingPathComponent("cache").path]
        let timed = try Faultline.run(["mutate", spec, "--max-time", "3s"], environment: environment)
        #expect(timed.status == 3)
        #expect(timed.out.contains("not tried") || timed.codes.contains("FL0622"), "\(timed.out)\(timed.err)")
        let stopped = try Faultline.run(["mutate", spec], environment: environment) { process in
            DispatchQueue.global().asyncAfter(deadline: .now() + 2) { kill(process, SIGINT) }
        }
        #expect(stopped.status == 3, "\(stopped.out)\(stopped.err)")
        #expect(stopped.out.contains("not tried") || stopped.codes.contains("FL0622"), "\(stopped.out)\(stopped.err)")
    }

    @Test("a mutant is not called equivalent by the scenarios that are small enough for the budget alone")
    func silencedJudge() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.fl",
            """
            module a
            domain Cpu
            atomic var a: 0..9 = 0
            atomic var b: 0..9 = 0
            process writer[c: Cpu] { atomic("whole") { a += 1; b += 1 } }
            process reader { atomic("two") { let y = a; let z = b; assert y == z } }
            invariant small { a + b <= 18 }
            scenario both { Cpu = 2 }
            scenario alone { Cpu = 0 }
            """ + "\n")
        let few = try folder.run(
            "mutate", "a.fl", "--no-cache", "--operators", "split-atomic", "--max-states", "4", "--show-all")
        #expect(few.codes.contains("FL0622"), "\(few.out)\(few.err)")
        #expect(!few.out.contains("equivalent: all states"), "\(few.out)")
        #expect(!few.out.contains(": equivalent"), "\(few.out)")
        let enough = try folder.run("mutate", "a.fl", "--no-cache", "--operators", "split-atomic", "--show-all")
        #expect(enough.out.contains("killed"), "\(enough.out)")
    }
}

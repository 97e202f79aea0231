import Foundation
import SchemaTestSupport
import Testing

/// `faultline diff` on files.
struct DiffTests {
    /// Two users put one coin each into a box, under a lock.
    static let locked = """
        module box

        domain User
        ghost var last: 0..2 = 0
        ghost handler counted(sum: 0..2) { last = sum }

        var mutex: lock
        var coins: 0..2 = 0

        process user[u: User] {
            lock mutex
            let seen = racy(coins)
            coins = seen + 1
            commit counted(seen + 1)
            unlock mutex
        }

        fun all_done(): bool = all u in User: user[u].finished
        invariant whole { all_done() implies coins == count(User) }

        scenario two { User = 2 }

        """

    /// The same without the lock.
    static let racy = locked.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasSuffix("lock mutex") }.joined(separator: "\n")

    static func diff(_ old: String, _ new: String, _ arguments: String...) throws -> Faultline.Run {
        let folder = try TemporaryFolder()
        try folder.write("old.fl", old)
        try folder.write("new.fl", new)
        return try Faultline.run(["diff", "old.fl", "new.fl"] + arguments, in: folder)
    }

    @Test("A lock that is gone: the property that fails, and the order of events that is new, each with its run")
    func lostLock() throws {
        let run = try Self.diff(Self.locked, Self.racy)
        #expect(run.status == 1, "\(run.err)")
        #expect(run.out.contains("scenario two: differs: something that can be seen is new"))
        #expect(run.out.contains("newly fails: whole"))
        #expect(
            run.out.contains(
                """
                  new order of events:
                    user[U0]: counted(1)
                    user[U0]: ends
                    user[U1]: counted(1)

                a run with it   (4 steps, 3 context switches)
                """))
        #expect(run.out.contains("step 4 shows user[U1]: counted(1)"))
        #expect(run.out.hasSuffix("1 configuration: 1 differs; 1 property newly fails\n"))
    }

    @Test("A lock that is new refines, and what is gone counts only where it is asked for")
    func newLock() throws {
        let run = try Self.diff(Self.racy, Self.locked)
        #expect(run.status == 0)
        #expect(run.out.contains("refines: nothing that can be seen is new, and something is gone"))
        #expect(run.out.contains("newly holds: whole"))
        #expect(try Self.diff(Self.racy, Self.locked, "--fail-on", "gone-behaviour").status == 1)
        #expect(try Self.diff(Self.locked, Self.racy, "--fail-on", "gone-behaviour").status == 0)
        #expect(try Self.diff(Self.locked, Self.racy, "--fail-on", "new-failure").status == 1)
        #expect(try Self.diff(Self.locked, Self.racy, "--fail-on", "none").status == 0)
    }

    @Test("A comment, another format, other names of locals, and another way to the same are equal")
    func equals() throws {
        let renamed = Self.locked.replacingOccurrences(of: "seen", with: "before")
        let commented =
            "// Coins.\n" + Self.locked.replacingOccurrences(of: "    lock mutex\n", with: "\n\n  lock  mutex // !\n")
        let detour = Self.locked.replacingOccurrences(
            of: "coins = seen + 1\n", with: "coins = 0\n            coins = seen + 1\n")
        for new in [Self.locked, renamed, commented, detour] {
            let run = try Self.diff(Self.locked, new, "--fail-on", "new-behaviour,gone-behaviour,new-failure")
            #expect(run.status == 0, "\(run.out)\(run.err)")
            #expect(run.out.contains("scenario two: equal: nothing that can be seen is new, and nothing is gone"))
        }
    }

    @Test("An event that is new or gone is said by itself, with a run to it")
    func events() throws {
        let wrong = Self.locked.replacingOccurrences(of: "counted(seen + 1)", with: "counted(seen)")
        let run = try Self.diff(Self.locked, wrong)
        #expect(run.status == 1)
        #expect(run.out.contains("  can happen now:\n    user[U0]: counted(0)\n    user[U1]: counted(0)\n"))
        #expect(run.out.contains("  can no longer happen:\n    user[U0]: counted(2)\n    user[U1]: counted(2)\n"))
        #expect(run.out.contains("user[U0]: counted(0) can happen now   (3 steps, 0 context switches)"))
        #expect(!run.out.contains("newly fails"))
        let all = try Self.diff(Self.locked, wrong, "--all-witnesses")
        #expect(all.out.contains("user[U1]: counted(0) can happen now   ("))
    }

    @Test("--events chooses what can be seen, and must name something")
    func selection() throws {
        let wrong = Self.locked.replacingOccurrences(of: "counted(seen + 1)", with: "counted(seen)")
        #expect(try Self.diff(Self.locked, wrong, "--events", "returns").status == 0)
        #expect(try Self.diff(Self.locked, wrong, "--events", "returns,counted").status == 1)
        let unknown = try Self.diff(Self.locked, wrong, "--events", "ideal.load")
        #expect(unknown.status == 2)
        #expect(unknown.codes == ["FL0704"])
    }

    @Test("Commits of a handler that only one version has are left out and named")
    func leftOut() throws {
        let old = Self.locked.replacingOccurrences(of: "counted", with: "told")
        let run = try Self.diff(old, Self.locked)
        #expect(run.status == 0, "\(run.out)")
        #expect(run.out.contains("left out, as only one version has the handler: counted, told"))
    }

    @Test("A budget that ends first is inconclusive, and what is known is still said")
    func budgets() throws {
        let run = try Self.diff(Self.locked, Self.racy, "--max-states", "5")
        #expect(run.status == 3, "\(run.out)")
        #expect(run.out.contains("inconclusive: whether something that can be seen is new is not known"))
        #expect(run.out.contains("the limit on states was reached"))
        #expect(run.out.contains("not known whether it holds now: "))
    }

    @Test("Configurations that only one version has are named, and none in common is an error")
    func configurations() throws {
        let more = Self.locked + "scenario one { User = 1 }\n"
        let run = try Self.diff(more, Self.locked)
        #expect(run.status == 0)
        #expect(run.out.contains("only in the old spec: scenario one"))
        #expect(try Self.diff(more, Self.locked, "--fail-on", "lost-configuration").status == 1)
        let none = try Self.diff(
            Self.locked, Self.locked.replacingOccurrences(of: "scenario two", with: "scenario pair"))
        #expect(none.status == 2)
        #expect(
            none.err == """
                error[FL0614]: the two specs have no configuration in common
                note: the old one has scenario two
                note: the new one has scenario pair

                """)
    }

    @Test("Statements that are no longer reached are named")
    func statements() throws {
        let old =
            Self.locked.replacingOccurrences(
                of: "    unlock mutex", with: "    if coins == limit { coins = 0 }\n    unlock mutex"
            ) + "const limit: 0..9 = 2\n"
        let new = old.replacingOccurrences(of: "coins == limit", with: "coins == limit and coins < 1")
        let run = try Self.diff(old, new)
        #expect(run.out.contains("  no longer reached:\n    new.fl:15: coins = 0\n"), "\(run.out)\(run.err)")
    }

    @Test("A real handler that forgets to clear a frame: the value that another program reads, in a trace that is new")
    func realHandler() throws {
        let old = try Repository.text("specs/teaching/4_transparency.fl")
        let new = old.replacingOccurrences(
            of: "clear_free_frames: bool = true", with: "clear_free_frames: bool = false")
        let folder = try TemporaryFolder()
        try folder.write("old.fl", old)
        try folder.write("new.fl", new)
        let files = ["old.fl", "new.fl", "--scenario", "small", "--events", "ideal,returns"]
        let run = try Faultline.run(["diff"] + files, in: folder)
        #expect(run.status == 1)
        #expect(
            run.out.contains(
                """
                  new order of events:
                    program[P1]: ideal.store(P1, unit, 0x1)
                    program[P1]: returns
                    program[P0]: ideal.load(P0, unit, 0x1)

                """), "\(run.out)")
        #expect(run.out.contains("newly fails: ideal.coherent"))
    }

    @Test("The results are the same for any number of threads, with and without a compiler")
    func determinism() throws {
        let first = try Self.diff(Self.locked, Self.racy, "--threads", "1", "--format", "json")
        for arguments in [["--threads", "2"], ["--threads", "3", "--bytecode"]] {
            let folder = try TemporaryFolder()
            try folder.write("old.fl", Self.locked)
            try folder.write("new.fl", Self.racy)
            let run = try Faultline.run(["diff", "old.fl", "new.fl", "--format", "json"] + arguments, in: folder)
            #expect(run.out == first.out)
        }
    }

    @Test("The JSON fits its schema, whatever comes out")
    func json() throws {
        let validator = try SchemaValidator("diff.schema.json")
        let pairs = [(Self.locked, Self.racy), (Self.racy, Self.locked), (Self.locked, Self.locked), (Self.locked, "")]
        for (old, new) in pairs {
            for more in [[], ["--max-states", "5"]] {
                let folder = try TemporaryFolder()
                try folder.write("old.fl", old)
                try folder.write("new.fl", new)
                let run = try Faultline.run(["diff", "old.fl", "new.fl", "--format", "json"] + more, in: folder)
                #expect(try validator.problems(JSON(run.out)) == [])
            }
        }
    }

    @Test("Markdown folds runs away and escapes what source text could say to a browser")
    func markdown() throws {
        let run = try Self.diff(Self.locked, Self.racy, "--format", "markdown")
        #expect(run.status == 1)
        #expect(run.out.hasPrefix("### faultline diff: 1 configuration: 1 differs; 1 property newly fails\n"))
        #expect(run.out.contains("- `user[U0]: counted(1)`"))
        #expect(run.out.contains("<details><summary>a run with it</summary>\n\n```text\n"))
    }

    @Test("Wrong usage is one diagnostic")
    func usage() throws {
        for arguments in [
            ["a.fl"], ["a.fl", "b.fl", "c.fl"], ["a.fl", "--to", "HEAD"], ["a.fl", "b.fl", "--fail-on", "x"],
        ] {
            let run = try Faultline.run(["diff"] + arguments)
            #expect(run.status == 2)
            #expect(run.codes == ["FL0704"], "\(run.err)")
        }
        let missing = try Faultline.run(["diff", "nowhere.fl", "nothing.fl"])
        #expect(missing.status == 2)
        #expect(missing.codes == ["FL0701"])
    }

    @Test("A new domain with the same first letter renames nothing that can be seen")
    func newDomain() throws {
        let more = Self.locked.replacing("domain User", with: "domain User, Unit\nvar spare: Unit? = none")
            .replacing("{ User = 2 }", with: "{ User = 2, Unit = 1 }")
        let run = try Self.diff(Self.locked, more)
        #expect(run.out.contains("scenario two: equal"), "\(run.out)\(run.err)")
        #expect(run.status == 0)
    }

    @Test("Sizes that differ are said before everything else, and in JSON")
    func otherScope() throws {
        let smaller = Self.locked.replacing("{ User = 2 }", with: "{ User = 1 }")
        let run = try Self.diff(Self.locked, smaller)
        #expect(
            run.out.contains(
                "refines: nothing that can be seen is new, and something is gone\n  compared in different scopes: User = 2 → 1\n"
            ), "\(run.out)")
        let json = try Self.diff(Self.locked, smaller, "--format", "json")
        #expect(try SchemaValidator("diff.schema.json").problems(JSON(json.out)) == [])
        #expect(!(try Self.diff(Self.locked, Self.racy)).out.contains("different scopes"))
    }

    @Test("A claim that nobody makes any more is named")
    func lostClaim() throws {
        let without = Self.locked.split(separator: "\n").filter { !$0.hasPrefix("invariant") }.joined(separator: "\n")
        let run = try Self.diff(Self.locked, without + "\n")
        #expect(run.out.contains("no longer asked for: whole"), "\(run.out)\(run.err)")
        #expect(run.status == 0)
    }

    @Test("A version that no run can begin in is an error, and refines nothing")
    func nothingBegins() throws {
        let stuck = Self.locked.replacing(
            "process user", with: "type Small = 0..1\ninit { choose n in Small where n > 1; coins = n }\n\nprocess user"
        )
        for (old, new) in [(Self.locked, stuck), (stuck, Self.locked), (stuck, stuck)] {
            let run = try Self.diff(old, new)
            #expect(Set(run.codes) == ["FL0501"], "\(run.err)")
            #expect(run.status == 2)
            #expect(!run.out.contains("refines") && !run.out.contains("equal"))
        }
    }
}

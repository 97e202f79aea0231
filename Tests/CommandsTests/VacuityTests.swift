import Testing

/// What `check` says of specs that pass and mean less than it seems.
struct VacuityTests {
    /// Passes, and means something.
    private static let sound = """
        module sound

        domain Cpu
        const most: 1..5 = 2
        var l: lock
        atomic var count: 0..5 = 0
        var x: bool

        process user {
            while count < most { count += 1 }
        }

        process other[c: Cpu] {
            lock l
            x = true
            unlock l
        }

        invariant small { count <= 5 }
        reachable two { count == 2 and x }

        scenario s { Cpu = 2 }
        variant wrong on s { most = 5, expect violated few }
        invariant few { count <= 3 }

        """

    private func run(_ text: String) throws -> Faultline.Run { try Faultline.run("check", on: text) }

    private func adding(_ text: String) throws -> Faultline.Run { try run(Self.sound + text + "\n") }

    /// One finding with this code, whose explanation says this, and the status of a failure.
    private func expect(_ text: String, _ code: String, _ words: String, _ location: SourceLocation = #_sourceLocation)
        throws
    {
        let run = try adding(text)
        #expect(run.codes == [code], "\(run.err)", sourceLocation: location)
        #expect(run.err.contains(words), "\(run.err)", sourceLocation: location)
        #expect(run.err.contains("error[\(code)]"), sourceLocation: location)
        #expect(run.status == 1, sourceLocation: location)
    }

    @Test("a spec of which all is reached has no finding")
    func sound() throws {
        let run = try run(Self.sound)
        #expect(run.codes == [] && run.status == 0, "\(run.err)")
    }

    @Test("a statement to which no run comes")
    func unreached() throws {
        try expect(
            """
            var chosen: set<Cpu>
            process p { chosen = {}; each c in chosen { x = true } }
            """, "FL0502", "no run of any scenario comes to this statement")
    }

    @Test("a branch that is never taken is one finding, whatever is in it")
    func untaken() throws {
        try expect(
            """
            process p {
                if count == 5 {
                    x = true
                    if x { x = false }
                }
            }
            """, "FL0506", "`count == 5` held in no state in which this `if` was executed")
    }

    @Test("a check that never fails is a finding")
    func neverFails() throws {
        try expect(
            """
            process p {
                guard count < 5 else { return }
                x = true
            }
            """, "FL0506", "`count < 5` held in every state in which this `guard` was executed")
    }

    @Test("arms, branches, tries and choices are ways, too")
    func ways() throws {
        try expect(
            """
            var owner: Cpu? = none
            process p {
                owner = none
                match owner {
                    none: x = true
                    some(c): x = false
                }
            }
            """, "FL0506", "no value that this `match` was given was `some(c)`")
        try expect(
            """
            process p {
                either { x = true } or { await count == 5; x = false }
            }
            """, "FL0506", "branch 2 of this `either` was never taken")
        try expect(
            """
            var m: lock
            process p {
                try lock m else { return }
                unlock m
                x = true
            }
            """, "FL0506", "the lock was free in every state")
        try expect(
            """
            process p { choose c in Cpu where count == 5 else { return }; x = true }
            """, "FL0506", "there was nothing to choose")
    }

    @Test("a branch that ends in a fail is there in the hope that it is never taken")
    func fail() throws {
        let run = try adding("process p { if count == 5 { fail \"never\" } }")
        #expect(run.codes == [] && run.status == 0, "\(run.err)")
    }

    @Test("a premise that never holds, also below a quantifier, at rest, and over steps")
    func premise() throws {
        try expect("invariant i { count == 5 implies count > 2 }", "FL0507", "`count == 5` holds in no state")
        try expect(
            "var a[Cpu]: bool\n"
                + "process q[c: Cpu] { a[c] = true }\n"
                + "invariant i { all c in Cpu where a[c] and count == 5: count > 2 }",
            "FL0507", "`a[c] and count == 5` holds in no state")
        try expect(
            "invariant i at rest { locked(l) implies x }", "FL0507", "`locked(l)` holds in no state at rest")
        try expect(
            "transition t { old(count) == 2 and count == 1 implies count > 2 }", "FL0507",
            "`old(count) == 2 and count == 1` holds in no step")
        let met = try adding("transition t { old(count) == 1 and count == 2 implies count > 1 }")
        #expect(met.codes == [], "\(met.err)")
    }

    @Test("an invariant at rest that only initial states are asked for")
    func rest() throws {
        let run = try run(
            """
            module busy
            var x: bool
            daemon process p {
                x = true
                await not x
            }
            invariant i at rest { not x }
            scenario s {}

            """)
        #expect(run.codes.contains("FL0508"), "\(run.err)")
        #expect(run.status == 1)
    }

    @Test("a wait that is never over is named by its condition, also inside an atomic")
    func wait() throws {
        try expect(
            """
            daemon process p {
                await count == 5
                x = true
            }
            """, "FL0509", "`count == 5` held in no state in it")
        try expect(
            """
            daemon process p {
                atomic("first a statement, then a wait that never ends") {
                    count = 0
                    await count == 3
                }
            }
            """, "FL0509", "`count == 3` held in no state in it")
    }

    @Test("a loop that never needs all its rounds, unless it has no bound")
    func bound() throws {
        let text = """
            process p {
                loop at most 3 {
                    if count < 5 { return }
                }
            }
            """
        let run = try adding(text)
        #expect(run.codes.contains("FL0510") && run.err.contains("no run needs `3` rounds"), "\(run.err)")
        let needed = try adding("process p { loop at most 3 { await count > 0 } }")
        #expect(needed.codes == [], "\(needed.err)")
    }

    @Test("a variable that wraps around and never gets so far")
    func wrap() throws {
        let text = """
            atomic var ticket: 0..7 wrap
            process p { ticket += 1 }
            reachable r { ticket == 1 }
            """
        try expect(text, "FL0511", "`ticket` never reaches its largest value")
        let wraps = try adding(text.replacing("0..7", with: "0..1"))
        #expect(wraps.codes == [], "\(wraps.err)")
    }

    @Test("what is allowed is no finding, and an allowance without one is a warning")
    func allowance() throws {
        let text = """
            process p {
                @allow(untaken, "the scenarios never count so far")
                if count == 5 { x = true }
            }
            """
        let allowed = try adding(text)
        #expect(allowed.codes == [] && allowed.status == 0, "\(allowed.err)")
        let idle = try adding(text.replacing("count == 5", with: "count == 1"))
        #expect(idle.codes == ["FL0512"] && idle.status == 0, "\(idle.err)")
        let other = try adding(text.replacing("untaken", with: "premise"))
        #expect(other.codes.sorted() == ["FL0506", "FL0512"] && other.status == 1, "\(other.err)")
    }

    @Test("what only a variant reaches is reached; what one that expects a violation misses is no finding")
    func variants() throws {
        let run = try adding(
            """
            process p { if count == 3 { x = true } }
            """)
        #expect(run.codes == [], "\(run.err)")
    }

    @Test("nothing is said where a search was cut off, or something was selected")
    func unknown() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Self.sound + "process p { if count == 5 { x = true } }\n")
        #expect(try folder.run("check", "a.fl").codes == ["FL0506"])
        for options in [["--max-states", "2"], ["--scenario", "s"], ["--set", "most=2"], ["--store", "hash"]] {
            let run = try Faultline.run(["check"] + options + ["a.fl"], in: folder)
            #expect(!run.codes.contains("FL0506"), "\(options): \(run.err)")
        }
    }

    @Test("an init without an outcome says which statement no run gets beyond")
    func initialisation() throws {
        let run = try run(
            Samples.good.replacing(
                "process user",
                with: "type Small = 0..1\ninit { choose n in Small where n > 1; count = n }\n\nprocess user"))
        #expect(run.err.contains("no run gets beyond `choose n in Small where n > 1`"), "\(run.err)")
    }

    @Test("a premise and a branch about a variable that nobody writes")
    func neverWritten() throws {
        try expect(
            "var idle: 0..3 = 0\ninvariant claim { idle == 1 implies x }", "FL0507", "`idle == 1` holds in no state")
        try expect(
            "var idle: 0..3 = 0\nprocess p { if idle == 1 { x = true } }", "FL0506",
            "`idle == 1` held in no state in which this `if` was executed")
        try expect(
            "var idle: set<Cpu> = {}\nprocess p { each c in idle { x = true } }", "FL0502",
            "no run of any scenario comes to this statement")
        let allowed = try adding(
            "var idle: 0..3 = 0\n@allow(premise, \"comes later\")\ninvariant claim { idle == 1 implies x }")
        #expect(allowed.codes == [] && allowed.status == 0, "\(allowed.err)")
    }

    @Test("a variable that another configuration writes, or a constant that is off, is no finding")
    func writtenElsewhere() throws {
        let elsewhere = try adding(
            """
            var idle: 0..3 = 0
            process writer { idle = 1 }
            process reader { if racy(idle) == 1 { x = true } }
            invariant claim { idle == 1 and x implies x }
            scenario t = s with { without writer }
            """)
        #expect(elsewhere.codes == [], "\(elsewhere.err)")
        let off = try adding(
            "const idle: 0..3 = 0\nprocess p { if idle == 1 { x = true } }\ninvariant claim { idle == 1 implies x }")
        #expect(off.codes == [], "\(off.err)")
    }

    @Test("a branch for a value that no call gives; one call that gives it is enough")
    func neverGiven() throws {
        let handler = "handler set(n: 0..3) { if n == 1 { x = true } else { x = false } }\n"
        try expect(
            handler + "process p { set(2) }", "FL0506", "`n == 1` held in no state in which this `if` was executed")
        let both = try adding(handler + "process p { set(2) }\nprocess q { set(1) }")
        #expect(both.codes == [], "\(both.err)")
    }

    @Test("an allowance needs a reason")
    func noReason() throws {
        let run = try adding("@allow(untaken, \" \")\nprocess p { if count == 5 { x = true } }")
        #expect(run.codes == ["FL0207"] && run.status == 2, "\(run.err)")
    }
}

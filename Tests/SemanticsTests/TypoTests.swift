import Diagnostics
import Foundation
import Testing

/// A slip of the hand in each construct is told where it is, with its own code.
struct TypoTests {
    /// A spec that uses every construct, without a mistake.
    static let correct = """
        module shop
        import lib.counter as tally with { Owner = Cpu, counted = noticed }
        domain Cpu, Frame
        type Value = 0..3
        enum Op { load, store(value: Value) }
        enum Pte { none, mapped(frame: Frame, writable: bool) }
        record Info { atomic refs: 0..7 = 0, data: Value = 0 when refs > 0 }
        const rounds: 1..3 or unbounded = 1
        const checked: bool = true
        symbolic const home: Value
        ghost var last: Value
        var ptl[Cpu]: lock
        var sleep: mutex
        var tree: rwlock
        var pte[c: Cpu]: Pte guarded by ptl[c]
        var frame[Frame]: Info
        var busy: set<Cpu>
        var flags: bits<8>
        var atomic_count: 0..7
        init {
            choose f in Frame
            frame[f].refs = 1
        }
        fun free(f: Frame): bool = frame[f].refs == 0
        fun users(f: Frame): int = count(c in Cpu where pte[c] is mapped(g, _) and g == f)
        ghost handler noticed(c: Cpu) { last = 1 }
        handler claim() -> Frame? {
            atomic("the free list has its own lock") {
                choose f in Frame where frame[f].refs == 0 then frame[f].refs = 1 else { return none }
            }
            return some(f)
        }
        handler fault(c: Cpu, write: bool) {
            lock ptl[c]
            let orig = pte[c]
            match orig {
                none: {}
                mapped(f, writable): {
                    if writable or not write { unlock ptl[c]; return }
                    frame[f].refs += 1
                }
            }
            unlock ptl[c]
            let found = claim()
            guard found is some(new) else { return }
            lock ptl[c]
            if pte[c] == orig and checked { pte[c] = mapped(new, true) }
            unlock ptl[c]
            commit noticed(c)
        }
        process user[c: Cpu] {
            loop again at most rounds {
                choose op in Op
                fault(c, op is store(_))
                busy += c
                await c in busy
                atomic("one counter") { atomic_count = 1 }
                let old = exchange(flags, 0x3)
                if old[1:0] == 0b11 { continue again }
                either { busy -= c } or { tally.add(c) }
                each d in busy { assert known: d in busy }
                var n: 0..7 = 0
                while n < 3 { n += 1 }
                do out { if n == 3 { break out } }
                lock tree shared
                unlock tree
                try lock sleep else { return }
                unlock sleep
                if home == 0 { fail lost: "home is lost" }
            }
        }
        invariant exclusive { all c in Cpu: pte[c] is mapped(f, true) implies users(f) == 1 }
        invariant quiet at rest { all f in Frame: frame[f].refs >= users(f) }
        transition grows { old(atomic_count) <= atomic_count }
        reachable full { all f in Frame: not free(f) }
        scenario small { Cpu = 2, Frame = 2, rounds = 2 }
        variant unchecked on small { checked = false, expect violated exclusive }
        """

    struct Typo: CustomTestStringConvertible {
        let before: String
        let after: String
        let code: String
        var testDescription: String { "\(before) → \(after)" }

        init(_ before: String, _ after: String, _ code: String) {
            self.before = before
            self.after = after
            self.code = code
        }
    }

    static let typos: [Typo] = [
        Typo("import lib.counter", "import lib.conter", "FL0201"),
        Typo("with { Owner = Cpu,", "with { Onwer = Cpu,", "FL0203"),
        Typo("with { Owner = Cpu,", "with {", "FL0320"),
        Typo("Owner = Cpu,", "Owner = Value,", "FL0205"),
        Typo("counted = noticed", "counted = notice", "FL0203"),
        Typo("counted = noticed", "counted = claim", "FL0206"),
        Typo("counted = noticed", "counted = free", "FL0205"),
        Typo("type Value = 0..3", "type Value = 3..0", "FL0209"),
        Typo("store(value: Value)", "store(value: Valeu)", "FL0203"),
        Typo("store(value: Value)", "load(value: Value)", "FL0204"),
        Typo("frame: Frame, writable", "frame: Frme, writable", "FL0203"),
        Typo("0..7 = 0, data", "0..7 = 8, data", "FL0209"),
        Typo("when refs > 0 }", "when ref > 0 }", "FL0203"),
        Typo("when refs > 0 }", "when refs }", "FL0206"),
        Typo("symbolic const home: Value", "symbolic const home: bits<65>", "FL0209"),
        Typo("var sleep: mutex", "var sleep: mutx", "FL0203"),
        Typo("guarded by ptl[c]", "guarded by plt[c]", "FL0203"),
        Typo("guarded by ptl[c]", "guarded by frame[c]", "FL0206"),
        Typo("guarded by ptl[c]", "guarded by ptl", "FL0207"),
        Typo("var busy: set<Cpu>", "var busy: set<0..99>", "FL0214"),
        Typo("var flags: bits<8>", "var flags: bits<88>", "FL0209"),
        Typo("    frame[f].refs = 1\n}", "    frame[f].refs == 1\n}", "FL0110"),
        Typo("    choose f in Frame\n", "    choose f in Fram\n", "FL0203"),
        Typo("= frame[f].refs == 0\n", "= frame[f].refs = 0\n", "FL0110"),
        Typo("fun users(f: Frame): int", "fun users(f: Frame): itn", "FL0203"),
        Typo("mapped(g, _) and g == f)", "mapped(f, _))", "FL0120"),
        Typo("{ last = 1 }", "{ last = true }", "FL0206"),
        Typo("{ last = 1 }", "{ flags = 1 }", "FL0402"),
        Typo("then frame[f].refs = 1 else", "then claim() else", "FL0216"),
        Typo("-> Frame? {", "-> Frame {", "FL0206"),
        Typo("    return some(f)\n", "    some(f)\n", "FL0216"),
        Typo("    return some(f)\n", "", "FL0221"),
        Typo("    lock ptl[c]\n    let", "    lock plt[c]\n    let", "FL0203"),
        Typo("    lock ptl[c]\n    let", "    lock frame[c]\n    let", "FL0206"),
        Typo("    lock ptl[c]\n    let", "    let", "FL0302"),
        Typo("let orig = pte[c]\n", "let orig = pte\n", "FL0207"),
        Typo("        none: {}\n", "", "FL0210"),
        Typo("        none: {}\n", "        nnone: {}\n", "FL0203"),
        Typo("mapped(f, writable): {", "mapped(f): {", "FL0207"),
        Typo("mapped(f, writable): {", "mapped(c, writable): {", "FL0120"),
        Typo("not write { unlock ptl[c]; return }", "not write { return }", "FL0308"),
        Typo("let found = claim()", "let found = clam()", "FL0203"),
        Typo("let found = claim()", "let found = claim(c)", "FL0207"),
        Typo("let found = claim()", "let orig = claim()", "FL0204"),
        Typo("guard found is some(new) else { return }", "guard found is some(new) else { }", "FL0216"),
        Typo("guard found is some(new)", "guard found is mapped(new)", "FL0206"),
        Typo("guard found is some(new)", "guard found is some", "FL0207"),
        Typo("if pte[c] == orig and", "if pte[c] = orig and", "FL0110"),
        Typo("mapped(new, true) }", "mapped(new) }", "FL0207"),
        Typo("mapped(new, true) }", "mapped(new, 1) }", "FL0206"),
        Typo("pte[c] = mapped(new", "orig = mapped(new", "FL0215"),
        Typo("    commit noticed(c)", "    noticed(c)", "FL0216"),
        Typo("    commit noticed(c)", "    commit claim(c)", "FL0205"),
        Typo("    commit noticed(c)", "    last = 1", "FL0215"),
        Typo("loop again at most rounds", "loop again at most busy", "FL0206"),
        Typo("choose op in Op\n", "choose op in rounds\n", "FL0206"),
        Typo("fault(c, op is store(_))", "fault(op is store(_), c)", "FL0206"),
        Typo("fault(c, op is store(_))", "fault(c, op is stor(_))", "FL0203"),
        Typo("busy += c\n", "busy += op\n", "FL0206"),
        Typo("await c in busy", "await busy", "FL0206"),
        Typo("atomic(\"one counter\")", "atomic", "FL0104"),
        Typo("exchange(flags, 0x3)", "exchange(flags)", "FL0207"),
        Typo("exchange(flags, 0x3)", "exchange(flags, 0x300)", "FL0103"),
        Typo("old[1:0] == 0b11", "old[9:0] == 0b11", "FL0209"),
        Typo("continue again", "continue agin", "FL0203"),
        Typo("tally.add(c)", "tally.ad(c)", "FL0203"),
        Typo("tally.add(c)", "taly.add(c)", "FL0203"),
        Typo("tally.add(c)", "tally.count[c] = 1", "FL0321"),
        Typo("each d in busy", "each c in busy", "FL0204"),
        Typo("var n: 0..7 = 0", "let n: 0..7 = 0", "FL0215"),
        Typo("var n: 0..7 = 0", "var n = 0", "FL0219"),
        Typo("while n < 3", "while n", "FL0206"),
        Typo("break out", "break agian", "FL0203"),
        Typo("lock tree shared", "lock sleep shared", "FL0206"),
        Typo("    unlock tree\n", "", "FL0308"),
        Typo("try lock sleep else { return }", "try lock sleep", "FL0104"),
        Typo("home == 0", "hone == 0", "FL0203"),
        Typo("old(atomic_count)", "old(atomic_cuont)", "FL0203"),
        Typo("invariant quiet at rest { all", "invariant quiet at rest { old(flags) == 0; all", "FL0216"),
        Typo("not free(f)", "not fre(f)", "FL0203"),
        Typo("implies users(f) == 1", "implies users == 1", "FL0205"),
        Typo("scenario small { Cpu = 2,", "scenario small { Cpus = 2, Cpu = 2,", "FL0217"),
        Typo("scenario small { Cpu = 2,", "scenario small {", "FL0218"),
        Typo("Frame = 2, rounds = 2", "Frame = 100, rounds = 2", "FL0209"),
        Typo("rounds = 2 }", "rounds = 7 }", "FL0209"),
        Typo("variant unchecked on small", "variant unchecked on smal", "FL0203"),
        Typo("expect violated exclusive", "expect violated exclusiv", "FL0203"),
        Typo(", expect violated exclusive", "", "FL0104"),
        Typo("checked = false", "checked = fasle", "FL0203"),
    ]

    static let library = TestLibrary(folders: [Folders.modules])

    @Test("the spec without typos has no errors")
    func correctSpec() {
        let found = FrontEnd(Self.correct, library: Self.library)
        #expect(found.rendered == "")
    }

    @Test("a typo gives its diagnostic", arguments: typos)
    func typo(_ typo: Typo) throws {
        #expect(Self.correct.components(separatedBy: typo.before).count >= 2, "the spec has no such text")
        let range = try #require(Self.correct.range(of: typo.before))
        let text = Self.correct.replacingCharacters(in: range, with: typo.after)
        let found = FrontEnd(text, library: Self.library)
        #expect(found.errors.contains { $0.code.rawValue == typo.code }, "\(found.rendered)")
        // The place is on a line that the typo touches, or it is told in a note.
        let line = Self.correct[..<range.lowerBound].count { $0 == "\n" } + 1
        let lines = found.errors.filter { $0.code.rawValue == typo.code }.flatMap { error in
            ([error.span] + error.notes.map(\.span)).compactMap { $0 }.map { found.sources.start($0).line }
        }
        let isNear = lines.contains { abs($0 - line) <= 2 }
        let isDistant = ["FL0302", "FL0308", "FL0215", "FL0218", "FL0221", "FL0120"].contains(typo.code)
        #expect(isNear || isDistant, "\(found.rendered)")
        // One slip is told in few words.
        #expect(Set(found.errors.compactMap(\.span)).count <= 4, "\(found.rendered)")
    }
}

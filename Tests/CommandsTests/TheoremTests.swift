import Foundation
import SchemaTestSupport
import Testing

/// Theorems as users meet them.
struct TheoremTests {
    private static let spec = """
        module entries
        record Walk { present: bool, writable: bool, frame: bits<8> }
        const shift: 0..8 = 4
        fun swapped(kind: bits<3>, offset: bits<8>): bits<16> = (bits<16>(offset) << shift) | (bits<16>(kind) << 1)
        fun walk(e: bits<16>): Walk = Walk { present: e[0:0] == 1, writable: e[1:1] == 1, frame: e[11:4] }
        theorem never_present(kind: bits<3>, offset: bits<8>) { not walk(swapped(kind, offset)).present }
        theorem same_offset(offset: bits<8>) {
            walk(swapped(0, offset)).frame == offset
        }
        scenario entries {}
        variant not_shifted on entries { shift = 0, expect violated never_present }
        variant too_far on entries { shift = 7, expect holds }
        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("entries.fl", Self.spec)
        return folder
    }

    @Test("what is true for all values is proved, and the wrong encoding is refuted as expected")
    func proved() throws {
        let folder = try folder()
        let run = try Faultline.run(["check", "entries.fl", "--scenario", "entries"], in: folder)
        #expect(run.out.contains("entries.fl entries: proved, as expected; 2 theorems for all values, "), "\(run.out)")
        #expect(run.out.contains("entries.fl entries/not_shifted: violated never_present, as expected; "))
        #expect(run.status == 1, "too_far is not as expected")
    }

    @Test("a refuted theorem is shown with its parameters, and bit by bit as functions see it")
    func refuted() throws {
        let run = try Faultline.run(["check", "entries.fl", "--variant", "too_far"], in: try folder())
        #expect(run.status == 1)
        #expect(run.out.contains("violated same_offset, expected holds"), "\(run.out)")
        #expect(run.out.contains("theorem same_offset violated   (by the values below)"), "\(run.out)")
        #expect(run.out.contains("offset = 0x"), "\(run.out)")
        #expect(!run.out.contains("initially"), "its values are told once: \(run.out)")
        #expect(run.out.contains("walk(swapped(0, offset)).frame (bits 11:4) = 0x"), "\(run.out)")
        #expect(run.out.contains("walk(swapped(0, offset)).present (bit 0) = false"), "\(run.out)")
    }

    @Test("the report fits its schema, and a written counterexample is replayed")
    func report() throws {
        let folder = try folder()
        let run = try Faultline.run(
            ["check", "entries.fl", "--format", "json", "--write-counterexamples", "traces"], in: folder)
        let report = try JSON(run.out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        #expect(report["runs"]?.elements.first?["theorems"]?.number == 2)
        #expect(report["runs"]?.elements.first?["solving"]?["engine"]?.text == "theorems")
        let replayed = try Faultline.run(["replay", "traces/entries/entries.too_far.same_offset.json"], in: folder)
        #expect(
            replayed.status == 0 && replayed.out.contains("reproduced: same_offset"), "\(replayed.out)\(replayed.err)")
    }

    @Test("beside a search, theorems are proved first, and what holds says how many there were")
    func mixed() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "good.fl",
            Samples.good.replacing("scenario s", with: "theorem same(b: bits<64>) { b ^ b == 0 }\nscenario s"))
        let run = try Faultline.run(["check", "good.fl"], in: folder)
        #expect(run.status == 0 && run.out.contains("; 1 theorem for all values"), "\(run.out)\(run.err)")
    }

    @Test("theorems that nobody asked for are not said to be proved, and nothing holds with a false one")
    func falseBesideOthers() throws {
        let spec = """
            module a
            var x: 0..3
            process p { x = 2 }
            invariant small { x != 2 }
            theorem t(a: bits<4>) { a < 8 }
            scenario s { expect violated small }
            scenario other { expect violated range }
            """
        let found = try Faultline.run("check", on: spec, ["--scenario", "s"])
        #expect(found.status == 0 && !found.out.contains("theorem"), "\(found.out)\(found.err)")
        for engine in ["auto", "bmc", "explicit+z3"] {
            let run = try Faultline.run(
                "check", on: spec.replacing("x != 2", with: "x <= 2"), ["--scenario", "other", "--engine", engine])
            #expect(run.status == 1 && run.out.contains("violated t, expected violated range"), "\(run.out)\(run.err)")
        }
    }

    @Test("a proof of runs beside theorems is one of runs")
    func provedBeside() throws {
        let spec =
            "module a\ndomain P\nvar x: 0..3\nprocess p[i: P] { x = 1 }\ninvariant c { x <= 1 }\n"
            + "theorem t(a: bits<4>) { a + 1 != a }\nscenario s { P = 2 }\n"
        let run = try Faultline.run("check", on: spec, ["--engine", "ic3"])
        #expect(
            run.out.contains("proved for all numbers of steps: P = 2; sequential consistency"), "\(run.out)\(run.err)")
        #expect(run.out.contains(" lemmas, ") && run.out.contains("; 1 theorem for all values"), "\(run.out)")
        let table = try Faultline.run("check", on: spec, ["--engine", "ic3", "--format", "table"])
        #expect(table.out.contains("proved for all numbers of steps: P = 2"), "\(table.out)")
    }

    @Test("without a solver nothing is said of a scenario with theorems, and the reason is given")
    func missing() throws {
        let folder = try folder()
        let run = try withExtendedLifetime(folder) {
            try Faultline.run(
                ["check", "entries.fl", "--scenario", "entries"], in: folder.url,
                environment: ["FAULTLINE_LIBZ3": "/nowhere/libz3.so"])
        }
        #expect(run.status == 2 && run.codes == ["FL0810"], "said once for all configurations: \(run.err)")
        #expect(run.out.contains("3 configurations were not searched"), "\(run.out)")
        #expect(!run.out.contains("proved") && !run.out.contains("holds"), "\(run.out)")
    }

    @Test("symbolic constants of any width are left free where they are too many to try in turn")
    func wideConstants() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "wide.fl",
            """
            module wide
            symbolic const limit: bits<32>
            var x: bits<32>
            process p { x = limit }
            invariant small { x <= 7 }
            scenario s { expect violated small }
            """)
        let run = try Faultline.run(["check", "wide.fl"], in: folder)
        #expect(run.status == 0 && run.out.contains("violated small (1 step), as expected"), "\(run.out)\(run.err)")
        let explicit = try Faultline.run(["check", "wide.fl", "--engine", "explicit"], in: folder)
        #expect(explicit.status == 2 && explicit.codes == ["FL0222"], "\(explicit.err)")
    }
}

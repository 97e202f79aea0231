import Foundation
import Testing

/// What is written beside an answer: the questions to a solver, and a proof.
struct SavedQuestionTests {
    @Test("questions are written where they are wanted")
    func savedQueries() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let run = try Faultline.run(
            ["check", "good.fl", "--scenario", "s", "--engine", "bmc", "--save-queries", "asked"], in: folder)
        #expect(run.status == 0)
        let first = try folder.read("asked/good.fl s 1.smt2")
        #expect(first.contains("(check-sat)"))
        #expect(first.hasPrefix("; good.fl s\n; sat: some run of exactly "), "\(first)")
        let silent = try folder.run("check", "good.fl", "--engine", "explicit", "--save-queries", "asked")
        #expect(silent.status == 2 && silent.err.contains("--save-queries needs an engine that asks"), "\(silent.err)")
    }

    @Test("a question that can't be written is an error, and those of an earlier run are gone")
    func unsavedQueries() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("asked/good.fl s 99.smt2", "old")
        try folder.write("asked/good.fl s 2.smt2/in the way", "")
        let run = try Faultline.run(
            ["check", "good.fl", "--scenario", "s", "--engine", "bmc", "--save-queries", "asked"], in: folder)
        #expect(run.status == 2 && run.codes == ["FL0702"], "\(run.out)\(run.err)")
        #expect(run.err.contains("asked/good.fl s 2.smt2` can't be written"), "\(run.err)")
        #expect(try folder.read("asked/good.fl s 1.smt2").contains("(check-sat)"))
        #expect(throws: (any Error).self) { try folder.read("asked/good.fl s 99.smt2") }
    }

    @Test("an invariant that is broken leaves no proof from before")
    func staleProof() throws {
        let folder = try TemporaryFolder()
        let spec = "module a\nvar x: 0..3\nprocess p { x = 2 }\ninvariant low { x <= 2 }\nscenario s {}\n"
        try folder.write("a.fl", spec)
        let arguments = ["check", "a.fl", "--engine", "ic3", "--save-proof", "proof"]
        let proved = try Faultline.run(arguments, in: folder)
        #expect(proved.status == 0, "\(proved.out)\(proved.err)")
        #expect(try folder.read("proof/a.fl s/0.smt2").contains("unsat"))
        try folder.write("a.fl", spec.replacing("x <= 2", with: "x <= 1"))
        #expect(try Faultline.run(arguments, in: folder).status == 1)
        #expect(throws: (any Error).self) { try folder.read("proof/a.fl s/0.smt2") }
        #expect(throws: (any Error).self) { try folder.read("proof/a.fl s/invariant.txt") }
    }
}

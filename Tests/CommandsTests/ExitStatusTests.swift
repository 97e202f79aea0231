import Foundation
import Testing

@testable import Commands

struct ExitStatusTests {
    struct Case: CustomTestStringConvertible {
        let status: Int32
        let code: String?
        let arguments: [String]
        var testDescription: String { "\(status): \(arguments.joined(separator: " "))" }

        init(_ status: Int32, _ code: String? = nil, _ arguments: String...) {
            self.status = status
            self.code = code
            self.arguments = arguments
        }
    }

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("violated.fl", Samples.violated)
        try folder.write("notfound.fl", Samples.notFound)
        try folder.write("typo.fl", Samples.typo)
        try folder.write("library.fl", Samples.library)
        try folder.write("empty/readme.txt", "")
        return folder
    }

    static let cases: [Case] = [
        Case(0, nil, "check", "good.fl"),
        Case(0, nil, "check", "library.fl"),
        Case(0, nil, "check", "good.fl", "--set", "most=1", "--scenario", "s", "--variant", "wrong", "--help"),
        Case(1, nil, "check", "violated.fl"),
        Case(1, "FL0601", "check", "notfound.fl"),
        Case(2, "FL0203", "check", "typo.fl"),
        Case(2, "FL0701", "check", "missing.fl"),
        Case(2, "FL0701", "check", "empty"),
        Case(2, "FL0703", "check", "good.fl", "--scenario", "nope"),
        Case(2, "FL0703", "check", "good.fl", "--variant", "nope"),
        Case(2, "FL0704", "check", "good.fl", "--bogus"),
        Case(2, "FL0704", "check"),
        Case(2, "FL0704", "check", "good.fl", "--without", "speed"),
        Case(2, "FL0704", "check", "good.fl", "--max-memory", "lots"),
        Case(2, "FL0704", "check", "good.fl", "--max-memory", "99999999999G"),
        Case(2, "FL0704", "check", "good.fl", "--max-time", "soon"),
        Case(2, "FL0704", "check", "good.fl", "--max-states", "0"),
        Case(2, "FL0704", "check", "good.fl", "--store", "disk"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches=-1"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches", "-1"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches", "few"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches", "99999999999999999999"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches"),
        Case(2, "FL0704", "lower", "good.fl", "--max-switches", "1"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches", "1", "--store", "tree"),
        Case(2, "FL0704", "check", "good.fl", "--spill", "missing"),
        Case(2, "FL0704", "check", "good.fl", "--store", "hash", "--max-disk", "1G"),
        Case(2, "FL0704", "check", "good.fl", "--max-switches", "2", "--max-disk", "1G"),
        Case(2, "FL0703", "audit", "good.fl", "--scenario", "nothing"),
        Case(2, "FL0703", "mutate", "good.fl", "--scenario", "nothing"),
        Case(2, "FL0704", "check", "good.fl", "--spill", "good.fl"),
        Case(2, "FL0704", "check", "good.fl", "--no-spill", "--max-disk", "1G"),
        Case(2, "FL0704", "check", "good.fl", "--resume"),
        Case(2, "FL0704", "check", "good.fl", "--checkpoint-every", "1m"),
        Case(2, "FL0704", "check", "good.fl", "--checkpoint", "new", "--checkpoint-every", "often"),
        Case(2, "FL0704", "check", "good.fl", "--checkpoint", "missing", "--resume"),
        Case(2, "FL0704", "check", "good.fl", "--checkpoint", "new", "--store", "hash"),
        Case(2, "FL0704", "check", "good.fl", "--checkpoint", "new", "--max-switches", "2"),
        Case(2, "FL0707", "check", "good.fl", "--checkpoint", "good.fl"),
        Case(2, "FL0704", "check", "good.fl", "--format", "xml"),
        Case(2, "FL0704", "examine", "good.fl"),
        Case(2, "FL0704", "--generate-completion-script", "tcsh"),
        Case(2, "FL0217", "check", "good.fl", "--set", "mots=3"),
        Case(2, nil, "check", "good.fl", "--set", "most"),
        Case(2, nil, "check", "good.fl", "--set", "most=9"),
        Case(2, nil, "check", "good.fl", "--set", "most=}"),
        Case(3, nil, "check", "good.fl", "--max-states", "2"),
        Case(3, nil, "check", "good.fl", "--max-memory", "1"),
        // Several runs: 2 before 1 before 3.
        Case(2, nil, "check", "violated.fl", "typo.fl", "good.fl"),
        Case(2, nil, "check", "typo.fl", "violated.fl"),
        Case(1, nil, "check", "good.fl", "violated.fl", "library.fl"),
        Case(1, nil, "check", "violated.fl", "good.fl", "--max-states", "7"),
    ]

    @Test("each command line ends with the status of the table", arguments: cases)
    func status(_ example: Case) throws {
        let run = try Faultline.run(example.arguments, in: Self.folder())
        #expect(run.status == example.status, "\(run.err)\(run.out)")
        if let code = example.code { #expect(run.codes.contains(code), "\(run.err)") }
        if example.status == 2 { #expect(!run.codes.isEmpty, "\(run.err)") }
    }

    @Test("a violation counts before an inconclusive run, whatever their order")
    func violationBeforeInconclusive() throws {
        let folder = try TemporaryFolder()
        try folder.write("violated.fl", Samples.violated)
        // More states than the limit.
        try folder.write(
            "long.fl",
            Samples.good.replacing("0..5", with: "0..50").replacing("1..5", with: "1..50")
                .replacing("= 2\n", with: "= 40\n").replacing("count <= 2", with: "count <= 50"))
        for files in [["violated.fl", "long.fl"], ["long.fl", "violated.fl"]] {
            let run = try Faultline.run(["check", "--scenario", "s", "--max-states", "20"] + files, in: folder)
            #expect(run.status == 1, "\(run.out)\(run.err)")
            #expect(run.out.contains("inconclusive"))
        }
    }

    @Test("a time limit ends a long search as inconclusive")
    func timeLimit() throws {
        let run = try Faultline.run([
            "check", "--scenario", "m", "--max-time", "0.2s", "Benchmarks/models/page_fault.fl",
            "--without", "symmetry,partial-order,fusion.unlock,fusion.guarded-read",
        ])
        #expect(run.status == 3, "\(run.err)")
        #expect(run.out.contains("the time limit was reached"))
    }

    @Test("of several statuses 70 comes before 2, 1, 3 and 0")
    func worst() {
        let order: [Commands.ExitStatus] = [.asExpected, .inconclusive, .violated, .badInput, .internalError]
        for (index, status) in order.enumerated() {
            #expect(Commands.ExitStatus.worst(of: order.prefix(index + 1)) == status)
            #expect(Commands.ExitStatus.worst(of: order.prefix(index + 1).reversed()) == status)
        }
        #expect(Commands.ExitStatus.worst(of: []) == .asExpected)
    }

    @Test("the table of the documents is the table of the source")
    func documented() throws {
        let document = try Repository.text("docs/exit-codes.md")
        let table = try #require(
            document.components(separatedBy: "| status | meaning |\n|---|---|\n").dropFirst().first)
        let rows = table.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("|") }
        #expect(rows.map(String.init) == ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |" })
    }

    @Test("an internal error is told with what to report")
    func internalError() {
        #expect(ExitStatus.internalError.rawValue == 70)
        #expect(ExitStatus.internalError.meaning.contains("report"))
    }
}

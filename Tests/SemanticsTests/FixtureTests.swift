import Diagnostics
import Foundation
import Testing

/// One small spec per diagnostic, and beside it exactly what is printed for it.
///
/// With `FAULTLINE_WRITE_FIXTURES=1` in the environment the expected texts are written instead: read them before you
/// commit them.
struct FixtureTests {
    static let specs = Folders.files(in: Folders.fixtures, ending: ".fl").filter {
        $0.deletingLastPathComponent().lastPathComponent == "Fixtures"
    }

    @Test("each fixture is reported exactly as it is written beside it", arguments: specs)
    func reportsAsExpected(_ spec: URL) throws {
        let data = try Data(contentsOf: spec)
        let library = TestLibrary(folders: [Folders.modules, Folders.fixtures])
        let found = FrontEnd(SourceText(name: spec.lastPathComponent, utf8: Array(data)), library: library)
        let expectation = spec.deletingPathExtension().appendingPathExtension("txt")
        if ProcessInfo.processInfo.environment["FAULTLINE_WRITE_FIXTURES"] == "1" {
            try found.rendered.write(to: expectation, atomically: true, encoding: .utf8)
        }
        #expect(found.rendered == (try String(contentsOf: expectation, encoding: .utf8)))
        #expect(found.codes.contains(String(spec.lastPathComponent.prefix(6))))
    }

    /// Codes that this part of the tool does not report, and where they are tested.
    static let testedElsewhere: [DiagnosticCode: String] = [
        .badCharacter: "SyntaxTests", .unterminated: "SyntaxTests", .unbalanced: "SyntaxTests",
        .tooDeep: "SyntaxTests", .neverEvaluated: "CommandsTests", .neverExecuted: "CommandsTests",
        .noScenario: "CommandsTests", .expectationNotMet: "CommandsTests", .cannotRead: "CommandsTests",
        .cannotWrite: "CommandsTests", .unknownScenario: "CommandsTests", .badOption: "CommandsTests",
        .notASpec: "CommandsTests", .noDisk: "CommandsTests", .badCheckpoint: "CommandsTests",
        .notSaved: "CommandsTests", .damagedCache: "CommandsTests", .unwritableCache: "CommandsTests",
        .refutedCache: "DifferentialTests", .unknownChanges: "CommandsTests", .badKnownFailures: "CommandsTests",
        .badBaseline: "CommandsTests", .reportNotWritten: "CommandsTests",
        .noGit: "CommandsTests", .noRepository: "CommandsTests", .unknownRevision: "CommandsTests",
        .notInRevision: "CommandsTests", .nothingToCompare: "CommandsTests",
        .branchNeverTaken: "CommandsTests", .premiseNeverHeld: "CommandsTests", .neverAtRest: "CommandsTests",
        .waitNeverOver: "CommandsTests", .boundNeverHit: "CommandsTests", .neverWraps: "CommandsTests",
        .allowsNothing: "CommandsTests",
        .unfitMutationJudge: "CommandsTests", .noMutationJudge: "CommandsTests",
        .slowMutationJudge: "CommandsTests", .staleAllowance: "CommandsTests", .unorderedAccesses: "CommandsTests",
        .citedFileGone: "CommandsTests", .citedFunctionGone: "CommandsTests",
        .citedFunctionChanged: "CommandsTests", .citationNotReviewed: "CommandsTests", .badTrace: "CommandsTests",
        .noSolver: "CommandsTests",
        .internalError: "CommandsTests",
    ]

    @Test("every diagnostic has a fixture, or is tested elsewhere")
    func everyCodeHasAFixture() {
        let covered = Set(Self.specs.map { String($0.lastPathComponent.prefix(6)) })
        for code in DiagnosticCode.allCases {
            let isCovered = covered.contains(code.rawValue)
            let isElsewhere = Self.testedElsewhere[code] != nil
            #expect(isCovered != isElsewhere, "\(code.rawValue) \(code)")
        }
    }
}

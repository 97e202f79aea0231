import Foundation
import Testing

/// The scores that the documents state. Takes minutes.
struct MutationScoreTests {
    static let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] != nil

    @Test("the scores of the specs are those of the documents", .enabled(if: isSlow))
    func scores() throws {
        let executable = try Faultline.executable().path
        let run = try Faultline.shell(
            "cd \(Repository.root.path) && scripts/mutation-scores \(executable)", in: try TemporaryFolder())
        #expect(run.out == (try Repository.text("docs/mutation-scores.md")))
    }
}

import Testing

@testable import Exploration

@Suite("What workers have found, taken together")
struct SearchTallyTests {
    @Test("a run is known to be shortest only where all states are expanded whose own violations would be shorter")
    func shortest() {
        var tally = SearchTally(judgements: 1)
        #expect(tally.hasAllViolations(before: 0))
        #expect(!tally.hasAllViolations(before: 1))
        tally.completeDepth = 4
        #expect(tally.hasAllViolations(before: 5))
        #expect(!tally.hasAllViolations(before: 6))
    }
}

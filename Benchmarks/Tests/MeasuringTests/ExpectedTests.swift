import Testing

@testable import Measuring

struct ExpectedTests {
    private let exact = Expected(.holds, states: 10, transitions: 20, depth: 5)

    @Test("figures that a tool does not print are not compared")
    func absent() {
        #expect(exact.problems(with: Outcome(.holds, states: 10, transitions: 20)).isEmpty)
    }

    @Test("each wrong figure is a problem")
    func wrong() {
        #expect(
            exact.problems(with: Outcome(.holds, states: 11, transitions: 20, depth: 4))
                == ["states: expected 10, found 11", "depth: expected 5, found 4"])
    }

    @Test("a bug that is not found, or by another property, is a problem")
    func verdicts() {
        let bug = Expected(.violated(names: ["content"]), steps: 19)
        #expect(bug.problems(with: Outcome(.violated("content"), steps: 19)).isEmpty)
        #expect(bug.problems(with: Outcome(.violated(nil))).isEmpty)
        #expect(bug.problems(with: Outcome(.violated("slots"))) == ["violated slots, expected content"])
        #expect(bug.problems(with: Outcome(.holds)) == ["the planted bug was not found"])
        #expect(bug.problems(with: Outcome(.violated("content"), steps: 20)).count == 1)
    }

    @Test("a search that is not complete is never right")
    func incomplete() {
        #expect(exact.problems(with: Outcome(.incomplete("memory"))) == ["the search is incomplete: memory"])
        #expect(exact.problems(with: Outcome(.violated("content"))).count == 1)
    }
}

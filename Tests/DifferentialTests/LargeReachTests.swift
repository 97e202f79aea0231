import Exploration
import Model
import Testing

/// What is looked for in layers that threads share, and what is given up before the last of them.
@Suite("Reach of large searches")
struct LargeReachTests {
    /// Three layers of 202,500 states; one state of each takes the way that is rare.
    private static let spec = """
        module late
        type Part = 0..449
        var x: Part
        var y: Part
        var first: bool
        var second: bool
        process p {
            atomic("all values") { choose a in Part, b in Part; x = a; y = b }
            atomic("look") { if x == 449 and y == 448 { first = true } }
            atomic("look again") { if x == 400 and y == 17 { second = true } }
        }
        invariant fine { (first implies x == 449) and (second implies x == 400) }
        scenario all {}
        """

    private func reach(threads: Int, unwanted: Bool) throws -> Reach {
        let model = try #require(Prepared(Self.spec)).plain.model
        var options = SearchOptions()
        options.threads = threads
        options.surveysReach = true
        if unwanted { options.unwantedMarks = Set(model.marks) }
        return try #require(try explore(model, options).reach)
    }

    @Test("a way that one state of many takes is found, by any number of threads")
    func rare() throws {
        let alone = try reach(threads: 1, unwanted: false)
        #expect(alone.marks == alone.possible && alone.unsought.isEmpty)
        for threads in 2...3 { #expect(try reach(threads: threads, unwanted: false) == alone) }
    }

    @Test("what nobody wants is given up before the same layer, and is then neither reached nor missing")
    func givenUp() throws {
        let alone = try reach(threads: 1, unwanted: true)
        #expect(alone.unsought.count == 5, "the last step: a block, a question, its two ways, an assignment")
        #expect(alone.marks == alone.possible && alone.possible.isDisjoint(with: alone.unsought))
        for threads in 2...3 { #expect(try reach(threads: threads, unwanted: true) == alone) }
    }
}

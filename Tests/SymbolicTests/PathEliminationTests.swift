import SMT
import Testing

/// Variables that are eliminated: what is left says the same of the others, by trying all values.
@Suite("Elimination of variables")
struct PathEliminationTests {
    private static let width = 3

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static func condition(_ graph: TermGraph, _ random: inout Numbers) -> Term {
        let terms =
            ["x", "x", "a", "b"].map { graph.variable($0, width: width) }
            + [0, 1, 5, 7].map { graph.bits($0, width: width) }
            + [graph.arithmetic(.add, graph.variable("a", width: width), graph.bits(1, width: width))]
        let (a, b) = (
            terms[Int.random(in: 0..<terms.count, using: &random)],
            terms[Int.random(in: 0..<terms.count, using: &random)]
        )
        let made =
            switch Int.random(in: 0...4, using: &random) {
            case 0: graph.compare(.below, a, b)
            case 1: graph.compare(.belowOrEqual, a, b)
            case 2: graph.compare(.less, a, b)
            default: graph.equal(a, b)
            }
        return Bool.random(using: &random) ? graph.not(made) : made
    }

    @Test("what is left holds where some value of the variable does", arguments: 0..<400)
    func exact(seed: Int) {
        var random = Numbers(state: UInt64(seed) &* 7919 &+ 11)
        let graph = TermGraph()
        let conditions = (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.condition(graph, &random) }
        let variable = graph.variable("x", width: Self.width)
        guard let left = graph.conditions(conditions, without: variable) else { return }
        #expect(!left.contains { graph.variables(of: $0).contains(variable) })
        let whole = graph.and(conditions)
        for (a, b) in (0..<8).flatMap({ a in (0..<8).map { (a, $0) } }) as [(UInt64, UInt64)] {
            let isPossible = (0..<8).contains { (x: UInt64) in
                graph.values(of: [whole], Assignment(["a": a, "b": b, "x": x])) == [1]
            }
            let isLeft = graph.values(of: [graph.and(left)], Assignment(["a": a, "b": b])) == [1]
            #expect(isPossible == isLeft, "seed \(seed): a = \(a), b = \(b)")
        }
    }

    @Test("many conditions are simple enough")
    func coverage() {
        let eliminated = (0..<400).count { seed in
            var random = Numbers(state: UInt64(seed) &* 7919 &+ 11)
            let graph = TermGraph()
            let conditions = (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.condition(graph, &random) }
            return graph.conditions(conditions, without: graph.variable("x", width: Self.width)) != nil
        }
        #expect(eliminated > 200, "\(eliminated)")
    }
}

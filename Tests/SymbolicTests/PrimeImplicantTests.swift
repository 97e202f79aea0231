import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// Conditions in few words, against all values of their variables.
@Suite("Prime implicants", .enabled(if: Solvers.z3 != nil, "there is no libz3"))
struct PrimeImplicantTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private let context = PathContext(RandomModel.make(seed: 1))
    private var graph: TermGraph { context.graph }
    private static let names = ["p", "q", "r"]
    private static let width = 2
    private static let points: [Assignment] = (0..<64).map { (code: UInt64) in
        Assignment(["p": code & 3, "q": code >> 2 & 3, "r": code >> 4])
    }

    private func word(_ depth: Int, _ random: inout Numbers) -> Term {
        if depth > 0, Int.random(in: 0...3, using: &random) == 0 {
            return graph.conditional(
                condition(depth - 1, &random), word(depth - 1, &random), word(depth - 1, &random))
        }
        return Bool.random(using: &random)
            ? graph.variable(Self.names.randomElement(using: &random) ?? "p", width: Self.width)
            : graph.bits(UInt64.random(in: 0...3, using: &random), width: Self.width)
    }

    private func condition(_ depth: Int, _ random: inout Numbers) -> Term {
        guard depth > 0 else {
            let (a, b) = (word(1, &random), word(1, &random))
            return Bool.random(using: &random) ? graph.equal(a, b) : graph.compare(.below, a, b)
        }
        let parts = (0..<3).map { _ in condition(depth - 1, &random) }
        switch Int.random(in: 0...3, using: &random) {
        case 0: return graph.and(parts)
        case 1: return graph.or(parts)
        case 2: return graph.not(parts[0])
        default: return graph.conditional(parts[0], parts[1], parts[2])
        }
    }

    private func truths(_ condition: Term) -> [Bool] {
        Self.points.map { graph.values(of: [condition], $0) == [1] }
    }

    private func joined(_ cubes: [[Term]]) -> Term { graph.or(cubes.map { graph.and($0) }) }

    @Test("alternatives say what the condition says, and none has a part that says nothing", arguments: 0..<120)
    func same(seed: Int) throws {
        var random = Numbers(state: UInt64(seed) &* 7919 &+ 3)
        let condition = condition(2, &random)
        let conditions = PathConditions(context, try #require(Solvers.z3), SolverLimits())
        if let cubes = graph.cubes(of: condition, most: 128) {
            #expect(truths(joined(cubes)) == truths(condition), "seed \(seed)")
        }
        guard let primes = try PrimeImplicants(conditions, known: []).cubes(of: condition) else { return }
        let truths = truths(condition)
        #expect(self.truths(joined(primes)) == truths, "seed \(seed)")
        for cube in primes {
            let others = joined(primes.filter { $0 != cube })
            #expect(primes.count == 1 || self.truths(others) != truths, "seed \(seed): one alternative is too many")
            for part in cube where cube.count > 1 {
                let less = self.truths(graph.and(cube.filter { $0 != part }))
                #expect(zip(less, truths).contains { $0 && !$1 }, "seed \(seed): a part is too many")
            }
        }
    }

    @Test("most conditions have few enough alternatives, and what they say is in fewer words")
    func coverage() throws {
        let conditions = PathConditions(context, try #require(Solvers.z3), SolverLimits())
        var (shorter, given) = (0, 0)
        for seed in 0..<60 {
            var random = Numbers(state: UInt64(seed) &* 7919 &+ 3)
            let condition = condition(2, &random)
            guard let cubes = graph.cubes(of: condition, most: 128),
                let primes = try PrimeImplicants(conditions, known: []).cubes(of: condition)
            else { continue }
            given += 1
            if primes.joined().count < cubes.joined().count { shorter += 1 }
        }
        #expect(given > 40 && shorter > 15, "\(shorter) of \(given)")
    }

    @Test("the one value that is left is named")
    func last() throws {
        let conditions = PathConditions(context, try #require(Solvers.z3), SolverLimits())
        let p = graph.variable("p", width: Self.width)
        let others = [0, 1, 3].map { graph.not(graph.equal(p, graph.bits($0, width: Self.width))) }
        let cubes = try PrimeImplicants(conditions, known: []).cubes(of: graph.and(others))
        #expect(cubes == [[graph.equal(p, graph.bits(2, width: Self.width))]])
    }
}

import ModelTestSupport
import Testing

@testable import SMT

/// Conditions that are said in numbers are true for the same values as before.
@Suite("Conditions in numbers")
struct NumberConditionsTests {
    private struct Sample {
        let graph = TermGraph()
        var random: SeededNumbers

        init(seed: UInt64) { random = SeededNumbers(seed) }

        private static let widths = ["a": 3, "b": 3, "c": 4]

        mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

        var variables: [Term] { Self.widths.sorted { $0.key < $1.key }.map { graph.variable($0.key, width: $0.value) } }

        /// A sum of words, or of numbers in 64 bits.
        private mutating func sum(_ width: Int, depth: Int) -> Term {
            if depth == 0 {
                return number(0...2) == 0
                    ? graph.bits(UInt64(bitPattern: Int64(number(-20...20))), width: width)
                    : graph.extended(variables[number(0...2)], to: width)
            }
            let a = sum(width, depth: depth - 1)
            switch number(0...5) {
            case 0: return graph.arithmetic(.subtract, a, sum(width, depth: depth - 1))
            case 1: return graph.arithmetic(.multiply, a, graph.bits(UInt64(number(0...3)), width: width))
            case 2: return graph.negate(a)
            // A word that is kept, and then counted with.
            case 3: return graph.extended(graph.extract(a, low: 0, width: min(width, 4)), to: width)
            default: return graph.arithmetic(.add, a, sum(width, depth: depth - 1))
            }
        }

        mutating func condition(depth: Int) -> Term {
            if depth > 0 {
                let parts = [condition(depth: depth - 1), condition(depth: depth - 1)]
                return number(0...1) == 0 ? graph.and(parts) : graph.not(graph.or(parts))
            }
            let width = [3, 4, 5, 64][number(0...3)]
            let (a, b) = (sum(width, depth: number(0...3)), sum(width, depth: number(0...2)))
            let comparison = [Comparison.below, .belowOrEqual, .less, .lessOrEqual][number(0...3)]
            return number(0...6) == 0 ? graph.equal(a, b) : graph.compare(comparison, a, b)
        }

        func values(of term: Term) -> [UInt64] {
            var found: [UInt64] = []
            for a in 0..<8 as Range<UInt64> {
                for b in 0..<8 as Range<UInt64> {
                    for c in 0..<16 as Range<UInt64> {
                        found += graph.values(of: [term], Assignment(["a": a, "b": b, "c": c]))
                    }
                }
            }
            return found
        }
    }

    @Test("what a sum takes away again has no say in its ends", arguments: [Comparison.less, .lessOrEqual])
    func partsThatGo(comparison: Comparison) {
        let graph = TermGraph()
        let a = graph.extended(graph.variable("a", width: 3), to: 64)
        func number(_ value: Int64) -> Term { graph.bits(UInt64(bitPattern: value), width: 64) }
        let (three, two) = (graph.arithmetic(.multiply, a, number(3)), graph.arithmetic(.multiply, a, number(2)))
        for constant in [-9, -5, 0, 5, 9] as [Int64] {
            let sum = graph.arithmetic(.add, graph.arithmetic(.subtract, three, two), number(constant))
            for condition in [graph.compare(comparison, number(0), sum), graph.compare(comparison, sum, number(0))] {
                let told = graph.inNumbers(condition, numbers: [])
                for value in 0..<8 as Range<UInt64> {
                    let assignment = Assignment(["a": value])
                    #expect(graph.values(of: [told], assignment) == graph.values(of: [condition], assignment))
                }
            }
        }
    }

    @Test("are true for the same values, whether variables are words or numbers", arguments: 0..<8)
    func same(group: Int) {
        var changed = 0
        for seed in 0..<60 {
            var sample = Sample(seed: UInt64(group * 60 + seed))
            let condition = sample.condition(depth: sample.number(0...1))
            let numbers = sample.number(0...1) == 0 ? [] : Set(sample.variables)
            let told = sample.graph.inNumbers(condition, numbers: numbers)
            #expect(sample.values(of: told) == sample.values(of: condition), "seed \(group * 60 + seed)")
            if told != condition { changed += 1 }
        }
        #expect(changed > 4, "\(changed)")
    }
}

import ModelTestSupport
import Testing

@testable import SMT

/// Terms are simplified as they are made: held to a plain calculation, and to Z3, on random terms.
@Suite("Terms")
struct TermTests {
    /// A random term, and its value by plain calculation.
    private struct Sample {
        let graph: TermGraph
        var random: SeededNumbers
        let assignment: Assignment

        init(seed: UInt64, graph: TermGraph) {
            self.graph = graph
            random = SeededNumbers(seed)
            var values: [String: UInt64] = [:]
            for width in 0...6 {
                for name in ["a", "b"] { values["\(name)\(width)"] = random.next() & .mask(max(1, width)) }
            }
            assignment = Assignment(values)
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

        private mutating func leaf(_ width: Int) -> (Term, UInt64) {
            if number(0...2) == 0 {
                let value = random.next() & .mask(max(1, width))
                return (width == 0 ? graph.truth(value == 1) : graph.bits(value, width: width), value)
            }
            let name = "\(["a", "b"][number(0...1)])\(width)"
            return (graph.variable(name, width: width), assignment.values[name, default: 0])
        }

        /// - Parameter width: 0 for Bool, else up to 6.
        mutating func term(_ width: Int, depth: Int) -> (Term, UInt64) {
            if depth == 0 { return leaf(width) }
            return width == 0 ? truth(depth - 1) : bits(width, depth - 1)
        }

        private mutating func truth(_ depth: Int) -> (Term, UInt64) {
            let width = number(1...6)
            switch number(0...6) {
            case 0:
                let (a, x) = term(0, depth: depth)
                return (graph.not(a), 1 - x)
            case 1, 2:
                let parts = (0..<number(1...3)).map { _ in term(0, depth: depth) }
                let isAnd = number(0...1) == 0
                let value = isAnd ? parts.allSatisfy { $0.1 == 1 } : parts.contains { $0.1 == 1 }
                return (isAnd ? graph.and(parts.map(\.0)) : graph.or(parts.map(\.0)), value ? 1 : 0)
            case 3: return conditional(0, depth)
            case 4:
                let kind = number(0...1) * width
                let ((a, x), (b, y)) = (term(kind, depth: depth), term(kind, depth: depth))
                return (graph.equal(a, b), x == y ? 1 : 0)
            default:
                let ((a, x), (b, y)) = (term(width, depth: depth), term(width, depth: depth))
                let comparison = [Comparison.below, .belowOrEqual, .less, .lessOrEqual][number(0...3)]
                return (graph.compare(comparison, a, b), comparison.holds(x, y, width: width) ? 1 : 0)
            }
        }

        private mutating func conditional(_ width: Int, _ depth: Int) -> (Term, UInt64) {
            let ((c, z), (a, x), (b, y)) = (term(0, depth: depth), term(width, depth: depth), term(width, depth: depth))
            return (graph.conditional(c, a, b), z == 1 ? x : y)
        }

        private mutating func bits(_ width: Int, _ depth: Int) -> (Term, UInt64) {
            switch number(0...5) {
            case 0: return conditional(width, depth)
            case 1:
                let (a, x) = term(width, depth: depth)
                return number(0...1) == 0
                    ? (graph.complement(a), ~x & .mask(width)) : (graph.negate(a), (0 &- x) & .mask(width))
            case 2 where width > 1:
                let low = number(1...width - 1)
                let ((a, x), (b, y)) = (term(width - low, depth: depth), term(low, depth: depth))
                return (graph.concat(a, b), x << UInt64(low) | y)
            case 3:
                let whole = number(width...6)
                let low = number(0...whole - width)
                let (a, x) = term(whole, depth: depth)
                return (graph.extract(a, low: low, width: width), x >> UInt64(low) & .mask(width))
            default:
                let all = [Arithmetic.add, .subtract, .multiply, .and, .or, .xor, .shiftLeft, .shiftRight]
                let operation = all[number(0...7)]
                let ((a, x), (b, y)) = (term(width, depth: depth), term(width, depth: depth))
                return (graph.arithmetic(operation, a, b), operation.apply(x, y, width: width))
            }
        }
    }

    @Test("are cut once, however often they are shared")
    func sharedCuts() {
        let graph = TermGraph()
        var term = graph.variable("x", width: 32)
        // Written out, the last would have 2^200 parts.
        for round in 1...200 {
            term = graph.arithmetic(.xor, term, graph.arithmetic(.add, term, graph.bits(UInt64(round), width: 32)))
        }
        let cut = graph.extract(term, low: 0, width: 5)
        let values = Assignment(["x": 77])
        #expect(graph.values(of: [cut], values)[0] == graph.values(of: [term], values)[0] & 31)
    }

    @Test("stay what they are whatever is said on top")
    func comments() {
        #expect(Query.heading(["a\n(assert false)", "b\r\nc"]) == "; a (assert false)\n; b c\n")
    }

    @Test("have the value that plain calculation gives", arguments: 0..<20)
    func calculation(group: Int) {
        let graph = TermGraph()
        for seed in 0..<200 {
            var sample = Sample(seed: UInt64(group * 200 + seed), graph: graph)
            let (term, value) = sample.term(sample.number(0...6), depth: 4)
            #expect(graph.values(of: [term], sample.assignment) == [value], "seed \(group * 200 + seed)")
        }
    }

    @Test("keep their value when variables are replaced by what they stand for")
    func substitution() {
        let graph = TermGraph()
        for seed in 0..<500 {
            var sample = Sample(seed: UInt64(seed), graph: graph)
            let (term, value) = sample.term(sample.number(0...6), depth: 4)
            var replacements: [Term: Term] = [:]
            for (name, value) in sample.assignment.values where name.hasPrefix("a") {
                let width = Int(name.dropFirst()) ?? 0
                replacements[graph.variable(name, width: width)] =
                    width == 0 ? graph.truth(value == 1) : graph.bits(value, width: width)
            }
            var substitution = Substitution(graph, replacements)
            let replaced = substitution(term)
            #expect(graph.values(of: [replaced], sample.assignment) == [value], "seed \(seed)")
        }
    }

    @Test("mean to Z3 what they mean here", .enabled(if: Solvers.z3 != nil))
    func solver() throws {
        let solver = try #require(Solvers.z3)
        for seed in 0..<150 {
            let graph = TermGraph()
            var sample = Sample(seed: UInt64(seed), graph: graph)
            let (term, value) = sample.term(sample.number(0...6), depth: 4)
            var facts = sample.assignment.values.sorted { $0.key < $1.key }.map { name, value in
                let width = Int(name.dropFirst()) ?? 0
                let variable = graph.variable(name, width: width)
                return graph.equal(variable, width == 0 ? graph.truth(value == 1) : graph.bits(value, width: width))
            }
            let constant = term.isBool ? graph.truth(value == 1) : graph.bits(value, width: term.width)
            facts.append(graph.not(graph.equal(term, constant)))
            #expect(solver.check(Query(graph, facts), SolverLimits()) == .unsatisfiable, "seed \(seed)")
        }
    }
}

import SMT

/// Says a condition in few words: as few alternatives, each of as few parts as can be (prime implicants; Quine, *The Problem
/// of Simplifying Truth Functions*, 1952), as far as leaving out one after the other comes.
///
/// A part that only some cases have, such as the value of an optional, is said together with the case.
struct PrimeImplicants {
    /// A case that must be said where a part is.
    struct Guard: Hashable {
        /// The number of the case.
        let tag: Term
        let cases: [UInt64]
        let count: Int
        /// A case around it without which it does not matter.
        var within: Term?
    }

    private let conditions: PathConditions
    private let graph: TermGraph
    /// What is true anyway.
    private let known: [Term]
    /// Of a part of an alternative, from outside in.
    private let guards: (Term) -> [Guard]
    private let queriesBefore: Int

    private static let mostCubes = 128
    private static let mostQueries = 1000

    init(_ conditions: PathConditions, known: [Term], guards: @escaping (Term) -> [Guard] = { _ in [] }) {
        (self.conditions, self.known, self.guards) = (conditions, known, guards)
        (graph, queriesBefore) = (conditions.graph, conditions.queries)
    }

    /// There are no words for it.
    private struct TooMany: Error {}

    /// Nil where there are too many alternatives, or a limit ends the search for words. Costs a thousand queries at most.
    func cubes(of condition: Term) -> [[Term]]? {
        guard let few = try? withoutIdleConjuncts(condition), let all = graph.cubes(of: few, most: Self.mostCubes),
            let primes = try? primes(all, condition)
        else { return nil }
        return try? primes.map { cube in
            // What a case has is said behind the case.
            try naming(cube).enumerated().sorted {
                (guards($0.element).count, $0.offset) < (guards($1.element).count, $1.offset)
            }.map(\.element)
        }
    }

    private func implies(_ cube: [Term], _ condition: Term) throws -> Bool {
        guard conditions.queries - queriesBefore < Self.mostQueries else { throw TooMany() }
        try conditions.poll()
        return try !conditions.arePossible(cube + known + [graph.not(condition)])
    }

    /// Each way to a violation without what it has met on the way and does not need: far fewer alternatives.
    private func withoutIdleConjuncts(_ condition: Term) throws -> Term {
        var few = graph.no
        for way in graph.alternatives(of: condition) where try !implies([way], few) {
            few = graph.or(few, graph.and(try prime(graph.conjuncts(of: way), condition) { _ in true }))
        }
        return few
    }

    private func primes(_ cubes: [[Term]], _ condition: Term) throws -> [[Term]]? {
        var primes: [[Term]] = []
        for cube in cubes {
            guard let guarded = try guarded(cube, condition) else { return nil }
            for one in guarded where try !implies(one, graph.or(primes.map(graph.and))) {
                primes.append(try prime(one, condition) { missing($0) == nil })
            }
        }
        for cube in primes where primes.count > 1 {
            let others = primes.filter { $0 != cube }
            if try implies(cube, graph.or(others.map(graph.and))) { primes = others }
        }
        return primes
    }

    // MARK: Cases

    private func tag(_ one: Guard, is number: UInt64) -> Term {
        graph.equal(one.tag, graph.bits(number, width: one.tag.width))
    }

    /// The first case of which an alternative has a part, and does not say it.
    private func missing(_ cube: [Term]) -> Guard? {
        cube.lazy.flatMap(guards).first { one in
            one.within.map(cube.contains) ?? true && !one.cases.contains { cube.contains(tag(one, is: $0)) }
        }
    }

    /// An alternative for each case that it may be, where it has parts of some; those first. Nil where it takes what
    /// other cases have in the same bits.
    private func guarded(_ cube: [Term], _ condition: Term) throws -> [[Term]]? {
        guard let one = missing(cube) else { return [cube] }
        var result: [[Term]] = []
        for number in 0..<UInt64(one.count) {
            var parts = [tag(one, is: number)] + cube.filter { $0 != tag(one, is: number) }
            guard try conditions.arePossible(parts + known) else { continue }
            if !one.cases.contains(number) {
                // In most cases it is 0 there, and says nothing.
                parts.removeAll { guards($0).contains(one) }
                guard try implies(parts, condition) else { return nil }
            }
            guard let further = try guarded(parts, condition) else { return nil }
            result += further
        }
        return result
    }

    // MARK: Fewer parts

    /// Without the parts that it does not need to imply the condition: first those of cases, then those that were made last.
    private func prime(_ cube: [Term], _ condition: Term, _ isWhole: ([Term]) -> Bool) throws -> [Term] {
        var kept = cube
        for part in cube.filter({ !guards($0).isEmpty }) + cube.filter({ guards($0).isEmpty }).reversed()
        where kept.count > 1 {
            let less = kept.filter { $0 != part }
            if isWhole(less), try implies(less, condition) { kept = less }
        }
        return kept
    }

    /// Names the one value that is left, instead of those that something is not.
    private func naming(_ cube: [Term]) throws -> [Term] {
        var cube = cube
        let subjects = cube.compactMap(excluded)
        for subject in Set(subjects).sorted(by: { $0.number < $1.number })
        where subjects.count(where: { $0 == subject }) > 1 {
            guard let values = try conditions.values(graph.and(cube + known)),
                let value = graph.values(of: [subject], values).first
            else { continue }
            let equation = graph.equal(subject, graph.bits(value, width: subject.width))
            if try implies(cube, equation) { cube = [equation] + cube.filter { excluded($0) != subject } }
        }
        return cube
    }

    /// What is said not to be some constant.
    private func excluded(_ part: Term) -> Term? {
        guard let (a, b) = graph.sides(ofEquation: graph.not(part)) else { return nil }
        if graph.constant(b) != nil { return a }
        return graph.constant(a) != nil ? b : nil
    }
}

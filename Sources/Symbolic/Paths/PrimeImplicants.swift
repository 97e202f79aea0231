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
    }

    private let conditions: PathConditions
    private let graph: TermGraph
    /// What is true anyway.
    private let known: [Term]
    /// Of a part of an alternative, from outside in.
    private let guards: (Term) -> [Guard]

    private static let mostCubes = 128
    private static let mostQueries = 1000

    init(_ conditions: PathConditions, known: [Term], guards: @escaping (Term) -> [Guard] = { _ in [] }) {
        (self.conditions, self.known, self.guards) = (conditions, known, guards)
        graph = conditions.graph
    }

    /// Nil where there are too many alternatives.
    func cubes(of condition: Term) throws(PathStop) -> [[Term]]? {
        guard let all = graph.cubes(of: condition, most: Self.mostCubes) else { return nil }
        let before = conditions.queries
        var primes: [[Term]] = []
        for cube in all {
            guard let guarded = try guarded(cube, condition) else { return nil }
            for guarded in guarded where try !implies(guarded, graph.or(primes.map(graph.and))) {
                guard conditions.queries - before < Self.mostQueries else { return nil }
                primes.append(try prime(guarded, condition))
            }
        }
        for cube in primes where primes.count > 1 {
            let others = primes.filter { $0 != cube }
            if try implies(cube, graph.or(others.map(graph.and))) { primes = others }
        }
        var named: [[Term]] = []
        for cube in primes { named.append(try naming(cube)) }
        return named
    }

    private func implies(_ cube: [Term], _ condition: Term) throws(PathStop) -> Bool {
        try !conditions.arePossible(cube + known + [graph.not(condition)])
    }

    // MARK: Cases

    private func tag(_ one: Guard, is number: UInt64) -> Term {
        graph.equal(one.tag, graph.bits(number, width: one.tag.width))
    }

    /// The first case of which an alternative has a part, and does not say it.
    private func missing(_ cube: [Term]) -> Guard? {
        cube.lazy.flatMap(guards).first { one in !one.cases.contains { cube.contains(tag(one, is: $0)) } }
    }

    /// An alternative for each case that it may be, where it has parts of some; those first. Nil where it takes what
    /// other cases have in the same bits.
    private func guarded(_ cube: [Term], _ condition: Term) throws(PathStop) -> [[Term]]? {
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
    private func prime(_ cube: [Term], _ condition: Term) throws(PathStop) -> [Term] {
        var kept = cube
        for part in cube.filter({ !guards($0).isEmpty }) + cube.filter({ guards($0).isEmpty }).reversed()
        where kept.count > 1 {
            let less = kept.filter { $0 != part }
            if missing(less) == nil, try implies(less, condition) { kept = less }
        }
        return kept
    }

    /// Names the one value that is left, instead of those that something is not.
    private func naming(_ cube: [Term]) throws(PathStop) -> [Term] {
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

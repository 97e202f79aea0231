/// Reachable states, and which of them have what.
///
/// Costs a bit for each state and each value of a part, and for each pair of wide parts.
struct SampleIndex {
    let parts: StateParts
    private(set) var count = 0
    /// By part: where the sets of its values begin in ``narrow``; wide parts have none.
    private let firsts: [Int]
    private var narrow: [StateSet]
    /// Of wide parts: where they are 0, and where two of them are the same; and where they are there at all.
    private var wide: [StateLiteral: StateSet] = [:]
    private var there: [Int: StateSet] = [:]
    /// Each sampled state stands for all that these make of it.
    private let renamings: [ElementRenaming]
    private let memory = Memory()

    /// What has been worked out since the last state came.
    private final class Memory {
        var states: [StateLiteral: LiteralStates] = [:]
        /// Pairs of literals: whether no state has both.
        var areDisjoint: [[StateLiteral]: Bool] = [:]
    }

    init(_ parts: StateParts, _ renamings: [ElementRenaming]) {
        self.parts = parts
        self.renamings = renamings
        var (firsts, count): ([Int], Int) = ([], 0)
        for part in parts.all {
            firsts.append(count)
            count += part.isWide ? 0 : 1 << part.width
        }
        self.firsts = firsts
        narrow = Array(repeating: StateSet(), count: count)
    }

    /// Adds a state, as the codes of its cells.
    mutating func add(_ cells: [UInt64]) {
        if !memory.states.isEmpty { memory.states = [:] }
        if !memory.areDisjoint.isEmpty { memory.areDisjoint = memory.areDisjoint.filter { !$0.value } }
        for (number, part) in parts.all.enumerated() {
            guard let value = part.value(ofCell: cells[part.cell]) else { continue }
            if part.isWide {
                there[number, default: StateSet()].insert(count)
                if value == 0 { wide[.has(number, 0), default: StateSet()].insert(count) }
            } else {
                narrow[firsts[number] + Int(value)].insert(count)
            }
        }
        for (a, b) in parts.pairs where parts.holds(.same(a, b), in: cells) {
            wide[.same(a, b), default: StateSet()].insert(count)
        }
        count += 1
    }

    // MARK: Exclusion

    /// Some short lists of literals of a state that no sampled state has all together; none where one has all literals of the
    /// state.
    ///
    /// The more states have each literal, the more is excluded: pairs of common literals come first. Where no pair will do,
    /// literals are left out one after the other, rare ones first; and a list is made of those that leave the fewest states.
    func exclusions(of cells: [UInt64], most: Int) -> [[StateLiteral]] {
        let all = parts.literals(of: cells).sorted { size($0) < size($1) }
        if let never = all.first(where: { size($0) == 0 }) { return [[never]] }
        let pairs = disjointPairs(all)
        if !pairs.isEmpty { return Array(pairs.prefix(most)) }
        guard isExcluded(all) else { return [] }
        // Short lists first, and of those the ones whose rarest literal is the most common.
        let lists = all.indices.prefix(Self.starts).map { start in
            shortened(greedy([all[start]] + all[..<start] + all[(start + 1)...]))
        }
        func weight(_ list: [StateLiteral]) -> Int { list.map { size($0) }.min() ?? 0 }
        let ranked = lists.sorted { ($0.count, weight($1)) < ($1.count, weight($0)) }
        return ranked.reduce(into: []) { result, list in
            if result.count < most, !result.contains(where: { Set($0) == Set(list) }) { result.append(list) }
        }
    }

    private static let starts = 6

    /// Pairs that no state has, those with the most states on both sides first, each literal in one of them.
    private func disjointPairs(_ literals: [StateLiteral]) -> [[StateLiteral]] {
        var found: [(a: Int, b: Int, weight: Int)] = []
        for b in literals.indices {
            for a in literals.indices.prefix(b) where areDisjoint(literals[a], literals[b]) {
                found.append((a, b, size(literals[a])))
            }
        }
        found.sort { ($1.weight, $0.a, $0.b) < ($0.weight, $1.a, $1.b) }
        var used: Set<Int> = []
        return found.compactMap { pair in
            guard !used.contains(pair.a), !used.contains(pair.b) else { return nil }
            used.formUnion([pair.a, pair.b])
            return [literals[pair.a], literals[pair.b]]
        }
    }

    private func areDisjoint(_ a: StateLiteral, _ b: StateLiteral) -> Bool {
        if let known = memory.areDisjoint[[a, b]] { return known }
        let result = isExcluded([a, b])
        memory.areDisjoint[[a, b]] = result
        return result
    }

    /// As short a list as leaving the fewest states with each literal makes.
    private func greedy(_ literals: [StateLiteral]) -> [StateLiteral] {
        var candidates = literals
        var chosen = [candidates.removeFirst()]
        var left = remaining(chosen[0])
        while !left.isEmpty {
            let counts = candidates.map { left.count(in: states($0)) }
            guard let best = counts.indices.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else { break }
            let literal = candidates.remove(at: best)
            left.narrow(to: states(literal))
            chosen.append(literal)
        }
        return chosen
    }

    /// Without literals that can be left out, the first ones being asked first.
    private func shortened(_ literals: [StateLiteral]) -> [StateLiteral] {
        var result = literals
        for literal in literals where result.count > 1 {
            let rest = result.filter { $0 != literal }
            if isExcluded(rest) { result = rest }
        }
        return result
    }

    /// Whether no sampled state has all of some literals.
    func isExcluded(_ literals: [StateLiteral]) -> Bool { state(having: literals) == nil }

    /// The number of a sampled state that has all of some literals, or becomes one that has by renaming.
    func state(having literals: [StateLiteral]) -> Int? {
        let ordered = literals.sorted { size($0) < size($1) }
        guard let first = ordered.first else { return count == 0 ? nil : 0 }
        var left = remaining(first)
        for literal in ordered.dropFirst() where !left.isEmpty { left.narrow(to: states(literal)) }
        return left.first
    }

    // MARK: Wider literals

    /// Which values of a part no sampled state has together with all of some literals, of those that are asked about.
    func absentValues(_ part: Int, among values: [UInt64], having others: [StateLiteral]) -> [UInt64] {
        let ordered = others.sorted { size($0) < size($1) }
        guard let first = ordered.first else { return values.filter { size(.has(part, $0)) == 0 } }
        var left = remaining(first)
        for literal in ordered.dropFirst() where !left.isEmpty { left.narrow(to: states(literal)) }
        return values.filter { !left.meets(states(.has(part, $0))) }
    }

    // MARK: Sets of literals

    private func states(_ literal: StateLiteral) -> LiteralStates {
        if case .hasOneOf = literal {
            return LiteralStates(renamings.map { block($0.image(of: literal, parts)) })
        }
        if let known = memory.states[literal] { return known }
        let made = LiteralStates(renamings.map { block($0.image(of: literal, parts)) })
        memory.states[literal] = made
        return made
    }

    private func block(_ literal: StateLiteral) -> LiteralStates.Block? {
        func block(_ inside: StateSet?..., outside: StateSet? = nil) -> LiteralStates.Block? {
            let sets = inside.compactMap(\.self)
            return sets.count == inside.count ? LiteralStates.Block(inside: sets, outside: outside) : nil
        }
        switch literal {
        case .has(let part, let value):
            if parts.all[part].isWide { return block(wide[literal]) }
            return block(set(part, value))
        case .hasOneOf(let part, let values):
            let sets = values.compactMap { set(part, $0) }
            return sets.isEmpty ? nil : LiteralStates.Block(any: sets)
        case .same: return block(wide[literal])
        case .hasNot(let part, let value): return block(there[part], outside: wide[.has(part, value)])
        case .different(let a, let b): return block(there[a], there[b], outside: wide[.same(a, b)])
        }
    }

    /// The states in which a part that is not wide has a value; nil where there are none.
    private func set(_ part: Int, _ value: UInt64) -> StateSet? {
        guard value >> UInt64(parts.all[part].width) == 0 else { return nil }
        let set = narrow[firsts[part] + Int(value)]
        return set.count == 0 ? nil : set
    }

    private func size(_ literal: StateLiteral) -> Int { states(literal).count }

    private func remaining(_ literal: StateLiteral) -> RemainingStates {
        RemainingStates(states(literal), width: (count + 63) / 64)
    }
}

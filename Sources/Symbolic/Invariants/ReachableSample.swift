import Model

/// Sampled states in two indices: a few from which lemmas are proposed, and all by which they are judged.
///
/// A state that refutes a proposal joins the few. So most of the work is done on as many states as it takes, and not on
/// millions.
struct ReachableSample {
    private let states: SampledStates
    private let reader: CellReader
    private let parts: StateParts
    private var all: SampleIndex
    private var few: SampleIndex
    /// What was added later, by number behind the sampled ones.
    private var added: [[UInt64]] = []

    /// States to begin with.
    private static let fewest = 1000

    /// - Parameter isStopped: asked now and then; what is left then is of no use.
    init(
        _ states: SampledStates, _ reader: CellReader, _ parts: StateParts, _ renamings: [ElementRenaming],
        isStopped: () -> Bool
    ) {
        self.states = states
        self.reader = reader
        self.parts = parts
        all = SampleIndex(parts, renamings)
        few = SampleIndex(parts, renamings)
        let stride = max(1, states.count / Self.fewest)
        for number in 0..<states.count {
            if number % 4096 == 0, isStopped() { return }
            let cells = reader.cells(states.words[number * states.width..<(number + 1) * states.width])
            all.add(cells)
            if number % stride == 0 { few.add(cells) }
        }
    }

    mutating func add(_ cells: [UInt64]) {
        added.append(cells)
        all.add(cells)
        few.add(cells)
    }

    /// See ``SampleIndex/exclusions(of:most:)``.
    mutating func exclusions(of cells: [UInt64], most: Int) -> [[StateLiteral]] {
        while true {
            let proposed = few.exclusions(of: cells, most: most)
            let refuting = proposed.map { all.state(having: $0) }
            let kept = proposed.indices.filter { refuting[$0] == nil }.map { proposed[$0] }
            if !kept.isEmpty || proposed.isEmpty { return kept.map { widened($0) } }
            for number in Set(refuting.compactMap(\.self)).sorted() { few.add(state(number)) }
        }
    }

    /// The same with as many values of each part as no sampled state contradicts; parts with many values first.
    private func widened(_ literals: [StateLiteral]) -> [StateLiteral] {
        func count(_ literal: StateLiteral) -> UInt64 {
            guard case .has(let part, _) = literal, !parts.all[part].isWide else { return 0 }
            return parts.all[part].count
        }
        var result = literals
        for number in literals.indices.sorted(by: { (count(literals[$1]), $0) < (count(literals[$0]), $1) }) {
            guard case .has(let part, let value) = literals[number], !parts.all[part].isWide else { continue }
            let others = result[..<number] + result[(number + 1)...]
            let proposed = few.absentValues(part, among: Array(0..<parts.all[part].count), having: Array(others))
            let values = all.absentValues(part, among: proposed, having: Array(others))
            if values != [value] { result[number] = .hasOneOf(part, values) }
        }
        return result
    }

    private func state(_ number: Int) -> [UInt64] {
        if number >= states.count { return added[number - states.count] }
        return reader.cells(states.words[number * states.width..<(number + 1) * states.width])
    }
}

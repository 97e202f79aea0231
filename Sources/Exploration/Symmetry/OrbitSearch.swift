// Unsafe code: called for every successor of a search; its scratch states are raw memory.

import Model

/// The representative of an orbit by trying renamings, for the states that ``Canonicaliser`` can't settle.
///
/// It is the least state, word by word, among those that the candidate renamings give. The candidates are all renamings
/// in a small group, and in a large one those that put the elements in the order of their ``ElementColours``: renaming
/// the state renames the colours alike, so the set of candidate results is the same for the whole orbit.
final class OrbitSearch {
    private let plan: SymmetryPlan
    private let wordCount: Int
    private var colours: ElementColours
    /// All renamings but the identity, for a small group.
    private let everyProgram: [RenamingProgram]
    private var programs: [Renaming: RenamingProgram] = [:]
    private let best: UnsafeMutablePointer<UInt64>
    private let candidate: UnsafeMutablePointer<UInt64>
    private var bestRenaming: Renaming
    private var hasBest = false

    /// Groups of at most so many renamings are tried through.
    static let smallGroup = 48
    /// Compiled renamings that are kept.
    private static let mostPrograms = 1 << 12

    init(_ plan: SymmetryPlan, triesAllUpTo limit: Int = OrbitSearch.smallGroup) {
        self.plan = plan
        wordCount = plan.fixedBits.count
        colours = ElementColours(plan)
        bestRenaming = Renaming(sizes: plan.sizes)
        everyProgram =
            plan.order <= limit
            ? Renaming.all(sizes: plan.sizes).dropFirst().map { RenamingProgram(plan, $0) } : []
        best = .allocate(capacity: wordCount)
        candidate = .allocate(capacity: wordCount)
    }

    deinit {
        best.deallocate()
        candidate.deallocate()
    }

    func canonicalise(_ words: UnsafeMutablePointer<UInt64>) {
        if everyProgram.isEmpty { return findByColour(words) }
        tryAll(words)
    }

    /// The same, and the renaming that did it.
    func renaming(_ words: UnsafeMutablePointer<UInt64>) -> Renaming {
        bestRenaming = Renaming(sizes: plan.sizes)
        canonicalise(words)
        return bestRenaming
    }

    // MARK: Small groups

    private func tryAll(_ words: UnsafeMutablePointer<UInt64>) {
        best.update(from: words, count: wordCount)
        for program in everyProgram {
            program.apply(words, into: candidate)
            if candidateIsLess() {
                best.update(from: candidate, count: wordCount)
                bestRenaming = program.renaming
            }
        }
        words.update(from: best, count: wordCount)
    }

    private func candidateIsLess() -> Bool {
        for word in 0..<wordCount where candidate[word] != best[word] { return candidate[word] < best[word] }
        return false
    }

    // MARK: Large groups

    private func findByColour(_ words: UnsafeMutablePointer<UInt64>) {
        colours.colour(words)
        var places: [Place] = []
        for sort in plan.sizes.indices where plan.sizes[sort] > 1 { addPlaces(sort, words, &places) }
        hasBest = false
        var renaming = Renaming(sizes: plan.sizes)
        var used = Set<Int>()
        assign(places[...], &renaming, &used, words)
        words.update(from: best, count: wordCount)
    }

    /// A number to give away, and who may get it: all of one colour.
    private struct Place {
        let sort: Int
        let number: Int
        let candidates: [Candidate]
    }

    private struct Candidate {
        let element: Int
        /// Elements before it that can be exchanged with it without any change: they go first.
        let twins: [Int]
    }

    private func addPlaces(_ sort: Int, _ words: UnsafePointer<UInt64>, _ places: inout [Place]) {
        let order = (0..<plan.sizes[sort]).sorted { a, b in
            (colours.colour(sort: sort, a), a) < (colours.colour(sort: sort, b), b)
        }
        var start = 0
        while start < order.count {
            let colour = colours.colour(sort: sort, order[start])
            let end = order[start...].firstIndex { colours.colour(sort: sort, $0) != colour } ?? order.count
            let group = order[start..<end]
            let candidates = group.map { element in
                let before = group.prefix { $0 != element }
                return Candidate(element: element, twins: before.filter { areTwins(sort, $0, element, words) })
            }
            for number in start..<end { places.append(Place(sort: sort, number: number, candidates: candidates)) }
            start = end
        }
    }

    private func areTwins(_ sort: Int, _ a: Int, _ b: Int, _ words: UnsafePointer<UInt64>) -> Bool {
        var exchange = Renaming(sizes: plan.sizes)
        exchange[sort, a] = b
        exchange[sort, b] = a
        program(exchange).apply(words, into: candidate)
        for word in 0..<wordCount where candidate[word] != words[word] { return false }
        return true
    }

    private func assign(
        _ places: ArraySlice<Place>, _ renaming: inout Renaming, _ used: inout Set<Int>,
        _ words: UnsafePointer<UInt64>
    ) {
        guard let place = places.first else { return consider(renaming, words) }
        let start = renaming.start(of: place.sort)
        for candidate in place.candidates where !used.contains(start + candidate.element) {
            if candidate.twins.contains(where: { !used.contains(start + $0) }) { continue }
            used.insert(start + candidate.element)
            renaming[place.sort, candidate.element] = place.number
            assign(places.dropFirst(), &renaming, &used, words)
            used.remove(start + candidate.element)
        }
    }

    private func consider(_ renaming: Renaming, _ words: UnsafePointer<UInt64>) {
        program(renaming).apply(words, into: candidate)
        if hasBest, !candidateIsLess() { return }
        hasBest = true
        best.update(from: candidate, count: wordCount)
        bestRenaming = renaming
    }

    private func program(_ renaming: Renaming) -> RenamingProgram {
        if let program = programs[renaming] { return program }
        let program = RenamingProgram(plan, renaming)
        if programs.count < Self.mostPrograms { programs[renaming] = program }
        return program
    }
}

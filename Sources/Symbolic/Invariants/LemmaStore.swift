/// The lemmas of a search. What renaming elements makes of one is another one: together they are an orbit.
struct LemmaStore {
    private let parts: StateParts
    /// The renamings that leave an instance where it is, for each instance whose steps stand for those of others.
    private let stabilisers: [[ElementRenaming]]
    private let renamings: [ElementRenaming]

    private(set) var lemmas: [StateLemma] = []
    /// By lemma: the number of its orbit.
    private var orbits: [Int] = []
    private var orbitCount = 0
    /// By instance, by lemma: whether no renaming that leaves the instance makes it of an earlier one of its orbit.
    private var isFirst: [[Bool]]
    private var known: Set<StateLemma> = []
    private var literals: [StateLiteral] = []
    private var numbers: [StateLiteral: Int] = [:]
    /// By lemma: the numbers of its literals.
    private var conditions: [[Int]] = []

    /// - Parameter counters: the cell with the location of each instance whose steps are asked about.
    init(_ parts: StateParts, _ renamings: [ElementRenaming], counters: [Int]) {
        self.parts = parts
        self.renamings = renamings
        stabilisers = counters.map { counter in renamings.filter { $0.cells[counter] == counter } }
        isFirst = counters.map { _ in [] }
    }

    /// Adds a lemma and its orbit.
    mutating func add(_ lemma: StateLemma) {
        guard !known.contains(lemma) else { return }
        let images = ElementRenaming.images(of: lemma, parts, renamings)
        for (number, own) in stabilisers.enumerated() {
            var covered: Set<StateLemma> = []
            for image in images {
                isFirst[number].append(!covered.contains(image))
                guard !covered.contains(image) else { continue }
                covered.formUnion(ElementRenaming.images(of: image, parts, own))
            }
        }
        for image in images {
            known.insert(image)
            lemmas.append(image)
            orbits.append(orbitCount)
            conditions.append(image.excluded.map { self.number($0) })
        }
        orbitCount += 1
    }

    private mutating func number(_ literal: StateLiteral) -> Int {
        if let number = numbers[literal] { return number }
        numbers[literal] = literals.count
        literals.append(literal)
        return literals.count - 1
    }

    /// Whether steps of an instance have to be asked about a lemma; other lemmas are the same but for names.
    func isAsked(_ lemma: Int, ofInstance number: Int) -> Bool { isFirst[number][lemma] }

    /// The lemmas that exclude a state, by number.
    func excluding(_ cells: [UInt64]) -> [Int] {
        let holds = literals.map { parts.holds($0, in: cells) }
        return conditions.indices.filter { conditions[$0].allSatisfy { holds[$0] } }
    }

    /// One lemma of each orbit without any that excludes a state.
    func surviving(_ cells: [UInt64]) -> [StateLemma] {
        let lost = Set(excluding(cells).map { orbits[$0] })
        var seen = lost
        return lemmas.indices.filter { seen.insert(orbits[$0]).inserted }.map { lemmas[$0] }
    }
}

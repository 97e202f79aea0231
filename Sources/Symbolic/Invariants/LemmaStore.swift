/// The lemmas of a search. What renaming elements makes of one is another one: together they are an orbit.
struct LemmaStore {
    private let parts: StateParts
    /// By instance of ``actors``: the renamings that leave it where it is.
    private let stabilisers: [[ElementRenaming]]
    private let renamings: [ElementRenaming]
    /// Instances of which each other one is a renaming.
    let actors: [Int]

    private(set) var lemmas: [StateLemma] = []
    /// By lemma: the number of its orbit.
    private var orbits: [Int] = []
    private var orbitCount = 0
    /// By instance, by lemma: whether no renaming that leaves the instance makes it of an earlier one of its orbit.
    private var isFirst: [[Bool]]
    private var known: Set<StateLemma> = []
    /// What lemmas are made of, each once.
    private(set) var literals: [StateLiteral] = []
    private var numbers: [StateLiteral: Int] = [:]
    /// By lemma: the numbers of its literals.
    private(set) var conditions: [[Int]] = []

    init(_ formula: ModelFormula, _ parts: StateParts, _ renamings: [ElementRenaming], _ lemmas: [StateLemma] = []) {
        func counter(_ actor: Int) -> Int { formula.layout.counter(of: formula.actors[actor], formula.model) }
        self.parts = parts
        self.renamings = renamings
        var seen: Set<Int> = []
        actors = formula.actors.indices.filter { actor in
            guard !seen.contains(counter(actor)) else { return false }
            seen.formUnion(renamings.map { $0.cells[counter(actor)] })
            return true
        }
        stabilisers = actors.map { actor in renamings.filter { $0.cells[counter(actor)] == counter(actor) } }
        isFirst = actors.map { _ in [] }
        for lemma in lemmas { add(lemma) }
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

    /// The first lemma of each orbit, by number.
    var firsts: [Int] {
        lemmas.indices.filter { $0 == 0 || orbits[$0] != orbits[$0 - 1] }
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

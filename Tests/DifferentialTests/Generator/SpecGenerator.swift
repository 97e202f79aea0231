/// A random spec as text, with what it contains.
struct RandomSpec {
    let text: String
    let constructs: Set<Construct>
}

/// Writes random specs. They are well-typed, and keep the locking discipline by construction as far as that is easy;
/// the few that the front end rejects are dropped by the test.
struct SpecGenerator {
    var random: Randomness
    var constructs: Set<Construct> = []
    var cells: [Cell] = []
    var names = 0
    /// Handlers that may be called: name, parameters, result.
    var handlers: [(name: String, parameters: [Kind], result: Kind?)] = []
    var hasGhost = false
    /// The processes, with `[D]` or `[1]` behind those that have instances.
    var started: [String] = []
    /// Statements that may still be written.
    var fuel = 0

    init(seed: UInt64) { random = Randomness(seed: seed) }

    static func spec(seed: UInt64) -> RandomSpec {
        var generator = SpecGenerator(seed: seed)
        let text = generator.spec()
        return RandomSpec(text: text, constructs: generator.constructs)
    }

    mutating func note(_ construct: Construct) { constructs.insert(construct) }

    mutating func fresh(_ prefix: String) -> String {
        names += 1
        return "\(prefix)\(names)"
    }

    private mutating func spec() -> String {
        chooseCells()
        let declarations = declarations()
        let handlers = (0..<random.below(3)).map { _ in handler() }
        let processes = processes()
        return (["module random"] + declarations + handlers + processes + properties() + [scenario()])
            .joined(separator: "\n") + "\n"
    }

    private mutating func scenario() -> String {
        let size = random.percent(80) ? 2 : (random.percent(50) ? 1 : 3)
        return "scenario s { D = \(size) }"
    }

    func indented(_ lines: [String]) -> [String] { lines.map { "    " + $0 } }

    func block(_ head: String, _ lines: [String], _ tail: String = "}") -> [String] {
        ["\(head) {"] + indented(lines) + [tail]
    }
}

import Model

/// Holds a canonical form to what it promises, by going through the whole group of renamings.
public struct OrbitCheck {
    private let model: Model
    private let wordCount: Int
    private let renamings: [NaiveRenaming]
    /// By renaming, the actors that play the parts of all.
    private let actors: [[Int]]
    /// What turns the words of a state into those of its representative, and names the actor for each actor.
    public typealias Form = (inout [UInt64]) -> [Int]

    /// Nil where the group is larger than `limit`.
    public init?(_ code: ModelCode, limit: Int) {
        var order = 1
        for sort in code.model.sorts where sort.exchangeable > 1 {
            for factor in 2...sort.exchangeable { order = min(limit + 1, order * factor) }
        }
        guard order > 1, order <= limit else { return nil }
        model = code.model
        wordCount = code.wordCount
        let renamings = NaiveRenaming.all(code.model)
        self.renamings = renamings
        actors = renamings.map { Self.actors($0, code.model) }
    }

    /// What is wrong with the representatives of a state and of all its renamings.
    public func differences(_ state: NaiveMachine.State, _ form: Form) -> [String] {
        let all = renamings.map { words($0.apply(state)) }
        var representative = words(state)
        _ = form(&representative)
        let ways = all.indices.filter { all[$0] == representative }
        guard !ways.isEmpty else { return ["no renaming of \(state) gives \(representative)"] }
        return all.indices.flatMap { number -> [String] in
            var found = all[number]
            let images = form(&found)
            if found != representative { return ["\(all[number]) becomes \(found), others \(representative)"] }
            // From this state to the representative: back to the first state, and on by one of the ways.
            let isRenamed = ways.contains { way in
                actors[way].indices.allSatisfy { images[actors[number][$0]] == actors[way][$0] }
            }
            return isRenamed ? [] : ["no renaming that gives \(found) makes the actors \(images)"]
        }
    }

    /// The words of an unpacked state.
    public func words(_ state: NaiveMachine.State) -> [UInt64] {
        var words = Array(repeating: UInt64(0), count: wordCount)
        for (variable, codes) in zip(model.variables, state) where variable.placement.perWord > 0 {
            let width = variable.type.width(sorts: model.sorts)
            for (element, code) in codes.enumerated() where width > 0 {
                let place = variable.placement
                words[place.word + element / place.perWord] |=
                    code << UInt64(place.shift + element % place.perWord * width)
            }
        }
        return words
    }

    private static func actors(_ renaming: NaiveRenaming, _ model: Model) -> [Int] {
        var (first, result) = (0, [Int]())
        for process in model.processes {
            let count = process.dimensions.reduce(1) { $0 * $1.count }
            result += (0..<count).map { first + renaming.place(of: $0, process.dimensions) }
            first += count
        }
        return result
    }
}

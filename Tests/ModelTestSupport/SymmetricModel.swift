import Model

/// Models that have sorts and variables of every shape, and states of them that are no more than valid: for what has
/// to do with renamings only.
public enum SymmetricModel {
    public static func make(seed: UInt64) -> Model {
        var random = SeededNumbers(seed)
        var model = Model(name: "symmetric\(seed)")
        let sizes = [[2], [3], [2, 2], [3, 2], [4], [2, 2, 2], [5], [3, 3], [4, 2], [2, 3, 2]][Int(seed % 10)]
        let sorts = sizes.enumerated().map { model.sort(["Frame", "Thread", "Fork"][$0], $1) }
        let isIntricate = seed % 7 == 0
        for index in 0..<Int.random(in: 1...4, using: &random) {
            let dimensions = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                dimension(sorts, isIntricate, &random)
            }
            let cells = dimensions.reduce(1) { $0 * $1.count }
            let type = type(sorts.count, isIntricate, &random)
            guard cells * type.width(sorts: model.sorts) <= 128 else { continue }
            _ = model.variable("v\(index)", dimensions, type)
        }
        let place = Int.random(in: 0...3, using: &random) == 0 ? [] : [sorts[0]] + (seed % 3 == 0 ? [numbers(2)] : [])
        let process = model.process("p", place, locations: 2)
        _ = model.variable("p.local", place, type(sorts.count, isIntricate, &random), role: .local, process: process)
        model.action(process, at: 0, [.jump(location: 1)])
        model.pack()
        return model
    }

    private static func dimension(
        _ sorts: [Dimension], _ isIntricate: Bool, _ random: inout SeededNumbers
    ) -> Dimension {
        let sort = Int.random(in: 0..<sorts.count, using: &random)
        if isIntricate, Bool.random(using: &random) {
            return Dimension(count: sorts[sort].count + 1, sort: nil, type: .optional(.element(sort: sort)))
        }
        return Int.random(in: 0...3, using: &random) == 0 ? numbers(2) : sorts[sort]
    }

    private static func type(_ sorts: Int, _ isIntricate: Bool, _ random: inout SeededNumbers) -> CellType {
        let element = CellType.element(sort: Int.random(in: 0..<sorts, using: &random))
        let other = CellType.element(sort: Int.random(in: 0..<sorts, using: &random))
        func field(_ name: String, _ type: CellType) -> CellField { CellField(name: name, type: type) }
        switch Int.random(in: 0...(isIntricate ? 8 : 7), using: &random) {
        case 0: return .bool
        case 1: return .range(lower: 0, upper: 2)
        case 2: return element
        case 3: return .optional(element)
        case 4: return .set(element)
        case 5: return .tuple(name: "Pair", [field("a", element), field("b", other)])
        case 6, 7:
            return .tagged(
                name: "Pte",
                [
                    CellCase(name: "none", fields: []),
                    CellCase(name: "mapped", fields: [field("frame", element), field("dirty", .bool)]),
                    CellCase(name: "swapped", fields: [field("slot", other)]),
                    CellCase(name: "set", fields: [field("all", .set(element))]),
                ])
        default: return .set(.optional(element))
        }
    }

    /// Each cell with a valid code; many with the first one, so that elements are equal often.
    public static func state(of model: Model, _ random: inout SeededNumbers) -> NaiveMachine.State {
        let plainness = Int.random(in: 0...3, using: &random)
        return model.variables.map { variable in
            let codes = variable.type.codes(sorts: model.sorts, limit: 1 << 12) ?? [0]
            return (0..<variable.count).map { _ in
                let isPlain = Int.random(in: 0...3, using: &random) < plainness
                return isPlain ? codes[0] : codes.randomElement(using: &random) ?? 0
            }
        }
    }
}

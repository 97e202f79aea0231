/// One cell of the state: an element of a variable, counted row by row.
public struct Cell: Hashable, Comparable, Sendable {
    public let variable: VariableID
    public let element: Int

    public init(variable: VariableID, element: Int) {
        self.variable = variable
        self.element = element
    }

    public static func < (a: Self, b: Self) -> Bool { (a.variable, a.element) < (b.variable, b.element) }
}

/// What a step reads and writes, each cell once, in order. Cells of a single value (0 bits) never count.
public struct Footprint: Hashable, Sendable {
    public let reads: [Cell]
    public let writes: [Cell]
}

extension Machine {
    /// Exactly what an action of a process instance reads and writes in a state, over all its choices, those that turn
    /// out not to be enabled included. The program counter is read always.
    ///
    /// For analyses, not for hot loops: the map from places to cells is made anew.
    public func footprint(actor: Int, action: Int, in words: [UInt64]) -> Footprint {
        guard code.actors.indices.contains(actor), words.count == code.wordCount else {
            return Footprint(reads: [], writes: [])
        }
        var traced = PlaceTracing()
        words.withUnsafeBufferPointer { state in
            guard let state = state.baseAddress else { return }
            trace(state, actor: actor, action: action, SuccessorBuffer(), &traced)
        }
        let cells = code.model.cellsByPlace
        return Footprint(
            reads: traced.reads.compactMap { cells[$0] }.sorted(),
            writes: traced.writes.compactMap { cells[$0] }.sorted())
    }
}

extension Model {
    fileprivate var cellsByPlace: [BitPlace: Cell] {
        var cells: [BitPlace: Cell] = [:]
        for (index, variable) in variables.enumerated() {
            let width = variable.type.width(sorts: sorts)
            guard width > 0 else { continue }
            for element in 0..<variable.count {
                let place = variable.placement
                let at = BitPlace(
                    word: place.word + element / place.perWord, shift: place.shift + element % place.perWord * width)
                cells[at] = Cell(variable: VariableID(index), element: element)
            }
        }
        return cells
    }
}

import Model

/// Where the state of a model depends on the names of the elements of its sorts.
struct SymmetryPlan {
    /// A cell that a permutation can move or change.
    struct Cell {
        let variable: Int
        let word: Int
        let shift: UInt64
        let mask: UInt64
        /// Index into ``SymmetryPlan/types``.
        let type: Int
        let coordinates: [Coordinate]
        /// The part of the element's number that no permutation changes.
        let base: Int
        /// The first cell of its variable in ``SymmetryPlan/cells``.
        let firstCell: Int
    }

    /// An index that names an element, or a value in which elements occur.
    struct Coordinate {
        let index: Int
        let stride: Int
        let kind: Kind
        /// The sort that the index is of; nil where it is a value in which elements occur.
        let sort: Int?

        init(index: Int, stride: Int, kind: Kind) {
            self.index = index
            self.stride = stride
            self.kind = kind
            if case .element(let sort) = kind { self.sort = sort } else { self.sort = nil }
        }

        enum Kind {
            case element(sort: Int)
            /// The codes of the index type, by dense index.
            case value(ElementSlots, codes: [UInt64])
        }

        func image(_ renaming: Renaming) -> Int {
            switch kind {
            case .element(let sort): return renaming[sort, index]
            case .value(let slots, let codes):
                return codes.firstIndex(of: slots.map(codes[index], renaming)) ?? index
            }
        }
    }

    /// Elements of each sort; 1 for a sort that cannot be permuted because it does not occur.
    let sizes: [Int]
    let order: Int
    private(set) var cells: [Cell] = []
    private(set) var types: [ElementSlots] = []
    /// The bits of each word that belong to no cell above.
    private(set) var fixedBits: [UInt64]
    /// By variable: whether some step writes it.
    private(set) var isWritten: [Bool]
    /// By actor: the coordinates of its instance, and the first actor of its process.
    private(set) var actors: [(first: Int, base: Int, coordinates: [Coordinate])] = []

    /// Nil where the model has no symmetry.
    ///
    /// - Parameter without: a variable that is zero in all states, whatever that stands for: no permutation changes it.
    init?(_ code: ModelCode, without: VariableID? = nil) {
        let model = code.model
        sizes = model.sorts.map(\.exchangeable)
        order = Renaming.order(sizes: sizes)
        fixedBits = Array(repeating: .max, count: code.wordCount)
        isWritten = Array(repeating: false, count: model.variables.count)
        guard order > 1 else { return nil }
        for process in model.processes { isWritten[process.programCounter.index] = true }
        for action in model.actions { noteWrites(action.body) }
        for index in model.variables.indices where index != without?.index { add(index, model) }
        var first = 0
        for (number, actor) in code.actors.enumerated() {
            if actor.instance == 0 { first = number }
            let dimensions = model.processes[actor.process].dimensions
            let place = Self.coordinates(of: actor.instance, dimensions, model.sorts)
            actors.append((first, place.base, place.coordinates))
        }
        if cells.isEmpty { return nil }
    }

    private mutating func noteWrites(_ body: [Instruction]) {
        for instruction in body {
            switch instruction {
            case .assign(let variable, _, _): isWritten[variable.index] = true
            case .branch(_, let yes, let no):
                noteWrites(yes)
                noteWrites(no)
            case .require, .set, .choose, .check, .statement, .way, .observe, .jump: break
            }
        }
    }

    private mutating func add(_ index: Int, _ model: Model) {
        let variable = model.variables[index]
        guard variable.count > 0 else { return }
        let width = variable.type.width(sorts: model.sorts)
        let slots = ElementSlots(variable.type, sorts: model.sorts)
        let depends = Self.coordinates(of: 0, variable.dimensions, model.sorts).coordinates
        guard width > 0, !slots.isEmpty || !depends.isEmpty else { return }
        types.append(slots)
        let firstCell = cells.count
        let mask = width == 64 ? UInt64.max : (1 << UInt64(width)) &- 1
        for element in 0..<variable.count {
            let place = Self.coordinates(of: element, variable.dimensions, model.sorts)
            let word = variable.placement.word + element / variable.placement.perWord
            let shift = UInt64(variable.placement.shift + element % variable.placement.perWord * width)
            fixedBits[word] &= ~(mask << shift)
            cells.append(
                Cell(
                    variable: index, word: word, shift: shift, mask: mask, type: types.count - 1,
                    coordinates: place.coordinates, base: place.base, firstCell: firstCell))
        }
    }

    /// The indices of an element that depend on sorts, and what the others add to its number.
    private static func coordinates(
        of element: Int, _ dimensions: [Dimension], _ sorts: [Sort]
    ) -> (base: Int, coordinates: [Coordinate]) {
        var (rest, stride, base) = (element, 1, 0)
        var coordinates: [Coordinate] = []
        for dimension in dimensions.reversed() {
            let index = rest % dimension.count
            rest /= dimension.count
            if let kind = kind(of: dimension, sorts) {
                coordinates.append(Coordinate(index: index, stride: stride, kind: kind))
            } else {
                base += index * stride
            }
            stride *= dimension.count
        }
        return (base, coordinates)
    }

    private static func kind(of dimension: Dimension, _ sorts: [Sort]) -> Coordinate.Kind? {
        if case .element(let sort) = dimension.type { return sorts[sort].exchangeable > 1 ? .element(sort: sort) : nil }
        let slots = ElementSlots(dimension.type, sorts: sorts)
        guard !slots.isEmpty, let codes = dimension.type.codes(sorts: sorts, limit: 1 << 12) else { return nil }
        return .value(slots, codes: codes)
    }

    // MARK: Images

    /// The cell that a cell becomes.
    func image(of cell: Cell, _ renaming: Renaming) -> Cell {
        cells[cell.firstCell + cell.coordinates.reduce(cell.base) { $0 + $1.image(renaming) * $1.stride }]
    }

    /// By actor: the one that plays its part after the renaming.
    func actorImages(_ renaming: Renaming) -> [Int] {
        actors.map { actor in
            actor.first + actor.coordinates.reduce(actor.base) { $0 + $1.image(renaming) * $1.stride }
        }
    }
}

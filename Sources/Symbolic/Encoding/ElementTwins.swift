import Model
import SMT

/// Two elements of a symmetric sort that a state does not tell apart: exchanging them changes nothing.
struct ElementTwins {
    private let model: Model
    private let layout: CellLayout
    private let parts: StateParts
    private let graph: TermGraph

    init(_ model: Model, _ layout: CellLayout, _ graph: TermGraph) {
        (self.model, self.layout, self.graph) = (model, layout, graph)
        parts = StateParts(layout, sorts: model.sorts)
    }

    /// That two elements are twins. It may say no where they are: where another cell than their own names one of them.
    ///
    /// Costs a look at each cell.
    ///
    /// - Parameter cells: those of the state.
    func areTwins(_ a: Int, _ b: Int, of sort: Int, _ cells: [Term]) -> Term {
        guard !model.hides(sort) else { return graph.no }
        let areNamed = [a, b].map { isNamed($0, of: sort, cells) }
        return graph.and(areNamed.map { graph.not($0) } + [areAlike(a, b, of: sort, cells)])
    }

    /// That some cell names an element, other than in a set.
    private func isNamed(_ element: Int, of sort: Int, _ cells: [Term]) -> Term {
        graph.or(
            parts.all.compactMap { part in
                guard case .element(sort)? = part.type else { return nil }
                let value = graph.extract(cells[part.cell], low: part.low, width: part.width)
                return graph.and(graph.and(parts.isThere(part, cells, graph)), graph.isNumber(value, UInt64(element)))
            })
    }

    /// That two elements have the same in their cells, and are in the same sets.
    private func areAlike(_ a: Int, _ b: Int, of sort: Int, _ cells: [Term]) -> Term {
        let sets = parts.all.compactMap { part -> Term? in
            guard case .set(.element(sort))? = part.type else { return nil }
            let areIn = [a, b].map { graph.extract(cells[part.cell], low: part.low + $0, width: 1) }
            return graph.implies(graph.and(parts.isThere(part, cells, graph)), graph.equal(areIn[0], areIn[1]))
        }
        let own = model.variables.enumerated().flatMap { number, variable in
            (0..<variable.count).compactMap { element -> Term? in
                let other = variable.dimensions.element(element, exchanging: a, b, of: sort)
                guard other > element else { return nil }
                let places = [element, other].map { layout.cell(VariableID(number), element: $0) }
                return graph.equal(cells[places[0]], cells[places[1]])
            }
        }
        return graph.and(sets + own)
    }
}

extension [Dimension] {
    /// The element (row-major) that one becomes when the elements of sorts get other numbers.
    func element(_ element: Int, _ renamed: (_ sort: Int, _ index: Int) -> Int) -> Int {
        var (rest, moved, factor) = (element, 0, 1)
        for dimension in reversed() {
            let count = Swift.max(1, dimension.count)
            let index = rest % count
            moved += (dimension.sort.map { renamed($0, index) } ?? index) * factor
            factor *= count
            rest /= count
        }
        return moved
    }

    /// The same, when two elements of a sort change places.
    func element(_ element: Int, exchanging a: Int, _ b: Int, of sort: Int) -> Int {
        self.element(element) { $0 != sort ? $1 : $1 == a ? b : $1 == b ? a : $1 }
    }
}

extension Model {
    /// Whether elements of a sort are in values where no renaming is followed: in sets, or in indices.
    func hides(_ sort: Int) -> Bool {
        variables.contains { one in
            one.count > 0 && (one.type.hides(sort) || one.dimensions.contains { $0.hides(sort) })
        }
    }
}

extension Dimension {
    /// Whether its indices are values with elements of a sort inside.
    func hides(_ sort: Int) -> Bool { self.sort != sort && type.names(sort) }
}

extension CellType {
    /// Whether values name elements of a sort.
    func names(_ sort: Int) -> Bool {
        switch self {
        case .element(let own): own == sort
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: false
        case .tagged(_, let cases): cases.contains { $0.fields.contains { $0.type.names(sort) } }
        case .tuple(_, let fields): fields.contains { $0.type.names(sort) }
        case .set(let inner), .optional(let inner): inner.names(sort)
        }
    }

    /// Whether there are sets whose values are no elements and name some of a sort.
    func hides(_ sort: Int) -> Bool {
        switch self {
        case .set(.element): false
        case .set(let inner): inner.names(sort)
        case .element, .unit, .bool, .range, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: false
        case .tagged(_, let cases): cases.contains { $0.fields.contains { $0.type.hides(sort) } }
        case .tuple(_, let fields): fields.contains { $0.type.hides(sort) }
        case .optional(let inner): inner.hides(sort)
        }
    }
}

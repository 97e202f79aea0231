import Model
import SMT

/// Brings states into one form: equal but for the names of variables means equal.
struct PathNaming {
    private let context: PathContext
    private let conditions: PathConditions
    /// Cells with no more values are numbers in every state.
    static let mostSplit = 8

    init(_ context: PathContext, _ conditions: PathConditions) {
        (self.context, self.conditions) = (context, conditions)
    }

    private var graph: TermGraph { context.graph }

    /// Variables that are no constants get numbers in the order in which cells have them. Conditions that say nothing of a
    /// cell or a constant are gone.
    func canonical(_ cells: PathCells, _ known: [Term]) -> (cells: PathCells, known: [Term]) {
        var order: [Term] = []
        var seen: Set<Term> = []
        func note(_ term: Term) {
            for variable in conditions.variables(of: term)
            where !conditions.isConstant(variable) && seen.insert(variable).inserted {
                order.append(variable)
            }
        }
        for (_, term) in cells.symbols.sorted(by: { $0.key < $1.key }) { note(term) }
        var kept = conditions.about(seen, known)
        for condition in kept { note(condition) }
        var names: [Term: Term] = [:]
        for (number, variable) in order.enumerated() {
            let name = graph.variable("value \(number)/\(variable.width)", width: variable.width)
            if name != variable { names[variable] = name }
        }
        guard !names.isEmpty else { return (cells, kept) }
        var named = cells
        named.replace(names, graph)
        var substitution = Substitution(graph, names)
        kept = PathConditions.ordered(kept.map { substitution($0) })
        return (named, kept)
    }

    /// The same path where cells with few values have one of them: control is known in every state.
    func split(_ path: ExecutedPath) throws(PathStop) -> [ExecutedPath] {
        guard let cell = narrowCell(path.values.cells) else { return [path] }
        let type = context.layout.types[cell]
        var result: [ExecutedPath] = []
        for code in type.codes(sorts: context.model.sorts, limit: Self.mostSplit) ?? [] {
            guard let term = path.values.cells.symbols[cell] else { continue }
            let condition = graph.equal(term, context.term(code, ofCell: cell))
            guard try conditions.isPossible(condition, with: path.conditions) else { continue }
            var own = path
            own.values.cells.set(cell, context.term(code, ofCell: cell), graph)
            if try conditions.isPossible(graph.not(condition), with: path.conditions) {
                for part in graph.conjuncts(of: condition) {
                    own.conditions = try conditions.adding(part, to: own.conditions)
                }
            }
            result += try split(own)
        }
        return result
    }

    private func narrowCell(_ cells: PathCells) -> Int? {
        guard
            cells.symbols.count > context.free.count
                || cells.symbols.contains(where: { context.free[$0.key] != $0.value })
        else { return nil }
        return cells.symbols.keys.sorted().first { cell in
            cells.symbols[cell] != context.free[cell]
                && context.layout.types[cell].valueCount(sorts: context.model.sorts) <= Self.mostSplit
        }
    }
}

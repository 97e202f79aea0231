import Model
import SMT

/// What is true of all values of constants: their cells have codes of their types, and those of payloads are 0 but in their
/// cases.
struct ConstantTypes {
    /// A case that a value must be for a cell to mean something.
    struct Case {
        /// A cell.
        let tag: Int
        let number: UInt64
    }

    private let context: PathContext
    /// By cell of a payload, from outside in.
    private var cases: [Int: [Case]] = [:]
    /// By cell of a payload that is never 0: the type without what keeps it from that.
    private var wrapped: [Int: CellType] = [:]
    /// By cell of a payload.
    private var parts: [Int: Term] = [:]
    /// All of it, each part alone.
    private(set) var conjuncts: Set<Term> = []

    init(_ context: PathContext) {
        self.context = context
        for (cell, variable) in context.free.sorted(by: { $0.key < $1.key }) { note(isCode(variable, cell)) }
        let (model, layout) = (context.model, context.layout)
        var values = PathValues(context, context.start, old: context.start, registers: 0)
        for id in model.variables.indices.map({ VariableID($0) }) where model[id].isFree {
            guard let payload = model[id].payload else { continue }
            for element in 0..<model[id].count {
                let cell = layout.cell(id, element: element)
                cases[cell] = payload.cases.map { Case(tag: layout.cell($0.tag, element: element), number: $0.number) }
                if payload.isNeverZero, case .optional(let type) = model[id].type { wrapped[cell] = type }
                guard let condition = model.partCondition(of: id, element: element),
                    case .term(let term) = values.truth(condition)
                else { continue }
                parts[cell] = term
                note(term)
            }
        }
    }

    private mutating func note(_ term: Term) { conjuncts.formUnion(context.graph.conjuncts(of: term)) }

    private func isCode(_ term: Term, _ cell: Int) -> Term {
        context.graph.isCode(term, of: context.layout.types[cell], context.model.sorts)
    }

    /// Of some cells; with those of payloads there are their tags.
    func conditions(of cells: [Int]) -> [Term] {
        cells.compactMap { cell in context.free[cell].map { isCode($0, cell) } } + cells.compactMap { parts[$0] }
    }

    /// Whether which codes some cells have together says more than that each has one of its type.
    func areJoined(_ cells: [Int]) -> Bool { cells.contains { parts[$0] != nil } }

    /// With the tags of payloads, ascending.
    func withTags(_ cells: some Sequence<Int>) -> [Int] {
        cells.reduce(into: Set<Int>()) { all, cell in
            all.insert(cell)
            all.formUnion((cases[cell] ?? []).map(\.tag).filter { context.free[$0] != nil })
        }.sorted()
    }

    /// Whether a cell means something.
    func isThere(_ cell: Int, _ code: (Int) -> UInt64) -> Bool {
        (cases[cell] ?? []).allSatisfy { code($0.tag) == $0.number }
    }

    /// The same codes, but 0 for cells that mean nothing.
    func withoutIdle(_ cells: [Int], _ codes: [UInt64]) -> [UInt64] {
        let byCell = Dictionary(uniqueKeysWithValues: zip(cells, codes))
        return zip(cells, codes).map { cell, code in isThere(cell) { byCell[$0] ?? 0 } ? code : 0 }
    }

    // MARK: Elements

    /// Whether a cell is wrapped, so that 0 names no element there.
    func isNeverZero(_ cell: Int) -> Bool { wrapped[cell] != nil }

    /// The type of the values of a cell, as the spec has it.
    func type(ofCell cell: Int) -> CellType { wrapped[cell] ?? context.layout.types[cell] }

    // MARK: Words

    /// What must be said where some bits of a cell are.
    func guards(of cell: Int, _ bits: Range<Int>) -> [PrimeImplicants.Guard] {
        guard let variable = context.free[cell] else { return [] }
        func tag(_ bits: Range<Int>) -> Term {
            context.graph.extract(variable, low: bits.lowerBound, width: bits.count)
        }
        let own = context.layout.types[cell].guards(of: bits, sorts: context.model.sorts)
        let inner = own.dropFirst(isNeverZero(cell) ? 1 : 0).map { one in
            PrimeImplicants.Guard(
                tag: tag(one.tag), cases: one.cases, count: one.count,
                within: one.within.map { context.graph.isNumber(tag($0.tag), $0.number) })
        }
        return payloadGuards(of: cell) + inner
    }

    private func payloadGuards(of cell: Int) -> [PrimeImplicants.Guard] {
        var outer: Term?
        return (cases[cell] ?? []).compactMap { one in
            guard let tag = context.free[one.tag] else { return nil }
            defer { outer = context.graph.isNumber(tag, one.number) }
            return PrimeImplicants.Guard(
                tag: tag, cases: [one.number],
                count: context.layout.types[one.tag].valueCount(sorts: context.model.sorts), within: outer)
        }
    }
}

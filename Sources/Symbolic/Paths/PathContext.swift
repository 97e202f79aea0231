import Model
import SMT

/// What all paths of a model share.
final class PathContext {
    let model: Model
    let graph = TermGraph()
    let layout: CellLayout
    let actors: [(process: Int, instance: Int)]
    /// By actor.
    let counters: [Int]
    let indices: [[UInt64]]
    /// By variable: its first cell, and how many elements each dimension has.
    let starts: [Int]
    let dimensions: [[Int]]
    /// By process and location: the actions there.
    let actions: [[[Int]]]
    /// By free cell: the variable that stands for its first code.
    let free: [Int: Term]
    /// The variables of ``free``.
    let constants: Set<Term>
    private let places: [(word: Int, shift: UInt64, mask: UInt64)]
    private let wordCount: Int

    init(_ model: Model) {
        let layout = CellLayout(model)
        (self.model, self.layout) = (model, layout)
        actors = model.processes.indices.flatMap { process in
            (0..<model.processes[process].instanceCount).map { (process, $0) }
        }
        counters = actors.map { layout.counter(of: $0, model) }
        indices = actors.map { model.processes[$0.process].indices(of: $0.instance) }
        starts = model.variables.indices.map { layout.cell(VariableID($0), element: 0) }
        dimensions = model.variables.map { $0.dimensions.map { max(1, $0.count) } }
        actions = model.processes.indices.map { process in
            model.processes[process].locations.indices.map { location in
                model.actions.indices.filter {
                    model.actions[$0].process == process && model.actions[$0].location == location
                }
            }
        }
        var free: [Int: Term] = [:]
        for cell in layout.cells(of: model.variables.indices.filter { model.variables[$0].isFree })
        where layout.widths[cell] > 0 {
            free[cell] = graph.variable(layout.symbols[cell], width: layout.widths[cell])
        }
        self.free = free
        constants = Set(free.values)
        wordCount = model.wordCount
        places = model.variables.indices.flatMap { number -> [(word: Int, shift: UInt64, mask: UInt64)] in
            let variable = model.variables[number]
            let (place, width) = (variable.placement, variable.type.width(sorts: model.sorts))
            return (0..<variable.count).map { element in
                (
                    width == 0 ? 0 : place.word + element / place.perWord,
                    UInt64(width == 0 ? 0 : place.shift + element % place.perWord * width), UInt64.lowBits(width)
                )
            }
        }
    }

    /// What `init` begins with: free cells are the variables that stand for them, and others are 0.
    var start: PathCells {
        var cells = PathCells(codes: Array(repeating: 0, count: layout.count))
        for (cell, variable) in free { cells.symbols[cell] = variable }
        return cells
    }

    func term(_ code: UInt64, ofCell cell: Int) -> Term { graph.bits(code, width: max(1, layout.widths[cell])) }

    /// Where an actor is; nil for a location that does not exist.
    func location(of actor: Int, in cells: [UInt64]) -> Int? {
        let locations = model.processes[actors[actor].process].locations
        return Int(exactly: cells[counters[actor]]).flatMap { locations.indices.contains($0) ? $0 : nil }
    }

    /// Who is where.
    func places(in cells: [UInt64]) -> some Sequence<(process: Process, location: Int)> {
        actors.indices.lazy.map { [self] in (model.processes[actors[$0].process], location(of: $0, in: cells) ?? -1) }
    }

    // MARK: Packing

    /// A state in one array: its packed codes, and behind them the cells that are terms. Equal for equal cells.
    func key(_ cells: PathCells) -> [UInt64] {
        var key = Array(repeating: UInt64(0), count: wordCount)
        for (cell, place) in places.enumerated() where place.mask != 0 {
            key[place.word] |= (cells.codes[cell] & place.mask) << place.shift
        }
        for (cell, term) in cells.symbols.sorted(by: { $0.key < $1.key }) {
            key.append(UInt64(cell) << 32 | UInt64(UInt32(bitPattern: term.number)))
        }
        return key
    }

    func cells(ofKey key: [UInt64]) -> PathCells {
        var cells = PathCells(codes: places.map { key[$0.word] >> $0.shift & $0.mask })
        for packed in key[wordCount...] {
            let number = Int32(bitPattern: UInt32(truncatingIfNeeded: packed))
            cells.symbols[Int(packed >> 32)] = graph.term(numbered: number)
        }
        return cells
    }
}

/// The codes of all cells: of most as numbers, of some as terms.
struct PathCells: Hashable {
    /// By cell; 0 where it is a term.
    var codes: [UInt64]
    var symbols: [Int: Term] = [:]

    /// Gives a cell a code.
    mutating func set(_ cell: Int, _ term: Term, _ graph: TermGraph) {
        if let code = graph.constant(term) {
            codes[cell] = code
            if !symbols.isEmpty { symbols[cell] = nil }
        } else {
            codes[cell] = 0
            symbols[cell] = term
        }
    }

    mutating func replace(_ replacements: [Term: Term], _ graph: TermGraph) {
        guard !symbols.isEmpty else { return }
        var substitution = Substitution(graph, replacements)
        for (cell, term) in symbols.sorted(by: { $0.key < $1.key }) {
            let new = substitution(term)
            if new != term { set(cell, new, graph) }
        }
    }

    func terms(_ context: PathContext) -> [Term] {
        codes.indices.map { symbols[$0] ?? context.term(codes[$0], ofCell: $0) }
    }
}

extension UInt64 {
    /// So many low ones.
    static func lowBits(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(Swift.max(0, width))) - 1 }
}

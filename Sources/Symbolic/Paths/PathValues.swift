import Model
import SMT

/// Evaluates expressions on one path: as numbers wherever what they need is known, else as terms.
struct PathValues {
    enum Value {
        case code(UInt64)
        case term(Term)
    }

    enum Truth {
        case known(Bool)
        case term(Term)
    }

    let context: PathContext
    var cells: PathCells
    /// Before the step.
    var old: PathCells
    let indices: [UInt64]
    private var registers: [UInt64]
    private var symbolicRegisters: [Int: Term] = [:]

    init(_ context: PathContext, _ cells: PathCells, old: PathCells, indices: [UInt64] = [], registers: Int) {
        self.context = context
        self.cells = cells
        self.old = old
        self.indices = indices
        self.registers = Array(repeating: 0, count: registers)
    }

    private var graph: TermGraph { context.graph }

    mutating func value(_ expr: Expr) -> Value {
        if let code = known(expr) { return .code(code) }
        let term = encoded { $0.value(expr) }
        return graph.constant(term).map(Value.code) ?? .term(term)
    }

    mutating func truth(_ expr: Expr) -> Truth {
        if let code = known(expr) { return .known(code != 0) }
        let term = encoded { $0.truth(expr) }
        return term == graph.yes ? .known(true) : term == graph.no ? .known(false) : .term(term)
    }

    mutating func set(_ register: Int, _ value: Value) {
        switch value {
        case .code(let code):
            registers[register] = code
            if !symbolicRegisters.isEmpty { symbolicRegisters[register] = nil }
        case .term(let term): symbolicRegisters[register] = term
        }
    }

    mutating func assign(_ id: VariableID, _ place: [Expr], _ expr: Expr) {
        guard let element = element(id, place) else { return assignSomewhere(id, place, expr) }
        let cell = context.starts[id.index] + element
        let width = context.layout.widths[cell]
        guard width > 0 else { return }
        switch value(expr) {
        case .code(let code):
            cells.codes[cell] = code & .lowBits(width)
            if !cells.symbols.isEmpty { cells.symbols[cell] = nil }
        case .term(let term): cells.set(cell, graph.extended(term, to: width), graph)
        }
    }

    /// Where the place depends on terms: in each cell that may be meant.
    private mutating func assignSomewhere(_ id: VariableID, _ place: [Expr], _ expr: Expr) {
        var encoder = encoder()
        _ = encoder.assign(id, place, expr)
        for cell in context.starts[id.index]..<context.starts[id.index] + context.model.variables[id.index].count {
            cells.set(cell, encoder.cells[cell], graph)
        }
    }

    /// Puts terms in the place of variables.
    mutating func replace(_ replacements: [Term: Term]) {
        cells.replace(replacements, graph)
        old.replace(replacements, graph)
        for (register, term) in symbolicRegisters.sorted(by: { $0.key < $1.key }) {
            let new = graph.replacing(replacements, in: term)
            set(register, graph.constant(new).map(Value.code) ?? .term(new))
        }
    }

    // MARK: As terms

    private func encoded<Result>(_ encode: (inout ExprEncoder) -> Result) -> Result {
        var encoder = encoder()
        return encode(&encoder)
    }

    private func encoder() -> ExprEncoder {
        var encoder = ExprEncoder(
            graph: graph, model: context.model, layout: context.layout, cells: cells.terms(context),
            old: old.terms(context), indices: indices)
        for (register, code) in registers.enumerated() {
            encoder.registers[register] = graph.bits(code, width: max(1, 64 - code.leadingZeroBitCount))
        }
        for (register, term) in symbolicRegisters { encoder.registers[register] = term }
        return encoder
    }

    // MARK: As numbers

    /// Nil where the value depends on a term.
    private mutating func known(_ expr: Expr) -> UInt64? {
        switch expr {
        case .constant(let value): return value
        case .read(let id, let place): return read(id, place, isOld: false)
        case .readOld(let id, let place): return read(id, place, isOld: true)
        case .processIndex(let index): return indices[index]
        case .register(let register):
            return symbolicRegisters.isEmpty || symbolicRegisters[register] == nil ? registers[register] : nil
        case .unary(let symbol, let inner): return known(inner).map { symbol.apply($0) }
        case .binary(let symbol, let left, let right): return binary(symbol, left, right)
        case .conditional(let condition, let yes, let no):
            guard let truth = known(condition) else { return nil }
            return known(truth != 0 ? yes : no)
        case .bind(let register, let bound, let body):
            let value = value(bound)
            return keeping(register) {
                $0.set(register, value)
                return $0.known(body)
            }
        case .quantified(let quantifier, let register, let count, let body):
            return keeping(register) { $0.quantified(quantifier, register, count, body) }
        }
    }

    private mutating func keeping(_ register: Int, _ body: (inout PathValues) -> UInt64?) -> UInt64? {
        let (code, term) = (registers[register], symbolicRegisters[register])
        defer { set(register, term.map(Value.term) ?? .code(code)) }
        return body(&self)
    }

    /// What decides alone decides, whatever the other side is.
    private mutating func binary(_ symbol: BinaryOperator, _ left: Expr, _ right: Expr) -> UInt64? {
        let x = known(left)
        switch (symbol, x) {
        case (.and, 0?): return 0
        case (.or, let x?) where x != 0: return 1
        case (.implies, 0?): return 1
        case (.and, nil): return known(right) == 0 ? 0 : nil
        case (.or, nil), (.implies, nil): return known(right).flatMap { $0 != 0 ? 1 : nil }
        default: break  // both sides are needed
        }
        guard let x, let y = known(right) else { return nil }
        return symbol.apply(x, y)
    }

    private mutating func quantified(
        _ quantifier: Quantifier, _ register: Int, _ count: Int, _ body: Expr
    ) -> UInt64? {
        var (result, isKnown): (UInt64, Bool) = (quantifier == .all ? 1 : 0, true)
        for number in 0..<UInt64(count) {
            set(register, .code(number))
            guard let truth = known(body) else {
                isKnown = false
                continue
            }
            switch quantifier {
            case .all: if truth == 0 { return 0 }
            case .some: if truth != 0 { return 1 }
            case .count: result += truth != 0 ? 1 : 0
            case .collect: result |= truth != 0 ? 1 << number : 0
            }
        }
        return isKnown ? result : nil
    }

    private mutating func read(_ id: VariableID, _ place: [Expr], isOld: Bool) -> UInt64? {
        guard let element = element(id, place) else { return nil }
        let cell = context.starts[id.index] + element
        let symbols = isOld ? old.symbols : cells.symbols
        guard symbols.isEmpty || symbols[cell] == nil else { return nil }
        return isOld ? old.codes[cell] : cells.codes[cell]
    }

    private mutating func element(_ id: VariableID, _ place: [Expr]) -> Int? {
        var element = 0
        let counts = context.dimensions[id.index]
        for (number, index) in place.enumerated() {
            guard let value = known(index) else { return nil }
            element = element * counts[number] + Int(clamping: min(value, UInt64(counts[number] - 1)))
        }
        return element
    }
}

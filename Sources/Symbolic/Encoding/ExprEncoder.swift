import Model
import SMT

/// Expressions of a model as terms.
///
/// Expressions compute with words of 64 bits. A term is as wide as the value can be, and stands for itself with zeros
/// above: most sums and comparisons are narrow.
struct ExprEncoder {
    let graph: TermGraph
    let model: Model
    let layout: CellLayout
    /// Codes of the cells, and those before the step. A cell without bits is a zero of one bit.
    var cells: [Term]
    var old: [Term]
    /// Of the acting process.
    var indices: [UInt64] = []
    var registers: [Int: Term] = [:]
    /// By cell that was read: where it is the one that indices meant. Nil where nobody wants to know.
    private(set) var reads: [Int: Term]?

    /// A value, of 1 to 64 bits.
    mutating func value(_ expr: Expr) -> Term {
        switch expr {
        case .constant(let value): return constant(value)
        case .read(let id, let place): return read(id, place, cells)
        case .readOld(let id, let place): return read(id, place, old)
        case .processIndex(let index): return constant(indices[index])
        case .register(let register): return registers[register] ?? constant(0)
        case .unary(let symbol, let inner): return unary(symbol, inner)
        case .binary(let symbol, let left, let right): return binary(symbol, left, right)
        case .conditional(let condition, let yes, let no):
            let condition = truth(condition)
            if condition == graph.yes { return value(yes) }
            if condition == graph.no { return value(no) }
            let (a, b) = graph.evened(value(yes), value(no))
            return graph.conditional(condition, a, b)
        case .bind(let register, let bound, let body):
            return with(register, value(bound)) { $0.value(body) }
        case .quantified(let quantifier, let register, let count, let body):
            return quantified(quantifier, register, count, body)
        }
    }

    /// Whether a value is not 0.
    mutating func truth(_ expr: Expr) -> Term {
        switch expr {
        case .unary(.not, let inner): graph.not(truth(inner))
        case .binary(.and, let left, let right): graph.and(truth(left), truth(right))
        case .binary(.or, let left, let right): graph.or(truth(left), truth(right))
        case .binary(.implies, let left, let right): graph.implies(truth(left), truth(right))
        case .quantified(.all, let register, let count, let body): graph.and(truths(register, count, body))
        case .quantified(.some, let register, let count, let body): graph.or(truths(register, count, body))
        case .bind(let register, let bound, let body): with(register, value(bound)) { $0.truth(body) }
        case .constant, .read, .readOld, .processIndex, .register, .unary, .binary, .conditional, .quantified:
            graph.isNotZero(value(expr))
        }
    }

    private func constant(_ value: UInt64) -> Term {
        graph.bits(value, width: max(1, 64 - value.leadingZeroBitCount))
    }

    private mutating func with<Result>(
        _ register: Int, _ value: Term, _ body: (inout ExprEncoder) -> Result
    ) -> Result {
        let before = registers[register]
        registers[register] = value
        defer { registers[register] = before }
        return body(&self)
    }

    // MARK: Operators

    private mutating func unary(_ symbol: UnaryOperator, _ inner: Expr) -> Term {
        switch symbol {
        case .not: graph.bits(of: graph.not(truth(inner)))
        case .negate: graph.negate(graph.extended(value(inner), to: 64))
        case .complement: graph.complement(graph.extended(value(inner), to: 64))
        case .populationCount: graph.populationCount(value(inner))
        }
    }

    private mutating func binary(_ symbol: BinaryOperator, _ left: Expr, _ right: Expr) -> Term {
        switch symbol {
        case .and, .or, .implies: graph.bits(of: truth(.binary(symbol, left, right)))
        case .add: sum(value(left), value(right))
        case .subtract: wide(.subtract, value(left), value(right))
        case .multiply: product(value(left), value(right))
        case .bitAnd: even(.and, value(left), value(right))
        case .bitOr: even(.or, value(left), value(right))
        case .bitXor: even(.xor, value(left), value(right))
        case .shiftLeft: shiftedLeft(value(left), value(right))
        case .shiftRight: even(.shiftRight, value(left), value(right))
        case .equal: graph.bits(of: graph.equalNumbers(value(left), value(right)))
        case .notEqual: graph.bits(of: graph.not(graph.equalNumbers(value(left), value(right))))
        case .less: compare(.less, .below, value(left), value(right))
        case .lessOrEqual: compare(.lessOrEqual, .belowOrEqual, value(left), value(right))
        case .below: compare(.below, .below, value(left), value(right))
        case .belowOrEqual: compare(.belowOrEqual, .belowOrEqual, value(left), value(right))
        }
    }

    private func even(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term {
        let (a, b) = graph.evened(a, b)
        return graph.arithmetic(operation, a, b)
    }

    private func wide(_ operation: Arithmetic, _ a: Term, _ b: Term) -> Term {
        graph.arithmetic(operation, graph.extended(a, to: 64), graph.extended(b, to: 64))
    }

    private func sum(_ a: Term, _ b: Term) -> Term {
        let width = min(64, max(a.width, b.width) + 1)
        return graph.arithmetic(.add, graph.extended(a, to: width), graph.extended(b, to: width))
    }

    private func product(_ a: Term, _ b: Term) -> Term {
        let width = min(64, a.width + b.width)
        return graph.arithmetic(.multiply, graph.extended(a, to: width), graph.extended(b, to: width))
    }

    private func shiftedLeft(_ a: Term, _ b: Term) -> Term {
        guard let count = graph.constant(b) else { return wide(.shiftLeft, a, b) }
        guard count < 64 else { return constant(0) }
        let width = min(64, a.width + Int(count))
        return graph.arithmetic(.shiftLeft, graph.extended(a, to: width), graph.bits(count, width: width))
    }

    /// Signed where a sign can be.
    private func compare(_ signed: Comparison, _ unsigned: Comparison, _ a: Term, _ b: Term) -> Term {
        let (a, b) = graph.evened(a, b)
        return graph.bits(of: graph.compare(a.width == 64 ? signed : unsigned, a, b))
    }

    // MARK: Quantifiers

    private mutating func truths(_ register: Int, _ count: Int, _ body: Expr) -> [Term] {
        (0..<UInt64(count)).map { number in with(register, constant(number)) { $0.truth(body) } }
    }

    private mutating func quantified(
        _ quantifier: Quantifier, _ register: Int, _ count: Int, _ body: Expr
    ) -> Term {
        let truths = truths(register, count, body)
        switch quantifier {
        case .all: return graph.bits(of: graph.and(truths))
        case .some: return graph.bits(of: graph.or(truths))
        case .count: return truths.reduce(constant(0)) { sum($0, graph.bits(of: $1)) }
        case .collect:
            guard let first = truths.first else { return constant(0) }
            return truths.dropFirst().reduce(graph.bits(of: first)) { graph.concat(graph.bits(of: $1), $0) }
        }
    }

    // MARK: Cells

    private mutating func read(_ id: VariableID, _ place: [Expr], _ cells: [Term]) -> Term {
        let indices = place.map { value($0) }
        if reads != nil {
            for (cell, condition) in meant(id, indices) {
                let before = reads?[cell] ?? graph.no
                reads?[cell] = graph.or(before, condition)
            }
        }
        return element(id, indices[...], model[id].dimensions[...], 0) { cells[layout.cell(id, element: $0)] }
    }

    /// From now on, or anew, it is noted which cells are read.
    mutating func noteReads() { reads = [:] }

    /// The cells of a variable that indices may mean, with where they do.
    private func meant(_ id: VariableID, _ indices: [Term]) -> [(cell: Int, condition: Term)] {
        let dimensions = model[id].dimensions
        return (0..<model[id].count).compactMap { element in
            var rest = element
            var condition = graph.yes
            for (index, dimension) in zip(indices, dimensions).reversed() {
                condition = graph.and(condition, graph.isNumber(index, UInt64(rest % max(1, dimension.count))))
                rest /= max(1, dimension.count)
            }
            let cell = layout.cell(id, element: element)
            return condition == graph.no || layout.widths[cell] == 0 ? nil : (cell, condition)
        }
    }

    /// An element by indices that may depend on the state: a choice among all, a dimension at a time.
    private func element(
        _ id: VariableID, _ indices: ArraySlice<Term>, _ dimensions: ArraySlice<Dimension>, _ base: Int,
        _ cell: (Int) -> Term
    ) -> Term {
        guard let index = indices.first, let dimension = dimensions.first else { return cell(base) }
        let count = max(1, dimension.count)
        func at(_ number: Int) -> Term {
            element(id, indices.dropFirst(), dimensions.dropFirst(), base * count + number, cell)
        }
        if let number = graph.constant(index) { return at(Int(clamping: min(number, UInt64(count - 1)))) }
        return (0..<count - 1).reversed().reduce(at(count - 1)) { rest, number in
            graph.conditional(graph.isNumber(index, UInt64(number)), at(number), rest)
        }
    }

    /// Gives an element a new code; where its indices depend on the state, each that may be meant.
    ///
    /// - Returns: the cells, with where they are meant.
    mutating func assign(_ id: VariableID, _ place: [Expr], _ expr: Expr) -> [(cell: Int, condition: Term)] {
        let new = value(expr)
        let places = meant(id, place.map { value($0) })
        for (cell, condition) in places {
            cells[cell] = graph.conditional(condition, graph.extended(new, to: layout.widths[cell]), cells[cell])
        }
        return places
    }
}

extension TermGraph {
    /// Both as wide as the wider one.
    func evened(_ a: Term, _ b: Term) -> (Term, Term) {
        let width = max(a.width, b.width)
        return (extended(a, to: width), extended(b, to: width))
    }

    /// Whether two numbers of any widths are equal.
    func equalNumbers(_ a: Term, _ b: Term) -> Term {
        let (a, b) = evened(a, b)
        return equal(a, b)
    }

    func isNumber(_ term: Term, _ number: UInt64) -> Term {
        64 - number.leadingZeroBitCount > term.width ? no : equal(term, bits(number, width: term.width))
    }

    /// How many bits are 1.
    func populationCount(_ term: Term) -> Term {
        let width = 64 - UInt64(term.width).leadingZeroBitCount
        return (0..<term.width).reduce(bits(0, width: width)) { sum, bit in
            arithmetic(.add, sum, extended(extract(term, low: bit, width: 1), to: width))
        }
    }
}

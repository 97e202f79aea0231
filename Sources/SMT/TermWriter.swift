/// Writes terms as SMT-LIB 2.6: declarations of variables, and one assertion in which what is used more than once is bound
/// by `let`.
///
/// Not by `define-fun`: Z3 puts such definitions in anew wherever they are used, and takes minutes to read what it solves in
/// a moment.
struct TermWriter {
    private let graph: TermGraph
    private let declared: Set<String>
    private var uses: [Int32: Int] = [:]
    /// How a term is written where it is used.
    private var written: [Int32: String] = [:]
    /// By term: how many bindings deep it is.
    private var levels: [Int32: Int] = [:]
    /// What is bound, by level: each needs lower levels only.
    private var bindings: [[String]] = []
    private var bound = 0

    /// Longer terms get a name even where they are used once: no reader has to go deep.
    private static let longest = 160

    /// - Parameter declared: names of variables that the reader knows.
    init(_ graph: TermGraph, declared: Set<String> = []) { (self.graph, self.declared) = (graph, declared) }

    mutating func text(asserting assertions: [Term]) -> String {
        let parts = graph.parts(of: assertions)
        for id in parts { for operand in graph.operands(graph.nodes[Int(id)]) { uses[operand.id, default: 0] += 1 } }
        var text = ""
        for id in parts {
            let term = graph.term(id)
            if let name = graph.name(of: term) {
                written[id] = Self.symbol(name)
                if !declared.contains(name) { text += "(declare-fun \(Self.symbol(name)) () \(Self.sort(term)))\n" }
            } else {
                write(term)
            }
        }
        let all = assertions.map(name)
        let whole = all.count == 1 ? all[0] : "(and \(all.joined(separator: " ")))"
        text += "(assert\n" + bindings.map { "(let (\($0.joined(separator: "\n  ")))\n" }.joined()
        return text + (all.isEmpty ? "true" : whole) + String(repeating: ")", count: bindings.count) + ")\n"
    }

    private mutating func write(_ term: Term) {
        let body = body(term)
        let level = graph.operands(graph.node(term)).map { levels[$0.id, default: 0] }.max() ?? 0
        if isLeaf(term) || (uses[term.id, default: 0] < 2 && body.utf8.count < Self.longest) {
            written[term.id] = body
            levels[term.id] = level
            return
        }
        bound += 1
        if bindings.count == level { bindings.append([]) }
        bindings[level].append("(?\(bound) \(body))")
        written[term.id] = "?\(bound)"
        levels[term.id] = level + 1
    }

    private func isLeaf(_ term: Term) -> Bool {
        switch graph.node(term) {
        case .variable, .truth, .bits: true
        case .not(let inner): isLeaf(inner)
        case .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate, .concat, .extract: false
        }
    }

    private func name(_ term: Term) -> String { written[term.id] ?? "?" }

    private func body(_ term: Term) -> String {
        switch graph.node(term) {
        case .variable: name(term)
        case .truth(let value): value ? "true" : "false"
        case .bits(let value): Self.literal(value, width: term.width)
        case .not(let a): "(not \(name(a)))"
        case .and(let parts): "(and \(parts.map(name).joined(separator: " ")))"
        case .or(let parts): "(or \(parts.map(name).joined(separator: " ")))"
        case .conditional(let condition, let a, let b): "(ite \(name(condition)) \(name(a)) \(name(b)))"
        case .equal(let a, let b): "(= \(name(a)) \(name(b)))"
        case .compare(let comparison, let a, let b): "(\(comparison.rawValue) \(name(a)) \(name(b)))"
        case .arithmetic(let operation, let a, let b): "(\(operation.rawValue) \(name(a)) \(name(b)))"
        case .complement(let a): "(bvnot \(name(a)))"
        case .negate(let a): "(bvneg \(name(a)))"
        case .concat(let a, let b): "(concat \(name(a)) \(name(b)))"
        case .extract(let a, let low): "((_ extract \(low + term.width - 1) \(low)) \(name(a)))"
        }
    }

    static func sort(_ term: Term) -> String { term.isBool ? "Bool" : "(_ BitVec \(term.width))" }

    private static func literal(_ value: UInt64, width: Int) -> String {
        if width % 4 == 0 {
            let digits = String(value, radix: 16)
            return "#x" + String(repeating: "0", count: width / 4 - digits.count) + digits
        }
        let digits = String(value, radix: 2)
        return "#b" + String(repeating: "0", count: width - digits.count) + digits
    }

    /// Names of variables of specs have dots and brackets; those of SMT-LIB stand between bars.
    private static func symbol(_ name: String) -> String { "|\(name)|" }
}

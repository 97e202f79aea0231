/// Terms that share their parts: what is made twice is the same term.
///
/// Terms are simplified as they are made, by rules that look at the node and its operands only. Used by one thread.
public final class TermGraph {
    private(set) var nodes: [TermNode] = []
    private var widths: [Int] = []
    private var known: [Key: Int32] = [:]
    /// Of variables.
    private(set) var names: [String] = []
    private var variables: [String: Term] = [:]

    /// What went into the arms of choices: each is visited once, however often it is shared.
    var comparisons: [Cut: Term] = [:]
    var cuts: [Cut: Term] = [:]
    /// Of sums, products and the like that were asked for as numbers.
    var linearForms: [Term: LinearForm?] = [:]

    struct Cut: Hashable {
        let term: Term
        /// The constant that it is compared with, or the lowest bit.
        let value: UInt64
        var width = 0
    }

    /// The width belongs to it: constants and cuts of different widths have the same node.
    private struct Key: Hashable {
        let node: TermNode
        let width: Int
    }

    public let yes: Term
    public let no: Term

    public init() {
        nodes = [.truth(true), .truth(false)]
        widths = [0, 0]
        yes = Term(id: 0, width: 0)
        no = Term(id: 1, width: 0)
        known = [Key(node: .truth(true), width: 0): 0, Key(node: .truth(false), width: 0): 1]
    }

    /// How many terms there are.
    public var count: Int { nodes.count }

    func node(_ term: Term) -> TermNode { nodes[Int(term.id)] }

    func term(_ id: Int32) -> Term { Term(id: id, width: widths[Int(id)]) }

    func make(_ node: TermNode, width: Int) -> Term {
        let key = Key(node: node, width: width)
        if let id = known[key] { return Term(id: id, width: width) }
        let id = Int32(nodes.count)
        nodes.append(node)
        widths.append(width)
        known[key] = id
        return Term(id: id, width: width)
    }

    /// A variable; the same for the same name.
    ///
    /// - Parameter width: 0 for Bool. A name has one width.
    public func variable(_ name: String, width: Int) -> Term {
        if let term = variables[name], term.width == width { return term }
        names.append(name)
        let term = make(.variable(names.count - 1), width: width)
        variables[name] = term
        return term
    }

    /// The name of a variable; nil for other terms.
    public func name(of term: Term) -> String? {
        if case .variable(let number) = node(term) { names[number] } else { nil }
    }

    /// The SMT-LIB sort of a variable, by name; Bool where there is none.
    public func sort(ofVariable name: String) -> String { variables[name].map { TermWriter.sort($0) } ?? "Bool" }

    public func truth(_ value: Bool) -> Term { value ? yes : no }

    /// The low bits of a number.
    public func bits(_ value: UInt64, width: Int) -> Term { make(.bits(value & .mask(width)), width: width) }

    /// The number that a bit vector is; nil where it depends on something.
    public func constant(_ term: Term) -> UInt64? {
        if case .bits(let value) = node(term) { value } else { nil }
    }
}

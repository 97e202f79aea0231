/// A question to a solver: whether all assertions can hold at once.
public struct Query {
    public let graph: TermGraph
    public var assertions: [Term]
    /// Said on top of the text, a line each.
    public var comments: [String] = []

    public init(_ graph: TermGraph, _ assertions: [Term] = []) {
        self.graph = graph
        self.assertions = assertions
    }
}

extension Query {
    /// SMT-LIB 2.6, logic QF_BV: what is exported, and what solvers are given. The same for the same terms.
    ///
    /// - Parameter isScript: with the commands around declarations and assertions.
    public func text(isScript: Bool = true) -> String {
        var writer = TermWriter(graph)
        var text = comments.map { "; \($0)\n" }.joined()
        if isScript { text += "(set-logic QF_BV)\n" }
        text += writer.text(asserting: assertions)
        if isScript { text += "(check-sat)\n(get-model)\n" }
        return text
    }
}

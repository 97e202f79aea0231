/// A question to a solver: whether all assertions can hold at once.
public struct Query {
    public let graph: TermGraph
    public var assertions: [Term]
    /// Said on top of the text, a line each.
    public var comments: [String] = []
    /// Whether a script asks for the values with which the assertions hold. Where they are meant not to hold this is an error.
    public var asksForValues = true

    public init(_ graph: TermGraph, _ assertions: [Term] = []) {
        self.graph = graph
        self.assertions = assertions
    }
}

extension Query {
    /// SMT-LIB 2.6, logic QF_BV: what is exported, and what solvers are given. The same for the same terms.
    ///
    /// - Parameters:
    ///   - isScript: with the commands around declarations and assertions.
    ///   - declared: names of variables that the reader knows.
    public func text(isScript: Bool = true, declared: Set<String> = []) -> String {
        var writer = TermWriter(graph, declared: declared)
        var text = Self.heading(comments)
        if isScript, asksForValues { text += "(set-option :produce-models true)\n" }
        if isScript { text += "(set-logic QF_BV)\n" }
        text += writer.text(asserting: assertions)
        if isScript { text += "(check-sat)\n" }
        if isScript, asksForValues { text += "(get-model)\n" }
        return text
    }

    /// Comments as text of SMT-LIB, a line each: the path of a spec may have line breaks.
    public static func heading(_ comments: [String]) -> String {
        comments.map { "; \(String($0.map { $0.isNewline ? " " : $0 }))\n" }.joined()
    }

    /// The names of its variables.
    public var variables: [String] { graph.parts(of: assertions).compactMap { graph.name(of: graph.term($0)) } }
}

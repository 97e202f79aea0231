import Model
import SMT

/// Whether `init` has an outcome: without one there is no run, and whatever is said of all runs means nothing.
public struct StartQuestion {
    /// Satisfiable: it has one.
    public let query: Query

    /// - Parameter model: one that is valid. Costs its formula.
    public init(_ model: Model) {
        let formula = ModelFormula(model)
        var query = Query(formula.graph, [formula.initial.completes])
        query.comments = ["sat: `init` has an outcome"]
        self.query = query
    }
}

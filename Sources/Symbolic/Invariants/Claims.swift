import Model
import SMT

/// What a model claims, as terms over the variables of its states.
struct Claims {
    /// That something is wrong with a state.
    let wrongState: Term

    /// Costs a walk over all claims, and for deadlocks over all actions.
    init(_ formula: ModelFormula) {
        wrongState = formula.graph.or(formula.model.judgements.compactMap { formula.violates($0) })
    }
}

import Model
import Program

/// Lowers the properties. Progress properties are no part of the model.
struct PropertyLowering {
    var evaluator: Evaluator

    mutating func lower(_ properties: [SourceProperty]) -> [ModelProperty] {
        properties.compactMap { property in
            switch property.kind {
            case .invariant(atRest: let atRest, let conjuncts):
                make(property, atRest ? .atRest : .invariant, conjuncts)
            case .transition(let conjuncts): make(property, .transition, conjuncts)
            case .reachable(let e): make(property, .reachable, [e])
            case .progress: nil
            }
        }
    }

    private mutating func make(
        _ property: SourceProperty, _ kind: ModelPropertyKind, _ conjuncts: [SourceExpr]
    ) -> ModelProperty {
        ModelProperty(name: property.name, kind: kind, conjuncts: conjuncts.map { conjunct($0) })
    }

    /// A conjunct in which something has no value does not hold.
    mutating func conjunct(_ e: SourceExpr) -> Conjunct {
        evaluator.begin()
        evaluator.mode = .lenient
        let known = evaluator.violations
        let code = evaluator.value(e).code
        let condition = evaluator.items.reversed().reduce(code) { rest, item in
            switch item {
            case .set(let register, let value): .bind(register: register, value, rest)
            case .check(let test, _): test.and(rest)
            }
        }
        // What fails here is the property, not a violation of its own.
        evaluator.violations = known
        return Conjunct(
            condition: condition, registerCount: evaluator.registerCount, origin: evaluator.origins.origin(e.span))
    }
}

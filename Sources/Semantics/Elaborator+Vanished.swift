import Diagnostics
import Program

/// A property that reads what the configuration has switched off would hold for no reason: that is an error.
extension Elaborator {
    func checkVanishedReads() {
        for property in program.properties {
            switch property.kind {
            case .invariant(atRest: _, let conjuncts), .transition(let conjuncts):
                for conjunct in conjuncts { checkVanished(conjunct, property) }
            case .reachable(let condition): checkVanished(condition, property)
            case .progress: continue
            }
        }
    }

    private func checkVanished(_ expr: Expr, _ property: Property) {
        if let name = vanishedName(expr) {
            report(
                .readsVanished, "`\(property.name)` reads `\(name)`, which this configuration switches off",
                at: expr.span,
                notes: [
                    Note("the configuration is here", at: request.span),
                    Note("put the constant that switches it on in front: `… implies …`"),
                ])
        }
        for child in livingChildren(of: expr) { checkVanished(child, property) }
    }

    private func vanishedName(_ expr: Expr) -> String? {
        switch expr.kind {
        case .constant: return vanishedReads[expr.span]
        case .read(let place, _):
            let variable = program[place.variable]
            guard case .constant(.bool(false)) = variable.condition?.kind else { return nil }
            return variable.name
        default: return nil  // other expressions read through these
        }
    }

    /// The parts of an expression that its constants do not switch off.
    private func livingChildren(of expr: Expr) -> [Expr] {
        switch expr.kind {
        case .binary(.and, let left, let right): constant(left) == false ? [] : [left, right]
        case .binary(.implies, let left, let right): constant(left) == false ? [] : [left, right]
        case .binary(.or, let left, let right): constant(left) == true ? [] : [left, right]
        case .conditional(let condition, let first, let second):
            constant(condition).map { [$0 ? first : second] } ?? [condition, first, second]
        case .call(let id, let arguments): arguments + [program[id].body]
        default: expr.children  // all other parts are evaluated
        }
    }

    private func constant(_ expr: Expr) -> Bool? {
        if case .success(.bool(let value)) = ConstantEvaluator(program).evaluate(expr) { value } else { nil }
    }
}

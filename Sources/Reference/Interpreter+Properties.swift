import Diagnostics
import Program

/// Why a conjunct does not hold.
public struct Explanation: Sendable {
    /// The values of the outermost `all` for which it fails.
    public let binders: [(name: String, value: Value)]
    /// The places that were read, in the order in which they were looked at, and what was in them.
    public let reads: [(place: String, value: Value)]
    /// The functions that the conjunct calls itself: where, and what came of it. One that is called repeatedly is there once.
    public let calls: [(span: Span, function: FunctionID, value: Value)]
}

extension Interpreter {
    /// Whether a conjunct of a property holds; `old` is the state before the step, for transition properties. One that
    /// can't be evaluated (an index out of range, `!` on `none`) does not hold.
    public func evaluate(_ conjunct: Expr, of property: Property, in state: State, old: State? = nil) -> Bool {
        var evaluator = evaluator(for: property, state, old)
        return holds(conjunct, &evaluator)
    }

    /// The numbers of the conjuncts that do not hold. For an `at rest` invariant none where not all processes rest, for
    /// a transition property none without `old`. `reachable` and `progress` have no conjuncts.
    public func failingConjuncts(_ property: Property, in state: State, old: State? = nil) -> [Int] {
        switch property.kind {
        case .invariant(let atRest, let conjuncts):
            guard !atRest || isAtRest(state) else { return [] }
            return conjuncts.indices.filter { !evaluate(conjuncts[$0], of: property, in: state) }
        case .transition(let conjuncts):
            guard let old else { return [] }
            return conjuncts.indices.filter { !evaluate(conjuncts[$0], of: property, in: state, old: old) }
        case .reachable, .progress: return []
        }
    }

    /// Whether a state is the witness that a `reachable` property asks for.
    public func isWitness(_ state: State, of property: Property) -> Bool {
        guard case .reachable(let condition) = property.kind else { return false }
        return evaluate(condition, of: property, in: state)
    }

    /// What made a conjunct fail.
    public func explain(
        _ conjunct: Expr, of property: Property, in state: State, old: State? = nil
    ) -> Explanation {
        var evaluator = evaluator(for: property, state, old)
        var binders: [(name: String, value: Value)] = []
        var inner = conjunct
        while case .quantified(.all, let next, let body) = inner.kind {
            guard let values = failing(next[...], body, &evaluator) else { break }
            for (binder, value) in zip(next, values) {
                evaluator.bind(binder.local, value)
                let name =
                    property.scope.locals.indices.contains(binder.local.raw)
                    ? property.scope.locals[binder.local.raw].name : ""
                binders.append((name, value))
            }
            inner = body
        }
        evaluator.reads = []
        evaluator.calls = []
        _ = holds(inner, &evaluator)
        return Explanation(binders: binders, reads: evaluator.reads ?? [], calls: evaluator.calls ?? [])
    }

    /// The first values of binders for which a condition fails.
    private func failing(_ binders: ArraySlice<Binder>, _ body: Expr, _ evaluator: inout Evaluator) -> [Value]? {
        guard let binder = binders.first else { return holds(body, &evaluator) ? nil : [] }
        var values: [Value] = []
        do throws(Stop) { values = try evaluator.elements(binder.set) } catch { return nil }
        for value in values {
            evaluator.bind(binder.local, value)
            if let condition = binder.condition, !holds(condition, &evaluator) { continue }
            if let rest = failing(binders.dropFirst(), body, &evaluator) { return [value] + rest }
        }
        return nil
    }

    private func holds(_ condition: Expr, _ evaluator: inout Evaluator) -> Bool {
        do throws(Stop) { return try evaluator.isTrue(condition) } catch { return false }
    }

    private func evaluator(for property: Property, _ state: State, _ old: State?) -> Evaluator {
        Evaluator(
            tables, shared: state.shared, controls: state.controls,
            locals: Array(repeating: nil, count: property.scope.locals.count), isGhost: true, old: old)
    }
}

/// Conditions without a variable that they say something about: what they say of the others.
///
/// Exact or nothing. It knows equations, inequations and unsigned bounds in which one side is the variable alone
/// (Fourier and Motzkin, for numbers without factors).
struct VariableElimination {
    private let graph: TermGraph
    private let variable: Term

    private struct Bound {
        let term: Term
        let isStrict: Bool
    }

    private var lower: [Bound] = []
    private var upper: [Bound] = []
    private var different: [Term] = []

    init(_ graph: TermGraph, _ variable: Term) {
        self.graph = graph
        self.variable = variable
    }

    /// That the variable has some value with which all conditions hold; nil where that can't be said without it.
    mutating func conditions(_ conjuncts: [Term]) -> [Term]? {
        let own = conjuncts.filter { graph.contains(variable, in: $0) }
        let others = conjuncts.filter { !graph.contains(variable, in: $0) }
        guard !own.isEmpty, !variable.isBool else { return own.isEmpty ? conjuncts : nil }
        if let term = own.compactMap({ value($0) }).first {
            return others + own.flatMap { graph.conjuncts(of: graph.replacing([variable: term], in: $0)) }
        }
        for condition in own where !take(condition) { return nil }
        if lower.isEmpty, upper.isEmpty {
            let isEnough = variable.width >= 62 || different.count < 1 << variable.width
            return isEnough ? others : nil
        }
        return different.isEmpty ? others + joined() : nil
    }

    /// What an equation says that the variable is.
    private func value(_ condition: Term) -> Term? {
        guard let (a, b) = graph.sides(ofEquation: condition) else { return nil }
        if a == variable, !graph.contains(variable, in: b) { return b }
        return b == variable && !graph.contains(variable, in: a) ? a : nil
    }

    private mutating func take(_ condition: Term) -> Bool {
        switch graph.node(condition) {
        case .compare(let comparison, let a, let b): return bound(comparison, a, b)
        case .not(let inner):
            switch graph.node(inner) {
            case .compare(.below, let a, let b): return bound(.belowOrEqual, b, a)
            case .compare(.belowOrEqual, let a, let b): return bound(.below, b, a)
            case .equal: return value(inner).map { differ($0) } ?? false
            case .variable, .truth, .bits, .not, .and, .or, .conditional, .compare, .arithmetic, .complement, .negate,
                .concat, .extract:
                return false
            }
        case .variable, .truth, .bits, .and, .or, .conditional, .equal, .arithmetic, .complement, .negate, .concat,
            .extract:
            return false
        }
    }

    private mutating func bound(_ comparison: Comparison, _ a: Term, _ b: Term) -> Bool {
        guard comparison == .below || comparison == .belowOrEqual else { return false }
        if a == variable, !graph.contains(variable, in: b) {
            upper.append(Bound(term: b, isStrict: comparison == .below))
            return true
        }
        guard b == variable, !graph.contains(variable, in: a) else { return false }
        lower.append(Bound(term: a, isStrict: comparison == .below))
        return true
    }

    /// An inequation with the least or the greatest number is a bound.
    private mutating func differ(_ term: Term) -> Bool {
        switch graph.constant(term) {
        case 0: lower.append(Bound(term: term, isStrict: true))
        case UInt64.mask(variable.width): upper.append(Bound(term: term, isStrict: true))
        default: different.append(term)
        }
        return true
    }

    /// Each lower bound leaves room below each upper one.
    private func joined() -> [Term] {
        let width = variable.width
        let lowers = lower + [Bound(term: graph.bits(0, width: width), isStrict: false)]
        let uppers = upper + [Bound(term: graph.bits(.mask(width), width: width), isStrict: false)]
        return lowers.flatMap { low in uppers.flatMap { high in room(low, high) } }
    }

    private func room(_ low: Bound, _ high: Bound) -> [Term] {
        let isBelow = graph.compare(.below, low.term, high.term)
        if !low.isStrict, !high.isStrict {
            return graph.conjuncts(of: graph.compare(.belowOrEqual, low.term, high.term))
        }
        guard low.isStrict, high.isStrict else { return graph.conjuncts(of: isBelow) }
        let next = graph.arithmetic(.add, low.term, graph.bits(1, width: variable.width))
        return graph.conjuncts(of: graph.and(isBelow, graph.not(graph.equal(next, high.term))))
    }
}

extension TermGraph {
    /// That a variable has some value with which all conditions hold, without the variable; nil where that can't be said.
    /// Quadratic in the conditions that have it.
    public func conditions(_ conjuncts: [Term], without variable: Term) -> [Term]? {
        var elimination = VariableElimination(self, variable)
        return elimination.conditions(conjuncts)
    }
}

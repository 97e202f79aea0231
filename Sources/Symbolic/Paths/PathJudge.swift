import Model
import SMT

/// What is wrong with states and steps of paths: where, as a condition on their variables.
struct PathJudge {
    private let context: PathContext
    private let conditions: PathConditions
    /// What is looked for, in the order in which it is named.
    let judgements: [SymbolicJudgement]
    let order: [SymbolicJudgement: Int]

    init(_ context: PathContext, _ conditions: PathConditions, property: String?) {
        (self.context, self.conditions) = (context, conditions)
        judgements = context.model.judgements(named: property)
        order = Dictionary(uniqueKeysWithValues: judgements.enumerated().map { ($1, $0) })
    }

    private var graph: TermGraph { context.graph }
    private var model: Model { context.model }

    func looks(for judgement: SymbolicJudgement) -> Bool { order[judgement] != nil }

    // MARK: States and steps

    /// Judgements of a state, each with the condition under which it is wrong.
    func wrong(_ cells: PathCells) -> [(judgement: SymbolicJudgement, where: Term)] {
        judgements.compactMap { one in
            let term = wrong(one, cells)
            return term == graph.no ? nil : (one, term)
        }
    }

    /// Where a state is wrong; `no` for judgements that look at steps.
    func wrong(_ judgement: SymbolicJudgement, _ cells: PathCells) -> Term {
        switch judgement {
        case .inStep, .deadlock: graph.no
        case .lockLeak: graph.truth(leaks(cells))
        case .property(let number):
            switch model.properties[number].kind {
            case .invariant: graph.not(holds(number, cells, old: cells))
            case .atRest: isAtRest(cells) ? graph.not(holds(number, cells, old: cells)) : graph.no
            case .transition, .reachable: graph.no
            }
        }
    }

    /// The same of a step as a pair of states.
    func wrong(_ cells: PathCells, old: PathCells) -> [(judgement: SymbolicJudgement, where: Term)] {
        judgements.compactMap { one in
            let term = wrong(one, cells, old: old)
            return term == graph.no ? nil : (one, term)
        }
    }

    func wrong(_ judgement: SymbolicJudgement, _ cells: PathCells, old: PathCells) -> Term {
        guard case .property(let number) = judgement, model.properties[number].kind == .transition else {
            return graph.no
        }
        return graph.not(holds(number, cells, old: old))
    }

    func holds(_ number: Int, _ cells: PathCells, old: PathCells) -> Term {
        let property = model.properties[number]
        var values = PathValues(
            context, cells, old: old, registers: property.conjuncts.reduce(0) { max($0, $1.registerCount) })
        var parts: [Term] = []
        for conjunct in property.conjuncts {
            switch values.truth(conjunct.condition) {
            case .known(true): continue
            case .known(false): return graph.no
            case .term(let term): parts.append(term)
            }
        }
        return graph.and(parts)
    }

    // MARK: Rest

    private func isAtRest(_ cells: PathCells) -> Bool {
        context.places(in: cells.codes).allSatisfy { $0.process.isAtRest(at: $0.location) }
    }

    private func leaks(_ cells: PathCells) -> Bool {
        context.places(in: cells.codes).contains { $0.process.leaks(at: $0.location) }
    }

    // MARK: Deadlock

    /// Whether some ordinary process is in the middle of something.
    func isUnderWay(_ cells: PathCells) -> Bool {
        context.places(in: cells.codes).contains { $0.process.isUnderWay(at: $0.location) }
    }

    /// Where no step is possible.
    struct Stuck {
        /// Where certainly none is.
        var certain: Term
        /// Where perhaps none is.
        var possible: Term
    }

    /// - Parameters:
    ///   - asked: what each step of processes that are no hardware asks of the state.
    ///   - own: the variables of the state; others are chosen in the step.
    func stuck(_ asked: [[Term]], own: Set<Term>) -> Stuck {
        var (certain, possible): ([Term], [Term]) = ([], [])
        for conditions in asked {
            if let exact = exactly(conditions, own) {
                certain.append(graph.not(exact))
                possible.append(graph.not(exact))
            } else {
                // With some values of what is chosen it moves; with others it may.
                certain.append(graph.no)
                possible.append(graph.not(graph.and(conditions.map { withZeros($0, own) })))
            }
        }
        return Stuck(certain: graph.and(certain), possible: graph.and(possible))
    }

    /// What a step asks, where something can be chosen so that it is possible.
    private func exactly(_ asked: [Term], _ own: Set<Term>) -> Term? {
        var left = asked
        for variable in chosen(left, own) {
            if let without = graph.conditions(left, without: variable) { left = without }
        }
        return chosen(left, own).isEmpty ? graph.and(left) : nil
    }

    private func chosen(_ conditions: [Term], _ own: Set<Term>) -> [Term] {
        Set(conditions.flatMap { self.conditions.variables(of: $0) }).subtracting(own)
            .filter { !self.conditions.isConstant($0) }.sorted { $0.number < $1.number }
    }

    private func withZeros(_ condition: Term, _ own: Set<Term>) -> Term {
        graph.replacing(
            Dictionary(
                uniqueKeysWithValues: chosen([condition], own).map { ($0, graph.bits(0, width: max(1, $0.width))) }),
            in: condition)
    }
}

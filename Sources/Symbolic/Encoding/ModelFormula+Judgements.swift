import Model
import SMT

/// What a question for another solver asks about: nobody looks at its answer once more.
extension ModelFormula {
    /// Those of a name, or all; without deadlocks that are guessed.
    func judgements(named property: String?) -> [SymbolicJudgement] {
        model.judgements(named: property).filter { property != nil || $0 != .deadlock || !guessesMoves }
    }

    /// What there is to say of the answer.
    func remarks(on property: String?) -> [String] {
        let isNamed = property == model.name(of: .deadlock)
        guard guessesMoves, isNamed || property == nil else { return [] }
        let why = "whether a process can go on depends on a choice among too many values"
        return [isNamed ? "a violation may be none: \(why)" : "deadlocks are not asked about: \(why)"]
    }
}

/// What is wrong with states and steps, over the variables of the state.
extension ModelFormula {
    /// Where a state is wrong; nil for a judgement that looks at steps.
    func violates(_ judgement: SymbolicJudgement) -> Term? {
        switch judgement {
        case .inStep: return nil
        case .lockLeak: return leaks
        case .deadlock: return isStuck
        case .property(let number):
            let property = model.properties[number]
            switch property.kind {
            case .invariant: return graph.not(holds(property, state, old: state))
            case .atRest: return graph.and(allRest, graph.not(holds(property, state, old: state)))
            case .transition, .reachable: return nil
            }
        }
    }

    /// Where a step is wrong as a pair of states.
    ///
    /// - Parameter next: the cells behind it.
    func violates(_ judgement: SymbolicJudgement, next: [Term]) -> Term? {
        guard case .property(let number) = judgement, model.properties[number].kind == .transition else { return nil }
        return graph.not(holds(model.properties[number], next, old: state))
    }

    func holds(_ property: Property, _ cells: [Term], old: [Term]) -> Term {
        var encoder = ExprEncoder(graph: graph, model: model, layout: layout, cells: cells, old: old)
        return graph.and(property.conjuncts.map { encoder.truth($0.condition) })
    }

    // MARK: Rest

    /// Every process is at its start, at its end, at the head of an outermost loop, or hardware.
    private var allRest: Term {
        graph.and(actors.filter { model.processes[$0.process].kind != .hardware }.map { isAt($0, Process.isAtRest) })
    }

    private var leaks: Term {
        graph.or(actors.map { isAt($0, Process.leaks) })
    }

    /// No process that is no hardware can move, and some ordinary one is in the middle of something.
    private var isStuck: Term {
        let underWay = graph.or(actors.map { isAt($0, Process.isUnderWay) })
        guard underWay != graph.no else { return graph.no }
        let movers = actors.filter { model.processes[$0.process].kind != .hardware }
        return graph.and([underWay] + movers.map { graph.not(moves($0)) })
    }

    /// At a location of some kind.
    private func isAt(
        _ place: (process: Int, instance: Int), _ isMeant: (Process) -> (Int) -> Bool
    ) -> Term {
        let process = model.processes[place.process]
        return graph.or(process.locations.indices.filter(isMeant(process)).map { isAt($0, place) })
    }
}

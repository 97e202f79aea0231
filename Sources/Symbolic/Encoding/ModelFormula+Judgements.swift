import Model
import SMT

/// What a question for another solver asks about: nobody looks at its answer once more.
extension ModelFormula {
    /// Those of a name, or all; without deadlocks that are guessed.
    func judgements(named property: String?) -> [SymbolicJudgement] {
        model.judgements.filter { one in
            property.map { model.name(of: one) == $0 } ?? (one != .deadlock || !guessesMoves)
        }
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
        graph.and(
            actors.map { place in
                let process = model.processes[place.process]
                return process.kind == .hardware
                    ? graph.yes
                    : isAtSome(place) { _, location in
                        location.isRest || location.isFinal
                    }
            })
    }

    private var leaks: Term {
        graph.or(
            actors.map { place in
                isAtSome(place) { _, location in (location.isRest || location.isFinal) && !location.held.isEmpty }
            })
    }

    /// No process that is no hardware can move, and some ordinary one is in the middle of something.
    private var isStuck: Term {
        let underWay = graph.or(
            actors.filter { model.processes[$0.process].kind == .ordinary }.map { place in
                isAtSome(place) { number, location in
                    !location.isFinal && !location.isLoopHead && !(location.isRest && number != 0)
                }
            })
        guard underWay != graph.no else { return graph.no }
        let movers = actors.filter { model.processes[$0.process].kind != .hardware }
        return graph.and([underWay] + movers.map { graph.not(moves($0)) })
    }

    private func isAtSome(
        _ place: (process: Int, instance: Int), _ isMeant: (Int, Location) -> Bool
    ) -> Term {
        graph.or(
            model.processes[place.process].locations.enumerated().filter { isMeant($0.offset, $0.element) }
                .map { isAt($0.offset, place) })
    }
}

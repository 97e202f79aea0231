import Model
import SMT

/// Takes the way to a violation again, with a variable for each choice, and finds values for them.
struct PathTracer {
    private let context: PathContext
    private let conditions: PathConditions
    private let judge: PathJudge

    init(_ context: PathContext, _ conditions: PathConditions, _ judge: PathJudge) {
        (self.context, self.conditions, self.judge) = (context, conditions, judge)
    }

    private var graph: TermGraph { context.graph }

    /// - Parameter wanted: conditions on constants.
    func run(to hit: PathHit, _ store: PathStore, where wanted: [Term] = []) throws(PathStop) -> SymbolicRun {
        let ways =
            hit.state.map { store.chain(to: $0) } ?? (hit.way.parent.map { store.chain(to: $0) } ?? []) + [hit.way]
        var states: [PathCells] = []
        var known = start.known + wanted
        var old = start.cells
        for (number, way) in ways.enumerated() {
            let path = try path(way, number, states.last ?? start.cells, known)
            (known, old) = (path.conditions, states.last ?? start.cells)
            if path.ending == nil { states.append(path.values.cells) }
        }
        if let last = states.last { known += [try wrong(hit, last, old, known)] }
        guard let values = try conditions.values(graph.and(known)) else {
            throw .unknown(.other("a violation was found, and no values for it"))
        }
        return run(hit.judgement, ways, states, values)
    }

    /// All codes are 0 but those that are free.
    private var start: (cells: PathCells, known: [Term]) {
        var cells = PathCells(codes: Array(repeating: 0, count: context.layout.count))
        var known: [Term] = []
        for (cell, variable) in context.free {
            cells.symbols[cell] = variable
            known.append(graph.isCode(variable, of: context.layout.types[cell], context.model.sorts))
        }
        return (cells, known)
    }

    private func path(
        _ way: PathStore.Way, _ number: Int, _ cells: PathCells, _ known: [Term]
    ) throws(PathStop) -> ExecutedPath {
        var executor = PathExecutor(context, conditions, along: way.decisions) { [graph] choice, width in
            graph.variable("step \(number).choice \(choice)/\(width)", width: width)
        }
        let paths =
            way.parent == nil
            ? try executor.initial(cells, known)
            : try executor.step(way.action, actor: way.actor, cells, known)
        guard paths.count == 1 else { throw .unknown(.other("the way to a violation can't be taken again")) }
        return paths[0]
    }

    /// That the violation is there.
    private func wrong(
        _ hit: PathHit, _ cells: PathCells, _ old: PathCells, _ known: [Term]
    ) throws(PathStop) -> Term {
        switch hit.judgement {
        case .inStep: return graph.yes
        case .deadlock: return try stuck(cells, known)
        case .lockLeak, .property:
            return graph.or(judge.wrong(hit.judgement, cells), judge.wrong(hit.judgement, cells, old: old))
        }
    }

    private func stuck(_ cells: PathCells, _ known: [Term]) throws(PathStop) -> Term {
        var asked: [[Term]] = []
        for actor in context.actors.indices {
            let place = context.actors[actor]
            guard context.model.processes[place.process].kind != .hardware,
                let location = context.location(of: actor, in: cells.codes)
            else { continue }
            for action in context.actions[place.process][location] {
                var executor = PathExecutor(context, conditions) { [graph] in
                    graph.variable("choice \($0)/\($1)", width: $1)
                }
                asked += try executor.step(action, actor: actor, cells, known).map(\.asked)
            }
        }
        let own = Set((cells.symbols.values + known).flatMap { conditions.variables(of: $0) })
        return judge.stuck(asked, own: own).certain
    }

    private func run(
        _ judgement: SymbolicJudgement, _ ways: [PathStore.Way], _ states: [PathCells], _ values: Assignment
    ) -> SymbolicRun {
        let (model, layout) = (context.model, context.layout)
        let free = context.free.mapValues { values.values[graph.name(of: $0) ?? "", default: 0] }
        let wide = values.values.filter { $0.key.contains(".choice ") }.map(\.value)
        let decided = ways.flatMap(\.decisions)
        return SymbolicRun(
            judgement: judgement,
            states: states.map { model.words(of: graph.values(of: $0.terms(context), values), layout) },
            actors: ways.dropFirst().map(\.actor),
            free: model.words(of: layout.widths.indices.map { free[$0, default: 0] }, layout),
            wideChoices: Set(wide + decided + [0]).sorted(),
            // Whether a deadlock is one is a question about all that could be chosen.
            mostCandidates: judgement == .deadlock ? nil : 1 << ModelFormula.narrowBits, isGuess: false)
    }
}

import Model
import SMT

/// Breadth-first search over symbolic states: most cells are numbers, those that depend on symbolic constants or on choices
/// among too many values are terms, with conditions on their variables (King, *Symbolic Execution and Program Testing*,
/// CACM 1976). A state all values of which are known is not visited again.
public struct PathSearch {
    private let options: PathOptions
    private let context: PathContext
    private let conditions: PathConditions
    private let naming: PathNaming
    private let judge: PathJudge
    private let tracer: PathTracer
    private var store = PathStore()
    private var layer: [Int] = []
    private var next: [Int] = []
    private var transitions = 0
    private var depth = 0
    /// The last depth at which there is a state.
    private var deepest = -1
    private var judged = -1
    private var witnessed: Set<Int> = []
    private var hits: [PathHit] = []
    private var findings: [PathFinding] = []
    /// Values of constants for which nothing was found; conditions on constants only.
    private var left: [Term] = []
    /// The conditions of the initial states; nil until all are made.
    private var starts: [[Term]]?
    /// Whether something was found behind the last depth that is asked for.
    private var isBeyond = false
    /// Said where all else is complete.
    private var doubt: String?

    /// Of a search that goes on behind violations: it gives a run to so many, and to the first of each kind.
    private static let mostRuns = 16

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ solver: any Solver, _ options: PathOptions) {
        self.options = options
        context = PathContext(model)
        conditions = PathConditions(context, solver, options.limits)
        naming = PathNaming(context, conditions)
        judge = PathJudge(context, conditions, property: options.property)
        tracer = PathTracer(context, conditions, judge)
    }

    private var graph: TermGraph { context.graph }
    private var model: Model { context.model }

    public mutating func run() -> PathResult {
        do throws(PathStop) {
            try begin()
            while true {
                if let run = try firstHit() { return result(.violated(run)) }
                try expandLayer()
                if let run = try firstHit(.deadlock) { return result(.violated(run)) }
                judged = depth
                options.progress?(depth, store.count)
                if next.isEmpty, hits.isEmpty, !isBeyond { break }
                if depth == options.depth { throw .depth }
                depth += 1
                (layer, next) = (next, [])
            }
            if let doubt { throw .unknown(.other(doubt)) }
            return result(.complete)
        } catch {
            switch error {
            case .unknown(let reason): return result(.unknown(reason))
            case .states: return result(.states)
            case .memory: return result(.memory)
            case .depth: return result(.bounded)
            }
        }
    }

    private func result(_ outcome: PathResult.Outcome) -> PathResult {
        var unwitnessed: [String] = []
        var reached = judged
        if case .complete = outcome {
            unwitnessed = model.properties.indices.filter {
                model.properties[$0].kind == .reachable && !witnessed.contains($0)
            }.map { model.properties[$0].name }.sorted()
            reached = max(0, deepest)
        }
        if case .violated(let run) = outcome { reached = run.stepCount }
        return PathResult(
            outcome: outcome, states: store.count, transitions: transitions, depth: reached,
            queries: conditions.queries, unwitnessed: unwitnessed, findings: findings,
            constants: PathConstants(context, conditions), starts: starts ?? [[]])
    }

    // MARK: States

    private mutating func begin() throws(PathStop) {
        let known = PathConditions.ordered(
            context.free.sorted(by: { $0.key < $1.key }).flatMap { cell, variable in
                graph.conjuncts(of: graph.isCode(variable, of: context.layout.types[cell], model.sorts))
            })
        var executor = executor
        let paths = try executor.initial(context.start, known)
        starts = paths.map { conditions.about([], $0.conditions) }
        for path in paths {
            let way = PathStore.Way(parent: nil, actor: -1, action: -1, decisions: path.decisions)
            for one in try naming.split(path) { try take(one, way) }
        }
        (layer, next) = (next, [])
    }

    private var executor: PathExecutor {
        PathExecutor(context, conditions) { [graph] in graph.variable("choice \($0)/\($1)", width: $1) }
    }

    private mutating func expandLayer() throws(PathStop) {
        let length = depth
        for number in layer {
            if let deadline = options.limits.deadline, ContinuousClock.now >= deadline { throw .unknown(.time) }
            if options.limits.isCancelled() { throw .unknown(.interrupted) }
            try expand(number, length)
        }
    }

    private mutating func expand(_ number: Int, _ length: Int) throws(PathStop) {
        let (key, stored) = store.state(number)
        let cells = context.cells(ofKey: key)
        var known = stored
        if !left.isEmpty {
            known = PathConditions.ordered(stored + left)
            guard try conditions.arePossible(known) else { return }
        }
        let mayBeStuck = judge.looks(for: .deadlock) && judge.isUnderWay(cells)
        var asked: [[Term]] = []
        for actor in context.actors.indices {
            let place = context.actors[actor]
            guard let location = context.location(of: actor, in: cells.codes) else { continue }
            for action in context.actions[place.process][location] {
                var executor = executor
                let paths = try executor.step(action, actor: actor, cells, known)
                if model.processes[place.process].kind != .hardware { asked += paths.map(\.asked) }
                for path in paths {
                    transitions += 1
                    let way = PathStore.Way(
                        parent: number, actor: actor, action: action, decisions: path.decisions)
                    for one in try naming.split(path) { try take(one, way) }
                }
            }
        }
        if mayBeStuck, !asked.contains(where: \.isEmpty) { try judgeDeadlock(number, cells, known, asked, length) }
    }

    /// Judges what a step leads to, and keeps the state where it is new.
    private mutating func take(_ path: ExecutedPath, _ way: PathStore.Way) throws(PathStop) {
        let length = way.parent == nil ? 0 : depth + 1
        func at(_ judgement: SymbolicJudgement, _ known: [Term]) -> PathHit {
            PathHit(judgement: judgement, steps: length, way: way, state: nil, known: known)
        }
        for violation in path.met + (path.ending.map { [$0] } ?? []) where judge.looks(for: .inStep(violation)) {
            try note(at(.inStep(violation), path.conditions))
        }
        guard path.ending == nil else { return }
        if way.parent != nil {
            for (judgement, term) in judge.wrong(path.values.cells, old: path.values.old)
            where try conditions.isPossible(term, with: path.conditions) {
                try note(at(judgement, path.conditions + graph.conjuncts(of: term)))
            }
        }
        let (cells, known) = naming.canonical(path.values.cells, path.conditions)
        guard let number = try store.add(context.key(cells), known, way, conditions) else { return }
        next.append(number)
        deepest = length
        try checkLimits()
        for (judgement, term) in judge.wrong(cells) where try conditions.isPossible(term, with: known) {
            try note(at(judgement, known + graph.conjuncts(of: term)))
        }
        try noteWitnesses(cells, known)
    }

    private func checkLimits() throws(PathStop) {
        if let most = options.maximumStates, store.count > most { throw .states }
        if let most = options.maximumMemory, store.bytes + graph.count * 200 > most { throw .memory }
    }

    private mutating func noteWitnesses(_ cells: PathCells, _ known: [Term]) throws(PathStop) {
        for (number, property) in model.properties.enumerated()
        where property.kind == .reachable && !witnessed.contains(number) {
            if try conditions.isPossible(judge.holds(number, cells, old: cells), with: known) {
                witnessed.insert(number)
            }
        }
    }

    private mutating func judgeDeadlock(
        _ number: Int, _ cells: PathCells, _ known: [Term], _ asked: [[Term]], _ length: Int
    ) throws(PathStop) {
        let own = Set((cells.symbols.values + known).flatMap { conditions.variables(of: $0) })
        let stuck = judge.stuck(asked, own: own)
        if try conditions.isPossible(stuck.certain, with: known) {
            let way = PathStore.Way(parent: nil, actor: -1, action: -1, decisions: [])
            try note(
                PathHit(
                    judgement: .deadlock, steps: length, way: way, state: number,
                    known: known + graph.conjuncts(of: stuck.certain)))
        } else if try conditions.isPossible(stuck.possible, with: known) {
            doubt = "whether a state is a deadlock depends on what is chosen among too many values"
        }
    }

    // MARK: Violations

    /// Keeps a violation; where the search goes on behind it, without the values that it is there for.
    private mutating func note(_ hit: PathHit) throws(PathStop) {
        if let most = options.depth, hit.steps > most {
            isBeyond = true
            return
        }
        guard options.isExhaustive else {
            hits.append(hit)
            return
        }
        let about = conditions.about([], hit.known)
        guard try conditions.arePossible(PathConditions.ordered(about + left)) else { return }
        let isShown = findings.count < Self.mostRuns || !findings.contains { $0.judgement == hit.judgement }
        let run = isShown ? try tracer.run(to: hit, store, where: left) : nil
        findings.append(PathFinding(judgement: hit.judgement, steps: hit.steps, conditions: about, run: run))
        let isOfConstants = about.allSatisfy { conditions.variables(of: $0).allSatisfy(conditions.isConstant) }
        if isOfConstants {
            left = PathConditions.ordered(left + graph.conjuncts(of: graph.not(graph.and(about))))
        }
    }

    /// A run to the first violation of as many steps as the depth; nil where there is none.
    private mutating func firstHit(_ only: SymbolicJudgement? = nil) throws(PathStop) -> SymbolicRun? {
        let now = hits.filter { $0.steps == depth && (only == nil || $0.judgement == only) }
        func order(_ hit: PathHit) -> Int { judge.order[hit.judgement] ?? .max }
        guard let first = now.min(by: { order($0) < order($1) }) else { return nil }
        var seen: Set<[Term]> = []
        findings = now.filter { $0.judgement == first.judgement }.compactMap { hit in
            let about = conditions.about([], hit.known)
            guard seen.insert(about).inserted else { return nil }
            return PathFinding(judgement: hit.judgement, steps: hit.steps, conditions: about, run: nil)
        }
        return try tracer.run(to: first, store)
    }
}

/// A violation that a search has come by.
struct PathHit {
    let judgement: SymbolicJudgement
    let steps: Int
    /// The last step; for a deadlock nothing.
    let way: PathStore.Way
    /// The state that is stuck.
    let state: Int?
    /// What holds where it is one.
    let known: [Term]
}

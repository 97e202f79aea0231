import Flow
import Program

/// Which locks allow fusions, and which accesses of a graph are fused.
struct Fusions {
    let program: Program
    let options: LoweringOptions
    /// Locks whose state somebody can tell: those of a `try lock` or a `locked(…)`.
    private var visible: Set<SourceVariableID> = []
    /// Whether any expression asks where a process is.
    private var tellsProgress = false
    /// Whether a `transition` may be violated by a step that changes nothing it looks at. Such a step is seen only where it
    /// is a step of its own.
    private let judgesStandstill: Bool

    init(_ program: Program, _ options: LoweringOptions) {
        self.program = program
        self.options = options
        judgesStandstill = program.judgesStandstill
        tellsProgress = options.tellsCommits
        collectVisible()
    }

    private mutating func collectVisible() {
        var found: Set<SourceVariableID> = []
        for expression in program.allExpressions {
            _ = expression.contains { part in
                if case .locked(let place) = part.kind { found.insert(place.variable) }
                if case .process = part.kind { tellsProgress = true }
                return false
            }
        }
        for body in program.processes.map(\.body) + program.handlers.map(\.body) {
            body.forEachStatement { statement in
                if case .tryLock(let place, _, otherwise: _) = statement.kind { found.insert(place.variable) }
            }
        }
        visible = found
    }

    /// The fused accesses of a graph: unlocks, and reads under a lock.
    func apply(to graph: FlowGraph, of kind: ProcessKind) -> (unlocks: Set<NodeID>, reads: Set<NodeID>) {
        // Hardware may stop for ever before any of its steps: the state in which it holds a lock must not be missed.
        if kind == .hardware || judgesStandstill { return ([], []) }
        var unlocks: Set<NodeID> = []
        var reads: Set<NodeID> = []
        for index in graph.nodes.indices {
            let id = NodeID(index)
            guard graph[id].role == .access, !graph[id].isInside, !graph[id].isOutermostHead else { continue }
            if options.fuseUnlock, case .unlock(let place) = graph[id].operation, !visible.contains(place.variable) {
                unlocks.insert(id)
            }
            if options.fuseGuardedReads && isGuardedRead(id, graph) { reads.insert(id) }
        }
        // A round without a place to stop would never end; a step that must wait, or has no result, because of what has
        // joined it would take the state before that away; and that state must not be missed.
        for id in unlocks.union(reads).sorted(by: >) {
            let rules = StepRules(graph: graph, fused: unlocks.union(reads))
            let gap = VisibleGap(program: program, rules: rules, tellsProgress: tellsProgress)
            if goesRound(id, rules) || CertainResults(program, rules).mayEnd(from: id) || gap.isBehind(id) {
                unlocks.remove(id)
                reads.remove(id)
            }
        }
        return (unlocks, reads)
    }

    private func goesRound(_ id: NodeID, _ rules: StepRules) -> Bool {
        var seen: Set<NodeID> = []
        var work = rules.graph[id].successors
        while let next = work.popLast() {
            if next == id { return true }
            guard rules.modes(at: next, .happened) != nil, seen.insert(next).inserted else { continue }
            work += rules.graph[next].successors
        }
        return false
    }

    // MARK: Guarded reads

    private func isGuardedRead(_ id: NodeID, _ graph: FlowGraph) -> Bool {
        let node = graph[id]
        switch node.operation {
        case .bind, .assignLocal, .evaluate, .call, .branch, .match, .loopEntry, .eachEntry, .assert: break
        case .choose(_, let claims, let hasOtherwise):
            // Without `else` it waits, and waiting is no part of a step that has happened.
            guard claims.isEmpty, hasOtherwise else { return false }
        case .end, .pass, .eitherEnd, .assign, .readModifyWrite, .commit, .lock, .unlock, .downgrade, .tryLock,
            .loopTest, .countDown, .loopHead, .eachTake, .eachMember, .either, .await, .atomic, .fail:
            return false
        }
        return node.expressions.allSatisfy { isStable($0, id, graph) }
            && node.expressions.contains { program.touchesShared($0) }
    }

    /// Whether nobody else can change what the expression reads.
    private func isStable(_ e: SourceExpr, _ id: NodeID, _ graph: FlowGraph) -> Bool {
        if case .locked = e.kind { return false }
        if case .call(let function, _) = e.kind, program.touchesShared(program[function].body) { return false }
        if case .read(let place, racy: _) = e.kind, program.isShared(place.variable) {
            guard isGuarded(place, id, graph) else { return false }
        }
        return e.children.allSatisfy { isStable($0, id, graph) }
    }

    private func isGuarded(_ place: Place, _ id: NodeID, _ graph: FlowGraph) -> Bool {
        let variable = program[place.variable]
        guard variable.condition.map({ !program.touchesShared($0) }) ?? true, !isExcepted(place, variable) else {
            return false
        }
        return variable.guards.contains { guardPlace in
            guard !visible.contains(guardPlace.variable) else { return false }
            var indices: [LocalID: SourceExpr] = [:]
            for (local, index) in zip(variable.scope.parameters, place.indices) { indices[local] = index }
            let here = guardPlace.mapIndices { Self.substituted($0, indices) }
            return graph.key(of: here).map { graph.holds($0, at: id) } ?? false
        }
    }

    private static func substituted(_ e: SourceExpr, _ indices: [LocalID: SourceExpr]) -> SourceExpr {
        if case .local(let id) = e.kind { return indices[id] ?? e }
        return e.mapChildren { substituted($0, indices) }
    }

    /// Whether the read touches a field that is also written without the guard; the fields that a `when` on the way
    /// reads count.
    private func isExcepted(_ place: Place, _ variable: SourceVariable) -> Bool {
        guard !variable.except.isEmpty else { return false }
        var type = variable.type
        for field in place.fields {
            guard case .record(let id) = type, program[id].fields.indices.contains(field) else { return true }
            let record = program[id]
            if variable.except.contains(record.fields[field].name) { return true }
            let reads = record.fields[field].condition.map(Self.siblings) ?? []
            if reads.contains(where: { variable.except.contains(record.fields[$0].name) }) { return true }
            type = record.fields[field].type
        }
        // What is read as a whole contains the excepted field, unless the path leads past it.
        return place.fields.isEmpty || !isLeaf(type)
    }

    private func isLeaf(_ type: Type) -> Bool {
        if case .record(let id) = type { return program[id].isWord }
        return true
    }

    private static func siblings(_ e: SourceExpr) -> [Int] {
        var result: [Int] = []
        if case .sibling(let field) = e.kind { result.append(field) }
        return e.children.reduce(result) { $0 + siblings($1) }
    }
}

import Model

/// How the ways of an action move among the steps of others.
struct ActionMoves {
    struct Way {
        /// Whether all ways to the location commute to the right of what others do behind them.
        var movesRight: Bool
        /// Whether some way takes a lock.
        var takes: Bool
    }
    /// By the location that a way leads to.
    var ways: [Int: Way] = [:]
    /// Whether all ways commute to the left of what others do before them, are always possible, and no property can tell.
    var movesLeft = true
}

/// Finds out how an action moves, given what everybody does.
struct MoverJudging: StepVisitor {
    let facts: AccessFacts
    let model: Model
    let process: Int
    var moves = ActionMoves()

    init(_ model: Model, _ facts: AccessFacts, process: Int) {
        self.model = model
        self.facts = facts
        self.process = process
    }

    static func moves(of action: Action, _ model: Model, _ facts: AccessFacts) -> ActionMoves {
        var walk = StepWalk(model, process: action.process, MoverJudging(model, facts, process: action.process))
        walk.walk(action)
        return walk.visitor.moves
    }

    private var isAlone: Bool { model.processes[process].instanceCount == 1 }

    mutating func read(_ id: VariableID, _ indices: [Expr], _ use: ReadUse, _ point: inout StepPoint) {
        if model[id].process != nil { return point.stopMoving() }
        if model[id].type == .exclusiveLock {
            let isHeld = point.held.contains(LockName(lock: id, indices: indices))
            if !facts.isClean(id) || !(use == .awaitedFree || isHeld) { point.stopMoving() }
            return
        }
        // Nobody writes it.
        guard let writes = facts.writes[id] else { return }
        if isOwn(writes, indices) || isGuarded(writes, indices, point) { return }
        // Once true, it stays true.
        if use == .awaited, writes.onlySets { return }
        point.stopMoving()
    }

    /// Whether no other process instance writes the cell.
    private func isOwn(_ writes: WriteFacts, _ indices: [Expr]) -> Bool {
        guard writes.processes == [process] else { return false }
        return isAlone
            || writes.own.contains { way in
                way.enumerated().allSatisfy { indices[$0.element] == .processIndex($0.offset) }
            }
    }

    /// Whether nobody else can write the cell while this process holds the locks that it holds here.
    private func isGuarded(_ writes: WriteFacts, _ indices: [Expr], _ point: StepPoint) -> Bool {
        writes.guards.contains { one in
            facts.isClean(one.lock)
                && point.held.contains(LockName(lock: one.lock, indices: one.dimensions.map { indices[$0] }))
        }
    }

    mutating func write(_ id: VariableID, _ indices: [Expr], _ value: Expr, _ point: inout StepPoint) {
        point.movesRight = false
        // Others can only wait for it, and find it when they look again.
        let deniers = facts.deniers[id] ?? []
        let isSignal =
            (facts.writes[id]?.onlySets ?? false) && !facts.visible.contains(id)
            && (deniers.isEmpty || (isAlone && deniers == [process]))
        if !isSignal { point.movesLeft = false }
    }

    mutating func take(_ lock: LockName, _ point: inout StepPoint) {
        point.movesLeft = false
        point.takes = true
        if !facts.isClean(lock.lock) { point.movesRight = false }
    }

    mutating func release(_ lock: LockName, _ point: inout StepPoint) {
        point.movesRight = false
        if !facts.isClean(lock.lock) { point.movesLeft = false }
    }

    mutating func wait(_ point: inout StepPoint) { point.movesLeft = false }
    mutating func choose(_ point: inout StepPoint) { point.movesLeft = false }

    mutating func check(_ violation: ViolationID, _ point: inout StepPoint) {
        if !model[violation].isResumable { point.movesLeft = false }
    }

    mutating func jump(to location: Int, _ point: StepPoint) {
        // A lock that was only found free may be taken by others behind the step.
        let right = point.movesRight && point.tested.isEmpty
        let known = moves.ways[location]
        moves.ways[location] = ActionMoves.Way(
            movesRight: right && known?.movesRight ?? true, takes: point.takes || known?.takes ?? false)
        moves.movesLeft = moves.movesLeft && point.movesLeft
    }
}

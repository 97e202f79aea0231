import Model

/// A lock, named by what its indices are in terms of the state before the step.
struct LockName: Hashable {
    let lock: VariableID
    let indices: [Expr]
}

/// What is known at a point inside a step, on every way to it.
struct StepPoint {
    /// Values, in terms of the state before the step.
    var registers: [Int: Expr] = [:]
    /// Locals of the process that were assigned.
    var locals: [VariableID: Expr] = [:]
    /// Held by the process here.
    var held: Set<LockName> = []
    /// Found free in this step, and not taken since.
    var free: Set<LockName> = []
    /// Found free on some way, and not taken since.
    var tested: Set<LockName> = []

    /// Whether what was done so far commutes to the right of anything that others do behind it.
    var movesRight = true
    /// Whether a lock was taken.
    var takes = false
    /// Whether what was done so far commutes to the left of anything that others do before it, and never waits.
    var movesLeft = true

    mutating func stopMoving() {
        movesRight = false
        movesLeft = false
    }

    /// What is known where two ways meet.
    static func meet(_ a: Self, _ b: Self, fresh: () -> Expr) -> Self {
        var result = a
        result.registers = merged(a.registers, b.registers, fresh)
        result.locals = merged(a.locals, b.locals, fresh)
        result.held.formIntersection(b.held)
        result.free.formIntersection(b.free)
        result.tested.formUnion(b.tested)
        result.movesRight = a.movesRight && b.movesRight
        result.takes = a.takes || b.takes
        result.movesLeft = a.movesLeft && b.movesLeft
        return result
    }

    private static func merged<Key: Hashable>(_ a: [Key: Expr], _ b: [Key: Expr], _ fresh: () -> Expr) -> [Key: Expr] {
        var result = a
        for key in Set(a.keys).union(b.keys) where a[key] != b[key] { result[key] = fresh() }
        return result
    }
}

import Diagnostics
import Program

/// A lock that is held.
struct HeldLock {
    let lock: Cell
    var mode: LockMode
    /// Where it was taken.
    let span: Span
    /// As messages name it: `ptl[m]`.
    let text: String
}

/// What is known at one point of one process.
struct LockState {
    /// In the order of taking.
    var held: [HeldLock] = []
    /// Locks about which something was reported; nothing more is said about them.
    var unsure: Set<Cell> = []
    /// Where each lock was released last.
    var released: [Cell: Span] = [:]
    /// What the locals of the body at hand stand for.
    var locals: [LocalID: Term] = [:]

    func holding(_ lock: Cell) -> HeldLock? { held.first { $0.lock == lock } }

    /// The locks that one of the two holds, or holds in another mode, and the other does not.
    func difference(from other: LockState) -> [HeldLock] {
        let more = held.filter { lock in other.holding(lock.lock)?.mode != lock.mode }
        return more + other.held.filter { holding($0.lock) == nil }
    }
}

/// How the step of an `atomic` begins. A wait inside disables all of it, so the process waits there, with these locks.
struct StepBeginning {
    let statement: StmtID
    let held: [HeldLock]
}

/// Where control goes from a statement.
struct LockFlow {
    var falls: LockState?
    var breaks: [LockJump] = []
    var continues: [LockJump] = []
    var returns: [LockReturn] = []

    init(falls: LockState? = nil) { self.falls = falls }

    mutating func addLeaving(_ other: LockFlow) {
        breaks += other.breaks
        continues += other.continues
        returns += other.returns
    }
}

struct LockJump {
    let target: StmtID
    let state: LockState
    let span: Span
}

struct LockReturn {
    let state: LockState
    let span: Span
    let result: Term?
}

import Diagnostics
import Flow
import Model
import Program

/// A lock that a statement names.
private struct LockCell {
    let cell: CellID
    let indices: [Code]
    let isReadWrite: Bool

    var state: Code { .read(cell, indices) }
    func becomes(_ code: Code) -> Instruction { .assign(cell, indices, code) }
}

extension StepBuilder {
    private mutating func locate(_ place: Place) -> LockCell {
        let cells = evaluator.cells(place)
        let cell = layout.cell(place.variable, leaf: cells.leaves.lowerBound)
        let isReadWrite = if case .lock(.readWrite) = place.type { true } else { false }
        return LockCell(cell: cell, indices: cells.indices, isReadWrite: isReadWrite)
    }

    /// The code of a read-write lock that is held exclusively.
    private var exclusive: Code { .constant(UInt64(layout.instanceCount + 1)) }

    private var held: [FlowHeldLock] { graph.heldIn[current.index] }

    /// Whether this process holds the lock, by the locks of the same variable that it holds here.
    private mutating func isMine(_ place: Place, _ lock: LockCell) -> Code {
        let key = graph.key(of: place)
        var result = Code.zero
        for one in held where one.place.variable == place.variable {
            if one.key == key { return .one }
            let other = evaluator.cells(one.place).indices
            let same = zip(lock.indices, other).reduce(Code.one) { $0.and($1.0.equals($1.1)) }
            result = result.or(same)
        }
        return result
    }

    mutating func lock(_ place: Place, _ mode: LockMode, _ node: FlowNode) -> [Instruction] {
        let lock = locate(place)
        let mine = evaluator.shared(isMine(place, lock))
        evaluator.check(
            mine.negated, BuiltinViolation.doubleLock.rawValue,
            "`\(evaluator.origins.text(node.span))`: the process holds it already", node.span)
        return flushed() + [.require(isFree(lock, mode))] + take(lock, mode)
    }

    private func isFree(_ lock: LockCell, _ mode: LockMode) -> Code {
        mode == .shared && lock.isReadWrite ? lock.state.equals(exclusive).negated : lock.state.equals(.zero)
    }

    private func take(_ lock: LockCell, _ mode: LockMode) -> [Instruction] {
        guard lock.isReadWrite else { return [lock.becomes(.one)] }
        return [lock.becomes(mode == .shared ? lock.state.plus(.one) : exclusive)]
    }

    mutating func tryLock(_ place: Place, _ mode: LockMode) -> LoweredNode {
        let lock = locate(place)
        return twoWays(flushed(), isFree(lock, mode), take(lock, mode))
    }

    mutating func unlock(_ place: Place, _ node: FlowNode) -> [Instruction] {
        let lock = locate(place)
        let named = graph.key(of: place).flatMap { key in held.first { $0.key == key } }
        let isCertain = named != nil && !(plan?.aliased.contains(place.variable) ?? false)
        guard !isCertain else { return flushed() + release(lock, isShared: named?.isShared) }
        let mine = evaluator.shared(holds(place, lock))
        strangerCheck(mine, node)
        return flushed() + StepCode.branch(mine, release(lock, isShared: named?.isShared), [])
    }

    /// Whether the process may release the lock.
    private mutating func holds(_ place: Place, _ lock: LockCell) -> Code {
        let isHeld = lock.state.equals(.zero).negated
        let isFollowed = !graph.untrackedLocks.contains(place.variable)
        return isFollowed ? isMine(place, lock).and(isHeld) : isHeld
    }

    private mutating func strangerCheck(_ mine: Code, _ node: FlowNode) {
        evaluator.check(
            mine, BuiltinViolation.strangerUnlock.rawValue,
            "`\(evaluator.origins.text(node.span))`: the process does not hold it", node.span, resumable: true)
    }

    private func release(_ lock: LockCell, isShared: Bool?) -> [Instruction] {
        guard lock.isReadWrite else { return [lock.becomes(.zero)] }
        switch isShared {
        case true: return [lock.becomes(lock.state.minus(.one))]
        case false: return [lock.becomes(.zero)]
        case nil: return [lock.becomes(lock.state.equals(exclusive).choosing(.zero, lock.state.minus(.one)))]
        }
    }

    mutating func downgrade(_ place: Place, _ node: FlowNode) -> [Instruction] {
        let lock = locate(place)
        let mine = evaluator.shared(holds(place, lock).and(lock.state.equals(exclusive)))
        strangerCheck(mine, node)
        return flushed() + StepCode.branch(mine, [lock.becomes(.one)], [])
    }
}

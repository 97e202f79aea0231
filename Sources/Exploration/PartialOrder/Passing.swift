// Unsafe code: runs for every successor of a search.

import Model

/// Follows the steps of one process through states that are passed, up to the states that a search takes in.
///
/// A chain of steps has two parts. While its steps move right, it passes on; the first step that does not ends that
/// part. Behind it only locations from which all steps move left are passed. Where a process must wait in the first part,
/// having changed nothing that others can tell, the state matters only for a deadlock: see ``BlockedStates``.
struct Passing {
    let plan: PassPlan
    let code: ModelCode
    let width: Int
    let judgesSteps: Bool
    let rooms: ChainRooms
    var blocked: BlockedStates
    /// States of one expansion so far.
    var produced = 0

    /// More successors than this of one state, or of one process behind a step, are not followed: then the state is
    /// expanded without reduction, whoever expands it.
    static var most: Int { 1 << 9 }

    init(_ plan: PassPlan, _ code: ModelCode) {
        self.plan = plan
        self.code = code
        width = code.wordCount
        judgesSteps = code.model.properties.contains { $0.kind == .transition }
        rooms = ChainRooms(words: Self.most * (code.wordCount + 1))
        let hardware = code.actors.map { code.model.processes[$0.process].kind == .hardware }
        blocked = BlockedStates(width: code.wordCount, hardware: hardware)
    }

    /// How far a chain of steps has come.
    struct Chain {
        var depth = 0
        var isFirstPart = true
        var hasTakenLock = false
    }

    /// The chain behind a step that is passed; nil where the state behind the step is taken in.
    @inline(__always)
    func next(_ chain: Chain, action: Int, actor: ModelCode.Actor, state: UnsafePointer<UInt64>) -> Chain? {
        let location = code.location(of: actor, in: state)
        var next = chain
        next.depth += 1
        let pass = chain.isFirstPart ? plan.pass(action: action, to: location) : .none
        switch pass {
        case .none:
            next.isFirstPart = false
            return plan.movesLeft(process: actor.process, from: location) ? next : nil
        case .free: break
        case .taking: next.hasTakenLock = true
        }
        // Who holds a lock and may have to wait can be part of a deadlock with others like that.
        return next.hasTakenLock && plan.waits(process: actor.process, at: location) ? nil : next
    }

    mutating func begin() {
        produced = 0
        blocked.removeAll()
    }

    /// False where there are too many.
    mutating func count() -> Bool {
        produced += 1
        return produced <= Self.most
    }
}

/// Memory for the successors along a chain, by depth. Used by one thread.
final class ChainRooms {
    private let words: Int
    private var rooms: [UnsafeMutablePointer<UInt64>] = []
    private var buffers: [SuccessorBuffer] = []
    /// For what comes out.
    let result = SuccessorBuffer()

    init(words: Int) { self.words = words }

    deinit { for room in rooms { room.deallocate() } }

    func room(_ depth: Int) -> UnsafeMutablePointer<UInt64> {
        while rooms.count <= depth { rooms.append(.allocate(capacity: words)) }
        return rooms[depth]
    }

    func buffer(_ depth: Int) -> SuccessorBuffer {
        while buffers.count <= depth { buffers.append(SuccessorBuffer()) }
        return buffers[depth]
    }

    var bytes: Int { rooms.count * words * 8 + buffers.reduce(result.bytes) { $0 + $1.bytes } }
}

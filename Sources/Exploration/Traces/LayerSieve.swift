// Unsafe code: workers lie behind pointers, so that each thread changes its own in place.

import Dispatch
import Model

/// Passes over the states of a layer of which no step leads where it should, with all threads and compiled functions.
///
/// It keeps too many rather than too few: who asks looks at those that are left with care. So what is chosen from them
/// is the same for any number of threads, and with and without compiled functions.
final class LayerSieve<System: TransitionSystem, Store: StateStore>: @unchecked Sendable {
    private let workers: UnsafeMutableBufferPointer<SieveWorker<System, Store>>

    /// - Parameter systems: one for each thread. Nobody else uses them meanwhile.
    init(_ systems: [System], _ store: Store) {
        workers = .allocate(capacity: systems.count)
        _ = workers.initialize(from: systems.map { SieveWorker($0, store) })
    }

    deinit {
        for worker in workers { worker.free() }
        workers.deinitialize()
        workers.deallocate()
    }

    var count: Int { workers.count }

    /// The states of some portions that are worth a look; nil where `mustStop` said so.
    func states(
        _ portions: [Range<StateID>], _ aim: SieveAim, mustStop: @escaping @Sendable () -> Bool
    ) -> [StateID]? {
        let work = Work(portions, room: .max, mustStop: mustStop)
        let count = min(workers.count, portions.count)
        if count > 1 {
            DispatchQueue.concurrentPerform(iterations: count) { self.workers[$0].run(work, aim) }
        } else {
            workers[0].run(work, aim)
        }
        let states = workers.indices.flatMap { workers[$0].takeStates() }
        return workers.contains { $0.wasStopped } ? nil : states.sorted()
    }

    func adopt(_ functions: NativeFunctions) {
        for index in workers.indices { workers[index].system.adopt(functions) }
    }
}

/// What a step of a state should lead to.
enum SieveAim: Sendable {
    /// One of these.
    case states(StateFilter)
    case violation
    /// None at all: the state should be a deadlock.
    case deadlock
}

private struct SieveWorker<System: TransitionSystem, Store: StateStore> {
    var system: System
    private let store: Store
    private let scratch: Scratch
    private let buffer = SuccessorBuffer()
    private var pending = PendingStates()
    private var failures: [Int] = []
    private var watch = Watch()
    private var found: [StateID] = []
    private(set) var wasStopped = false

    init(_ system: System, _ store: Store) {
        self.system = system
        self.store = store
        scratch = Scratch(store)
    }

    func free() { pending.free() }

    mutating func takeStates() -> [StateID] {
        defer { found = [] }
        return found
    }

    mutating func run(_ work: Work, _ aim: SieveAim) {
        while let states = work.claim() {
            for id in states {
                if watch.isDue, work.mustStop() {
                    wasStopped = true
                    return work.pause()
                }
                if isWorthALook(id, aim) { found.append(id) }
            }
        }
    }

    private mutating func isWorthALook(_ id: StateID, _ aim: SieveAim) -> Bool {
        let state = store.state(id, in: scratch.words)
        pending.removeAll()
        let quick = system.expandQuickly(state, into: &pending)
        if case .deadlock = aim { return quick.map { !$0.moves } ?? true }
        var stepViolates = false
        if quick == nil {
            guard let found = expand(state) else { return true }
            stepViolates = found
        }
        switch aim {
        case .states(let filter): return leads(to: filter)
        case .violation, .deadlock: return stepViolates || violates(state)
        }
    }

    /// The way without compiled functions. Gives whether some step meets a violation; nil where it takes more care.
    private mutating func expand(_ state: UnsafeBufferPointer<UInt64>) -> Bool? {
        system.expand(state, into: buffer)
        let contents = buffer.contents
        if contents.fault != nil { return nil }
        var violates = false
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            if successor.violationCount > 0 || successor.ending >= 0 { violates = true }
            if successor.ending >= 0 { continue }
            let place = pending.reserve(words: successor.length)
            place.update(from: contents.words + successor.start, count: successor.length)
            _ = pending.take(length: successor.length)
        }
        return violates
    }

    private mutating func leads(to filter: StateFilter) -> Bool {
        for number in 0..<pending.count {
            let state = pending.state(number)
            if !system.isPlainlyCanonical(state) { system.canonicalise(state) }
            if filter.mayContain(hash(UnsafeBufferPointer(state))) { return true }
        }
        return false
    }

    private mutating func violates(_ old: UnsafeBufferPointer<UInt64>) -> Bool {
        for number in 0..<pending.count {
            let state = UnsafeBufferPointer(pending.state(number))
            do throws(MachineFault) {
                if system.judgesSteps { try system.examine(state, after: old, failures: &failures) }
                try system.examine(state, failures: &failures)
            } catch { return true }
            if failures.isEmpty { continue }
            failures.removeAll(keepingCapacity: true)
            return true
        }
        return false
    }
}

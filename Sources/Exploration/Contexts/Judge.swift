import Model

/// What a search by turns has found fault with.
struct Judge {
    /// By judgement: whether it is under search.
    private let isSelected: [Bool]
    private let names: [String]
    private let deadlock: Int?
    private var violations: [Int]
    private var failures: [Int] = []
    /// Of those under search, the one with the least number; with the turn in which it was met.
    private var hit: Hit?
    private var deadlockHit: Hit?

    init(_ judgements: [Judgement], property: String?) {
        names = judgements.map(\.name)
        isSelected = names.map { property == nil || $0 == property }
        deadlock = judgements.firstIndex { $0.source == .deadlock }
        violations = Array(repeating: 0, count: judgements.count)
    }

    /// What is to be reported: a deadlock is where the turn begins, all else is a step further.
    var found: Hit? { deadlockHit ?? hit }

    /// What was violated without being under search.
    var passedOver: [PassedOver] {
        names.indices.filter { !isSelected[$0] && violations[$0] > 0 }.map {
            PassedOver(name: names[$0], count: violations[$0])
        }
    }

    mutating func note(_ judgement: Int, at turn: TurnID) {
        guard isSelected.indices.contains(judgement) else { return }
        violations[judgement] += 1
        guard isSelected[judgement], judgement < hit?.judgement ?? .max else { return }
        hit = Hit(judgement: judgement, from: turn)
    }

    mutating func noteDeadlock(at turn: TurnID) {
        guard let deadlock else { return }
        violations[deadlock] += 1
        if isSelected[deadlock], deadlockHit == nil { deadlockHit = Hit(judgement: deadlock, from: turn) }
    }

    mutating func judge(
        _ state: UnsafeBufferPointer<UInt64>, _ system: inout ModelSystem, at turn: TurnID
    ) throws(SearchStop) {
        do throws(MachineFault) { try system.examine(state, failures: &failures) } catch { throw .fault(error) }
        noteFailures(at: turn)
    }

    mutating func judge(
        _ state: UnsafeBufferPointer<UInt64>, after old: UnsafeBufferPointer<UInt64>, _ system: inout ModelSystem,
        at turn: TurnID
    ) throws(SearchStop) {
        do throws(MachineFault) {
            try system.examine(state, after: old, failures: &failures)
        } catch {
            throw .fault(error)
        }
        noteFailures(at: turn)
    }

    private mutating func noteFailures(at turn: TurnID) {
        guard !failures.isEmpty else { return }
        for failure in failures { note(failure, at: turn) }
        failures.removeAll(keepingCapacity: true)
    }
}

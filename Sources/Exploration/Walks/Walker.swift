// Unsafe code: the state of a walk is raw memory, as a step takes less time than an allocation.

import Model

/// Walks at random, in a thread of its own.
///
/// Of the steps that are enabled in a state, those that have a result are equally likely. A violation inside any
/// enabled step counts, whether the walk takes that step or not.
struct Walker {
    var system: ModelSystem
    let buffer = SuccessorBuffer()
    private var pending = PendingStates()
    /// Where the walk is.
    let state: UnsafeMutablePointer<UInt64>
    let width: Int
    private let starts: WalkStarts
    private let options: WalkOptions
    /// By judgement: whether it is under search.
    private let isSelected: [Bool]
    private let deadlock: Int?
    private let judgesSteps: Bool
    private var watch = Watch()
    private var hasAdopted = false
    private var failures: [Int] = []
    /// Of the walk at hand.
    private var current = WalkSummary(number: 0)
    private var done: [WalkSummary] = []
    var fault: MachineFault?

    init(_ system: ModelSystem, _ starts: WalkStarts, _ selection: Selection, _ options: WalkOptions) {
        self.system = system
        self.starts = starts
        self.options = options
        isSelected = selection.isSelected
        deadlock = selection.deadlock
        judgesSteps = system.judgesSteps
        width = system.code.wordCount
        state = .allocate(capacity: max(1, width))
        state.initialize(repeating: 0, count: max(1, width))
    }

    func free() {
        pending.free()
        state.deallocate()
    }

    var words: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: state, count: width) }

    /// What it has done since it was asked last.
    mutating func takeSummaries() -> [WalkSummary] {
        defer { done.removeAll(keepingCapacity: true) }
        return done
    }

    /// Makes walks until none is left, or it is time to stop.
    mutating func run(_ round: WalkRound) {
        while let number = round.claim() {
            walk(number, round)
            done.append(current)
            if fault != nil { return round.stop() }
            if current.hit != nil { round.noteHit(number) }
        }
    }

    /// Goes to the start of a walk.
    mutating func begin(_ number: Int) -> SplitMix {
        current = WalkSummary(number: number)
        var random = SplitMix(seed: options.seed, stream: UInt64(number))
        starts.copy(random.index(below: starts.count), to: state)
        return random
    }

    private mutating func walk(_ number: Int, _ round: WalkRound) {
        var random = begin(number)
        while current.steps < options.depth {
            if watch.isDue, !goesOn(round) { return }
            guard advance(&random, round), current.hit == nil, fault == nil else { return }
        }
    }

    @inline(never)
    private mutating func goesOn(_ round: WalkRound) -> Bool {
        if !hasAdopted, let functions = options.native?() {
            system.adopt(functions)
            hasAdopted = true
        }
        return round.goesOn() && round.isWanted(current.number)
    }

    /// One step; false where the walk ends here.
    @inline(__always)
    private mutating func advance(_ random: inout SplitMix, _ round: WalkRound) -> Bool {
        let old = words
        pending.removeAll()
        guard let quick = system.expandQuickly(old, into: &pending) else { return advanceWithCare(&random, round) }
        if !quick.moves, system.isStuck(old) { note(deadlock) }
        guard quick.count > 0, current.hit == nil else { return false }
        take(UnsafeBufferPointer(pending.state(random.index(below: quick.count))))
        return true
    }

    @inline(never)
    private mutating func advanceWithCare(_ random: inout SplitMix, _ round: WalkRound) -> Bool {
        guard let chosen = chooseWithCare(&random, { round.goesOn() }) else { return false }
        take(UnsafeBufferPointer(start: buffer.contents.words + chosen.start, count: width))
        return true
    }

    /// Goes to the next state, and judges it.
    @inline(__always)
    private mutating func take(_ next: UnsafeBufferPointer<UInt64>) {
        current.steps &+= 1
        do throws(MachineFault) {
            if judgesSteps { try system.examine(next, after: words, failures: &failures) }
            try system.examine(next, failures: &failures)
        } catch {
            fault = error
        }
        if let base = next.baseAddress { state.update(from: base, count: width) }
        if !failures.isEmpty { noteFailures() }
    }

    @inline(never)
    private mutating func noteFailures() {
        for failure in failures { note(failure) }
        failures.removeAll(keepingCapacity: true)
    }

    /// Of several violations at the same place the first in the order of the judgements counts.
    mutating func note(_ judgement: Int?) {
        guard let judgement, isSelected.indices.contains(judgement) else { return }
        guard isSelected[judgement] else {
            if !current.passedOver.contains(judgement) { current.passedOver.append(judgement) }
            return
        }
        guard judgement < current.hit?.judgement ?? .max else { return }
        current.hit = WalkHit(judgement: judgement, steps: current.steps)
    }

    mutating func noteDeadlock() { note(deadlock) }

    var hasHit: Bool { current.hit != nil }
}

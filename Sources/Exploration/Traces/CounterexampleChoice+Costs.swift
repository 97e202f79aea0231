import Model

/// Backwards through the layers: which states lie on shortest runs, and how few switches they need.
extension CounterexampleChoice {
    /// The costs of layers `0..<length`, and for a deadlock of layer `length`, where the runs end.
    ///
    /// Every layer is expanded once more, most of it by the sieve only. The states at position `i` of a shortest run are in layer `i`: a shorter way
    /// to one of them would make a shorter run.
    mutating func switchCosts(_ targets: Targets) throws(SearchStop) -> [SwitchCosts] {
        var costs = Array(repeating: SwitchCosts(actorCount: system.actorCount), count: targets.length + 1)
        if targets.isDeadlock {
            for id in try layer(targets.length, .deadlock, costs) where try isDeadlock(id) {
                costs[targets.length].addEnd(id)
            }
        }
        for depth in (0..<targets.length).reversed() {
            let isLast = depth == targets.length - 1
            let aim = isLast && !targets.isDeadlock ? .violation : SieveAim.states(filter(costs[depth + 1]))
            for (number, id) in try layer(depth, aim, costs).enumerated() {
                if number & 1023 == 1023 { try pollTrace(costs) }
                let row = try self.costs(of: id, next: costs[depth + 1], isLast: isLast, targets)
                if let row { costs[depth].add(id, row) }
            }
        }
        return costs
    }

    /// The states of a layer that are worth a look.
    private mutating func layer(
        _ depth: Int, _ aim: SieveAim, _ costs: [SwitchCosts]
    ) throws(SearchStop) -> [StateID] {
        let layer = layers.indices.contains(depth) ? layers[depth] : []
        guard let sieve, let limits else { return Array(layer.joined()) }
        var found: [StateID] = []
        var portions = layer.portions(of: Self.portion)[...]
        repeat {
            try pollTrace(costs)
            let round = portions.prefix(Self.portionsOfRound * sieve.count)
            portions = portions.dropFirst(round.count)
            guard let states = sieve.states(Array(round), aim, mustStop: limits.budget.mustStop) else {
                try pollTrace(costs)
                throw .budget(.cancelled)
            }
            found += states
        } while !portions.isEmpty
        return found
    }

    private static var portion: Int { 1 << 9 }
    private static var portionsOfRound: Int { 1 << 7 }

    private func filter(_ costs: SwitchCosts) -> StateFilter {
        StateFilter(costs.states.map { hash(store.state($0, in: scratch.words)) })
    }

    private mutating func isDeadlock(_ id: StateID) throws(SearchStop) -> Bool {
        let state = store.state(id, in: scratch.words)
        system.expand(state, into: buffer)
        if let fault = buffer.contents.fault { throw .fault(fault) }
        return system.isDeadlock(state, buffer.contents)
    }

    mutating func pollTrace(_ costs: [SwitchCosts]) throws(SearchStop) {
        guard var limits else { return }
        if let functions = limits.native?() {
            limits.native = nil
            system.adopt(functions)
            sieve?.adopt(functions)
        }
        let memory = store.bytes + buffer.bytes + costs.reduce(0) { $0 + $1.bytes }
        let reason = limits.budget.poll(
            .counterexample, states: states, transitions: transitions, depth: layers.count - 1, memory: memory)
        self.limits = limits
        if let reason { throw .budget(reason) }
        if let limit = limits.memory, memory > limit { throw .budget(.memory(limit: limit)) }
    }

    /// By the actor of the next step; nil where no step leads on.
    private mutating func costs(
        of id: StateID, next: SwitchCosts, isLast: Bool, _ targets: Targets
    ) throws(SearchStop) -> [UInt16]? {
        let state = store.state(id, in: scratch.words)
        system.expand(state, into: buffer)
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        var row: [UInt16]?
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            guard
                let rest = try rest(
                    after: successor, from: state, contents, next: next, isLast: isLast, targets)
            else { continue }
            let actor = Int(successor.actor)
            var best = row ?? Array(repeating: SwitchCosts.impossible, count: max(1, system.actorCount))
            if best.indices.contains(actor) { best[actor] = min(best[actor], rest) }
            row = best
        }
        return row
    }

    /// The fewest switches behind a step, the one right behind it included; nil where it leads nowhere.
    mutating func rest(
        after successor: Successor, from state: UnsafeBufferPointer<UInt64>, _ contents: SuccessorBuffer.Contents,
        next: SwitchCosts, isLast: Bool, _ targets: Targets
    ) throws(SearchStop) -> UInt16? {
        if isLast, !targets.isDeadlock {
            return try isHit(successor, from: state, contents, targets) ? 0 : nil
        }
        guard successor.ending < 0 else { return nil }
        guard let (id, actor) = identify(successor, contents) else { return nil }
        return next.rest(id, after: actor)
    }

    /// The number of a successor's representative, and its actor in the names of the representative.
    mutating func identify(
        _ successor: Successor, _ contents: SuccessorBuffer.Contents
    ) -> (id: StateID, actor: Int)? {
        let words = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
        guard system.isReducedBySymmetry else {
            return find(words).map { ($0, Int(successor.actor)) }
        }
        var copy = Array(words)
        var renaming: [Int] = []
        copy.withUnsafeMutableBufferPointer { system.canonicalise($0, renaming: &renaming) }
        guard let id = copy.withUnsafeBufferPointer({ find($0) }) else { return nil }
        let actor = Int(successor.actor)
        // Nobody acts in an initial state.
        return (id, renaming.indices.contains(actor) ? renaming[actor] : actor)
    }

    private mutating func find(_ state: UnsafeBufferPointer<UInt64>) -> StateID? {
        store.find(state, key: store.key(of: state, hash: hash(state), adding: false, &cursor))
    }

    /// Whether a step shows the violation: inside it, as a pair of states, or in the state it leads to.
    mutating func isHit(
        _ successor: Successor, from state: UnsafeBufferPointer<UInt64>, _ contents: SuccessorBuffer.Contents,
        _ targets: Targets
    ) throws(SearchStop) -> Bool {
        for number in 0..<successor.violationCount
        where targets.contains(Int(contents.violations[successor.firstViolation + number])) {
            return true
        }
        if successor.ending >= 0 { return targets.contains(Int(successor.ending)) }
        let words = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
        var failures: [Int] = []
        do throws(MachineFault) {
            try system.examine(words, after: state, failures: &failures)
            try system.examine(words, failures: &failures)
        } catch {
            throw .fault(error)
        }
        return failures.contains { targets.contains($0) }
    }
}

/// What a counterexample has to show, and in how many steps.
struct Targets {
    let judgements: [Bool]
    let isDeadlock: Bool
    let length: Int

    /// The judgements of the name that was found: together they are the property of the counterexample.
    ///
    /// - Parameter layer: where the state lies from which it was found; -1 where an initial state has it.
    init(_ hit: Hit, _ all: [Judgement], layer: Int) {
        judgements = all.map { $0.name == all[hit.judgement].name }
        isDeadlock = all[hit.judgement].source == .deadlock
        length = isDeadlock ? layer : layer + 1
    }

    func contains(_ judgement: Int) -> Bool { judgements.indices.contains(judgement) && judgements[judgement] }
}

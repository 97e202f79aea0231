import Model

/// Forwards over real states, not representatives: the counterexample is the same with and without symmetry.
extension CounterexampleChoice {
    /// The best run through the layers to a violation. Where a budget has ended, or ends on the way, the run along a
    /// chain of states, one of each layer.
    mutating func counterexample(
        _ hit: Hit, along chain: [StateID], isComplete: Bool
    ) throws(SearchStop) -> Counterexample {
        let targets = Targets(hit, system.judgements, layer: chain.count - 1)
        if isComplete, store.keepsStates {
            do throws(SearchStop) {
                let costs = try switchCosts(targets)
                return try follow(.best(costs), targets, hit)
            } catch {
                if case .fault = error { throw error }
            }
        }
        return try follow(.chain(chain), targets, hit)
    }

    /// The best run through the layers to a violation.
    mutating func best(_ hit: Hit, _ targets: Targets) throws(SearchStop) -> Counterexample {
        try follow(.best(try switchCosts(targets)), targets, hit)
    }

    /// What tells the steps of a run from others.
    enum Guide {
        case best([SwitchCosts])
        case chain([StateID])
    }

    private mutating func follow(_ guide: Guide, _ targets: Targets, _ hit: Hit) throws(SearchStop) -> Counterexample {
        let start = try initialState(guide, targets)
        var run = Run(initial: start.state, initialChoices: start.choices, switchesLeft: start.switches)
        run.violation = start.violation
        for position in 0..<targets.length { try step(&run, position, guide, targets) }
        let last = run.steps.last?.state ?? run.initial
        let before = run.steps.count > 1 ? run.steps[run.steps.count - 2].state : run.initial
        // Several judgements can have the name that was found; the run may show another one than the hit.
        let judgement = run.violation ?? hit.judgement
        let switches = zip(run.steps, run.steps.dropFirst()).count { $0.actor != $1.actor }
        return Counterexample(
            judgement: system.judgements[judgement], violation: run.violation,
            conjunct: system.failingPart(of: judgement, in: last, after: before), initial: run.initial,
            initialChoices: run.initialChoices, steps: run.steps, switches: switches, measure: measure,
            isBest: { if case .best = guide { true } else { false } }())
    }

    /// A run so far.
    struct Run {
        let initial: [UInt64]
        let initialChoices: [UInt64]
        var steps: [TraceStep] = []
        var switchesLeft: UInt16
        var violation: Int?

        init(initial: [UInt64], initialChoices: [UInt64], switchesLeft: UInt16) {
            self.initial = initial
            self.initialChoices = initialChoices
            self.switchesLeft = switchesLeft
        }
    }

    // MARK: The initial state

    private struct Start {
        let state: [UInt64]
        let choices: [UInt64]
        let switches: UInt16
        let violation: Int?
    }

    private mutating func initialState(_ guide: Guide, _ targets: Targets) throws(SearchStop) -> Start {
        var best: Start?
        var position = ExpansionPosition()
        var hasMore = true
        // None is better than one without a switch.
        while hasMore, best?.switches != 0 {
            hasMore = system.initialStates(into: buffer, from: &position)
            try improve(&best, guide, targets)
            // A chain is what is left when a budget has ended.
            if hasMore, best?.switches != 0, case .best(let costs) = guide { try pollTrace(costs) }
        }
        guard let best else { throw .fault(.unstableSuccessors) }
        return best
    }

    /// Looks at the initial states in the buffer.
    private mutating func improve(_ best: inout Start?, _ guide: Guide, _ targets: Targets) throws(SearchStop) {
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            guard let switches = try switches(from: successor, contents, guide, targets),
                best.map({ switches < $0.switches }) ?? true
            else { continue }
            best = Start(
                state: Array(UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)),
                choices: choices(of: successor, contents), switches: switches,
                violation: targets.length == 0 ? violation(of: successor, contents, targets) : nil)
        }
    }

    private mutating func switches(
        from initial: Successor, _ contents: SuccessorBuffer.Contents, _ guide: Guide, _ targets: Targets
    ) throws(SearchStop) -> UInt16? {
        if targets.length == 0, !targets.isDeadlock {
            let words = UnsafeBufferPointer(start: contents.words + initial.start, count: initial.length)
            return try isHit(initial, from: words, contents, targets) ? 0 : nil
        }
        guard initial.ending < 0, let (id, _) = identify(initial, contents) else { return nil }
        switch guide {
        case .best(let costs): return costs[0].rest(id, after: nil)
        case .chain(let chain): return chain.first == id ? 0 : nil
        }
    }

    // MARK: Steps

    private mutating func step(
        _ run: inout Run, _ position: Int, _ guide: Guide, _ targets: Targets
    ) throws(SearchStop) {
        let state = run.steps.last?.state ?? run.initial
        state.withUnsafeBufferPointer { system.expand($0, into: buffer) }
        let contents = buffer.contents
        if let fault = contents.fault { throw .fault(fault) }
        let isLast = position == targets.length - 1
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            let switches: UInt16 = (run.steps.last.map { $0.actor != Int(successor.actor) } ?? false) ? 1 : 0
            let place = Position(number: position, isLast: isLast, restAllowed: run.switchesLeft &- switches)
            guard try leadsOn(successor, contents, from: state, place, guide, targets) else { continue }
            run.switchesLeft &-= switches
            run.violation = isLast ? violation(of: successor, contents, targets) : nil
            run.steps.append(traceStep(successor, contents))
            return
        }
        throw .fault(.unstableSuccessors)
    }

    /// A step of a run in the making.
    private struct Position {
        let number: Int
        let isLast: Bool
        /// The switches that the run has behind this step; where there are none left, a number that no run has.
        let restAllowed: UInt16
    }

    private mutating func leadsOn(
        _ successor: Successor, _ contents: SuccessorBuffer.Contents, from state: [UInt64], _ position: Position,
        _ guide: Guide, _ targets: Targets
    ) throws(SearchStop) -> Bool {
        // A copy that stays in place while the search is changed.
        let memory = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: state.count)
        defer { memory.deallocate() }
        _ = memory.initialize(from: state)
        let old = UnsafeBufferPointer(memory)
        switch guide {
        case .best(let costs):
            return try rest(
                after: successor, from: old, contents, next: costs[position.number + 1], isLast: position.isLast,
                targets) == position.restAllowed
        case .chain(let chain):
            if position.isLast, !targets.isDeadlock { return try isHit(successor, from: old, contents, targets) }
            guard successor.ending < 0, let (id, _) = identify(successor, contents) else { return false }
            return id == chain[position.number + 1]
        }
    }

    private func violation(
        of successor: Successor, _ contents: SuccessorBuffer.Contents, _ targets: Targets
    ) -> Int? {
        if successor.ending >= 0, targets.contains(Int(successor.ending)) { return Int(successor.ending) }
        return violations(of: successor, contents).first { targets.contains($0) }
    }

    private func violations(of successor: Successor, _ contents: SuccessorBuffer.Contents) -> [Int] {
        (0..<successor.violationCount).map { Int(contents.violations[successor.firstViolation + $0]) }
    }

    private func choices(of successor: Successor, _ contents: SuccessorBuffer.Contents) -> [UInt64] {
        (0..<successor.choiceCount).map { contents.choices[successor.firstChoice + $0] }
    }

    private func traceStep(_ successor: Successor, _ contents: SuccessorBuffer.Contents) -> TraceStep {
        let actor = Int(successor.actor)
        let place = system.place(of: actor)
        return TraceStep(
            action: Int(successor.action), actor: actor, process: place.process, instance: place.instance,
            choices: choices(of: successor, contents), violations: violations(of: successor, contents),
            state: Array(UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)),
            ending: successor.ending < 0 ? nil : Int(successor.ending))
    }
}

import Model

/// The states that a search has kept on its way to a violation, representatives, from an initial one on.
struct ViolatedChain {
    let judgement: Judgement
    let states: [[UInt64]]
}

/// Finds the steps of a run along a chain of states between which others were passed through.
struct ChainUnfolding {
    private var finder: StepFinder
    private var system: ModelSystem
    private let passing: Passing
    private let chain: ViolatedChain

    init(_ code: ModelCode, _ plan: PassPlan, _ chain: ViolatedChain, usesSymmetry: Bool) {
        finder = StepFinder(code, chain.judgement, allowance: .max)
        system = ModelSystem(code, usesSymmetry: usesSymmetry)
        passing = Passing(plan, code)
        self.chain = chain
    }

    /// The run; there may be a shorter one. Nil where there is none, and for a violation in an initial state.
    mutating func counterexample() throws(MachineFault) -> Counterexample? {
        guard let first = chain.states.first, let start = initialState(first) else { return nil }
        var steps: [TraceStep] = []
        for target in chain.states.dropFirst() {
            guard let part = try part(from: steps.last?.state ?? start.state, to: target) else { return nil }
            steps += part.steps
        }
        let last = steps.last?.state ?? start.state
        guard chain.judgement.source != .deadlock else {
            guard let deadlock = try finder.steps(from: last).deadlock else { return nil }
            return counterexample(start, steps, deadlock, nil)
        }
        guard let part = try part(from: last, to: nil), let judgement = part.judgement else { return nil }
        return counterexample(start, steps + part.steps, judgement, part.violation)
    }

    private func counterexample(
        _ start: (state: [UInt64], choices: [UInt64]), _ steps: [TraceStep], _ judgement: Int, _ violation: Int?
    ) -> Counterexample {
        let last = steps.last?.state ?? start.state
        let before = steps.count > 1 ? steps[steps.count - 2].state : start.state
        var result = Counterexample(
            judgement: system.judgements[judgement], violation: violation,
            conjunct: system.failingPart(of: judgement, in: last, after: before), initial: start.state,
            initialChoices: start.choices, steps: steps,
            switches: zip(steps, steps.dropFirst()).count { $0.actor != $1.actor }, measure: .steps, isBest: false)
        result.isShortest = false
        return result
    }

    private mutating func initialState(_ representative: [UInt64]) -> (state: [UInt64], choices: [UInt64])? {
        let buffer = SuccessorBuffer()
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = system.initialStates(into: buffer, from: &position)
            let contents = buffer.contents
            for number in 0..<contents.count where contents.successors[number].ending < 0 {
                let one = contents.successors[number]
                let state = Array(UnsafeBufferPointer(start: contents.words + one.start, count: one.length))
                guard canonical(state) == representative else { continue }
                return (state, (0..<one.choiceCount).map { contents.choices[one.firstChoice + $0] })
            }
        }
        return nil
    }

    private mutating func canonical(_ state: [UInt64]) -> [UInt64] {
        var copy = state
        copy.withUnsafeMutableBufferPointer { system.canonicalise($0) }
        return copy
    }

    // MARK: One state after another

    private struct Part {
        var steps: [TraceStep] = []
        var judgement: Int?
        var violation: Int?
    }

    /// The steps to the next state of the chain, or else to the violation.
    private mutating func part(from state: [UInt64], to target: [UInt64]?) throws(MachineFault) -> Part? {
        try part(from: state, to: target, behind: nil, Passing.Chain())
    }

    private mutating func part(
        from state: [UInt64], to target: [UInt64]?, behind actor: Int?, _ way: Passing.Chain
    ) throws(MachineFault) -> Part? {
        for one in try finder.steps(from: state).all where actor == nil || one.step.actor == actor {
            let step = one.step
            if target == nil, one.isHit {
                return Part(steps: [step], judgement: one.judgement, violation: one.violation)
            }
            guard step.hasResult else { continue }
            if let target, canonical(step.state) == target { return Part(steps: [step]) }
            guard let next = next(way, step),
                var rest = try part(from: step.state, to: target, behind: step.actor, next)
            else { continue }
            rest.steps.insert(step, at: 0)
            return rest
        }
        return nil
    }

    private func next(_ way: Passing.Chain, _ step: TraceStep) -> Passing.Chain? {
        step.state.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return nil }
            return passing.next(way, action: step.action, actor: passing.code.actors[step.actor], state: words)
        }
    }
}

import Model

/// A run of a model, with what each of its steps tells of.
public struct BehaviourRun: Sendable {
    public let initial: [UInt64]
    public let steps: [TraceStep]
    /// By step.
    public let labels: [[Int32]]

    /// Pairs of consecutive steps of different process instances.
    public var switches: Int { zip(steps, steps.dropFirst()).count { $0.actor != $1.actor } }
}

extension Behaviours {
    /// A shortest run, in steps, to a step that tells of an event; nil where there was none.
    public func run(to label: Int32) -> BehaviourRun? {
        guard let last = firstSteps[label] else { return nil }
        var states = [Int(last.target), Int(last.source)]
        while let state = states.last, parents[state] >= 0 { states.append(Int(parents[state])) }
        return concrete(states.reversed(), endsIn: [last.word])
    }

    /// A run with the fewest steps whose trace begins with the given one; nil where there was none.
    public func run(along trace: [Int32]) -> BehaviourRun? {
        guard !trace.isEmpty else { return nil }
        struct Place: Hashable {
            let state: Int32
            /// How much of the trace lies behind.
            let position: Int32
        }
        var seen: Set<Place> = Set((0..<Int32(initialCount)).map { Place(state: $0, position: 0) })
        var queue = (0..<Int32(initialCount)).map { (place: Place(state: $0, position: 0), parent: -1, word: Int32(0)) }
        var next = 0
        while next < queue.count {
            let place = queue[next].place
            for step in steps(of: Int(place.state)) {
                let word = words[Int(stepWords[step])]
                let rest = trace[Int(place.position)...]
                guard zip(word, rest).allSatisfy({ $0 == $1 }) else { continue }
                let reached = Place(state: targets[step], position: place.position + Int32(min(word.count, rest.count)))
                guard seen.insert(reached).inserted else { continue }
                queue.append((reached, next, stepWords[step]))
                guard Int(reached.position) == trace.count else { continue }
                var path = [queue.count - 1]
                while let last = path.last, queue[last].parent >= 0 { path.append(queue[last].parent) }
                path.reverse()
                return concrete(
                    path.map { Int(queue[$0].place.state) }, endsIn: path.dropFirst().map { queue[$0].word })
            }
            next += 1
        }
        return nil
    }

    /// The steps through some states; the words of the last ones are given.
    private func concrete(_ states: [Int], endsIn endWords: [Int32]) -> BehaviourRun? {
        guard let first = states.first else { return nil }
        let machine = Machine(code)
        let buffer = SuccessorBuffer()
        var steps: [TraceStep] = []
        var labels: [[Int32]] = []
        for (number, (source, target)) in zip(states, states.dropFirst()).enumerated() {
            let fromEnd = states.count - 2 - number
            let wanted = fromEnd < endWords.count ? endWords[endWords.count - 1 - fromEnd] : anyWord(source, target)
            guard let step = step(machine, buffer, from: source, to: target, wanted) else { return nil }
            steps.append(step)
            labels.append(words[Int(wanted)])
        }
        return BehaviourRun(initial: Array(table[first]), steps: steps, labels: labels)
    }

    private func anyWord(_ source: Int, _ target: Int) -> Int32 {
        for step in steps(of: source) where targets[step] == Int32(target) { return stepWords[step] }
        return Int32(LabelWords.empty)
    }

    /// The first successor of a state that leads to another one and tells of a word.
    private func step(
        _ machine: Machine, _ buffer: SuccessorBuffer, from source: Int, to target: Int, _ word: Int32
    ) -> TraceStep? {
        var events: [[ObservedEvent]] = []
        Array(table[source]).withUnsafeBufferPointer { words in
            guard let start = words.baseAddress else { return }
            machine.expand(start, into: buffer, events: &events)
        }
        let contents = buffer.contents
        for index in 0..<contents.count where contents.successors[index].ending < 0 {
            let successor = contents.successors[index]
            let state = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
            guard state.elementsEqual(table[target]) else { continue }
            let actor = code.actors[Int(successor.actor)]
            let location = code.location(of: actor, in: contents.words + successor.start)
            let place = code.model.processes[actor.process].locations[location]
            guard tell(Int(successor.actor), events[index], place) == words[Int(word)] else { continue }
            return TraceStep(
                action: Int(successor.action), actor: Int(successor.actor), process: actor.process,
                instance: actor.instance,
                choices: (0..<successor.choiceCount).map { contents.choices[successor.firstChoice + $0] },
                violations: (0..<successor.violationCount).map {
                    Int(contents.violations[successor.firstViolation + $0])
                }, state: Array(state), ending: nil)
        }
        return nil
    }
}

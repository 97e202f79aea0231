import Model

/// Looks from each state of a run, breadth first over a few states, for a shorter way to the violation or to a later
/// state of the run.
extension Shortener {
    /// - Parameter most: how many states are expanded for each state of the run.
    mutating func takeShortcuts(_ run: inout ViolatingRun, most: Int) throws(MachineFault) {
        var number = 0
        while number < run.steps.count, goesOn {
            if let shorter = try shortcut(run, from: number, most) { run = shorter } else { number += 1 }
        }
    }

    /// A state in the neighbourhood, and how it was reached.
    private struct Visit {
        let state: [UInt64]
        let step: TraceStep?
        let from: Int
        let depth: Int
    }

    private mutating func shortcut(
        _ run: ViolatingRun, from number: Int, _ most: Int
    ) throws(MachineFault) -> ViolatingRun? {
        var places: [[UInt64]: Int] = [:]
        // The last step stays: it may be what is violated.
        for place in number + 1..<run.steps.count { places[run.state(before: place)] = place }
        var visits = [Visit(state: run.state(before: number), step: nil, from: 0, depth: 0)]
        var seen: Set<[UInt64]> = [visits[0].state]
        var best: (run: ViolatingRun, saved: Int)?
        func note(_ steps: [TraceStep], _ judgement: Int, _ violation: Int?) {
            let saved = run.steps.count - number - steps.count
            guard saved > best?.saved ?? 0 else { return }
            let way = Array(run.steps[..<number]) + steps
            best = (ViolatingRun(initial: run.initial, steps: way, judgement: judgement, violation: violation), saved)
        }
        var next = 0
        while next < min(visits.count, most), goesOn {
            let visit = visits[next]
            let found = try finder.steps(from: visit.state)
            let way = way(to: next, visits)
            if let deadlock = found.deadlock { note(way, deadlock, nil) }
            for step in found.all {
                if let judgement = step.judgement { note(way + [step.step], judgement, step.violation) }
                guard step.step.hasResult, seen.insert(step.step.state).inserted else { continue }
                if let place = places[step.step.state] {
                    note(way + [step.step] + run.steps[place...], run.judgement, run.violation)
                }
                guard visit.depth + 1 < run.steps.count - number else { continue }
                visits.append(Visit(state: step.step.state, step: step.step, from: next, depth: visit.depth + 1))
            }
            next += 1
        }
        return best?.run
    }

    private func way(to last: Int, _ visits: [Visit]) -> [TraceStep] {
        var steps: [TraceStep] = []
        var number = last
        while let step = visits[number].step {
            steps.append(step)
            number = visits[number].from
        }
        return steps.reversed()
    }
}

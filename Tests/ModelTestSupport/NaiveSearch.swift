import Model

/// All reachable states of a model, by dictionaries, and the best shortest run by trying every shortest run.
public struct NaiveSearch: Sendable {
    public typealias State = NaiveMachine.State

    public let machine: NaiveMachine
    public private(set) var layers: [[State]] = []
    public private(set) var depths: [State: Int] = [:]
    public private(set) var transitions = 0
    /// Names of what is violated, and how often: by state for properties of states, by step for others.
    public private(set) var violations: [String: Int] = [:]
    /// The least length of a run to each name.
    public private(set) var lengths: [String: Int] = [:]
    public private(set) var unwitnessed: Set<String>

    /// Nil where there are more states than the limit.
    public init?(_ model: Model, limit: Int) {
        machine = NaiveMachine(model)
        unwitnessed = Set(model.properties.filter { $0.kind == .reachable }.map(\.name))
        layers.append([])
        for outcome in machine.initialStates() { take(outcome, from: nil, depth: 0) }
        var depth = 0
        while !layers[depth].isEmpty {
            layers.append([])
            for state in layers[depth] {
                if isDeadlock(state) { note("deadlock", depth) }
                for outcome in machine.successors(of: state) {
                    transitions += 1
                    take(outcome, from: state, depth: depth + 1)
                }
            }
            depth += 1
            if depths.count > limit { return nil }
        }
        layers.removeLast()
    }

    public var stateCount: Int { depths.count }
    public var depth: Int { max(0, layers.count - 1) }

    private mutating func note(_ name: String, _ length: Int) {
        violations[name, default: 0] += 1
        lengths[name] = min(lengths[name] ?? .max, length)
    }

    private mutating func take(_ outcome: NaiveMachine.Outcome, from old: State?, depth: Int) {
        for name in stepViolations(outcome, from: old) { note(name, depth) }
        guard outcome.ending == nil, depths[outcome.state] == nil else { return }
        depths[outcome.state] = depth
        layers[depth].append(outcome.state)
        for name in stateViolations(outcome.state) { note(name, depth) }
        let seen = machine.failing(.reachable, in: outcome.state, old: outcome.state)
        for (number, property) in machine.model.properties.enumerated() where !seen.contains(number) {
            unwitnessed.remove(property.name)
        }
    }

    /// All that a step violates, inside it or in the state it leads to.
    public func violations(of outcome: NaiveMachine.Outcome, from old: State?) -> [String] {
        stepViolations(outcome, from: old) + (outcome.ending == nil ? stateViolations(outcome.state) : [])
    }

    func stepViolations(_ outcome: NaiveMachine.Outcome, from old: State?) -> [String] {
        var names = outcome.violations.map { machine.model.violations[$0].name }
        if let ending = outcome.ending { return names + [machine.model.violations[ending].name] }
        if let old {
            names += machine.failing(.transition, in: outcome.state, old: old).map { machine.model.properties[$0].name }
        }
        return names
    }

    func stateViolations(_ state: State) -> [String] {
        var failing = machine.failing(.invariant, in: state, old: state)
        if locations(state).allSatisfy({ $0.process.kind == .hardware || $0.location.isRest || $0.location.isFinal }) {
            failing += machine.failing(.atRest, in: state, old: state)
        }
        let leak = locations(state).contains {
            ($0.location.isRest || $0.location.isFinal) && !$0.location.held.isEmpty
        }
        return (leak ? ["lock_leak"] : []) + failing.map { machine.model.properties[$0].name }
    }

    private func locations(_ state: State) -> [(process: Process, location: Location, number: Int)] {
        machine.actors.map { actor in
            let process = machine.model.processes[actor.process]
            let number = Int(state[process.programCounter.index][actor.instance])
            return (process, process.locations[number], number)
        }
    }

    public func isDeadlock(_ state: State) -> Bool {
        let moves = machine.successors(of: state).contains {
            machine.model.processes[machine.actors[$0.actor].process].kind != .hardware
        }
        if moves { return false }
        return locations(state).contains { place in
            guard place.process.kind == .ordinary, !place.location.isFinal else { return false }
            return !(place.location.isLoopHead || (place.location.isRest && place.number != 0))
        }
    }

    // MARK: The best run

    public struct Run: Hashable {
        public let initial: State
        public let steps: [NaiveMachine.Outcome]
        public var switches: Int { zip(steps, steps.dropFirst()).filter { $0.actor != $1.actor }.count }

        /// What ties are broken by, behind the initial state.
        fileprivate var key: [[UInt64]] {
            steps.map { [UInt64($0.actor), UInt64($0.action), UInt64($0.choices.count)] + $0.choices }
        }
    }

    /// Of all shortest runs to a violation the one with the fewest switches, then the first. Nil where there is no
    /// such run, or more of them than can be tried.
    public func bestRun(to name: String) -> Run? {
        guard let length = lengths[name], length > 0 else { return nil }
        var runs: [(order: Int, run: Run)] = []
        var budget = 5_000
        let starts = machine.initialStates().filter { $0.ending == nil }
        for (order, start) in starts.enumerated() {
            guard starts.firstIndex(where: { $0.state == start.state }) == order else { continue }
            extend(Run(initial: start.state, steps: []), order, name, length, &runs, &budget)
        }
        guard budget > 0 else { return nil }
        return runs.min { a, b in
            if a.run.switches != b.run.switches { return a.run.switches < b.run.switches }
            if a.order != b.order { return a.order < b.order }
            return a.run.key.lexicographicallyPrecedes(b.run.key) { $0.lexicographicallyPrecedes($1) }
        }?.run
    }

    private func extend(
        _ run: Run, _ order: Int, _ name: String, _ length: Int, _ runs: inout [(order: Int, run: Run)],
        _ budget: inout Int
    ) {
        budget -= 1
        guard budget > 0 else { return }
        let state = run.steps.last?.state ?? run.initial
        if run.steps.count == length {
            if name == "deadlock", isDeadlock(state) { runs.append((order, run)) }
            return
        }
        for outcome in machine.successors(of: state) {
            let next = Run(initial: run.initial, steps: run.steps + [outcome])
            if next.steps.count == length, name != "deadlock" {
                let names = stepViolations(outcome, from: state)
                let ended = outcome.ending != nil
                if names.contains(name) || (!ended && stateViolations(outcome.state).contains(name)) {
                    runs.append((order, next))
                }
            } else if outcome.ending == nil, depths[outcome.state] == next.steps.count {
                extend(next, order, name, length, &runs, &budget)
            }
        }
    }
}

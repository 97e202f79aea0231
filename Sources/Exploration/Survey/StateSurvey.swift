import Model

/// Where the processes of a model are in the states of a sample.
///
/// Cost: a look at every process instance in every state of the sample.
public struct StateSurvey: Sendable {
    /// States of the sample with at least one instance of a process at a location, or at another one for the same
    /// statement of the same handler.
    public struct Place: Hashable, Sendable {
        public let process: Int
        public let location: Int
        public let states: Int
    }

    /// The states that were looked at.
    public let states: Int
    /// Locations but those at rest and the ends, in the order of the model. Those where nobody is are left out.
    public let places: [Place]
    /// By number of process instances that are under way, hardware not counted: how many states.
    public let underWay: [Int]

    public init(_ code: ModelCode, _ sample: StateSample) {
        let processes = code.actors.map { code.model.processes[$0.process] }
        let firsts = Self.firsts(code.model)
        let representatives = code.model.processes.map(Self.representatives)
        let isBusy = processes.map { $0.locations.map { !$0.isAtRest } }
        let counts = processes.map { $0.kind != .hardware }
        // By location of all processes: how many states, and the last one that was counted.
        var states = Array(repeating: (count: 0, last: -1), count: firsts.last ?? 0)
        var underWay = Array(repeating: 0, count: counts.count { $0 } + 1)
        var number = 0
        sample.forEach { state in
            guard let words = state.baseAddress else { return }
            var busy = 0
            for (index, actor) in code.actors.enumerated() {
                let location = code.location(of: actor, in: words)
                guard location < isBusy[index].count, isBusy[index][location] else { continue }
                if counts[index] { busy += 1 }
                let place = firsts[actor.process] + representatives[actor.process][location]
                if states[place].last != number { states[place] = (states[place].count + 1, number) }
            }
            underWay[busy] += 1
            number += 1
        }
        self.states = number
        self.underWay = underWay
        places = code.model.processes.indices.flatMap { process in
            code.model.processes[process].locations.indices.compactMap { location in
                let count = states[firsts[process] + location].count
                return count == 0 ? nil : Place(process: process, location: location, states: count)
            }
        }
    }

    /// By location: the first one for the same statement of the same handler.
    private static func representatives(_ process: Process) -> [Int] {
        process.locations.map { location in
            process.locations.firstIndex {
                $0.origin == location.origin && $0.callStack.last == location.callStack.last
            } ?? 0
        }
    }

    /// Where the locations of each process start when all are counted, and how many there are.
    private static func firsts(_ model: Model) -> [Int] {
        model.processes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.locations.count) }
    }
}

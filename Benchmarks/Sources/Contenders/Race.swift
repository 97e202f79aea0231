import Measuring

/// Runs the contenders of a comparison in turn, round after round, so that what else the machine does hits them alike.
public struct Race: Sendable {
    public let comparison: Comparison
    public let rounds: Int

    public init(_ comparison: Comparison, rounds: Int) {
        self.comparison = comparison
        self.rounds = rounds
    }

    /// What was measured of one contender.
    public struct Lane: Sendable {
        public let name: String
        public private(set) var outcome: Outcome?
        /// By round.
        public private(set) var usages: [Usage] = []

        public init(name: String) { self.name = name }

        public mutating func add(_ outcome: Outcome, _ usage: Usage) {
            self.outcome = outcome
            usages.append(usage)
        }
    }

    /// `progress` gets a line for each step. A wrong count or verdict ends the race with an error.
    public func run(progress: (String) -> Void) throws(BenchmarkError) -> [Lane] {
        for contender in comparison.contenders {
            progress("prepare  \(contender.name)")
            try Folders.empty(contender.folder)
            for command in contender.preparation { _ = try Shell(folder: contender.folder).run(command) }
        }
        var lanes = comparison.contenders.map { Lane(name: $0.name) }
        for round in 1...rounds {
            for (index, contender) in comparison.contenders.enumerated() where round == 1 || !contender.isSlow {
                let (outcome, usage) = try measure(contender)
                lanes[index].add(outcome, usage)
                progress("round \(round)  \(contender.name): \(decimal(usage.cpu)) s CPU, \(decimal(usage.wall)) s")
            }
        }
        for contender in comparison.contenders { Folders.remove(contender.folder) }
        return lanes
    }

    private func measure(_ contender: Contender) throws(BenchmarkError) -> (Outcome, Usage) {
        if contender.startsCold { try Folders.empty(contender.folder) }
        var usage = Usage.zero
        var output = ""
        for command in contender.measured {
            let finished = try Shell(folder: contender.folder).run(command)
            usage = usage + finished.usage
            output = finished.output
        }
        let outcome = try contender.format.read(output, contender: contender.name)
        let problems = contender.expected.problems(with: outcome)
        if !problems.isEmpty { throw .wrong(contender: "\(comparison.title): \(contender.name)", problems: problems) }
        return (outcome, usage)
    }
}

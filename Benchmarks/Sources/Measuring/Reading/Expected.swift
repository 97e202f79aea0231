/// What has to come out. Where the tool prints a figure that is known, it must be this one.
public struct Expected: Equatable, Sendable {
    public enum Verdict: Equatable, Sendable {
        case holds
        /// With the names that the tools have for the property.
        case violated(names: [String])
    }

    public var verdict: Verdict
    public var states: Int?
    public var transitions: Int?
    public var depth: Int?
    public var steps: Int?

    public init(
        _ verdict: Verdict, states: Int? = nil, transitions: Int? = nil, depth: Int? = nil, steps: Int? = nil
    ) {
        self.verdict = verdict
        self.states = states
        self.transitions = transitions
        self.depth = depth
        self.steps = steps
    }

    /// A sentence for each difference.
    public func problems(with outcome: Outcome) -> [String] {
        [
            verdictProblem(outcome.verdict),
            problem("states", states, outcome.states),
            problem("transitions", transitions, outcome.transitions),
            problem("depth", depth, outcome.depth),
            problem("steps", steps, outcome.steps),
        ].compactMap { $0 }
    }

    private func problem(_ name: String, _ expected: Int?, _ found: Figure?) -> String? {
        guard let expected, let found, !found.agrees(with: expected) else { return nil }
        return "\(name): expected \(expected), found \(found.value)"
    }

    private func verdictProblem(_ found: Outcome.Verdict) -> String? {
        switch (verdict, found) {
        case (.holds, .holds), (.violated, .violated(nil)): return nil
        case (.holds, .violated(let name)): return "violated \(name ?? "an assertion"), but the model is right"
        case (.violated, .holds): return "the planted bug was not found"
        case (.violated(let names), .violated(.some(let name))):
            return names.contains(name) ? nil : "violated \(name), expected \(names.joined(separator: " or "))"
        case (.holds, .incomplete(let reason)), (.violated, .incomplete(let reason)):
            return "the search is incomplete: \(reason)"
        }
    }
}

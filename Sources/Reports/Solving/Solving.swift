extension RunResult {
    /// What a solver was asked.
    public struct Solving: Codable, Sendable, Hashable {
        /// `bmc`, `explicit+z3`, `induction`, `ic3`; `theorems`, whatever the engine, where it is about those.
        public var engine: String
        /// Its name and version.
        public var solver: String
        public var queries: Int
        /// All runs of so many steps were judged; -1 where not even initial states were.
        public var depth: Int
        /// Why it gave up, in its words.
        public var reason: String?
        /// What excludes states that are not reachable, in the terms of the spec. Where something is proved: with the claims it
        /// holds at first, and each step keeps it. Those that are the same but for names are told once. Nil for engines that
        /// look for none.
        public var lemmas: [String]?
        /// For which values of the symbolic constants there is a violation like the one that is shown, of as many steps, in the
        /// terms of the spec. Nil where there are no such constants, and for engines that do not tell.
        public var condition: String?
        /// Symbolic states and the steps from them; nil for engines that have none.
        public var searched: Searched?
        /// Why a proof by k steps failed; nil for other engines, and where it did not.
        public var failedStep: FailedStep?
        /// Of a proof without witnesses: the steps of the runs that were looked at.
        public var witnessDepth: Int?
        /// Whether it is about theorems: there are values then, and no runs.
        public var isAboutValues: Bool { engine == Self.theorems }
        public static let theorems = "theorems"

        public init(engine: String, solver: String, queries: Int, depth: Int, reason: String?) {
            self.engine = engine
            self.solver = solver
            self.queries = queries
            self.depth = depth
            self.reason = reason
        }

        public struct Searched: Codable, Sendable, Hashable {
            public var states: Int
            public var transitions: Int

            public init(states: Int, transitions: Int) { (self.states, self.transitions) = (states, transitions) }
        }
    }
}

extension RunResult {
    /// A step from a state in which nothing is wrong to one in which something is, though perhaps no run comes there.
    public struct FailedStep: Codable, Sendable, Hashable {
        /// What is wrong behind it.
        public var property: String
        /// How many steps before it nothing was wrong.
        public var steps: Int
        /// Who takes it.
        public var process: String
        /// Where each process is before it.
        public var places: [Counterexample.NamedValue]
        public var state: [Counterexample.NamedValue]
        /// What of it is not 0, false, none or the like.
        public var notable: [Counterexample.NamedValue]
        public var changes: [Counterexample.Change]

        public init(
            property: String, steps: Int, process: String, places: [Counterexample.NamedValue],
            state: [Counterexample.NamedValue], notable: [Counterexample.NamedValue], changes: [Counterexample.Change]
        ) {
            self.property = property
            self.steps = steps
            self.process = process
            self.places = places
            self.state = state
            self.notable = notable
            self.changes = changes
        }
    }
}

extension RunResult.FailedStep {
    var lines: [String] {
        let count = steps.counted("step")
        return ["\(count) from a state where nothing is wrong may lead to one that violates \(property):"]
            + places.map { "  \($0.name) at \($0.value)" }
            + stateLines
            + [
                changes.isEmpty
                    ? "  then \(process) steps, which violates \(property)"
                    : "  then \(process) steps: "
                        + changes.map { "\($0.name): \($0.old) -> \($0.new)" }.joined(separator: ", ")
            ]
            + ["  if no run comes there, a lemma that excludes it helps"]
    }

    private static let mostValues = 24

    /// All of a small state.
    private var stateLines: [String] {
        let isWhole = state.count <= Self.mostValues
        let values = (isWhole ? state : notable).map { "\($0.name) = \($0.value)" }
        return (values.isEmpty ? [] : ["  " + values.joined(separator: ", ")])
            + (isWhole ? [] : ["  all else is 0, false, none, free or the like"])
    }

    var json: JSONValue {
        func values(_ values: [Counterexample.NamedValue]) -> JSONValue {
            .array(values.map { .object(["name": .string($0.name), "value": .string($0.value)]) })
        }
        return .object([
            "property": .string(property), "steps": .int(steps), "process": .string(process), "places": values(places),
            "state": values(state),
            "changes": .array(
                changes.map {
                    .object(["name": .string($0.name), "old": .string($0.old), "new": .string($0.new)])
                }),
        ])
    }
}

extension RunResult.Solving {
    /// `12 queries to Z3 4.8.12, depth 11`
    var size: String {
        if let lemmas { return "\(lemmas.count.counted("lemma")), \(queryWords)" }
        let reached = depth < 0 ? [] : ["\(engine == "induction" ? "k = " : "depth ")\(depth.grouped)"]
        guard let searched else { return ([queryWords] + reached).joined(separator: ", ") }
        let states = [
            searched.states.counted("symbolic state"), searched.transitions.counted("transition"),
        ]
        return (states + reached + [queryWords]).joined(separator: ", ")
    }

    /// `12 queries to Z3 4.8.12`
    var queryWords: String { "\(queries.counted("query", plural: "queries")) to \(solver)" }

    var coverage: String {
        if isAboutValues {
            return "no values were found that refute a theorem, and it is not known that there are none"
        }
        if lemmas != nil {
            return "no invariant was found that proves it, and nothing is known; explicit+z3 and bmc need none"
        }
        if let witnessDepth {
            return
                "all else is proved; no run of up to \(witnessDepth.counted("step")) is a witness of what is named below"
        }
        if engine == "induction" {
            return "no proof by up to \(depth.counted("step")); nothing is known of longer runs"
        }
        return depth < 0
            ? "not even all initial states were judged, and nothing is known"
            : "every run of up to \(depth.counted("step")) was judged, and nothing is known of longer ones"
    }

    /// `it happens where threshold < 3`
    var conditionWords: String? {
        condition.map {
            $0 == "true" ? "it happens for all values of the symbolic constants" : "it happens where \($0)"
        }
    }

    var exactness: String {
        "exact: no run comes to \(depth.counted("step")) without being in one state twice, so no state is left out"
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "engine": .string(engine), "solver": .string(solver), "queries": .int(queries),
            "reason": JSONValue(reason),
        ]
        if let lemmas { members["lemmas"] = JSONValue(lemmas) }
        if let failedStep { members["failedStep"] = failedStep.json }
        if let witnessDepth { members["witnessDepth"] = .int(witnessDepth) }
        if let condition { members["condition"] = .string(condition) }
        return .object(members)
    }
}

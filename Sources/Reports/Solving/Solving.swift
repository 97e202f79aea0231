extension RunResult {
    /// What a solver was asked.
    public struct Solving: Codable, Sendable, Hashable {
        /// `bmc`.
        public var engine: String
        /// Its name and version.
        public var solver: String
        public var queries: Int
        /// All runs of so many steps were judged; -1 where not even initial states were.
        public var depth: Int
        /// Why it gave up, in its words.
        public var reason: String?

        public init(engine: String, solver: String, queries: Int, depth: Int, reason: String?) {
            self.engine = engine
            self.solver = solver
            self.queries = queries
            self.depth = depth
            self.reason = reason
        }
    }
}

extension RunResult.Solving {
    /// `12 queries to Z3 4.8.12, depth 11`
    var size: String { "\(queries.counted("query", plural: "queries")) to \(solver), depth \(depth.grouped)" }

    var coverage: String {
        depth < 0
            ? "not even all initial states were judged, and nothing is known"
            : "every run of up to \(depth.counted("step")) was judged, and nothing is known of longer ones"
    }

    var exactness: String {
        "exact: no run comes to \(depth.counted("step")) without being in one state twice, so no state is left out"
    }

    var json: JSONValue {
        .object([
            "engine": .string(engine), "solver": .string(solver), "queries": .int(queries),
            "reason": JSONValue(reason),
        ])
    }
}

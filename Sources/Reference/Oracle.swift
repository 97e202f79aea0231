import Program

/// What a brute-force search found.
public struct OracleResult: Sendable {
    public struct Finding: Sendable {
        /// The qualified name of the property, or of a built-in violation.
        public let name: String
        /// Steps to it, the failing one included.
        public let length: Int
    }

    /// Distinct states that were reached.
    public var states = 0
    /// One per step and combination of choices, also where the step has no result.
    public var transitions = 0
    /// The length of the longest shortest path.
    public var depth = 0
    /// A shortest violation: of the expected property where one was named, otherwise of any.
    public var violation: Finding?
    /// Everything that was found violated, under search or not, and the length of the shortest path to it, by name.
    public var violations: [String: Int] = [:]
    /// The `reachable` properties with a witness, and the length of the shortest path to one, by name.
    public var witnesses: [String: Int] = [:]
    /// Whether all reachable states were seen: no limit and no violation has cut the search.
    public var isComplete = true
}

/// Breadth-first search over the interpreter: no reduction, no encoding, nothing clever. It judges the engines.
public struct Oracle: Sendable {
    private let interpreter: Interpreter
    private let expecting: String?
    private var result = OracleResult()
    private var seen: Set<State> = []
    private var next: [State] = []

    public init(_ interpreter: Interpreter) {
        self.interpreter = interpreter
        expecting = nil
    }

    private init(_ interpreter: Interpreter, expecting: String?) {
        self.interpreter = interpreter
        self.expecting = expecting
    }

    /// Searches until everything is seen, a violation is found, or there are more than `limit` states.
    ///
    /// With `expecting`, only the violation of that name ends the search: the search goes on behind others where they
    /// have a result.
    public func explore(limit: Int, expecting: String? = nil) -> OracleResult {
        var search = Oracle(interpreter, expecting: expecting)
        search.run(limit)
        return search.result
    }

    private mutating func run(_ limit: Int) {
        for outcome in interpreter.initialOutcomes() { accept(outcome, from: nil, length: 0) }
        var length = 0
        while result.violation == nil, !next.isEmpty {
            result.depth = length
            let level = next
            next = []
            for state in level {
                guard seen.count <= limit else {
                    result.isComplete = false
                    break
                }
                expand(state, length)
            }
            guard result.isComplete else { break }
            length += 1
        }
        result.states = seen.count
        if result.violation != nil { result.isComplete = false }
    }

    private mutating func expand(_ state: State, _ length: Int) {
        var isMoving = false
        for step in interpreter.steps(in: state) {
            let kind = interpreter.program[step.instance.process].kind
            if kind != .hardware { isMoving = true }
            result.transitions += 1
            accept(step.outcome, from: state, length: length + 1)
        }
        if !isMoving && interpreter.isDeadlocked(state) { find(BuiltinViolation.deadlock.rawValue, length) }
    }

    private mutating func accept(_ outcome: Outcome, from old: State?, length: Int) {
        switch outcome {
        case .violation(let violation, let passedOver):
            for found in passedOver + [violation] { find(found.name, length) }
        case .next(let state, let passedOver):
            for found in passedOver { find(found.name, length) }
            let isNew = seen.insert(state).inserted
            if isNew { next.append(state) }
            for property in interpreter.program.properties { check(property, state, old, isNew, length) }
        }
    }

    private mutating func check(_ property: Property, _ state: State, _ old: State?, _ isNew: Bool, _ length: Int) {
        switch property.kind {
        case .invariant:
            guard isNew else { return }
            if !interpreter.failingConjuncts(property, in: state).isEmpty { find(property.name, length) }
        case .transition:
            if !interpreter.failingConjuncts(property, in: state, old: old).isEmpty { find(property.name, length) }
        case .reachable:
            guard isNew, result.witnesses[property.name] == nil else { return }
            if interpreter.isWitness(state, of: property) { result.witnesses[property.name] = length }
        case .progress: break
        }
    }

    private func isWanted(_ name: String) -> Bool { expecting == nil || expecting == name }

    /// Keeps the shorter one; among equals the first.
    private mutating func find(_ name: String, _ length: Int) {
        result.violations[name] = min(length, result.violations[name] ?? .max)
        guard isWanted(name), length < result.violation?.length ?? .max else { return }
        result.violation = OracleResult.Finding(name: name, length: length)
    }
}

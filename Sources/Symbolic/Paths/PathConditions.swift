import Model
import SMT

/// Why a search of paths ends early.
enum PathStop: Error {
    case unknown(UnknownReason)
    case states
    case memory
    case depth
}

/// Decides conditions of paths: remembers what was decided, and values that were found.
final class PathConditions {
    let graph: TermGraph
    private let solver: any Solver
    private var limits: SolverLimits
    /// What conditions say of cells is said of these variables.
    private let constants: Set<Term>
    private(set) var queries = 0
    private var decided: [Term: Bool] = [:]
    private var variables: [Term: [Term]] = [:]
    /// The last one first.
    private var found: [Assignment] = []
    private static let mostFound = 8

    init(_ context: PathContext, _ solver: any Solver, _ limits: SolverLimits) {
        (graph, constants) = (context.graph, context.constants)
        (self.solver, self.limits) = (solver, limits)
    }

    func isConstant(_ variable: Term) -> Bool { constants.contains(variable) }

    func variables(of term: Term) -> [Term] {
        if let known = variables[term] { return known }
        let new = graph.variables(of: term)
        variables[term] = new
        return new
    }

    /// From now on no longer than that.
    func stop(within time: Duration) {
        let deadline = ContinuousClock.now + time
        limits.deadline = limits.deadline.map { min($0, deadline) } ?? deadline
    }

    /// Between two pieces of work that ask nothing.
    func poll() throws(PathStop) {
        if limits.isCancelled() { throw .unknown(.interrupted) }
        if limits.isOver() { throw .unknown(.time) }
    }

    // MARK: Questions

    /// Whether conditions can hold at once.
    func arePossible(_ conditions: [Term]) throws(PathStop) -> Bool {
        let question = graph.and(conditions)
        if question == graph.yes { return true }
        if question == graph.no { return false }
        if let known = decided[question] { return known }
        if found.contains(where: { graph.values(of: [question], $0) == [1] }) {
            decided[question] = true
            return true
        }
        let answer = try values(question)
        decided[question] = answer != nil
        if let answer {
            found.insert(answer, at: 0)
            if found.count > Self.mostFound { found.removeLast() }
        }
        return answer != nil
    }

    /// Whether one more condition can hold, where the others can.
    func isPossible(_ condition: Term, with others: [Term]) throws(PathStop) -> Bool {
        if condition == graph.yes { return true }
        if condition == graph.no { return false }
        return try arePossible(connected(others, to: variables(of: condition)) + [condition])
    }

    /// Values with which conditions hold; nil where there are none.
    func values(_ condition: Term) throws(PathStop) -> Assignment? {
        queries += 1
        var query = Query(graph, [condition])
        query.comments = ["sat: these conditions can hold at once"]
        switch solver.check(query, limits) {
        case .satisfiable(let assignment): return assignment
        case .unsatisfiable: return nil
        case .unknown(let reason): throw .unknown(reason)
        }
    }

    /// Those that share variables with some, directly or by others.
    private func connected(_ conditions: [Term], to first: [Term]) -> [Term] {
        guard !conditions.isEmpty else { return [] }
        var reached = Set(first)
        var (rest, chosen) = (conditions, [Term]())
        while true {
            let next = rest.filter { variables(of: $0).contains { reached.contains($0) } }
            if next.isEmpty { return chosen }
            chosen += next
            rest.removeAll { next.contains($0) }
            for condition in next { reached.formUnion(variables(of: condition)) }
        }
    }

    // MARK: Fewer conditions

    /// One more condition, without what it makes superfluous. The new one is not implied by the others.
    func adding(_ condition: Term, to conditions: [Term]) throws(PathStop) -> [Term] {
        let own = variables(of: condition)
        var kept: [Term] = []
        for old in conditions where old != condition {
            if variables(of: old) == own, try !arePossible([condition, graph.not(old)]) { continue }
            kept.append(old)
        }
        return Self.ordered(kept + [condition])
    }

    /// What conditions that can hold at once say of some variables and of the constants.
    ///
    /// Other variables are left out where that can be said without them, else they stay: some value of them.
    func about(_ live: Set<Term>, _ conditions: [Term]) -> [Term] {
        var conditions = conditions
        func isLive(_ variable: Term) -> Bool { live.contains(variable) || constants.contains(variable) }
        let dead = Set(conditions.flatMap { variables(of: $0) }.filter { !isLive($0) })
        guard !dead.isEmpty else { return Self.ordered(conditions) }
        for variable in dead.sorted(by: { $0.number < $1.number }) {
            if let without = graph.conditions(conditions, without: variable) { conditions = without }
        }
        let reached = Set(conditions.flatMap { variables(of: $0) }.filter(isLive))
        return Self.ordered(connected(conditions, to: Array(reached)))
    }

    /// In an order that equal sets share.
    static func ordered(_ conditions: [Term]) -> [Term] { Set(conditions).sorted { $0.number < $1.number } }
}

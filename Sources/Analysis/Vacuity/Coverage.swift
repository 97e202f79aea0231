import Exploration
import Model

/// What one search or several have come by, and what they could have come by.
public struct Coverage: Hashable, Sendable {
    /// A condition that some state or step should meet.
    struct Condition: Hashable {
        let kind: Witness.Kind
        let name: String
        let moment: Witness.Moment
        let origin: Origin
    }

    /// In how many configurations a mark was come by; 0 where it is there and never was.
    private(set) var marks: [Mark: Int] = [:]
    /// What the ways are called.
    private(set) var labels: [Mark: String] = [:]
    /// Marks that processes have come to, at least.
    private(set) var touched: Set<Mark> = []
    /// What searches of all reachable states, in which nothing was violated, could have come by.
    private(set) var judgedMarks: Set<Mark> = []
    /// Marks that some search has not looked for in all states.
    private(set) var unsought: Set<Mark> = []
    private(set) var met: Set<Condition> = []
    private(set) var judgedConditions: Set<Condition> = []
    /// Those that no search had to look for.
    private(set) var settledConditions: Set<Condition> = []
    /// Whether a step came to rest; nil where no search judges that.
    private(set) var comesToRest: Bool?
    /// Whether a search was cut off: then nothing is known to be unreachable.
    private(set) var isCut = false
    /// Whether the search tells what it has come by.
    private(set) var isKnown = true

    public init() {}

    /// - Parameter isAsExpected: whether the search found what it should; another one was not searched to its end.
    init(_ run: PreparedRun, _ found: SearchResult, isAsExpected: Bool) {
        let model = run.model
        isCut = !isAsExpected
        for way in model.actions.flatMap(\.ways) { labels[.way(way.origin, way.number)] = way.label }
        guard let reach = found.reach else {
            isCut = true
            isKnown = false
            return
        }
        for mark in reach.possible { marks[mark] = reach.marks.contains(mark) ? 1 : 0 }
        touched = reach.touched
        unsought = reach.unsought
        let conditions = model.witnesses.map {
            Condition(kind: $0.kind, name: $0.name, moment: $0.moment, origin: $0.condition.origin)
        }
        met = Set(zip(conditions, reach.witnesses).filter(\.1).map(\.0))
        if reach.comesToRest == true { comesToRest = true }
        guard case .completed = found.outcome, isAsExpected else { return }
        let settled = run.settled
        judgedMarks = reach.possible.union(run.marks(of: settled))
        settledConditions = run.conditions(of: settled)
        judgedConditions = Set(conditions)
        comesToRest = reach.comesToRest
    }

    /// That of an engine that does not look for it.
    public static var unknown: Coverage {
        var coverage = Coverage()
        coverage.cut()
        coverage.isKnown = false
        return coverage
    }

    /// A configuration was not searched: then nothing is known to be unreachable.
    public mutating func cut() { isCut = true }

    public mutating func merge(_ other: Coverage) {
        marks.merge(other.marks, uniquingKeysWith: +)
        labels.merge(other.labels) { first, _ in first }
        touched.formUnion(other.touched)
        judgedMarks.formUnion(other.judgedMarks)
        unsought.formUnion(other.unsought)
        met.formUnion(other.met)
        judgedConditions.formUnion(other.judgedConditions)
        settledConditions.formUnion(other.settledConditions)
        if let more = other.comesToRest { comesToRest = (comesToRest ?? false) || more }
        isCut = isCut || other.isCut
    }

    /// Conditions that nothing has met. Folding may have left a part of one in another configuration, where it is met.
    var unmet: Set<Condition> {
        let settled = settledConditions.filter { one in !met.contains { $0.isPart(of: one) } }
        return judgedConditions.union(settled).subtracting(met)
    }

    func isReached(_ mark: Mark) -> Bool { marks[mark].map { $0 > 0 } ?? false }
}

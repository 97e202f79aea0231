/// A place in the source that a step can be told to have come by.
public enum Mark: Hashable, Sendable {
    case statement(Origin)
    /// A statement, and the number of a way out of it.
    case way(Origin, Int)
}

/// Which statements and ways some step from the states visited so far has come by.
///
/// A mark counts when a step that is possible comes by it, in any action. A state costs the actions at its locations
/// that still have marks to wait for: soon next to nothing.
public struct ReachedMarks {
    /// All marks of the model, in order.
    private let marks: [Mark]
    private var isReached: [Bool]
    private var isTouched: [Bool]
    /// By action: the marks of its statements and ways, by their numbers there, and those that its body has.
    private let statements: [[Int]]
    private let ways: [[Int]]
    private var present: [Set<Int>]
    /// By action: the marks that are asked for, as they are numbered there.
    private var tracings: [MarkTracing] = []
    /// By process and location: the actions that have marks which are missing.
    private var waiting: [[[Int]]] = []
    private var waitingCount = 0
    /// Changes when something is found.
    public private(set) var version = 0
    /// The actors of processes that have such actions, and where: ``Watch/first`` + location.
    private var watches: [Watch] = []
    private var watched: [Bool] = []

    private struct Watch {
        let actor: Int
        let process: Int
        let word: Int
        let shift: UInt64
        let mask: UInt64
        let first: Int
        let locations: Int
    }
    private var machine: Machine
    private var buffer: SuccessorBuffer

    /// - Parameter code: compiled with marks.
    public init(_ code: ModelCode) {
        let model = code.model
        machine = Machine(code)
        buffer = SuccessorBuffer()
        let all = model.marks
        let numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
        let statements = model.actions.map { $0.origins.map { numbers[.statement($0), default: 0] } }
        let ways = model.actions.map { $0.ways.map { numbers[.way($0.origin, $0.number), default: 0] } }
        present = model.actions.enumerated().map { index, action in
            Set(action.markedStatements.map { statements[index][$0] } + action.markedWays.map { ways[index][$0] })
        }
        self.statements = statements
        self.ways = ways
        marks = all
        isReached = all.map { _ in false }
        isTouched = isReached
        findWaiting()
    }

    public var isComplete: Bool { waitingCount == 0 }

    /// Those that some step has come by.
    public var reached: Set<Mark> { Set(marks.indices.filter { isReached[$0] }.map { marks[$0] }) }

    /// Those at which some process has waited, at least.
    public var touched: Set<Mark> { Set(marks.indices.filter { isTouched[$0] }.map { marks[$0] }) }

    /// All that could be reached.
    public var possible: Set<Mark> { Set(present.joined().map { marks[$0] }) }

    /// Whether marks of some locations are missing, given by process and location.
    public func isWaiting(where isAsked: (_ process: Int, _ location: Int) -> Bool) -> Bool {
        waiting.indices.contains { process in
            waiting[process].indices.contains { !waiting[process][$0].isEmpty && isAsked(process, $0) }
        }
    }

    /// Waits no longer for those of these that nothing has come by; gives them.
    public mutating func giveUp(_ unwanted: Set<Mark>) -> Set<Mark> {
        let numbers = Set(marks.indices.filter { !isReached[$0] && unwanted.contains(marks[$0]) })
        guard !numbers.isEmpty else { return [] }
        for action in present.indices { present[action].subtract(numbers) }
        findWaiting()
        return Set(numbers.map { marks[$0] })
    }

    /// One that knows as much, for another thread.
    public func forked() -> ReachedMarks { ReachedMarks(copy: self) }

    private init(copy other: ReachedMarks) {
        self = other  // but what no two threads share
        machine = Machine(other.machine.code)
        buffer = SuccessorBuffer()
    }

    /// Takes over what others of the same code have come by.
    public mutating func learn(from others: [ReachedMarks]) {
        let known = isReached
        for other in others {
            for mark in marks.indices {
                if other.isReached[mark] { isReached[mark] = true }
                if other.isTouched[mark] { isTouched[mark] = true }
            }
        }
        if isReached != known { findWaiting() }
    }

    public mutating func visit(_ state: UnsafePointer<UInt64>) {
        guard waitingCount > 0 else { return }
        // Most states are passed here: what is asked of each of them is two loads and a bit.
        // What is found makes the list shorter, for the states that come.
        let watches = watches
        for watch in watches {
            let location = Int(truncatingIfNeeded: state[watch.word] >> watch.shift & watch.mask)
            guard location < watch.locations, watched[watch.first + location] else { continue }
            for action in waiting[watch.process][location] { visit(state, watch.actor, action) }
        }
    }

    private mutating func visit(_ state: UnsafePointer<UInt64>, _ actor: Int, _ action: Int) {
        var tracing = tracings[action]
        buffer.removeAll()
        machine.trace(state, actor: actor, action: action, buffer, &tracing)
        for mark in tracing.touched { isTouched[number(mark, action)] = true }
        var isNew = false
        for mark in tracing.reached where !isReached[number(mark, action)] {
            isReached[number(mark, action)] = true
            isNew = true
        }
        if isNew { findWaiting() }
    }

    private func number(_ mark: MarkTracing.Mark, _ action: Int) -> Int {
        switch mark {
        case .statement(let number): statements[action][number]
        case .way(let number): ways[action][number]
        }
    }

    /// Finds the actions that still have something to show.
    private mutating func findWaiting() {
        let model = machine.code.model
        waiting = model.processes.map { $0.locations.map { _ in [] } }
        waitingCount = 0
        version += 1
        for (number, action) in model.actions.enumerated() where present[number].contains(where: { !isReached[$0] }) {
            waiting[action.process][action.location].append(number)
            waitingCount += 1
        }
        var firsts: [Int] = []
        watched = []
        for locations in waiting {
            firsts.append(watched.count)
            watched += locations.map { !$0.isEmpty }
        }
        watches = machine.code.actors.enumerated().compactMap { number, actor in
            let locations = waiting[actor.process]
            guard locations.contains(where: { !$0.isEmpty }) else { return nil }
            return Watch(
                actor: number, process: actor.process, word: actor.word, shift: UInt64(actor.shift), mask: actor.mask,
                first: firsts[actor.process], locations: locations.count)
        }
        tracings = statements.indices.map { action in
            MarkTracing(
                asksForStatement: statements[action].map { !isReached[$0] },
                asksForWay: ways[action].map { !isReached[$0] })
        }
    }
}

extension Model {
    /// All marks that actions may have, each once, in an order that comments and formatting do not change.
    public var marks: [Mark] {
        var known: Set<Mark> = []
        let all = actions.flatMap { $0.origins.map(Mark.statement) } + actions.flatMap { $0.ways.map(\.mark) }
        return all.filter { known.insert($0).inserted }
    }

    /// Those that bodies of actions have.
    public var presentMarks: Set<Mark> {
        Set(
            actions.flatMap { action in
                action.markedStatements.map { .statement(action.origins[$0]) }
                    + action.markedWays.map { action.ways[$0].mark }
            })
    }
}

extension Model {
    /// Marks on the ways that end in a violation for certain: who comes by them has found it.
    public var failingMarks: Set<Mark> { Set(actions.flatMap { failingMarks(in: $0.body, $0) }) }

    private func failingMarks(in body: [Instruction], _ action: Action) -> [Mark] {
        body.flatMap { instruction -> [Mark] in
            guard case .branch(_, let yes, let no) = instruction else { return [] }
            return [yes, no].flatMap { way in
                endsInViolation(way) ? marks(in: way, action) : failingMarks(in: way, action)
            }
        }
    }

    private func endsInViolation(_ body: [Instruction]) -> Bool {
        guard case .check(.constant(0), let violation)? = body.last else { return false }
        return !self[violation].isResumable
    }

    private func marks(in body: [Instruction], _ action: Action) -> [Mark] {
        body.marks { if case .statement(let number) = $0 { number } else { nil } }.map {
            .statement(action.origins[$0])
        }
            + body.marks { if case .way(let number) = $0 { number } else { nil } }.map { action.ways[$0].mark }
    }
}

extension Way {
    fileprivate var mark: Mark { .way(origin, number) }
}

extension Action {
    /// The statements that execution can be told of: numbers of ``origins``.
    public var markedStatements: Set<Int> {
        Set(body.marks { if case .statement(let number) = $0 { number } else { nil } })
    }

    /// The ways that can be told of: numbers of ``ways``.
    public var markedWays: Set<Int> { Set(body.marks { if case .way(let number) = $0 { number } else { nil } }) }
}

/// Which statements of the actions some step from the states visited so far has executed.
///
/// A statement counts when a step that is possible comes by it. A state costs the actions at its locations that still
/// have statements to wait for: soon next to nothing.
public struct ExecutedStatements {
    /// By action: numbers of ``Action/origins``.
    public private(set) var statements: [Set<Int>]
    private var missing: [Set<Int>]
    /// By process and location: the actions that miss some.
    private var waiting: [[[Int]]]
    private var waitingCount = 0
    private let machine: Machine
    private let buffer = SuccessorBuffer()

    /// - Throws: ``InvalidModel`` for a model that no engine can run.
    public init(_ model: Model) throws(InvalidModel) {
        machine = Machine(try ModelCode(model, marks: .statements))
        statements = model.actions.map { _ in [] }
        missing = model.actions.map { $0.markedStatements }
        waiting = model.processes.map { $0.locations.map { _ in [] } }
        for (number, action) in model.actions.enumerated() where !missing[number].isEmpty {
            waiting[action.process][action.location].append(number)
            waitingCount += 1
        }
    }

    public var isComplete: Bool { waitingCount == 0 }

    /// Whether statements of some locations are missing, given by process and location.
    public func isWaiting(where isAsked: (_ process: Int, _ location: Int) -> Bool) -> Bool {
        waiting.indices.contains { process in
            waiting[process].indices.contains { !waiting[process][$0].isEmpty && isAsked(process, $0) }
        }
    }

    public mutating func visit(_ state: UnsafePointer<UInt64>) {
        for (number, actor) in machine.code.actors.enumerated() {
            let location = machine.code.location(of: actor, in: state)
            guard waiting[actor.process].indices.contains(location) else { continue }
            for action in waiting[actor.process][location] { visit(state, number, actor, action, location) }
        }
    }

    private mutating func visit(
        _ state: UnsafePointer<UInt64>, _ number: Int, _ actor: ModelCode.Actor, _ action: Int, _ location: Int
    ) {
        var tracing = StatementTracing()
        buffer.removeAll()
        machine.trace(state, actor: number, action: action, buffer, &tracing)
        statements[action].formUnion(tracing.executed)
        missing[action].subtract(tracing.executed)
        guard missing[action].isEmpty else { return }
        waiting[actor.process][location].removeAll { $0 == action }
        waitingCount -= 1
    }
}

extension Action {
    /// The statements that execution can be told of: numbers of ``origins``.
    public var markedStatements: Set<Int> { Set(body.statements) }
}

extension [Instruction] {
    fileprivate var statements: [Int] {
        flatMap { instruction -> [Int] in
            switch instruction {
            case .statement(let number): [number]
            case .branch(_, let yes, let no): yes.statements + no.statements
            case .require, .assign, .set, .choose, .check, .observe, .jump: []
            }
        }
    }
}

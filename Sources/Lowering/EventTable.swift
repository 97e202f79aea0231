import Model
import Program

/// The events that a model tells of: one for each ghost handler.
struct EventTable {
    private var handlers: [HandlerID] = []
    private var numbers: [HandlerID: Int] = [:]
    /// Whether commits are told at all.
    let isTold: Bool

    init() { isTold = false }

    init(_ program: Program) {
        isTold = true
        for index in program.handlers.indices where program.handlers[index].isGhost {
            numbers[HandlerID(index)] = handlers.count
            handlers.append(HandlerID(index))
        }
    }

    func number(of handler: HandlerID) -> Int? { numbers[handler] }

    func handler(of event: Int) -> HandlerID? { handlers.indices.contains(event) ? handlers[event] : nil }

    func described(by layout: Layout) -> [Event] {
        handlers.map { id in
            let handler = layout.program[id]
            let leaves = handler.scope.parameterTypes.flatMap { layout.leaves(of: $0) }
            return Event(name: handler.name, arguments: leaves.map { layout.cellType($0) })
        }
    }
}

import Model

/// What a step does, apart from the state in which it is taken.
struct Move: Hashable {
    let action: Int
    let actor: Int
    let choices: [UInt64]

    init(_ successor: Successor, _ contents: SuccessorBuffer.Contents) {
        action = Int(successor.action)
        actor = Int(successor.actor)
        choices = (0..<successor.choiceCount).map { contents.choices[successor.firstChoice + $0] }
    }

    init(_ step: TraceStep) {
        action = step.action
        actor = step.actor
        choices = step.choices
    }
}

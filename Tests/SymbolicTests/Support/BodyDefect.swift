import Model

/// A mistake in the code of a model.
struct BodyDefect: Sendable {
    let name: String
    private let change: @Sendable ([Instruction]) -> [Instruction]

    init(_ name: String, _ change: @escaping @Sendable ([Instruction]) -> [Instruction]) {
        (self.name, self.change) = (name, change)
    }

    /// The same model with the mistake in each of its actions.
    func apply(_ model: Model) -> Model {
        var wrong = model
        wrong.actions = model.actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins, ways: action.ways,
                callStack: action.callStack, registerCount: action.registerCount, body: change(action.body))
        }
        return wrong
    }

    static let all: [BodyDefect] = [
        BodyDefect("an assignment is forgotten") { body in
            body.filter { if case .assign = $0 { false } else { true } }
        },
        BodyDefect("a step does not wait") { body in
            body.filter { if case .require = $0 { false } else { true } }
        },
        BodyDefect("a check is forgotten") { body in
            body.filter { if case .check = $0 { false } else { true } }
        },
        BodyDefect("both arms of a branch are the second one") { body in
            body.map { if case .branch(let condition, _, let no) = $0 { .branch(condition, no, no) } else { $0 } }
        },
        BodyDefect("the first value is always chosen") { body in
            body.map {
                if case .choose(let register, _, _, _) = $0 { .set(register: register, .constant(0)) } else { $0 }
            }
        },
    ]
}

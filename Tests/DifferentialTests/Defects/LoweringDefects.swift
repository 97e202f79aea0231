import Model

/// A mistake that the lowering could make.
struct LoweringDefect: Sendable {
    let name: String
    let apply: @Sendable (Model) -> Model

    static let all: [LoweringDefect] = steps + locks + values + checks + declarations

    private static let steps: [LoweringDefect] = [
        .init(name: "a dead local is not reset") { model in
            model.rewriting { body, _ in
                guard case .jump? = body.last else { return body }
                return body.filter { instruction in
                    guard case .assign(let cell, _, .constant(0)) = instruction else { return true }
                    return model[cell].role != .local
                }
            }
        },
        .init(name: "an `await` does not wait") { model in
            model.dropping { instruction in
                guard case .require(let e) = instruction else { return false }
                return e.reads { !model.isLock($0) && model[$0].role == .shared }
            }
        },
        .init(name: "the condition of a branch is negated") { model in
            model.replacing { instruction in
                guard case .branch(let e, let a, let b) = instruction else { return instruction }
                return .branch(e, b.isEmpty || a.isEmpty ? a : b, a.isEmpty || b.isEmpty ? b : a)
            }
        },
        .init(name: "a choice has one value less") { $0.changingChoices { $0 - 1 } },
        .init(name: "a choice has one value more") { model in
            model.replacing { instruction in
                guard case .choose(let register, let count, let label, let type) = instruction, label == "either" else {
                    return instruction
                }
                return .choose(register: register, count: count + 1, label: label, type: type)
            }
        },
        .init(name: "the initial state has one choice less") { model in
            model.rewriting { body, isInitial in
                guard isInitial else { return body }
                return body.map { instruction in
                    guard case .choose(let register, let count, let label, let type) = instruction else {
                        return instruction
                    }
                    return .choose(register: register, count: max(1, count - 1), label: label, type: type)
                }
            }
        },
        .init(name: "an initial value is forgotten") { model in
            model.rewriting { body, isInitial in
                isInitial ? body.filter { if case .assign(_, _, .constant) = $0 { false } else { true } } : body
            }
        },
        .init(name: "a step leads to the wrong place") { model in
            model.replacing { instruction in
                if case .jump(location: let number) = instruction, number > 1 { return .jump(location: number - 1) }
                return instruction
            }
        },
        .init(name: "a read is joined across a store") { $0.joiningSteps() },
        .init(name: "the `else` of a choice is taken too early") { model in
            model.replacing { instruction in
                guard case .branch(.quantified(.some, register: _, count: _, _), let a, let b) = instruction else {
                    return instruction
                }
                return .branch(.constant(0), a, b)
            }
        },
        .init(name: "a commit is dropped") { model in
            model.dropping { instruction in
                guard case .assign(let cell, _, _) = instruction else { return false }
                return model[cell].role == .ghost
            }
        },
    ]

    private static let locks: [LoweringDefect] = [
        .init(name: "an unlock does not release") { model in
            model.dropping { instruction in
                guard case .assign(let cell, _, .constant(0)) = instruction else { return false }
                return model.isLock(cell)
            }
        },
        .init(name: "a lock does not wait") { model in
            model.dropping { instruction in
                if case .require(let e) = instruction { e.reads { model.isLock($0) } } else { false }
            }
        },
        .init(name: "a shared holder is not counted") { model in
            model.dropping { instruction in
                guard case .assign(let cell, _, .binary(.add, .read, _)) = instruction else { return false }
                return model.isLock(cell)
            }
        },
        .init(name: "a downgrade keeps the lock exclusive") { model in
            model.replacing { instruction in
                guard case .branch(let e, let a, let b) = instruction, a.count == 1,
                    case .assign(let cell, _, .constant(1)) = a[0], case .sharedLock = model[cell].type
                else { return instruction }
                return .branch(e, b, b)
            }
        },
    ]
}

extension Model {
    fileprivate func changingChoices(_ change: (Int) -> Int) -> Self {
        rewriting { body, isInitial in
            isInitial
                ? body
                : body.map { instruction in
                    guard case .choose(let register, let count, let label, let type) = instruction, count > 1 else {
                        return instruction
                    }
                    return .choose(register: register, count: change(count), label: label, type: type)
                }
        }
    }

    /// Each straight step runs on into the step behind it.
    fileprivate func joiningSteps() -> Self {
        var result = self
        result.actions = actions.map { action in
            guard case .jump(location: let next)? = action.body.last, next != action.location,
                let behind = actions.first(where: { $0.process == action.process && $0.location == next })
            else { return action }
            // The statements of the step behind are none of this action's.
            let more = behind.effects
            return action.with(
                action.body.dropLast() + more, registers: max(action.registerCount, behind.registerCount))
        }
        return result
    }
}

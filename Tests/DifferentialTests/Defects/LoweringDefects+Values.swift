import Model

extension LoweringDefect {
    static let values: [LoweringDefect] = [
        .init(name: "a range wraps at the wrong place") { model in
            model.replacingCode { e in
                if case .binary(.bitAnd, let a, .constant(3)) = e { .binary(.bitAnd, a, .constant(1)) } else { e }
            }
        },
        .init(name: "a payload is read one bit off") { model in
            model.replacingCode { e in
                guard case .binary(.shiftRight, let a, .constant(let n)) = e, n > 1 else { return e }
                return .binary(.shiftRight, a, .constant(n + 1))
            }
        },
        .init(name: "an element is not put into a set") { model in
            model.replacingCode { e in
                guard case .binary(.bitOr, let a, .binary(.shiftLeft, .constant(1), _)) = e else { return e }
                return a
            }
        },
        .init(name: "the tag of an optional is lost") { model in
            model.replacingCode { e in
                guard case .binary(.bitOr, .binary(.shiftLeft, let a, .constant(1)), .constant(1)) = e else { return e }
                return .binary(.shiftLeft, a, .constant(1))
            }
        },
        .init(name: "`<` is read as `<=`") { model in
            model.replacingCode { e in
                if case .binary(.less, let a, let b) = e { .binary(.lessOrEqual, a, b) } else { e }
            }
        },
        .init(name: "a sum is one off") { model in
            model.replacingCode { e in
                if case .binary(.add, let a, .constant(1)) = e { a } else { e }
            }
        },
        .init(name: "`count` counts one too few") { model in
            model.replacingConditions([.invariant, .transition, .reachable, .atRest]) {
                $0.rewriting { e in
                    guard case .quantified(.some, let register, let count, let body) = e else { return e }
                    return .quantified(.all, register: register, count: count, body)
                }
            }
        },
    ]

    static let checks: [LoweringDefect] = [
        dropped("a range is not checked") { $0 == "range" },
        dropped("the use of what is dead goes unnoticed") { $0 == "use_after_free" },
        dropped("`!` on none goes unnoticed") { $0 == "none_value" },
        dropped("an assert is dropped") { $0.hasPrefix("c") || $0.contains(".c") },
        .init(name: "a dead cell is not reset") { model in
            model.dropping { instruction in
                guard case .branch(.unary(.not, _), let a, let b) = instruction, b.isEmpty, !a.isEmpty else {
                    return false
                }
                return a.allSatisfy { if case .assign(_, _, .constant) = $0 { true } else { false } }
            }
        },
        .init(name: "a violation ends the step though it has a result") { model in
            var result = model
            result.violations = model.violations.map {
                Violation(name: $0.name, message: $0.message, origin: $0.origin, isResumable: false)
            }
            return result
        },
    ]

    private static func dropped(_ name: String, _ test: @escaping @Sendable (String) -> Bool) -> LoweringDefect {
        .init(name: name) { model in
            model.dropping { instruction in
                if case .check(_, let violation) = instruction { test(model[violation].name) } else { false }
            }
        }
    }

    static let declarations: [LoweringDefect] = [
        .init(name: "every place counts as rest") { $0.changingProcesses { $0.with { $0.with(isRest: true) } } },
        .init(name: "no place counts as a loop's head") { model in
            model.changingProcesses { $0.with { $0.isFinal ? $0 : $0.with(isRest: false, isLoopHead: false) } }
        },
        .init(name: "a daemon counts as an ordinary process") { model in
            model.changingProcesses { $0.kind == .daemon ? $0.with(kind: .ordinary) : $0 }
        },
        .init(name: "an ordinary process counts as a daemon") { model in
            model.changingProcesses { $0.kind == .ordinary ? $0.with(kind: .daemon) : $0 }
        },
        .init(name: "`old` reads the new state") { model in
            model.replacingConditions([.transition]) {
                $0.rewriting { e in if case .readOld(let cell, let indices) = e { .read(cell, indices) } else { e } }
            }
        },
        .init(name: "a conjunct is dropped") { $0.replacingConditions([.invariant, .atRest]) { _ in .constant(1) } },
        .init(name: "`at rest` is not heard") { model in
            var result = model
            result.properties = model.properties.map {
                Property(name: $0.name, kind: $0.kind == .atRest ? .invariant : $0.kind, conjuncts: $0.conjuncts)
            }
            return result
        },
    ]
}

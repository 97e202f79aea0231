import Model

extension Model {
    /// The same model without anything that says where it comes from: equal for specs that differ in nothing else.
    var withoutPlaces: Model {
        var result = self
        result.atomicClaims = 0
        result.processes = processes.map { process in
            Process(
                name: process.name, kind: process.kind, dimensions: process.dimensions,
                programCounter: process.programCounter, locations: process.locations.map(\.withoutPlace))
        }
        result.actions = actions.map { action in
            Action(
                process: action.process, location: action.location, origins: [], callStack: [],
                registerCount: action.registerCount, body: action.body.withoutMarks)
        }
        result.initial = initial.withoutMarks
        result.violations = violations.map {
            Violation(name: $0.name, message: "", origin: nil, isResumable: $0.isResumable)
        }
        let nowhere = Origin(file: "", line: 0, column: 0, text: "")
        result.properties = properties.map { property in
            Property(
                name: property.name, kind: property.kind,
                conjuncts: property.conjuncts.map {
                    Conjunct(condition: $0.condition, registerCount: $0.registerCount, origin: nowhere)
                })
        }
        return result
    }
}

extension Location {
    fileprivate var withoutPlace: Location {
        Location(
            origin: nil, callStack: [], isRest: isRest, isFinal: isFinal, isLoopHead: isLoopHead, held: held)
    }
}

extension [Instruction] {
    /// Without what tells which statement an instruction belongs to.
    fileprivate var withoutMarks: [Instruction] {
        compactMap { instruction in
            switch instruction {
            case .statement: nil
            case .branch(let condition, let yes, let no): .branch(condition, yes.withoutMarks, no.withoutMarks)
            case .require, .assign, .set, .choose, .check, .jump: instruction
            }
        }
    }
}

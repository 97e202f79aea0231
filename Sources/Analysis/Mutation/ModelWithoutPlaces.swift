import Model

extension Model {
    /// The same model without anything that says where it comes from: equal for specs that differ in nothing else.
    var withoutPlaces: Model {
        var result = meaning
        result.atomicClaims = 0
        result.processes = processes.map { process in
            Process(
                name: process.name, kind: process.kind, dimensions: process.dimensions,
                programCounter: process.programCounter, locations: process.locations.map(\.withoutPlace))
        }
        result.actions = actions.map { action in
            Action(
                process: action.process, location: action.location, origins: [], callStack: [],
                registerCount: action.registerCount, body: action.effects)
        }
        result.initial = initial.withoutMarks
        result.initialOrigins = []
        result.witnesses = []
        result.violations = violations.map {
            Violation(name: $0.name, message: "", origin: nil, isResumable: $0.isResumable)
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

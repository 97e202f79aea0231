extension Model {
    /// The same without what only people read: where things come from, messages, and how the configuration is called.
    ///
    /// Equal for models in which an engine finds the same: the same numbers of the same actions, choices, states and
    /// violations. Comments and formatting of the source, the path of the spec, and the name of a scenario change
    /// nothing. That something has an origin stays.
    public var meaning: Model {
        var model = self
        model.name = ""
        model.scenario = nil
        model.variant = nil
        model.settings = []
        model.processes = processes.map(\.withoutPlaces)
        model.actions = actions.map(\.withoutPlaces)
        model.violations = violations.map {
            Violation(
                name: $0.name, message: "", origin: $0.origin.map { _ in .nowhere }, isResumable: $0.isResumable)
        }
        model.properties = properties.map(\.withoutPlaces)
        model.initialOrigins = initialOrigins.map { _ in .nowhere }
        model.witnesses = witnesses.map {
            Witness(kind: $0.kind, name: $0.name, moment: $0.moment, condition: $0.condition.withoutPlace)
        }
        return model
    }
}

extension Origin {
    fileprivate static let nowhere = Origin(file: "", line: 0, column: 0, text: "")
}

extension Process {
    fileprivate var withoutPlaces: Process {
        Process(
            name: name, kind: kind, dimensions: dimensions, programCounter: programCounter,
            locations: locations.map {
                Location(
                    origin: $0.origin.map { _ in .nowhere }, callStack: $0.callStack, isRest: $0.isRest,
                    isFinal: $0.isFinal, isLoopHead: $0.isLoopHead, held: $0.held)
            })
    }
}

extension Action {
    fileprivate var withoutPlaces: Action {
        Action(
            process: process, location: location, origins: origins.map { _ in .nowhere },
            ways: ways.map { Way(origin: .nowhere, number: $0.number, label: $0.label) }, callStack: callStack,
            registerCount: registerCount, body: body)
    }
}

extension Property {
    fileprivate var withoutPlaces: Property {
        Property(name: name, kind: kind, conjuncts: conjuncts.map(\.withoutPlace))
    }
}

extension Conjunct {
    fileprivate var withoutPlace: Conjunct {
        Conjunct(condition: condition, registerCount: registerCount, origin: .nowhere)
    }
}

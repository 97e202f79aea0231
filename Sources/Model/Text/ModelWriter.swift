/// From a model to the nodes of its textual form.
struct ModelWriter {
    let model: Model
    private let variableNames: [String]
    private let processNames: [String]

    init(model: Model) {
        self.model = model
        variableNames = Self.references(model.variables.map(\.name))
        processNames = Self.references(model.processes.map(\.name))
    }

    /// The names where they are unambiguous words, else numbers.
    private static func references(_ names: [String]) -> [String] {
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        return names.enumerated().map { number, name in
            let isWord = !name.isEmpty && name.unicodeScalars.allSatisfy(isWordScalar)
            return isWord && counts[name] == 1 ? name : "#\(number)"
        }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
        default: false
        }
    }

    var nodes: [TextNode] {
        [head]
            + model.sorts.map {
                list("sort", [.string($0.name), .number($0.size)] + ($0.isSymmetric ? [] : [.word("named")]))
            }
            + model.variables.map(variable) + model.processes.map(process) + model.violations.map(violation)
            + model.events.map { list("event", [.string($0.name)] + $0.arguments.map(type)) }
            + [initial]
            + model.actions.map(action) + model.properties.map(property) + model.witnesses.map(witness)
    }

    // MARK: Parts

    private var head: TextNode {
        let expectation: TextNode =
            switch model.expectation {
            case .holds: list("expect", .word("holds"))
            case .violated(let name): list("expect", .word("violated"), .string(name))
            }
        return list(
            "model", .string(model.name), list("scenario", optional(model.scenario)),
            list("variant", optional(model.variant)),
            list("settings", model.settings.map { .list([.string($0.name), .string($0.value)]) }), expectation,
            list("atomic", .number(model.atomicClaims)), list("fusions", model.fusions.map(TextNode.string)))
    }

    private func variable(_ variable: Variable) -> TextNode {
        let place = variable.placement
        let nodes: [TextNode] = [
            .string(variable.name), list("root", .string(variable.root)), .word(variable.role.rawValue),
            dimensions(variable.dimensions), type(variable.type),
            list("process", variable.process.map { [.number($0)] } ?? []),
            list("at", .number(place.word), .number(place.shift), .number(place.perWord)),
        ]
        return list(
            "variable",
            nodes + (variable.isFree ? [.word("free")] : []) + (variable.payload.map { [payload($0)] } ?? []))
    }

    private func payload(_ payload: Payload) -> TextNode {
        list(
            "payload",
            payload.cases.map { .list([.number($0.tag.index), .word(String($0.number))]) }
                + (payload.isNeverZero ? [.word("nonzero")] : []))
    }

    private func dimensions(_ dimensions: [Dimension]) -> TextNode {
        list(
            "dimensions",
            dimensions.map { dimension in
                .list([
                    .number(dimension.count), list("sort", dimension.sort.map { [.number($0)] } ?? []),
                    type(dimension.type),
                ])
            })
    }

    private func process(_ process: Process) -> TextNode {
        list(
            "process",
            [
                .string(process.name), .word(process.kind.rawValue), dimensions(process.dimensions),
                list("counter", .number(process.programCounter.index)),
            ] + process.locations.map(location))
    }

    private func location(_ location: Location) -> TextNode {
        let flags = [(location.isRest, "rest"), (location.isFinal, "final"), (location.isLoopHead, "head")]
        return list(
            "location",
            flags.filter(\.0).map { .word($0.1) } + [
                origin(location.origin), calls(location.callStack),
                list(
                    "held",
                    location.held.map { held in
                        .list([
                            .word(held.isShared ? "shared" : "exclusive"), variable(held.lock),
                            .list(held.indices.map(expr)),
                        ])
                    }),
            ])
    }

    private func violation(_ violation: Violation) -> TextNode {
        list(
            "violation", .string(violation.name), .word(violation.isResumable ? "resumable" : "ending"),
            .string(violation.message), origin(violation.origin))
    }

    private var initial: TextNode {
        list(
            "initial",
            [.number(model.initialRegisterCount), list("origins", model.initialOrigins.map(origin))]
                + model.initial.map(instruction))
    }

    private func action(_ action: Action) -> TextNode {
        let process =
            processNames.indices.contains(action.process) ? processNames[action.process] : "#\(action.process)"
        return list(
            "action",
            [
                .word(process), .number(action.location), .number(action.registerCount),
                list("origins", action.origins.map(origin)), list("ways", action.ways.map(way)),
                calls(action.callStack),
            ] + action.body.map(instruction))
    }

    private func property(_ property: Property) -> TextNode {
        list(
            "property",
            [.string(property.name), .word(property.kind.rawValue)]
                + property.conjuncts.map(conjunct))
    }

    private func witness(_ witness: Witness) -> TextNode {
        list(
            "witness", .word(witness.kind.rawValue), .string(witness.name), .word(witness.moment.rawValue),
            conjunct(witness.condition))
    }

    private func conjunct(_ conjunct: Conjunct) -> TextNode {
        list("conjunct", .number(conjunct.registerCount), origin(conjunct.origin), expr(conjunct.condition))
    }

    private func way(_ way: Way) -> TextNode {
        list("way", origin(way.origin), .number(way.number), .string(way.label))
    }

    private func origin(_ origin: Origin?) -> TextNode {
        guard let origin else { return list("origin", []) }
        return list(
            "origin", .string(origin.file), .number(origin.line), .number(origin.column), .string(origin.text))
    }

    private func calls(_ stack: [String]) -> TextNode { list("calls", stack.map(TextNode.string)) }

    func list(_ head: String, _ items: TextNode...) -> TextNode { list(head, items) }
    func list(_ head: String, _ items: [TextNode]) -> TextNode { .list([.word(head)] + items) }
    private func optional(_ string: String?) -> [TextNode] { string.map { [.string($0)] } ?? [] }
    private func list(_ head: String, optional items: [TextNode]) -> TextNode { list(head, items) }

    func variable(_ id: VariableID) -> TextNode {
        .word(variableNames.indices.contains(id.index) ? variableNames[id.index] : "#\(id.index)")
    }
}

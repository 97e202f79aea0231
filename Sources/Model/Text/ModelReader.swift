/// From the nodes of the textual form to the model.
struct ModelReader {
    var model = Model(name: "")
    private var variables: [String: [Int]] = [:]
    private var processes: [String: [Int]] = [:]

    mutating func read(_ nodes: [ReadNode], end: Int) throws(ModelTextError) {
        try noteNames(nodes)
        guard let first = nodes.first else { throw ModelTextError(line: end, message: "expected `model`") }
        try head(first)
        var hasInitial = false
        for node in nodes.dropFirst() {
            var (head, rest) = try NodeReader.headed(node)
            switch head {
            case "sort":
                model.sorts.append(try sort(&rest))
            case "variable": model.variables.append(try variable(&rest))
            case "process": model.processes.append(try process(&rest))
            case "violation": model.violations.append(try violation(&rest))
            case "event": model.events.append(try event(&rest))
            case "initial":
                if hasInitial { throw ModelTextError(line: node.line, message: "a second `initial`") }
                hasInitial = true
                model.initialRegisterCount = try rest.number("a number of registers")
                model.initialOrigins = try origins(&rest)
                model.initial = try rest.all { node throws(ModelTextError) in try instruction(node) }
            case "action": model.actions.append(try action(&rest))
            case "property": model.properties.append(try property(&rest))
            case "witness": model.witnesses.append(try witness(&rest))
            default: throw ModelTextError(line: node.line, message: "`\(head)` is no part of a model")
            }
            try rest.end()
        }
        if !hasInitial { throw ModelTextError(line: end, message: "expected `initial`") }
    }

    /// Names are known before the code that uses them: a process may refer to a variable and the other way round.
    private mutating func noteNames(_ nodes: [ReadNode]) throws(ModelTextError) {
        var (variableCount, processCount) = (0, 0)
        for node in nodes {
            var (head, rest) = try NodeReader.headed(node)
            if head == "variable" {
                variables[try rest.string("a name"), default: []].append(variableCount)
                variableCount += 1
            } else if head == "process" {
                processes[try rest.string("a name"), default: []].append(processCount)
                processCount += 1
            }
        }
    }

    private static func resolve(
        _ name: String, in names: [String: [Int]], _ reader: NodeReader
    ) throws(ModelTextError) -> Int {
        if name.hasPrefix("#") {
            guard let number = Int(name.dropFirst()), number >= 0 else { throw reader.error("`\(name)` is no number") }
            return number
        }
        guard let found = names[name], found.count == 1 else {
            throw reader.error("`\(name)` is not the name of one thing")
        }
        return found[0]
    }

    func variable(named reader: inout NodeReader) throws(ModelTextError) -> VariableID {
        VariableID(try Self.resolve(try reader.word("a variable"), in: variables, reader))
    }

    // MARK: Parts

    private mutating func head(_ node: ReadNode) throws(ModelTextError) {
        var (head, rest) = try NodeReader.headed(node)
        guard head == "model" else { throw ModelTextError(line: node.line, message: "expected `model`") }
        model.name = try rest.string("a name")
        var scenario = try rest.list("scenario")
        model.scenario = scenario.isAtEnd ? nil : try scenario.string("a name")
        var variant = try rest.list("variant")
        model.variant = variant.isAtEnd ? nil : try variant.string("a name")
        var settings = try rest.list("settings")
        model.settings = try settings.all { node throws(ModelTextError) in
            var pair = try NodeReader.list(node)
            return Model.Setting(name: try pair.string("a name"), value: try pair.string("a value"))
        }
        var expectation = try rest.list("expect")
        switch try expectation.word("a verdict") {
        case "holds": model.expectation = .holds
        case "violated": model.expectation = .violated(try expectation.string("a name"))
        default: throw expectation.error("expected `holds` or `violated`")
        }
        var atomic = try rest.list("atomic")
        model.atomicClaims = try atomic.number("a number")
        var fusions = try rest.list("fusions")
        while !fusions.isAtEnd { model.fusions.append(try fusions.string("a name")) }
        try rest.end()
    }

    private func variable(_ rest: inout NodeReader) throws(ModelTextError) -> Variable {
        let name = try rest.string("a name")
        var root = try rest.list("root")
        let rootName = try root.string("a name")
        let role: VariableRole = try rest.choice("a role")
        let dimensions = try dimensions(&rest)
        let type = try type(try rest.node("a type"))
        let process = try optionalNumber("process", &rest)
        var at = try rest.list("at")
        let placement = Placement(
            word: try at.number("a word"), shift: try at.number("a shift"), perWord: try at.number("a number"))
        var (isFree, part): (Bool, Payload?) = (false, nil)
        while !rest.isAtEnd {
            let node = try rest.node("`free`, or a payload")
            if case .word("free") = node.content { isFree = true } else { part = try payload(node) }
        }
        return Variable(
            name: name, root: rootName, role: role, dimensions: dimensions, type: type, process: process,
            placement: placement, isFree: isFree, payload: part)
    }

    private func payload(_ node: ReadNode) throws(ModelTextError) -> Payload {
        var (head, rest) = try NodeReader.headed(node)
        guard head == "payload" else {
            throw ModelTextError(line: node.line, message: "expected `free` or `payload`, or nothing")
        }
        var (cases, isNeverZero): ([Payload.Case], Bool) = ([], false)
        while !rest.isAtEnd {
            let node = try rest.node("a case")
            if case .word("nonzero") = node.content {
                isNeverZero = true
                continue
            }
            var one = try NodeReader.list(node)
            cases.append(
                Payload.Case(
                    tag: VariableID(try one.number("a variable")),
                    number: try one.number("the number of a case", as: UInt64.self)))
            try one.end()
        }
        return Payload(cases: cases, isNeverZero: isNeverZero)
    }

    private func optionalNumber(_ head: String, _ rest: inout NodeReader) throws(ModelTextError) -> Int? {
        var list = try rest.list(head)
        return list.isAtEnd ? nil : try list.number("a number")
    }

    private func dimensions(_ rest: inout NodeReader) throws(ModelTextError) -> [Dimension] {
        var list = try rest.list("dimensions")
        return try list.all { node throws(ModelTextError) in
            var dimension = try NodeReader.list(node)
            return Dimension(
                count: try dimension.number("a size"), sort: try optionalNumber("sort", &dimension),
                type: try type(try dimension.node("a type")))
        }
    }

    /// `named` where it is not symmetric.
    private func sort(_ rest: inout NodeReader) throws(ModelTextError) -> Sort {
        let name = try rest.string("a name")
        let size = try rest.number("a size")
        if rest.isAtEnd { return Sort(name: name, size: size) }
        guard try rest.word("`named`") == "named" else { throw rest.error("expected `named`, or nothing") }
        return Sort(name: name, size: size, isSymmetric: false)
    }

    private func process(_ rest: inout NodeReader) throws(ModelTextError) -> Process {
        let name = try rest.string("a name")
        let kind: ProcessKind = try rest.choice("a kind of process")
        let dimensions = try dimensions(&rest)
        var counter = try rest.list("counter")
        let id = VariableID(try counter.number("a variable"))
        let locations = try rest.all { node throws(ModelTextError) in try location(node) }
        return Process(name: name, kind: kind, dimensions: dimensions, programCounter: id, locations: locations)
    }

    private func location(_ node: ReadNode) throws(ModelTextError) -> Location {
        var (head, rest) = try NodeReader.headed(node)
        guard head == "location" else { throw ModelTextError(line: node.line, message: "expected `location`") }
        var flags: Set<String> = []
        var next = try rest.node("an origin")
        while case .word(let flag) = next.content {
            guard ["rest", "final", "head"].contains(flag) else {
                throw rest.error("`\(flag)` says nothing of a location")
            }
            flags.insert(flag)
            next = try rest.node("an origin")
        }
        let origin = try origin(next)
        let calls = try calls(&rest)
        var held = try rest.list("held")
        let locks = try held.all { node throws(ModelTextError) in
            var lock = try NodeReader.list(node)
            let kind = try lock.word("`shared` or `exclusive`")
            guard kind == "shared" || kind == "exclusive" else {
                throw lock.error("`\(kind)` is no way to hold a lock")
            }
            let id = try variable(named: &lock)
            return HeldLock(lock: id, indices: try exprs(try lock.node("indices")), isShared: kind == "shared")
        }
        try rest.end()
        return Location(
            origin: origin, callStack: calls, isRest: flags.contains("rest"), isFinal: flags.contains("final"),
            isLoopHead: flags.contains("head"), held: locks)
    }

    private func violation(_ rest: inout NodeReader) throws(ModelTextError) -> Violation {
        let name = try rest.string("a name")
        let kind = try rest.word("`resumable` or `ending`")
        guard kind == "resumable" || kind == "ending" else { throw rest.error("`\(kind)` is no kind of violation") }
        return Violation(
            name: name, message: try rest.string("a message"), origin: try origin(try rest.node("an origin")),
            isResumable: kind == "resumable")
    }

    private func event(_ rest: inout NodeReader) throws(ModelTextError) -> Event {
        Event(
            name: try rest.string("a name"),
            arguments: try rest.all { node throws(ModelTextError) in try type(node) })
    }

    private func action(_ rest: inout NodeReader) throws(ModelTextError) -> Action {
        let process = try Self.resolve(try rest.word("a process"), in: processes, rest)
        let location: Int = try rest.number("a location")
        let registers: Int = try rest.number("a number of registers")
        let places = try origins(&rest)
        var ways = try rest.list("ways")
        let outs = try ways.all { node throws(ModelTextError) in try way(node) }
        let calls = try calls(&rest)
        return Action(
            process: process, location: location, origins: places, ways: outs, callStack: calls,
            registerCount: registers,
            body: try rest.all { node throws(ModelTextError) in try instruction(node) })
    }

    private func property(_ rest: inout NodeReader) throws(ModelTextError) -> Property {
        let name = try rest.string("a name")
        let kind: PropertyKind = try rest.choice("a kind of property")
        let conjuncts = try rest.all { node throws(ModelTextError) in try conjunct(node) }
        return Property(name: name, kind: kind, conjuncts: conjuncts)
    }

    private func conjunct(_ node: ReadNode) throws(ModelTextError) -> Conjunct {
        var conjunct = try NodeReader.list(node)
        guard try conjunct.word("`conjunct`") == "conjunct" else { throw conjunct.error("expected `conjunct`") }
        let registers: Int = try conjunct.number("a number of registers")
        guard let origin = try origin(try conjunct.node("an origin")) else {
            throw ModelTextError(line: node.line, message: "a conjunct without origin")
        }
        let condition = try expr(try conjunct.node("an expression"))
        try conjunct.end()
        return Conjunct(condition: condition, registerCount: registers, origin: origin)
    }

    private func witness(_ rest: inout NodeReader) throws(ModelTextError) -> Witness {
        let kind: Witness.Kind = try rest.choice("a kind of witness")
        let name = try rest.string("a name")
        let moment: Witness.Moment = try rest.choice("a moment")
        return Witness(kind: kind, name: name, moment: moment, condition: try conjunct(try rest.node("a conjunct")))
    }

    private func way(_ node: ReadNode) throws(ModelTextError) -> Way {
        var (head, rest) = try NodeReader.headed(node)
        guard head == "way", let origin = try origin(try rest.node("an origin")) else {
            throw ModelTextError(line: node.line, message: "expected `way` with an origin")
        }
        let way = Way(origin: origin, number: try rest.number("a number"), label: try rest.string("a label"))
        try rest.end()
        return way
    }

    private func origins(_ rest: inout NodeReader) throws(ModelTextError) -> [Origin] {
        var origins = try rest.list("origins")
        return try origins.all { node throws(ModelTextError) in
            guard let origin = try origin(node) else {
                throw ModelTextError(line: node.line, message: "an empty origin")
            }
            return origin
        }
    }

    private func origin(_ node: ReadNode) throws(ModelTextError) -> Origin? {
        var (head, rest) = try NodeReader.headed(node)
        guard head == "origin" else { throw ModelTextError(line: node.line, message: "expected `origin`") }
        if rest.isAtEnd { return nil }
        return Origin(
            file: try rest.string("a file"), line: try rest.number("a line"), column: try rest.number("a column"),
            text: try rest.string("source text"))
    }

    private func calls(_ rest: inout NodeReader) throws(ModelTextError) -> [String] {
        var list = try rest.list("calls")
        var calls: [String] = []
        while !list.isAtEnd { calls.append(try list.string("a name")) }
        return calls
    }
}

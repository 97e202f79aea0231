import Diagnostics
import Flow
import Model
import Program

/// Turns a checked program of one configuration into the action model that the engines read.
///
/// `docs/decisions/001-what-one-access-is.md` says what a step is. Roles must be assigned. The cost grows with the
/// number of ways through the steps.
///
/// Throws FL0213 for a cell of more than 64 bits, FL0216 for a loop without a constant bound inside `atomic`, FL0222
/// where a set, a choice or a step is too large to be written out.
public func lower(
    _ program: Program, options: LoweringOptions, sources: SourceMap
) throws(Diagnostic) -> Model {
    var lowering = try Lowering(program, options, Origins(sources: sources))
    return try lowering.run()
}

private struct Lowering {
    let program: Program
    let events: EventTable
    let fusions: Fusions
    let freesConstants: Bool
    var layout: Layout
    let origins: Origins
    var plans: [ProcessPlan] = []
    var model: Model
    var usedUnlock = false
    var usedReads = false
    var atomicBlocks: Set<StmtID> = []

    init(_ program: Program, _ options: LoweringOptions, _ origins: Origins) throws(Diagnostic) {
        self.program = program
        events = options.tellsCommits ? EventTable(program) : EventTable()
        self.origins = origins
        fusions = Fusions(program, options)
        freesConstants = options.freesConstants
        layout = try Layout(program, widestCode: options.widestCode)
        model = Model(name: program.moduleName)
    }

    mutating func run() throws(Diagnostic) -> Model {
        for number in program.processes.indices { try plan(number) }
        var evaluator = Evaluator(layout: layout, origins: origins)
        evaluator.programCounters = plans.map(\.programCounter)
        evaluator.finalLocations = plans.map(\.finalLocation)
        for plan in plans { try actions(plan, &evaluator) }
        try initialize(&evaluator)
        var properties = PropertyLowering(evaluator: evaluator)
        model.properties = properties.lower(program.properties)
        if let failure = properties.evaluator.failure { throw failure }
        var witnesses = WitnessLowering(properties: properties)
        model.witnesses = try witnesses.lower(program)
        describe(evaluator)
        model.pack()
        return model
    }

    /// Finds the control points of a process and gives it its variables.
    private mutating func plan(_ number: Int) throws(Diagnostic) {
        let process = program.processes[number]
        let graph = try FlowGraph.build(process, in: program, tellingCommits: events.isTold)
        atomicBlocks.formUnion(graph.atomicBlocks)
        let (unlocks, reads) = fusions.apply(to: graph, of: process.kind)
        usedUnlock = usedUnlock || !unlocks.isEmpty
        usedReads = usedReads || !reads.isEmpty
        var plan = ProcessPlan(number, process, graph, StepRules(graph: graph, fused: unlocks.union(reads)))
        plan.dimensions = try layout.dimensions(process.indexTypes, process.span)
        plan.programCounter = CellID(layout.variables.count)
        layout.variables.append(
            CellVariable(
                name: process.name + ".pc", root: process.name, role: .programCounter, dimensions: plan.dimensions,
                type: .location(count: plan.locations.count), process: number))
        var names: [String: Int] = [:]
        for index in plan.groups.indices { try addGroup(index, &plan, &names) }
        plans.append(plan)
    }

    private mutating func addGroup(
        _ index: Int, _ plan: inout ProcessPlan, _ names: inout [String: Int]
    ) throws(Diagnostic) {
        let group = plan.groups[index]
        plan.groups[index].firstCell = layout.variables.count
        let copies = names[group.path, default: 0] + 1
        names[group.path] = copies
        let name = "\(plan.process.name).\(group.path)" + (copies > 1 ? "~\(copies)" : "")
        let span = group.members.first.map { plan.graph.locals[$0.raw].span } ?? plan.process.span
        let first = CellID(layout.variables.count)
        for leaf in layout.leaves(of: group.type) {
            let type = try layout.checked(kept: leaf, group.path + leaf.suffix, span)
            layout.variables.append(
                CellVariable(
                    name: name + leaf.suffix, root: plan.process.name, role: .local, dimensions: plan.dimensions,
                    type: type, process: plan.number, payload: leaf.payload(from: first)))
        }
    }

    // MARK: Actions

    private mutating func actions(_ plan: ProcessPlan, _ evaluator: inout Evaluator) throws(Diagnostic) {
        for (location, node) in plan.locations.enumerated() {
            if case .end = plan.graph[node].operation { continue }
            var builder = StepBuilder(plan.graph, plan.rules, plan, evaluator)
            builder.assignSlots(plan.steps[location].visited, kept: plan.keptGroups(from: location))
            builder.events = events
            builder.choosesWidely = freesConstants
            let statements = statements(plan, location)
            builder.statements = Dictionary(uniqueKeysWithValues: statements.enumerated().map { ($1, $0) })
            let code = builder.walk(node, .fresh, plan.liveGroups(at: node), [])
            let body = CertainEnds(violations: builder.evaluator.violations).trimmed(code.finished)
            model.actions.append(
                Action(
                    process: plan.number, location: location, origins: statements.map(origins.origin),
                    ways: builder.ways,
                    callStack: plan.graph.stacks[plan.graph[node].stack],
                    registerCount: builder.evaluator.registerCount, body: body))
            evaluator.violations = builder.evaluator.violations
            if let failure = builder.evaluator.failure { throw failure }
        }
        let locations = plan.locations.enumerated().map { number, node in
            location(plan, node, isStart: number == 0, evaluator)
        }
        model.processes.append(
            ModelProcess(
                name: plan.process.name, kind: ModelProcessKind(plan.process.kind), dimensions: plan.dimensions,
                programCounter: plan.programCounter, locations: locations))
    }

    /// The statements that may run in a step, in textual order.
    private func statements(_ plan: ProcessPlan, _ location: Int) -> [Span] {
        let nodes = plan.steps[location].visited.map { plan.graph[$0] }.filter { $0.statement != nil }
        return Set(nodes.map(\.span)).sorted()
    }

    private func location(
        _ plan: ProcessPlan, _ node: NodeID, isStart: Bool, _ evaluator: Evaluator
    ) -> Location {
        let graph = plan.graph
        let isEnd = if case .end = graph[node].operation { true } else { false }
        let isHead = plan.isOutermostHead(node) || isStart && program.startsAtRest(plan.process)
        var builder = StepBuilder(graph, plan.rules, plan, evaluator)
        builder.assignSlots([node], kept: Set(plan.groups.indices))
        let held = graph.heldIn[node.index].map { lock in
            let (cells, items) = builder.evaluator.framed { $0.cells(lock.place) }
            return ModelHeldLock(
                lock: layout.cell(lock.place.variable, leaf: cells.leaves.lowerBound),
                indices: cells.indices.map { Evaluator.closed(items, $0) }, isShared: lock.isShared)
        }
        return Location(
            origin: isEnd ? nil : origins.origin(graph[node].span), callStack: graph.stacks[graph[node].stack],
            isRest: plan.isRest(node), isFinal: isEnd, isLoopHead: isHead, held: held)
    }

    // MARK: The rest

    private mutating func initialize(_ evaluator: inout Evaluator) throws(Diagnostic) {
        let graph = try FlowGraph.build(initializationOf: program)
        var states = InitialStates(graph, evaluator, freesConstants: freesConstants)
        model.initial = states.build()
        model.initialOrigins = states.statements.map(origins.origin)
        model.initialRegisterCount = states.builder.evaluator.registerCount
        evaluator.violations = states.builder.evaluator.violations
        if let failure = states.builder.evaluator.failure { throw failure }
    }

    private mutating func describe(_ evaluator: Evaluator) {
        let configuration = program.configuration
        model.scenario = configuration.scenario
        model.variant = configuration.variant
        model.settings = configuration.settings.map { Model.Setting(name: $0.name, value: $0.value) }
        switch configuration.expectation {
        case .holds: model.expectation = .holds
        case .violated(let name): model.expectation = .violated(name)
        }
        model.sorts = layout.sorts
        model.variables = layout.variables
        if freesConstants { freeConstants() }
        model.events = events.described(by: layout)
        model.violations = evaluator.violations.all
        model.atomicClaims = atomicBlocks.count
        model.fusions = (usedUnlock ? ["fusion.unlock"] : []) + (usedReads ? ["fusion.guarded-read"] : [])
    }
}

extension Lowering {
    private mutating func freeConstants() {
        for (number, variable) in program.variables.enumerated() where variable.role == .symbolicConstant {
            for leaf in layout.leaves[number].indices {
                model.variables[layout.firstCell[number] + leaf].isFree = true
            }
        }
    }
}

extension ModelProcessKind {
    init(_ kind: SourceProcessKind) {
        switch kind {
        case .ordinary: self = .ordinary
        case .daemon: self = .daemon
        case .hardware: self = .hardware
        }
    }
}

extension ProcessPlan {
    /// The start, the head of an outermost loop, or the end.
    func isRest(_ node: NodeID) -> Bool {
        if case .end = graph[node].operation { return true }
        return node == graph.start || isOutermostHead(node)
    }

    /// Whether a location is the head of an outermost loop, or the end test before it.
    func isOutermostHead(_ node: NodeID) -> Bool {
        graph[node].isOutermostHead
            || graph[node].successors.contains { graph[$0].isOutermostHead && graph[$0].resume == node }
    }
}

import Model
import SMT

/// A model as formulas over the cells of a state, and over the choices that lead out of it.
///
/// A step is a choice of an actor (a process instance), of one of the actions that it has where it is, and of what the
/// action chooses.
public struct ModelFormula {
    public let model: Model
    public let graph: TermGraph
    public let layout: CellLayout
    /// The process and the instance of each actor.
    public let actors: [(process: Int, instance: Int)]

    /// Variables that stand for the cells before a step.
    public let state: [Term]
    /// Variables that stand for the choices of a step: by what they are called behind the name of the step.
    public private(set) var inputs: [Term] = []

    /// Which actor takes the step; nil where there is only one.
    private(set) var actor: Term?

    /// Some step, given by the inputs: whether there is one, and the cells behind it.
    private(set) var step: StepOutcome
    /// What `init` makes, over inputs of its own.
    private(set) var initial: StepOutcome
    public private(set) var initialInputs: [Term] = []

    public init(_ model: Model) {
        let graph = TermGraph()
        let layout = CellLayout(model)
        self.model = model
        self.graph = graph
        self.layout = layout
        actors = model.processes.indices.flatMap { process in
            (0..<model.processes[process].instanceCount).map { (process, $0) }
        }
        state = layout.names.indices.map { cell in
            layout.widths[cell] == 0
                ? graph.bits(0, width: 1) : graph.variable(layout.symbols[cell], width: layout.widths[cell])
        }
        initial = StepOutcome(completes: graph.no, cells: state, violations: [:])
        step = initial
        encodeInitial()
        encodeStep()
    }

    private mutating func encodeInitial() {
        let (graph, names) = (graph, InputNames("init"))
        var encoder = StepEncoder(graph, model, layout) { names.choice($0, $1, graph) }
        // A free cell begins as the variable that stands for it.
        let free = Set(layout.cells(of: model.variables.indices.filter { model.variables[$0].isFree }))
        let start = state.indices.map {
            free.contains($0) ? state[$0] : graph.bits(0, width: max(1, layout.widths[$0]))
        }
        initial = encoder.initial(start)
        let isValid = graph.and(free.sorted().map { graph.isCode(state[$0], of: layout.types[$0], model.sorts) })
        initial.completes = graph.and(isValid, initial.completes)
        for violation in initial.violations.keys.sorted() {
            initial.violations[violation] = initial.violations[violation].map { graph.and(isValid, $0) }
        }
        initialInputs = names.terms + free.sorted().map { state[$0] }
    }

    /// Whether all cells have codes of values.
    var isValid: Term {
        graph.and(layout.widths.indices.map { graph.isCode(state[$0], of: layout.types[$0], model.sorts) })
    }

    /// The bits of choices that are made again by trying all of them.
    static let narrowBits = 8

    /// Whether an input is a choice among more values than are tried one by one: `step 3.choice 0/64`.
    func isWide(_ input: String) -> Bool {
        input.split(separator: "/").last.flatMap { Int($0) }.map { $0 > Self.narrowBits } ?? false
    }

    /// Puts other cells in the place of the variables of the state.
    func replacements(_ cells: [Term]) -> [Term: Term] {
        var result: [Term: Term] = [:]
        for cell in layout.widths.indices where layout.widths[cell] > 0 { result[state[cell]] = cells[cell] }
        return result
    }

    /// One step of any actor.
    private mutating func encodeStep() {
        let (graph, names) = (graph, InputNames("step"))
        let actorWidth = max(1, 64 - UInt64(max(0, actors.count - 1)).leadingZeroBitCount)
        let actor = actors.count > 1 ? names.input("actor", actorWidth, graph) : graph.bits(0, width: 1)
        if actors.count > 1 { self.actor = actor }
        var all = StepOutcome(completes: graph.no, cells: state, violations: [:])
        for (number, place) in actors.enumerated() {
            let isMeant = graph.equal(actor, graph.bits(UInt64(number), width: actor.width))
            for location in model.processes[place.process].locations.indices {
                let own = step(of: place, at: location, state, names)
                all = all.joined(own, where: graph.and(isMeant, isAt(location, place)), state, graph)
            }
        }
        step = all
        inputs = names.terms
    }

    /// A step of an actor that is at a location, over the same choices as ``step``.
    ///
    /// - Parameter cells: the state before it.
    func step(of actor: Int, at location: Int, _ cells: [Term]) -> StepOutcome {
        step(of: actors[actor], at: location, cells, InputNames("step"))
    }

    private func step(
        of place: (process: Int, instance: Int), at location: Int, _ cells: [Term], _ names: InputNames
    ) -> StepOutcome {
        let own = model.actions.filter { $0.process == place.process && $0.location == location }
        let outcomes = own.map { action in
            var encoder = StepEncoder(graph, model, layout) { names.choice($0, $1, graph) }
            return encoder.step(action, instance: place.instance, cells)
        }
        if outcomes.count == 1 { return outcomes[0] }
        let nothing = StepOutcome(completes: graph.no, cells: cells, violations: [:])
        return outcomes.enumerated().reduce(nothing) { all, one in
            let isTaken = graph.equal(names.input("way", 6, graph), graph.bits(UInt64(one.offset), width: 6))
            return all.joined(one.element, where: isTaken, cells, graph)
        }
    }

    /// Whether an instance is at a location.
    func isAt(_ location: Int, _ place: (process: Int, instance: Int)) -> Term {
        graph.isNumber(state[layout.counter(of: place, model)], UInt64(location))
    }

    /// Whether an instance can take a step, or meets a violation: with any choices. Of choices among too many values only a
    /// few are looked at, so it may be able to where this says no; see ``guessesMoves``.
    func moves(_ place: (process: Int, instance: Int)) -> Term {
        let (moves, choices) = movesByChoices(place)
        return choices.reduce(moves) { condition, choice in
            guard graph.contains(choice, in: condition) else { return condition }
            let values = choice.width > Self.mostTried ? [0, 1, UInt64.max >> UInt64(64 - choice.width)] : nil
            return graph.or(
                (values ?? Array(0..<UInt64(1) << UInt64(choice.width))).map { value in
                    var substitution = Substitution(graph, [choice: graph.bits(value, width: choice.width)])
                    return substitution(condition)
                })
        }
    }

    /// Bits of a choice of which all values are looked at.
    private static let mostTried = 16

    /// Whether it depends on a choice among too many values if an instance can go on. A deadlock is not certain then.
    var guessesMoves: Bool {
        actors.contains { place in
            let (moves, choices) = movesByChoices(place)
            return choices.contains { $0.width > Self.mostTried && graph.contains($0, in: moves) }
        }
    }

    private func movesByChoices(_ place: (process: Int, instance: Int)) -> (moves: Term, choices: [Term]) {
        let (graph, names) = (graph, InputNames("moves"))
        let all = model.actions.filter { $0.process == place.process }.map { action in
            var encoder = StepEncoder(graph, model, layout) { names.choice($0, $1, graph) }
            let happens = encoder.step(action, instance: place.instance, state).happens(graph)
            return withoutWideChoices(graph.and(isAt(action.location, place), happens), names.terms)
        }
        return (graph.or(all), names.terms)
    }

    /// Where some value of a choice makes a condition true: of a choice that is not too much for that.
    private func withoutWideChoices(_ condition: Term, _ choices: [Term]) -> Term {
        let wide = choices.filter { $0.width > Self.mostTried }
        let parts = wide.reduce(graph.conjuncts(of: condition)) { parts, choice in
            graph.conditions(parts, without: choice) ?? parts
        }
        return graph.and(parts)
    }
}

/// The variables that stand for choices. Those of steps at different places are the same: only one step is taken. No cell is
/// called `step: actor`.
private final class InputNames {
    private let prefix: String
    private(set) var terms: [Term] = []

    init(_ prefix: String) { self.prefix = prefix }

    func choice(_ number: Int, _ width: Int, _ graph: TermGraph) -> Term {
        input("choice \(number)/\(width)", width, graph)
    }

    func input(_ name: String, _ width: Int, _ graph: TermGraph) -> Term {
        let term = graph.variable("\(prefix): \(name)", width: width)
        if !terms.contains(term) { terms.append(term) }
        return term
    }
}

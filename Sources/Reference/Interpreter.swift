import Program

/// The interpreter of the checked program: one access a step. It defines the meaning of the language.
///
/// It is written for clarity, and shares nothing with the engines. A step costs some ten microseconds.
public struct Interpreter: Sendable {
    let tables: Tables

    /// Works out what does not depend on a state; linear in the size of the program.
    ///
    /// - Parameters:
    ///   - naming: how values are named; by default as if there were no other program.
    ///   - wideCodes: what is chosen from where a type of bits or a range has too many values to try all: bits, or numbers
    ///     above the lower bound.
    ///   - wideNumbers: what else is chosen from where a range has too many values.
    ///   - mostCandidates: how many bits or numbers a `choose` may try; where there are more, it tries those two.
    public init(
        _ program: Program, naming: Naming? = nil, wideCodes: [UInt64] = [], wideNumbers: [Int64] = [],
        mostCandidates: Int = .max
    ) {
        tables = Tables(
            program, naming ?? Naming(program), wideCodes, wideNumbers, mostCandidates: mostCandidates)
    }

    public var program: Program { tables.program }
    public var naming: Naming { tables.naming }

    /// In order of declaration, then by ascending index.
    public var processInstances: [ProcessInstance] { tables.instances }

    /// The distinct initial states, in the order of the choices that lead to them: first symbolic constants, then
    /// those of `init`. Choices in `init` that find no witness lead to no state.
    ///
    /// - Parameter constants: the values of some symbolic constants, element by element. The others are tried in turn.
    public func initialStates(constants: [VariableID: [Value]] = [:]) -> [State] {
        var seen: Set<State> = []
        return initialOutcomes(constants: constants).compactMap { outcome in
            guard case .next(let state, _) = outcome, seen.insert(state).inserted else { return nil }
            return state
        }
    }

    /// What becomes of `init`, for each combination of its choices: also violations inside it.
    public func initialOutcomes(constants: [VariableID: [Value]] = [:]) -> [Outcome] {
        var result: [Outcome] = []
        var script = Script()
        repeat {
            if let outcome = initialize(&script, constants) { result.append(outcome) }
        } while script.advance()
        return result
    }

    /// The steps of a process instance, one per combination of choices, in the order of the choices. Each is one step
    /// in the sense of `docs/decisions/001-what-one-access-is.md`. Empty where the instance must wait.
    public func steps(of instance: ProcessInstance, in state: State) -> [Step] {
        guard let number = tables.instanceNumbers[instance], state.controls.indices.contains(number) else { return [] }
        var result: [Step] = []
        var script = Script()
        repeat {
            guard var machine = Machine(tables, instance: number, in: state, script: script) else { break }
            if let step = machine.step(of: number) { result.append(step) }
            script = machine.script
        } while script.advance()
        return result
    }

    /// The steps of all process instances, in their order.
    public func steps(in state: State) -> [Step] { processInstances.flatMap { steps(of: $0, in: state) } }

    /// Where an instance stands; nil for an instance that does not exist.
    public func controlPoint(of instance: ProcessInstance, in state: State) -> ControlPoint? {
        guard let number = tables.instanceNumbers[instance], state.controls.indices.contains(number) else { return nil }
        let control = state.controls[number]
        let isRest = tables.isAtRest(control)
        guard case .at(let frames, let held) = control else {
            return ControlPoint(
                statement: nil, isRest: isRest, isFinal: control == .finished, callStack: [], locals: [], held: [])
        }
        let callStack = frames.compactMap { frame -> String? in
            guard case .handler(let handler) = frame.body else { return nil }
            return program[handler].name
        }
        let locals = frames.flatMap { frame in
            let names = tables.scope(of: frame.body).locals
            return frame.locals.map { (name: names[$0.local.raw].name, value: $0.value) }
        }
        return ControlPoint(
            statement: frames.last?.statement, isRest: isRest, isFinal: false, callStack: callStack, locals: locals,
            held: held)
    }

    /// Whether all processes rest: at the start, at the head of an outermost loop, or finished. Hardware always does.
    public func isAtRest(_ state: State) -> Bool {
        zip(processInstances, state.controls).allSatisfy { instance, control in
            program[instance.process].kind == .hardware || tables.isAtRest(control)
        }
    }

    /// Whether no step of an ordinary or daemon process is enabled, and some ordinary process is neither finished nor
    /// at the head of an outermost loop, nor at a start where it rests.
    public func isDeadlocked(_ state: State) -> Bool {
        let isWaited = zip(processInstances, state.controls).contains { instance, control in
            guard program[instance.process].kind == .ordinary else { return false }
            return control == .start ? !program.startsAtRest(program[instance.process]) : !tables.isAtRest(control)
        }
        return isWaited
            && !processInstances.contains { instance in
                program[instance.process].kind != .hardware && !steps(of: instance, in: state).isEmpty
            }
    }

    // MARK: Initial states

    private func initialize(_ script: inout Script, _ constants: [VariableID: [Value]]) -> Outcome? {
        let shared = program.variables.indices.map { number in
            Array(
                repeating: program.defaultValue(of: program.variables[number].type),
                count: tables.indexTuples[number].count)
        }
        // Where nothing is left to do, the process is done.
        let controls = processInstances.map { program[$0.process].body.statements.isEmpty ? Control.finished : .start }
        let scope = program.initialization.scope
        let body = Machine.Activation(
            body: .initialization, cursor: tables.statements.start(of: program.initialization.body),
            locals: Array(repeating: nil, count: scope.locals.count))
        var machine = Machine(
            tables, evaluator: Evaluator(tables, shared: shared, controls: controls, locals: [], isGhost: false),
            activations: [body], held: [], script: script)
        machine.stretch = Machine.Stretch(depth: 1, block: nil)
        defer { script = machine.script }
        do throws(Stop) {
            try machine.setInitialValues(constants)
            try machine.run()
        } catch {
            switch error {
            case .blocked: return nil
            case .violation(let violation):
                return .violation(violation, passedOver: machine.evaluator.violations)
            }
        }
        return .next(
            State(shared: machine.evaluator.shared, controls: controls), passedOver: machine.evaluator.violations)
    }
}

extension Machine {
    /// Chooses the symbolic constants, then gives all other variables their initial values.
    fileprivate mutating func setInitialValues(_ constants: [VariableID: [Value]]) throws(Stop) {
        let variables = program.variables.indices.map { VariableID($0) }.filter { !program[$0].isVanished }
        for id in variables where program[id].role == .symbolicConstant {
            if let given = constants[id], given.count == tables.indexTuples[id.raw].count {
                evaluator.shared[id.raw] = given
                continue
            }
            let values = evaluator.allValues(of: program[id].type)
            for (number, indices) in tables.indexTuples[id.raw].enumerated() {
                guard !values.isEmpty else { throw .blocked }
                let value = values[script.pick(values.count)]
                choices.append(Choice(label: tables.naming.place(id, indices), value: value))
                evaluator.shared[id.raw][number] = value
            }
        }
        for id in variables where program[id].role != .symbolicConstant {
            for (number, indices) in tables.indexTuples[id.raw].enumerated() {
                let element = Element(variable: id, number: number, indices: indices)
                evaluator.shared[id.raw][number] = try evaluator.initialValue(of: element)
            }
        }
        try evaluator.normaliseConditional()
    }
}

import Model

/// Runs models by walking their trees, on unpacked states. Slow and plain: the bytecode machine is held to it.
public struct NaiveMachine: Sendable {
    /// By variable and element.
    public typealias State = [[UInt64]]

    public struct Outcome: Hashable {
        public var action = -1
        public var actor = -1
        public var choices: [UInt64] = []
        public var state: State
        public var violations: [Int] = []
        public var ending: Int?

        public init(action: Int = -1, actor: Int = -1, state: State) {
            self.action = action
            self.actor = actor
            self.state = state
        }
    }

    public let model: Model
    /// Process and instance of each actor.
    public let actors: [(process: Int, instance: Int)]

    public init(_ model: Model) {
        self.model = model
        actors = model.processes.indices.flatMap { process in
            (0..<model.processes[process].instanceCount).map { (process, $0) }
        }
    }

    public func initialStates() -> [Outcome] {
        let zero = model.variables.map { Array(repeating: UInt64(0), count: $0.count) }
        var run = Run(model: model, indices: [], old: zero, counter: nil)
        run.execute(model.initial, Outcome(state: zero), [:])
        return run.outcomes
    }

    public func successors(of state: State) -> [Outcome] {
        actors.indices.flatMap { actor -> [Outcome] in
            let (process, instance) = actors[actor]
            let counter = model.processes[process].programCounter
            let location = Int(state[counter.index][instance])
            return model.actions.indices.flatMap { number -> [Outcome] in
                let action = model.actions[number]
                guard action.process == process, action.location == location else { return [] }
                var run = Run(
                    model: model, indices: model.processes[process].indices(of: instance), old: state,
                    counter: (counter.index, instance))
                run.execute(action.body, Outcome(action: number, actor: actor, state: state), [:])
                return run.outcomes
            }
        }
    }

    public func holds(_ condition: Expr, in state: State, old: State) -> Bool {
        Run(model: model, indices: [], old: old, counter: nil).value(condition, state, [:]) != 0
    }

    public func failing(_ kind: PropertyKind, in state: State, old: State) -> [Int] {
        model.properties.indices.filter { number in
            model.properties[number].kind == kind
                && !model.properties[number].conjuncts.allSatisfy { holds($0.condition, in: state, old: old) }
        }
    }

    public func unpacked(_ words: [UInt64]) -> State {
        model.variables.indices.map { index in
            (0..<model.variables[index].count).map { model.code(VariableID(index), element: $0, in: words) }
        }
    }
}

private struct Run {
    let model: Model
    let indices: [UInt64]
    let old: NaiveMachine.State
    let counter: (variable: Int, instance: Int)?
    var outcomes: [NaiveMachine.Outcome] = []

    /// All ways through what is left to do.
    mutating func execute(
        _ todo: [Instruction], _ sofar: NaiveMachine.Outcome, _ registers: [Int: UInt64]
    ) {
        var (todo, outcome, registers) = (todo[...], sofar, registers)
        while let instruction = todo.popFirst() {
            switch instruction {
            case .require(let condition): if value(condition, outcome.state, registers) == 0 { return }
            case .assign(let id, let place, let expr):
                outcome.state[id.index][element(id, place, outcome.state, registers)] =
                    value(expr, outcome.state, registers)
            case .set(let register, let expr): registers[register] = value(expr, outcome.state, registers)
            case .choose(let register, let count, _, _):
                for choice in 0..<UInt64(count) {
                    var next = outcome
                    next.choices.append(choice)
                    registers[register] = choice
                    execute(Array(todo), next, registers)
                }
                return
            case .branch(let condition, let yes, let no):
                todo = ((value(condition, outcome.state, registers) != 0 ? yes : no) + todo)[...]
            case .check(let condition, let violation):
                guard value(condition, outcome.state, registers) == 0 else { continue }
                if model[violation].isResumable {
                    outcome.violations.append(violation.index)
                } else {
                    outcome.ending = violation.index
                    outcomes.append(outcome)
                    return
                }
            case .statement, .way, .observe: break
            case .jump(let location):
                if let counter { outcome.state[counter.variable][counter.instance] = UInt64(location) }
            }
        }
        outcomes.append(outcome)
    }

    private func element(
        _ id: VariableID, _ place: [Expr], _ state: NaiveMachine.State, _ registers: [Int: UInt64]
    ) -> Int {
        zip(model[id].dimensions, place).reduce(0) { sum, next in
            sum * next.0.count + Int(value(next.1, state, registers))
        }
    }

    func value(_ expr: Expr, _ state: NaiveMachine.State, _ registers: [Int: UInt64]) -> UInt64 {
        switch expr {
        case .constant(let value): return value
        case .read(let id, let place): return state[id.index][element(id, place, state, registers)]
        case .readOld(let id, let place): return old[id.index][element(id, place, state, registers)]
        case .processIndex(let index): return indices[index]
        case .register(let register): return registers[register, default: 0]
        case .unary(let symbol, let inner):
            let x = value(inner, state, registers)
            switch symbol {
            case .not: return x == 0 ? 1 : 0
            case .negate: return ~x &+ 1
            case .complement: return x ^ .max
            case .populationCount: return UInt64((0..<64).filter { x >> UInt64($0) & 1 == 1 }.count)
            }
        case .binary(let symbol, let left, let right):
            return binary(symbol, value(left, state, registers)) { value(right, state, registers) }
        case .conditional(let condition, let yes, let no):
            return value(condition, state, registers) != 0 ? value(yes, state, registers) : value(no, state, registers)
        case .bind(let register, let bound, let body):
            var inner = registers
            inner[register] = value(bound, state, registers)
            return value(body, state, inner)
        case .quantified(let quantifier, let register, let count, let body):
            let hits = (0..<UInt64(count)).filter { number in
                var inner = registers
                inner[register] = number
                return value(body, state, inner) != 0
            }
            switch quantifier {
            case .all: return hits.count == count ? 1 : 0
            case .some: return hits.isEmpty ? 0 : 1
            case .count: return UInt64(hits.count)
            case .collect: return hits.reduce(0) { $0 | (1 << $1) }
            }
        }
    }

    private func binary(_ symbol: BinaryOperator, _ x: UInt64, _ right: () -> UInt64) -> UInt64 {
        switch symbol {
        case .and: return x == 0 ? 0 : right() == 0 ? 0 : 1
        case .or: return x != 0 ? 1 : right() == 0 ? 0 : 1
        case .implies: return x == 0 ? 1 : right() == 0 ? 0 : 1
        case .add: return x &+ right()
        case .subtract: return x &- right()
        case .multiply: return x &* right()
        case .bitAnd: return x & right()
        case .bitOr: return x | right()
        case .bitXor: return x ^ right()
        case .shiftLeft: return x << right()
        case .shiftRight: return x >> right()
        case .equal: return x == right() ? 1 : 0
        case .notEqual: return x != right() ? 1 : 0
        case .less: return Int64(bitPattern: x) < Int64(bitPattern: right()) ? 1 : 0
        case .lessOrEqual: return Int64(bitPattern: x) <= Int64(bitPattern: right()) ? 1 : 0
        case .below: return x < right() ? 1 : 0
        case .belowOrEqual: return x <= right() ? 1 : 0
        }
    }
}

import Diagnostics
import Program

// From a state into the machine and back.
extension Machine {
    /// Nil where the instance has finished.
    init?(_ tables: Tables, instance number: Int, in state: State, script: Script) {
        let instance = tables.instances[number]
        let activations: [Activation]
        var held: [HeldLock] = []
        switch state.controls[number] {
        case .finished: return nil
        case .start:
            let process = tables.program[instance.process]
            let rest = max(0, process.scope.locals.count - instance.indices.count)
            let locals: [Value?] = instance.indices + Array(repeating: nil, count: rest)
            let start = tables.statements.start(of: process.body)
            activations = [Activation(body: .process(instance.process), cursor: start, locals: locals)]
        case .at(let frames, let locks):
            held = locks
            activations = frames.map { frame in
                var locals: [Value?] = Array(repeating: nil, count: tables.scope(of: frame.body).locals.count)
                for local in frame.locals where locals.indices.contains(local.local.raw) {
                    locals[local.local.raw] = local.value
                }
                let cursor = Cursor.at(frame.statement, isHead: frame.isHead)
                return Activation(body: frame.body, cursor: cursor, locals: locals)
            }
        }
        let evaluator = Evaluator(
            tables, shared: state.shared, controls: state.controls, locals: [], isGhost: false)
        self.init(tables, evaluator: evaluator, activations: activations, held: held, script: script)
    }

    /// Runs the step; nil where it is not enabled with these choices.
    mutating func step(of number: Int) -> Step? {
        let outcome: Outcome
        do throws(Stop) {
            try run()
            outcome = .next(stop(number), passedOver: evaluator.violations)
        } catch {
            switch error {
            case .violation(let violation): outcome = .violation(violation, passedOver: evaluator.violations)
            case .blocked: return nil
            }
        }
        return Step(
            instance: tables.instances[number], choices: choices, statements: executed, commits: commits,
            outcome: outcome)
    }

    /// The state at the control point that was reached.
    private mutating func stop(_ number: Int) -> State {
        let control = reachedControl()
        if !held.isEmpty && tables.isAtRest(control) { reportLeak(number) }
        var controls = evaluator.controls
        controls[number] = control
        return State(shared: evaluator.shared, controls: controls)
    }

    private mutating func reachedControl() -> Control {
        guard case .at = cursor else { return .finished }
        activations[activations.count - 1].locals = evaluator.locals
        var frames: [Frame] = []
        var isReturning = true
        for (depth, activation) in activations.enumerated().reversed() {
            guard case .at(let statement, let isHead) = activation.cursor else { continue }
            let isTop = depth == activations.count - 1
            var live = tables.live(at: statement, isHead: isHead, isCaller: !isTop)
            if !isReturning { live = [] }
            isReturning = isReturning && live.remove(Liveness.caller) != nil
            for lock in held {
                live.formUnion(lock.dependencies.filter { $0.depth == depth }.map(\.local))
            }
            let locals = live.sorted().compactMap { id -> LocalValue? in
                guard activation.locals.indices.contains(id.raw) else { return nil }
                return activation.locals[id.raw].map { LocalValue(local: id, value: $0) }
            }
            frames.insert(Frame(body: activation.body, statement: statement, isHead: isHead, locals: locals), at: 0)
        }
        if frames.count == 1, frames[0].isHead, held.isEmpty, tables.startsAtHead(of: frames[0]) { return .start }
        return .at(frames, held: held)
    }

    private mutating func reportLeak(_ number: Int) {
        let names = held.map { "`\(tables.naming.place($0.variable, $0.indices))`" }.joined(separator: ", ")
        let message = "the process comes to rest and still holds \(names)"
        let span = executed.last.flatMap { tables.statements[$0]?.statement.span }
        let process = program[tables.instances[number].process]
        evaluator.pass(evaluator.violation(.lockLeak, message, span ?? process.span, resumable: true))
    }
}

extension Tables {
    /// At the head of an outermost loop, or finished, or at the start.
    func isAtRest(_ control: Control) -> Bool {
        switch control {
        case .start, .finished: return true
        case .at(let frames, _):
            guard frames.count == 1, let frame = frames.first, frame.isHead else { return false }
            return statements[frame.statement]?.isOutermostLoop ?? false
        }
    }

    /// Whether a process begins with a `loop` or `while`: its start is the head of that loop.
    func startsWithLoop(_ process: ProcessID) -> Bool {
        guard let first = program[process].body.statements.first?.id else { return false }
        return statements[first]?.isOutermostLoop ?? false
    }

    /// Whether a loop head is the start of its process. With a counter the start is the head with no round made, to
    /// which no way leads back.
    func startsAtHead(of frame: Frame) -> Bool {
        guard case .process(let process) = frame.body, startsWithLoop(process),
            let first = program[process].body.statements.first, first.id == frame.statement
        else { return false }
        if case .loop(_, .some, _) = first.kind { return false }
        return true
    }

    /// The locals that are live at a stop.
    func live(at statement: StmtID, isHead: Bool, isCaller: Bool) -> Set<LocalID> {
        if isCaller { return liveness.afterCall[statement] ?? [] }
        return (isHead ? liveness.atHead[statement] : liveness.before[statement]) ?? []
    }
}

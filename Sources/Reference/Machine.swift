import Diagnostics
import Program

/// Executes one step of one process instance.
///
/// It starts from a control point and goes from statement to statement until the next one. The rules are those of
/// `docs/decisions/001-what-one-access-is.md`; ``begins(_:)`` is where they are applied.
struct Machine {
    /// An activation. The top one's locals are in the evaluator.
    struct Activation {
        let body: Body
        /// In a caller: at the call.
        var cursor: Cursor
        var locals: [Value?]
    }

    /// How far the step is.
    enum Progress {
        case nothing
        /// A branch of an `either` was picked, and its first statement has not been looked at.
        case picked
        case happened
    }

    /// A stretch in which nothing stops: an `atomic` block, a commit, the whole of `init`.
    struct Stretch {
        /// How many activations there are, at least, while it lasts.
        let depth: Int
        /// The block, at just that depth; nil where the whole activation belongs to it.
        let block: StmtID?
    }

    let tables: Tables
    var evaluator: Evaluator
    var activations: [Activation]
    var held: [HeldLock]
    var script: Script
    var progress = Progress.nothing
    var stretch: Stretch?
    var choices: [Choice] = []
    var executed: [StmtID] = []
    var commits: [Commit] = []
    private var fuel = 1 << 16

    init(_ tables: Tables, evaluator: Evaluator, activations: [Activation], held: [HeldLock], script: Script) {
        self.tables = tables
        self.evaluator = evaluator
        self.activations = activations
        self.held = held
        self.script = script
        enterTop()
    }

    var program: Program { tables.program }

    /// Where the top activation is.
    var cursor: Cursor {
        get { activations.last?.cursor ?? .end }
        set { if !activations.isEmpty { activations[activations.count - 1].cursor = newValue } }
    }

    // MARK: Going on

    /// Runs to the next control point. Blocked where the step must wait.
    mutating func run() throws(Stop) {
        while true {
            leaveStretch()
            switch cursor {
            case .end:
                if activations.count <= 1 { return }
                try leaveActivation(with: nil)
            case .at(let id, let isHead):
                guard let entry = tables.statements[id] else { return }
                guard fuel > 0 else { throw .blocked }  // a step that never ends never takes place
                fuel -= 1
                guard try execute(entry, isHead: isHead) else { return }
            }
        }
    }

    /// Whether a statement of a role may run now; it has begun then. Where it may not, the step ends before it.
    mutating func begins(_ role: StepRole) -> Bool {
        guard stretch == nil else { return true }
        switch role {
        case .access:
            guard progress != .happened else { return false }
            happen()
        case .choice: happen()
        case .local: if progress == .picked { happen() }
        }
        return true
    }

    private mutating func happen() { progress = .happened }

    private mutating func leaveStretch() {
        guard let stretch else { return }
        if activations.count > stretch.depth { return }
        if activations.count == stretch.depth {
            guard let block = stretch.block else { return }
            if case .at(let id, _) = cursor, tables.statements.isInside(id, block) { return }
        }
        self.stretch = nil
    }

    // MARK: Activations

    /// Calls a handler with the values of its arguments. The call stays the caller's cursor.
    mutating func enter(_ handler: HandlerID, _ arguments: [Value]) {
        let scope = program[handler].scope
        var locals: [Value?] = Array(repeating: nil, count: max(scope.locals.count, arguments.count))
        for (number, argument) in arguments.enumerated() { locals[number] = argument }
        if !activations.isEmpty { activations[activations.count - 1].locals = evaluator.locals }
        let start = tables.statements.start(of: program[handler].body)
        activations.append(Activation(body: .handler(handler), cursor: start, locals: locals))
        enterTop()
    }

    /// Ends the top activation. The result goes to the local that the call names.
    mutating func leaveActivation(with result: Value?) throws(Stop) {
        guard activations.count > 1 else {
            cursor = .end
            return
        }
        activations.removeLast()
        enterTop()
        forgetLocals(below: activations.count)
        guard case .at(let call, _) = cursor, let entry = tables.statements[call] else { return }
        if case .call(_, _, .some(let target)) = entry.statement.kind {
            let span = entry.statement.span
            evaluator.bind(target, try evaluator.conform(result ?? .unit, to: type(of: target), span))
        }
        cursor = tables.statements.after(call)
    }

    /// The type of a local of the top activation.
    func type(of local: LocalID) -> Type {
        guard let body = activations.last?.body else { return .unit }
        let locals = tables.scope(of: body).locals
        return locals.indices.contains(local.raw) ? locals[local.raw].type : .unit
    }

    private mutating func enterTop() {
        guard let top = activations.last else { return }
        evaluator.locals = top.locals
        if case .handler(let handler) = top.body {
            evaluator.isGhost = program[handler].isGhost
        } else {
            evaluator.isGhost = false
        }
    }

    /// The locals of a handler are gone when it returns; what they said about a lock is in the lock's indices.
    private mutating func forgetLocals(below depth: Int) {
        for number in held.indices { held[number].dependencies.removeAll { $0.depth >= depth } }
    }
}

import Diagnostics
import Program

/// Executes bodies abstractly: every way through them, with the locks that are held.
///
/// Two ways that meet hold the same locks, or that is a finding; so one state at each point is enough, and one round
/// through each loop.
struct Walker {
    let program: Program
    let writers: Writers
    private(set) var diagnostics: [Diagnostic] = []
    var lockOrder = LockOrder()

    /// The scope of the body at hand, for names; and a number for this visit to it.
    private(set) var scope = Scope()
    private(set) var frame = 0
    private var lastFrame = 0
    /// The calls that led here, outermost first.
    var calls: [Span] = []
    /// How many loops of the process's own body are around; nil inside handlers and `atomic`, where no point is a rest.
    var loopDepth: Int? = 0
    var atomicDepth = 0
    /// Of the outermost `atomic` around.
    var beginning: StepBeginning?
    var kind = ProcessKind.ordinary
    /// The loops through sets that are around and belong to one step.
    var unordered: [UnorderedLoop] = []
    /// In `init`, which runs alone, and in ghost code, which follows other rules, only the order is looked at.
    var looksAtOrderOnly = false
    private(set) var inGhost = false
    /// First statements of an `either` that may take another branch: they do not wait.
    var optionalWaits: Set<StmtID> = []
    private var nextToken = 0
    /// For values that were read from a cell with an excepted field: the cell, and where.
    var origins: [Int: (cell: Cell, span: Span)] = [:]

    init(_ program: Program) {
        self.program = program
        self.writers = Writers(program)
    }

    mutating func report(_ code: DiagnosticCode, _ message: String, at span: Span, notes: [Note] = []) {
        if looksAtOrderOnly && code != .orderMatters { return }
        let reached = calls.reversed().prefix(3).map { Note("called from here", at: $0) }
        diagnostics.append(Diagnostic(code, message, at: span, notes: notes + reached))
    }

    mutating func freshToken() -> Term { .token(freshNumber()) }

    mutating func freshNumber() -> Int {
        nextToken += 1
        return nextToken
    }

    /// Works in another body: names and locals are those of its scope.
    mutating func inScope<Result>(_ inner: Scope, _ work: (inout Walker) -> Result) -> Result {
        let outer = (scope, frame)
        lastFrame += 1
        (scope, frame) = (inner, lastFrame)
        let result = work(&self)
        (scope, frame) = outer
        return result
    }

    var inAtomic: Bool { atomicDepth > 0 }

    // MARK: Bodies

    mutating func run(_ process: Process) {
        kind = process.kind
        loopDepth = 0
        var state = LockState()
        for parameter in process.scope.parameters { state.locals[parameter] = freshToken() }
        let flow = inScope(process.scope) { $0.exec(process.body, state) }
        var ends = flow.returns
        if let end = flow.falls { ends.append(LockReturn(state: end, span: process.body.span.closing, result: nil)) }
        for end in ends {
            for lock in end.state.held where !end.state.unsure.contains(lock.lock) {
                report(
                    .lockLeak, "the process ends here and still holds `\(lock.text)`", at: end.span,
                    notes: [Note("`\(lock.text)` was taken here", at: lock.span)])
            }
        }
    }

    /// Looks at the loops of `init` that belong to one step.
    mutating func run(_ initialization: Initialization) {
        loopDepth = nil
        looksAtOrderOnly = true
        _ = inScope(initialization.scope) { $0.exec(initialization.body, LockState()) }
        looksAtOrderOnly = false
    }

    /// Looks at the loops of a ghost handler: all of it belongs to one step.
    mutating func run(ghost handler: Handler) {
        var state = LockState()
        for parameter in handler.scope.parameters { state.locals[parameter] = freshToken() }
        loopDepth = nil
        atomicDepth += 1
        _ = watch(handler, state)
        atomicDepth -= 1
    }

    /// Executes the body of a ghost handler for the sake of the loops around and inside.
    mutating func watch(_ handler: Handler, _ inside: LockState) -> LockFlow {
        let outer = (looksAtOrderOnly, inGhost)
        (looksAtOrderOnly, inGhost) = (true, true)
        let flow = inScope(handler.scope) { $0.exec(handler.body, inside) }
        (looksAtOrderOnly, inGhost) = outer
        return flow
    }

    // MARK: Blocks

    mutating func exec(_ block: Block, _ state: LockState) -> LockFlow {
        var result = LockFlow(falls: state)
        for statement in block.statements {
            guard let current = result.falls else { break }
            let flow = exec(statement, current)
            result.falls = flow.falls
            result.addLeaving(flow)
        }
        return result
    }

    /// The one state behind several ways that meet at a place.
    mutating func join(_ states: [LockState], at span: Span) -> LockState? {
        guard var result = states.first else { return nil }
        for other in states.dropFirst() {
            reportDifference(result, other, at: span)
            result = merged(result, other)
        }
        return result
    }

    private mutating func merged(_ a: LockState, _ b: LockState) -> LockState {
        var result = a
        let differing = a.difference(from: b).map(\.lock)
        result.held.removeAll { differing.contains($0.lock) }
        result.unsure.formUnion(b.unsure)
        result.unsure.formUnion(differing)
        result.released.merge(b.released) { first, _ in first }
        for local in Set(a.locals.keys).union(b.locals.keys).sorted() where a.locals[local] != b.locals[local] {
            result.locals[local] = freshToken()
        }
        return result
    }

    mutating func reportDifference(_ a: LockState, _ b: LockState, at span: Span) {
        for lock in a.difference(from: b) where !a.unsure.contains(lock.lock) && !b.unsure.contains(lock.lock) {
            var notes = [Note("`\(lock.text)` was taken here", at: lock.span)]
            if let other = (a.holding(lock.lock) == nil ? a : b).released[lock.lock] {
                notes.append(Note("on the other way it was released here", at: other))
            }
            report(
                .heldDiffers, "`\(lock.text)` is held on one way to this point and not, or not so, on another",
                at: span, notes: notes)
        }
    }
}

extension Span {
    /// Where a block ends: its closing brace.
    var closing: Span { Span(source, max(start, end - 1), end) }

    /// The first word of a statement, `length` bytes long.
    func keyword(_ length: Int) -> Span { Span(source, start, min(start + length, end)) }
}

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

    /// The scope of the body at hand, for names.
    var scope = Scope()
    /// The calls that led here, outermost first.
    var calls: [Span] = []
    /// How many loops of the process's own body are around; nil inside handlers and `atomic`, where no point is a rest.
    var loopDepth: Int? = 0
    var atomicDepth = 0
    var kind = ProcessKind.ordinary
    /// The loops through sets, inside `atomic`, that are around.
    var unordered: [UnorderedLoop] = []
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
        let reached = calls.reversed().prefix(3).map { Note("called from here", at: $0) }
        diagnostics.append(Diagnostic(code, message, at: span, notes: notes + reached))
    }

    mutating func freshToken() -> Term {
        nextToken += 1
        return .token(nextToken)
    }

    var inAtomic: Bool { atomicDepth > 0 }

    // MARK: Processes

    mutating func run(_ process: Process) {
        scope = process.scope
        kind = process.kind
        loopDepth = 0
        var state = LockState()
        for parameter in process.scope.parameters { state.locals[parameter] = freshToken() }
        let flow = exec(process.body, state)
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

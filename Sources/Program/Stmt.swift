import Diagnostics

/// What a statement is to the interleaving. The rule is written in `docs/language.md`, "What one access is".
///
/// A step of a process runs from a control point: deterministic local statements, then exactly one ``access``
/// statement, then everything up to the next ``access`` statement, the next rest point, or the end.
/// Where local statements after a rest point contain a ``choice``, that choice is the step.
public enum StepRole: String, Sendable {
    /// Touches only locals and constants, deterministically. It joins the step before it.
    case local
    /// A choice among values of locals, or a `commit`: it joins the step before it; right after a rest point
    /// (or at the start of a process) it is a step of its own, together with the local statements after it.
    case choice
    /// Reads or writes shared state, or may wait: a step begins here.
    case access
}

public enum AssignOperation: String, Sendable {
    case set, add, subtract
}

public enum LockMode: String, Sendable {
    case exclusive, shared
}

/// A read-modify-write of one cell, in one access. The result is the old value.
public enum ReadModifyWrite: Sendable {
    case exchange(Expr)
    /// Stores `new` where the cell equals `expected`.
    case compareExchange(expected: Expr, new: Expr)
    case fetchAdd(Expr)
}

public struct Arm: Sendable {
    public let pattern: Pattern
    public var body: Block

    public init(pattern: Pattern, body: Block) {
        self.pattern = pattern
        self.body = body
    }
}

public struct Block: Sendable {
    public var statements: [Stmt]
    public let span: Span

    public init(_ statements: [Stmt], _ span: Span) {
        self.statements = statements
        self.span = span
    }
}

public indirect enum StmtKind: Sendable {
    /// `place = e`, `place += e`, `place -= e`; `+=` on integers adds, on sets inserts or unites (by the type of `e`).
    /// A whole plain record may be assigned (inside `atomic`, or to a guarded variable): all its cells are written.
    case assign(Place, AssignOperation, Expr)
    case assignLocal(LocalID, [InnerField], AssignOperation, Expr)
    /// Binds a new local; it lives to the end of its block.
    case bind(LocalID, Expr)
    case readModifyWrite(LocalID?, Place, ReadModifyWrite)
    /// An inlined call. The arguments are evaluated first; where they touch shared state that is a step of its own.
    case call(HandlerID, [Expr], result: LocalID?)
    /// Waits until free. `nested` is the reason why a second lock of the same array is fine.
    case lock(Place, LockMode, nested: String?)
    case unlock(Place)
    /// One step with two outcomes: held, and on to the next statement; or not held, and `otherwise`, which may fall
    /// through or leave.
    case tryLock(Place, LockMode, otherwise: Block)
    case downgrade(Place)
    case ifElse(Expr, Block, Block)
    case match(Expr, [Arm])
    /// `atMost` is an integer, or nil for an endless loop; it is evaluated once at entry, `counter` counts rounds.
    case loop(atMost: Expr?, counter: LocalID?, Block)
    case whileLoop(Expr, Block)
    /// The set is evaluated at entry into `todo` (a set-typed local); elements are taken in any order: taking one
    /// is a choice. Inside `atomic` the order is ascending (the order does not matter there).
    case each(LocalID, set: Expr, todo: LocalID, Block)
    /// Binds one witness for all binders, or runs `otherwise`; without `otherwise` it waits for a witness.
    /// `then` (an assignment) belongs to the same access.
    case choose([Binder], then: [Stmt], otherwise: Block?)
    /// Picks a branch together with the branch's first statement; a branch whose first statement is blocked is not
    /// picked. A branch that begins with a local statement, or is empty, is always open; picking it is the step.
    case either([Block])
    case await(Expr)
    /// Bindings of the pattern live on after it; `otherwise` leaves.
    case guardElse(Expr, otherwise: Block)
    case doBlock(Block)
    case breakOut(StmtID)
    case continueLoop(StmtID)
    /// One step, whatever is inside. A wait inside that is not met disables the whole step.
    case atomic(reason: String, Block)
    /// A call of a ghost handler; it belongs to the step before it. Its arguments may read everything.
    case commit(HandlerID, [Expr])
    /// The violation carries the qualified name.
    case assert(name: String, Expr)
    case fail(name: String, String)
    case returnValue(Expr?)
}

/// A statement of the checked program.
public struct Stmt: Sendable {
    public let id: StmtID
    public var kind: StmtKind
    public let span: Span
    public var role: StepRole

    public init(id: StmtID, _ kind: StmtKind, _ span: Span, role: StepRole) {
        self.id = id
        self.kind = kind
        self.span = span
        self.role = role
    }
}

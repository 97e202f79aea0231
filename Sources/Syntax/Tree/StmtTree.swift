import Diagnostics

public struct BlockTree: Sendable {
    public let statements: [StmtTree]
    /// From the opening to the closing brace.
    public let span: Span

    public init(_ statements: [StmtTree], _ span: Span) {
        self.statements = statements
        self.span = span
    }
}

public enum AssignOperator: String, Sendable, CaseIterable {
    case set = "="
    case add = "+="
    case subtract = "-="
}

/// `pattern: statements`, up to the next arm or the closing brace.
public struct ArmTree: Sendable {
    public let pattern: PatternTree
    public let body: BlockTree

    public init(pattern: PatternTree, body: BlockTree) {
        self.pattern = pattern
        self.body = body
    }
}

/// A statement as written.
public struct StmtTree: Sendable {
    public indirect enum Kind: Sendable {
        case assign(ExprTree, AssignOperator, ExprTree)
        /// `let name = e`, `let name: T = e`
        case letBinding(Name, TypeTree?, ExprTree)
        /// `var name: T = e`: a local that may be assigned.
        case varBinding(Name, TypeTree?, ExprTree?)
        /// A call for its effect.
        case expression(ExprTree)
        /// `lock x [shared] [nested("why")] [when c]`
        case lock(ExprTree, shared: Bool, nested: String?, condition: ExprTree?)
        /// `unlock x [when c]`
        case unlock(ExprTree, condition: ExprTree?)
        /// `try lock x [shared] else { … }`
        case tryLock(ExprTree, shared: Bool, otherwise: BlockTree)
        /// `downgrade x`
        case downgrade(ExprTree)
        case ifElse(ExprTree, BlockTree, otherwise: BlockTree?)
        case match(ExprTree, [ArmTree])
        /// `loop [label] [at most n] { … }`
        case loop(label: Name?, atMost: ExprTree?, BlockTree)
        /// `while [label:] c { … }` has no label in the surface syntax; use `loop label`.
        case whileLoop(ExprTree, BlockTree)
        case each([BinderTree], BlockTree)
        /// `choose x in S where P, y in T [then assignment] [else { … }]`
        case choose([BinderTree], then: StmtTree?, otherwise: BlockTree?)
        case either([BlockTree])
        case await(ExprTree)
        /// `guard e else { … }`
        case guardElse(ExprTree, otherwise: BlockTree)
        /// `do label { … }`
        case doBlock(label: Name?, BlockTree)
        case breakOut(Name?)
        case continueLoop(Name?)
        case atomic(reason: String?, BlockTree)
        case commit(ExprTree)
        /// `assert [name:] e`
        case assert(Name?, ExprTree)
        /// `fail [name:] "text"`
        case fail(Name?, String)
        case returnValue(ExprTree?)
        /// `bump x`
        case bump(ExprTree)
        case error
    }

    public let kind: Kind
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

import Diagnostics

/// A local of a scope: a parameter, a binding, the variable of a quantifier or pattern, a hidden counter.
public struct Local: Sendable {
    public let name: String
    public let type: Type
    /// `var` locals and hidden counters may be assigned.
    public let isMutable: Bool
    public let span: Span

    public init(name: String, type: Type, isMutable: Bool, span: Span) {
        self.name = name
        self.type = type
        self.isMutable = isMutable
        self.span = span
    }
}

/// The locals of one body. Parameters come first.
public struct Scope: Sendable {
    public var locals: [Local]
    public var parameterCount: Int

    public init(locals: [Local] = [], parameterCount: Int = 0) {
        self.locals = locals
        self.parameterCount = parameterCount
    }

    public var parameters: [LocalID] { (0..<parameterCount).map { LocalID($0) } }
}

public enum VariableRole: String, Sendable {
    case shared
    /// Read by properties, asserts and commits only.
    case ghost
    /// Chosen once, in `init`, among all values of its type; never written.
    case symbolicConstant
}

/// A shared variable, a ghost variable or a symbolic constant: a scalar or an array.
public struct Variable: Sendable {
    /// Qualified: `pte`, `mem.frame`.
    public let name: String
    public let role: VariableRole
    /// One finite type a dimension.
    public let indexTypes: [Type]
    /// The element type.
    public let type: Type
    /// `x += e` on it is one read-modify-write (scalars declared `atomic var`).
    public let isAtomic: Bool
    /// The initial value of an element, in terms of the index locals of ``scope``.
    public var initial: Expr
    /// The locks that guard it, in terms of the index locals. A write needs all, exclusively; a read any one.
    public var guards: [Place]
    /// Names of fields that are written without the guard too.
    public let except: [String]
    /// The element means something only while this holds.
    public var condition: Expr?
    /// The index locals are its parameters.
    public let scope: Scope
    /// Never written after `init`: reading it is no access.
    public var isConstant: Bool
    /// Slicing removed it: nothing reads or writes it any more, and no engine keeps cells for it.
    public var isVanished: Bool = false
    public let span: Span

    public init(
        name: String, role: VariableRole, indexTypes: [Type], type: Type, isAtomic: Bool, initial: Expr,
        guards: [Place], except: [String], condition: Expr?, scope: Scope, isConstant: Bool, span: Span
    ) {
        self.name = name
        self.role = role
        self.indexTypes = indexTypes
        self.type = type
        self.isAtomic = isAtomic
        self.initial = initial
        self.guards = guards
        self.except = except
        self.condition = condition
        self.scope = scope
        self.isConstant = isConstant
        self.span = span
    }
}

/// A pure function. Functions do not recurse.
public struct Function: Sendable {
    public let name: String
    public let scope: Scope
    public let result: Type
    public var body: Expr
    public let span: Span

    public init(name: String, scope: Scope, result: Type, body: Expr, span: Span) {
        self.name = name
        self.scope = scope
        self.result = result
        self.body = body
        self.span = span
    }
}

/// A lock that a handler holds when it returns.
public struct Holding: Sendable {
    /// In terms of the handler's parameters.
    public let place: Place
    public let mode: LockMode

    public init(place: Place, mode: LockMode) {
        self.place = place
        self.mode = mode
    }
}

/// A handler: inlined at each call. Handlers do not recurse.
public struct Handler: Sendable {
    public let name: String
    public let isGhost: Bool
    public var scope: Scope
    public let result: Type
    public let holding: [Holding]
    public var body: Block
    public let span: Span

    public init(
        name: String, isGhost: Bool, scope: Scope, result: Type, holding: [Holding], body: Block, span: Span
    ) {
        self.name = name
        self.isGhost = isGhost
        self.scope = scope
        self.result = result
        self.holding = holding
        self.body = body
        self.span = span
    }
}

public enum ProcessKind: String, Sendable, CaseIterable {
    /// Must end up at rest.
    case ordinary
    /// Its steps count, its waiting does not.
    case daemon
    /// Optional steps: always at rest, never counts.
    case hardware
}

/// A process type; one instance per value of its index.
///
/// A rest point is the start, and the head of each `loop` or `while` that stands in the body outside any other loop.
public struct Process: Sendable {
    public let name: String
    public let kind: ProcessKind
    /// One finite type per index; the index locals are the parameters of ``scope``.
    public let indexTypes: [Type]
    public var scope: Scope
    public var body: Block
    public let span: Span

    public init(name: String, kind: ProcessKind, indexTypes: [Type], scope: Scope, body: Block, span: Span) {
        self.name = name
        self.kind = kind
        self.indexTypes = indexTypes
        self.scope = scope
        self.body = body
        self.span = span
    }
}

public enum PropertyKind: Sendable {
    /// Each conjunct holds in every state; with `atRest` in every state in which all processes rest.
    case invariant(atRest: Bool, [Expr])
    /// Each conjunct holds over every step; ``ExprKind/old(_:)`` is the state before it.
    case transition([Expr])
    /// Some reachable state satisfies it.
    case reachable(Expr)
    case progress(Expr, leadsTo: Expr)
}

public struct Property: Sendable {
    /// Qualified: `content`, `hw.one_frame`.
    public let name: String
    public var kind: PropertyKind
    public let scope: Scope
    /// Written `lemma`: there to help prove others.
    public let isLemma: Bool
    public let span: Span

    public init(name: String, kind: PropertyKind, scope: Scope, isLemma: Bool = false, span: Span) {
        self.name = name
        self.kind = kind
        self.scope = scope
        self.isLemma = isLemma
        self.span = span
    }
}

/// A claim for all values of its parameters; it reads nothing but them and symbolic constants.
public struct Theorem: Sendable {
    /// The claim, as an invariant of a program in which nothing ever happens.
    public let property: Property
    /// Symbolic constants that nothing else reads: `name.parameter`. They are there in ``Program/onlyTheorems`` only; elsewhere
    /// they have vanished.
    public let parameters: [VariableID]

    public init(property: Property, parameters: [VariableID]) {
        self.property = property
        self.parameters = parameters
    }
}

/// The body of `init`. Its choices give the initial states; it runs after the variables took their initial values.
public struct Initialization: Sendable {
    public var scope: Scope
    public var body: Block

    public init(scope: Scope, body: Block) {
        self.scope = scope
        self.body = body
    }
}

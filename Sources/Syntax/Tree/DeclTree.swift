import Diagnostics

/// `name: Type` of a parameter, or `[name: Type]` / `[Type]` of an index (then `name` is nil).
public struct ParameterTree: Sendable {
    public let name: Name?
    public let type: TypeTree
    /// `place` parameters take an lvalue.
    public let isPlace: Bool

    public init(name: Name?, type: TypeTree, isPlace: Bool = false) {
        self.name = name
        self.type = type
        self.isPlace = isPlace
    }
}

/// A field of a record, or of the payload of an enum case.
public struct FieldTree: Sendable {
    public let name: Name?
    public let type: TypeTree
    public let isAtomic: Bool
    public let initial: ExprTree?
    /// `when e`: the field means something only while `e` holds.
    public let condition: ExprTree?

    public init(name: Name?, type: TypeTree, isAtomic: Bool, initial: ExprTree?, condition: ExprTree?) {
        self.name = name
        self.type = type
        self.isAtomic = isAtomic
        self.initial = initial
        self.condition = condition
    }
}

public struct EnumCaseTree: Sendable {
    public let name: Name
    public let payload: [FieldTree]

    public init(name: Name, payload: [FieldTree]) {
        self.name = name
        self.payload = payload
    }
}

/// `name = value`, `name[i, j] = value`, or `name` alone (the same name on both sides).
public struct BindingTree: Sendable {
    public let name: Name
    public let indices: [Name]
    /// Nil for the short form. A type may stand here too (`Value = unit`): it parses as a name.
    public let value: ExprTree?
    /// The value read as a type, where it can be one.
    public let type: TypeTree?

    public init(name: Name, indices: [Name], value: ExprTree?, type: TypeTree?) {
        self.name = name
        self.indices = indices
        self.value = value
        self.type = type
    }
}

public struct ImportTree: Sendable {
    public let module: Path
    public let alias: Name?
    public let bindings: [BindingTree]
    public let span: Span

    public init(module: Path, alias: Name?, bindings: [BindingTree], span: Span) {
        self.module = module
        self.alias = alias
        self.bindings = bindings
        self.span = span
    }
}

public enum ProcessKind: String, Sendable, CaseIterable {
    case ordinary = "process"
    case daemon = "daemon"
    case hardware = "hardware"
}

/// `holding place [shared]` of a handler that returns with a lock.
public struct HoldingTree: Sendable {
    public let place: ExprTree
    public let shared: Bool

    public init(place: ExprTree, shared: Bool) {
        self.place = place
        self.shared = shared
    }
}

public struct GuardTree: Sendable {
    public let locks: [ExprTree]
    public let except: [Name]

    public init(locks: [ExprTree], except: [Name]) {
        self.locks = locks
        self.except = except
    }
}

public enum PropertyTreeKind: Sendable {
    /// With `isLemma` it is written `lemma`: it is there to help prove others.
    case invariant(atRest: Bool, isLemma: Bool, [ExprTree])
    case transition([ExprTree])
    case reachable(ExprTree)
    /// `a leads to b`, or `all x in S: a leads to b`: for each x, not only b after all of a.
    case progress([BinderTree], ExprTree, leadsTo: ExprTree)
    /// For all values of the parameters.
    case theorem([ParameterTree], [ExprTree])
}

/// One setting of a scenario or variant.
public struct SettingTree: Sendable {
    public enum Kind: Sendable {
        /// `name = e`, `name = a..b` (a sweep)
        case assign(Path, ExprTree)
        case sweep(Path, ExprTree, ExprTree)
        /// `fair p`, `strong fair lock x`
        case fair(Path, strong: Bool, lock: Bool)
        case check(Path)
        case without([Path])
        case only([Path])
        /// `expect holds`
        case expectHolds
        /// `expect violated P`
        case expectViolated(Path)
        case error
    }

    public let kind: Kind
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// A declaration as written.
public struct DeclTree: Sendable {
    public indirect enum Kind: Sendable {
        case domain([Name])
        /// `type X = T`; nil where an open type has no default.
        case typeAlias([Name], TypeTree?)
        case enumeration(Name, [EnumCaseTree])
        case record(Name, [FieldTree], isWord: Bool)
        case constant(Name, [ParameterTree], TypeTree, initial: ExprTree?, isSymbolic: Bool)
        case variable(
            Name, [ParameterTree], TypeTree, initial: ExprTree?, guardedBy: GuardTree?, owner: ExprTree?,
            condition: ExprTree?, isGhost: Bool, isAtomic: Bool)
        case function(Name, [ParameterTree], TypeTree, ExprTree?)
        case initial(BlockTree)
        case handler(
            Name, [ParameterTree], result: TypeTree?, holding: [HoldingTree], body: BlockTree?, isGhost: Bool)
        case process(
            Name, [ParameterTree], ProcessKind, on: ExprTree?, interrupts: Bool, interruptsWhen: ExprTree?, BlockTree)
        case property(Name, PropertyTreeKind)
        /// `scenario s { … }`, `scenario s = base with { … }`
        case scenario(Name, base: Path?, [SettingTree])
        /// `variant v on s { … }`
        case variant(Name, on: Path, [SettingTree])
        case error
    }

    public let kind: Kind
    public let span: Span
    /// `open …`: a hole that the importer fills.
    public let isOpen: Bool
    /// The `///` lines before it, without the slashes.
    public let documentation: [String]

    public init(_ kind: Kind, _ span: Span, isOpen: Bool, documentation: [String]) {
        self.kind = kind
        self.span = span
        self.isOpen = isOpen
        self.documentation = documentation
    }
}

/// A whole file.
public struct FileTree: Sendable {
    public let source: SourceID
    /// Nil where the `module` line is missing (a diagnostic has been reported).
    public let module: Path?
    public let imports: [ImportTree]
    public let declarations: [DeclTree]
    /// Of all declarations and statements, in their order.
    public let attributes: [AttributeTree]

    public init(
        source: SourceID, module: Path?, imports: [ImportTree], declarations: [DeclTree],
        attributes: [AttributeTree] = []
    ) {
        self.source = source
        self.module = module
        self.imports = imports
        self.declarations = declarations
        self.attributes = attributes
    }
}

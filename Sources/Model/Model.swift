public struct VariableID: Hashable, Comparable, Sendable {
    public let index: Int
    public init(_ index: Int) { self.index = index }
    public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

public struct ViolationID: Hashable, Comparable, Sendable {
    public let index: Int
    public init(_ index: Int) { self.index = index }
    public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// Where something comes from in the source.
public struct Origin: Hashable, Sendable {
    public let file: String
    public let line: Int
    public let column: Int
    /// The source text, white space folded.
    public let text: String

    public init(file: String, line: Int, column: Int, text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }
}

/// A step of a process from one location. All instances of the process have it.
public struct Action: Hashable, Sendable {
    public let process: Int
    public let location: Int
    /// The statements that may run in it: the step itself, then what joins it.
    public let origins: [Origin]
    /// The ways out of those of them that branch.
    public let ways: [Way]
    public let callStack: [String]
    public let registerCount: Int
    public let body: [Instruction]

    public init(
        process: Int, location: Int, origins: [Origin], ways: [Way] = [], callStack: [String], registerCount: Int,
        body: [Instruction]
    ) {
        self.process = process
        self.location = location
        self.origins = origins
        self.ways = ways
        self.callStack = callStack
        self.registerCount = registerCount
        self.body = body
    }
}

/// What a ``Instruction/check(_:_:)`` can find.
public struct Violation: Hashable, Sendable {
    /// Qualified name of an assert or `fail`, or a built-in name: `range`, `use_after_free`, …
    public let name: String
    /// In the user's terms: what is wrong, with the source text.
    public let message: String
    public let origin: Origin?
    /// The step has a result in spite of it.
    public let isResumable: Bool

    public init(name: String, message: String, origin: Origin?, isResumable: Bool) {
        self.name = name
        self.message = message
        self.origin = origin
        self.isResumable = isResumable
    }
}

/// What an ``Instruction/observe(_:_:)`` tells of: a ghost handler that is committed.
public struct Event: Hashable, Sendable {
    /// Qualified: `ideal.load`.
    public let name: String
    /// One a cell: an argument that is a plain record has several.
    public let arguments: [CellType]

    public init(name: String, arguments: [CellType]) {
        self.name = name
        self.arguments = arguments
    }
}

/// One conjunct of a property; quantified properties keep their shape inside ``condition``.
public struct Conjunct: Hashable, Sendable {
    public let condition: Expr
    public let registerCount: Int
    public let origin: Origin

    public init(condition: Expr, registerCount: Int, origin: Origin) {
        self.condition = condition
        self.registerCount = registerCount
        self.origin = origin
    }
}

public enum PropertyKind: String, Hashable, Sendable, CaseIterable {
    case invariant, atRest, transition, reachable
}

public struct Property: Hashable, Sendable {
    public let name: String
    public let kind: PropertyKind
    public let conjuncts: [Conjunct]

    public init(name: String, kind: PropertyKind, conjuncts: [Conjunct]) {
        self.name = name
        self.kind = kind
        self.conjuncts = conjuncts
    }
}

public enum Expectation: Hashable, Sendable {
    case holds
    case violated(String)
}

/// The action model of one configuration: what every engine reads. Plain data; see ``text`` for its textual form.
///
/// A state gives each cell of each variable a code. The initial states are what ``initial`` makes of the states in
/// which all codes are 0 but those of free variables. A process instance at location `l` has the steps of the actions of its process at `l`.
public struct Model: Hashable, Sendable {
    /// Raised with every change of the data or of its meaning.
    public static let formatVersion = 5

    public var name: String
    public var scenario: String?
    public var variant: String?
    public var settings: [Setting]
    public var expectation: Expectation
    public var sorts: [Sort]
    public var variables: [Variable]
    public var processes: [Process]
    public var actions: [Action]
    public var initial: [Instruction]
    public var initialRegisterCount: Int
    /// The statements of `init`, as ``Action/origins`` are those of a step.
    public var initialOrigins: [Origin]
    public var violations: [Violation]
    /// Empty unless lowering was asked to tell of commits.
    public var events: [Event]
    public var properties: [Property]
    /// What some state or step should be met with, so that what holds says something.
    public var witnesses: [Witness]
    /// How many `atomic` blocks the model rests on.
    public var atomicClaims: Int
    /// The fusions that were applied: `fusion.unlock`, `fusion.guarded-read`.
    public var fusions: [String]

    public struct Setting: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(name: String) {
        self.name = name
        scenario = nil
        variant = nil
        settings = []
        expectation = .holds
        sorts = []
        variables = []
        processes = []
        actions = []
        initial = []
        initialRegisterCount = 0
        initialOrigins = []
        violations = []
        events = []
        properties = []
        witnesses = []
        atomicClaims = 0
        fusions = []
    }

    public subscript(id: VariableID) -> Variable { variables[id.index] }
    public subscript(id: ViolationID) -> Violation { violations[id.index] }
}

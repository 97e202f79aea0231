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

public enum VariableRole: String, Hashable, Sendable, CaseIterable {
    case shared, ghost
    /// Chosen in the initial state, never written.
    case constant
    case programCounter
    /// A local of a process.
    case local
}

/// The size of a dimension, and the sort where it is one.
public struct Dimension: Hashable, Sendable {
    public let count: Int
    public let sort: Int?
    /// How an index is shown: the type of the index.
    public let type: CellType

    public init(count: Int, sort: Int?, type: CellType) {
        self.count = count
        self.sort = sort
        self.type = type
    }
}

/// Where the elements of a variable lie in the packed state: element `i` (row-major) is in word
/// `word + i / perWord`, from bit `shift + (i % perWord) * width`. No element straddles two words.
public struct Placement: Hashable, Sendable {
    public let word: Int
    public let shift: Int
    public let perWord: Int

    public init(word: Int, shift: Int, perWord: Int) {
        self.word = word
        self.shift = shift
        self.perWord = perWord
    }
}

/// A cell variable: a scalar or an array of cells of one type. Plain records are one variable a field.
public struct Variable: Hashable, Sendable {
    /// `pte`, `frame.refs`, `user.pc`, `user.fault.orig`.
    public let name: String
    /// The front part of ``name`` that the indices follow: `frame` makes `frame.refs` appear as `frame[F0].refs`.
    public let root: String
    public let role: VariableRole
    public let dimensions: [Dimension]
    public let type: CellType
    /// The process whose local or program counter this is; its dimensions are then the indices of the process.
    public let process: Int?
    public var placement: Placement
    /// Its cells have any values of their type from the beginning, and ``Model/initial`` does not write them. Engines that
    /// visit states one by one can't take that.
    public var isFree: Bool
    /// Set where its cells are parts of the payloads of values.
    public let payload: Payload?

    public init(
        name: String, root: String? = nil, role: VariableRole, dimensions: [Dimension], type: CellType, process: Int?,
        placement: Placement = Placement(word: 0, shift: 0, perWord: 1), isFree: Bool = false, payload: Payload? = nil
    ) {
        self.isFree = isFree
        self.payload = payload
        self.name = name
        self.root = root ?? String(name.prefix { $0 != "." })
        self.role = role
        self.dimensions = dimensions
        self.type = type
        self.process = process
        self.placement = placement
    }

    /// How many cells.
    public var count: Int { dimensions.reduce(1) { $0.saturatingProduct($1.count) } }
}

public enum ProcessKind: String, Hashable, Sendable, CaseIterable {
    case ordinary, daemon, hardware
}

/// A lock that is held at a location, in terms of the process's indices and locals.
public struct HeldLock: Hashable, Sendable {
    public let lock: VariableID
    public let indices: [Expr]
    public let isShared: Bool

    public init(lock: VariableID, indices: [Expr], isShared: Bool) {
        self.lock = lock
        self.indices = indices
        self.isShared = isShared
    }
}

/// A control point of a process.
public struct Location: Hashable, Sendable {
    /// The first statement that runs from here; nil for the end.
    public let origin: Origin?
    /// Inlined handlers, outermost first.
    public let callStack: [String]
    /// The start, or the head of an outermost loop.
    public let isRest: Bool
    public let isFinal: Bool
    /// The head of an outermost loop. A start that is none is at rest for invariants, but not for deadlock.
    public let isLoopHead: Bool
    public let held: [HeldLock]

    public init(
        origin: Origin?, callStack: [String], isRest: Bool, isFinal: Bool, isLoopHead: Bool = false, held: [HeldLock]
    ) {
        self.origin = origin
        self.callStack = callStack
        self.isRest = isRest
        self.isFinal = isFinal
        self.isLoopHead = isLoopHead
        self.held = held
    }
}

public struct Process: Hashable, Sendable {
    public let name: String
    public let kind: ProcessKind
    public let dimensions: [Dimension]
    public let programCounter: VariableID
    /// Location 0 is the start.
    public let locations: [Location]

    public init(
        name: String, kind: ProcessKind, dimensions: [Dimension], programCounter: VariableID, locations: [Location]
    ) {
        self.name = name
        self.kind = kind
        self.dimensions = dimensions
        self.programCounter = programCounter
        self.locations = locations
    }

    public var instanceCount: Int { dimensions.reduce(1) { $0.saturatingProduct($1.count) } }
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

import Diagnostics

public enum Expectation: Hashable, Sendable {
    case holds
    /// A violation of exactly this property must be found. Qualified, or a built-in name such as `range`.
    case violated(String)
}

/// Which scenario, which variant, which values: what makes a program one finite system.
public struct Configuration: Sendable {
    /// Nil for a library without scenarios.
    public let scenario: String?
    public let variant: String?
    /// Values as they are shown: domain sizes and constants that differ from their defaults, in order of declaration.
    public let settings: [(name: String, value: String)]
    public let expectation: Expectation
    public let span: Span?

    public init(
        scenario: String?, variant: String?, settings: [(name: String, value: String)], expectation: Expectation,
        span: Span?
    ) {
        self.scenario = scenario
        self.variant = variant
        self.settings = settings
        self.expectation = expectation
        self.span = span
    }
}

/// The built-in violations. They may follow `expect violated`.
public enum BuiltinViolation: String, Sendable, CaseIterable {
    case range
    case useAfterFree = "use_after_free"
    case deadlock
    case doubleLock = "double_lock"
    case lockLeak = "lock_leak"
    case strangerUnlock = "stranger_unlock"
    case noneValue = "none_value"
}

/// A checked program of one configuration: everything resolved, typed and sized.
public struct Program: Sendable {
    public var moduleName: String
    public var configuration: Configuration
    public var domains: [Domain] = []
    public var enumerations: [Enumeration] = []
    public var records: [Record] = []
    public var variables: [Variable] = []
    public var functions: [Function] = []
    public var handlers: [Handler] = []
    /// Only the processes of this configuration (`without`, `only`, domains of size 0).
    public var processes: [Process] = []
    public var initialization: Initialization
    public var properties: [Property] = []
    public var theorems: [Theorem] = []
    /// How many statements there are; ``StmtID`` counts below it.
    public var statementCount: Int = 0
    /// Names that went away in slicing, for `explain` and messages.
    public var vanished: [String] = []

    /// How many cells all variables have together, at most. What engines read has the same limit.
    public static let maximumCells = 32_768

    public init(moduleName: String, configuration: Configuration, initialization: Initialization) {
        self.moduleName = moduleName
        self.configuration = configuration
        self.initialization = initialization
    }

    public subscript(id: DomainID) -> Domain { domains[id.raw] }
    public subscript(id: EnumID) -> Enumeration { enumerations[id.raw] }
    public subscript(id: RecordID) -> Record { records[id.raw] }
    public subscript(id: VariableID) -> Variable { variables[id.raw] }
    public subscript(id: FunctionID) -> Function { functions[id.raw] }
    public subscript(id: HandlerID) -> Handler { handlers[id.raw] }
    public subscript(id: ProcessID) -> Process { processes[id.raw] }
}

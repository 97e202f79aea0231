import Program

/// One instance of a process type.
public struct ProcessInstance: Hashable, Sendable {
    public let process: ProcessID
    /// One value per index of the process.
    public let indices: [Value]

    public init(process: ProcessID, indices: [Value]) {
        self.process = process
        self.indices = indices
    }
}

/// A local of one activation.
struct LocalReference: Hashable, Sendable {
    /// 0 is the process's own body.
    let depth: Int
    let local: LocalID
}

/// A lock that a process instance holds.
public struct HeldLock: Hashable, Sendable {
    public let variable: VariableID
    public let indices: [Value]
    public internal(set) var mode: LockMode
    /// The locals that the lock's name depends on: they live while it is held.
    var dependencies: [LocalReference]
}

/// A live local and its value.
public struct LocalValue: Hashable, Sendable {
    public let local: LocalID
    public let value: Value
}

/// What is being executed.
enum Body: Hashable, Sendable {
    case process(ProcessID)
    case handler(HandlerID)
    case initialization
}

/// One activation of a body: where it stands, and its live locals in ascending order.
public struct Frame: Hashable, Sendable {
    let body: Body
    /// The statement that comes next; in a caller the call.
    public let statement: StmtID
    /// For loops: stopped at the head, behind what is evaluated once at entry.
    let isHead: Bool
    public let locals: [LocalValue]
}

/// Where one process instance stands.
public enum Control: Hashable, Sendable {
    /// Before its first step.
    case start
    /// Activations, outermost first; never empty.
    case at([Frame], held: [HeldLock])
    case finished
}

/// A state of the whole system. Equal states have one form: dead locals are gone, dead cells hold their initial value.
public struct State: Hashable, Sendable {
    /// By variable: the elements in row-major order of the index types.
    public internal(set) var shared: [[Value]]
    /// By process instance, in the order of ``Interpreter/processInstances``.
    public internal(set) var controls: [Control]
}

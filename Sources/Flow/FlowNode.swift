import Diagnostics
import Program

/// What the `then` of a `choose` does.
public struct Claim: Sendable {
    public let place: Place
    public let operation: AssignOperation
    public let value: Expr
    public let span: Span
}

/// One local that gets a value.
public struct Binding: Sendable {
    public let local: LocalID
    public let value: Expr

    public init(local: LocalID, value: Expr) {
        self.local = local
        self.value = value
    }
}

/// What a node does. Where it has more than one successor, they are named in the order of ``FlowNode/successors``.
public indirect enum FlowOperation: Sendable {
    /// The end of the process.
    case end
    /// Nothing. As a statement it stands for one without effect (`break`, a copy that was resolved).
    case pass
    /// The end of the branches of an `either`.
    case eitherEnd
    /// Evaluates, and fits into the type, for the sake of the violations only.
    case evaluate(Expr, as: Type)
    case bind(LocalID, Expr)
    case assignLocal(LocalID, [InnerField], AssignOperation, Expr)
    case assign(Place, AssignOperation, Expr)
    case readModifyWrite(LocalID?, Place, ReadModifyWrite)
    /// The arguments of an inlined call; the body follows.
    case call([Binding])
    /// The arguments of a `commit`; the body follows.
    case commit([Binding])
    case lock(Place, LockMode)
    case unlock(Place)
    case downgrade(Place)
    /// Held, otherwise.
    case tryLock(Place, LockMode)
    /// True, false.
    case branch(Expr)
    /// One successor a pattern. One of them matches.
    case match(Expr, [Pattern])
    /// Evaluates the bound of `loop at most` into the counter of the rounds that are left.
    case loopEntry(counter: LocalID, Expr)
    /// A round is left: the round, behind the loop.
    case loopTest(counter: LocalID)
    case countDown(counter: LocalID)
    /// The head of a loop, where it is a place to stop at.
    case loopHead
    case eachEntry(todo: LocalID, Expr)
    /// Takes any element: the round, behind the loop; without the second successor there is one for certain.
    case eachTake(LocalID, todo: LocalID)
    /// Inside `atomic`: the element of that dense number is in the set: the round, the next element.
    case eachMember(LocalID, todo: LocalID, index: Int)
    /// A witness was found; with `otherwise` a second successor.
    case choose([Binder], claims: [Claim], hasOtherwise: Bool)
    /// One successor a branch.
    case either
    case await(Expr)
    case atomic
    case assert(name: String, Expr)
    case fail(name: String, String)
}

/// A statement, or a part of one, in one inlined instance.
public struct FlowNode: Sendable {
    public var operation: FlowOperation
    public var successors: [NodeID]
    /// Where the ways that leave this node come together again, unless they leave early.
    public var join: NodeID?
    /// Nil for nodes without a statement of their own; they are no steps and stop nothing.
    public let statement: StmtID?
    public let span: Span
    public let role: StepRole
    /// See ``FlowGraph/stacks``.
    public let stack: Int
    /// Inside an `atomic` or a committed handler: runs with what is before it.
    public let isInside: Bool
    /// The body of a ghost handler: may read what is dead.
    public let isGhost: Bool
    /// The head of an outermost loop.
    public let isOutermostHead: Bool
    /// For the head of an outermost loop whose end test is local: where a process that rests there goes on. The test
    /// is made again, so that what it reads is live there and what it binds is not.
    public var resume: NodeID?
    /// The ghost handler of a `commit`, in a graph that tells of them: ``operation`` binds all its parameters then, in order.
    public internal(set) var committed: HandlerID?
    /// A way that is never taken because a value is known. What is live there is live here: whether a local is reset
    /// does not depend on what the tool happens to know.
    var untaken: NodeID?
}

import Diagnostics
import Program

/// An `each` of which all rounds belong to one step: inside `atomic`, in `init` inside `atomic`, and in ghost handlers.
///
/// The step goes through the elements in ascending order, but elements have no order: symmetry may rename them. So the
/// outcome must be the same for every order. This is the whole rule (FL0310); each round is looked at with all that it
/// calls and commits.
///
/// 1. A variable, or a local from outside the loop, that a round writes is *split* or *gathered*.
///    * Split: everything the loop touches of it has the loop's element as the same index. Rounds do not meet.
///    * Gathered: no round reads it, and all writes are ``GatheringUpdate``s of one kind to one part, or to parts apart.
///      An amount must not read what the loop writes either: that is a read like any other.
///
///    Looking at a cell with `when` reads what its condition reads. What another condition depends on is gathered only
///    by equal constant amounts, because its values on the way count, too; and split only where a cell depends on the
///    element of its own index.
/// 2. A loop that may be left early (`break`, `return`, a jump to a label outside) writes nothing, checks nothing, takes
///    no lock, and waits nowhere; all ways out lead to one place, with one result that does not come from the element.
/// 3. A round that may wait disables the step, and a violation without a result (`fail`, a range that is left, a part
///    that is not there) ends it. Which of them comes first depends on the order, so a loop has one kind or the other.
/// 4. A violation that ends the step hides what later rounds would violate: beside it, no round may violate anything of
///    another name.
struct UnorderedLoop {
    /// What a round reads or writes.
    enum Target: Hashable {
        case variable(VariableID)
        case local(LocalID)
    }

    enum Step: Hashable {
        case field(Int)
        case inner(InnerField)
    }

    struct Touch {
        let target: Target
        let indices: [Term]
        let path: [Step]
        let text: String
        let span: Span
        let access: TouchAccess
    }

    enum TouchAccess {
        case read
        /// Nil: a write that gives something else in another order.
        case write(GatheringUpdate?)

        var isWrite: Bool {
            switch self {
            case .read: false
            case .write: true
            }
        }
    }

    /// A way out of the loop.
    struct Exit {
        /// Nil: out of the whole body.
        let target: StmtID?
        /// Whether it goes on with the next round of its target, not behind it.
        var goesOn = false
        let result: Term?
        let span: Span
    }

    /// A violation that may be.
    struct Check {
        let name: String
        /// Whether the step has no result then.
        let endsStep: Bool
        let span: Span
    }

    let id: StmtID
    /// The loop's element, and the number of its token: what is younger came up in the loop.
    let element: Term
    let firstToken: Int
    let name: String
    /// The body in which it stands.
    let frame: Int
    /// The statements inside: jumps to them, and to the loop itself for its next element, do not leave it.
    let inner: Set<StmtID>
    /// Locals that each round binds anew.
    let ownLocals: Set<LocalID>

    var touches: [Touch] = []
    var exits: [Exit] = []
    var waits: [Span] = []
    var checks: [Check] = []
    /// Where a lock is taken or released, if it is free.
    var locks: [Span] = []
}

extension UnorderedLoop {
    init(_ statement: Stmt, _ local: LocalID, _ body: Block, element: Int, name: String, frame: Int) {
        var inner: Set<StmtID> = []
        var bound: Set<LocalID> = [local]
        body.forEachStatement { part in
            inner.insert(part.id)
            if !part.isAssignment { bound.formUnion(part.assignedLocals) }
        }
        self.init(
            id: statement.id, element: .token(element), firstToken: element, name: name, frame: frame, inner: inner,
            ownLocals: bound)
    }
}

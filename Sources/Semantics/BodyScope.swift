import Diagnostics
import Program
import Syntax

/// The names and locals of one body while it is checked.
final class BodyScope {
    enum Kind {
        /// Constant expressions, sizes, conditions of fields.
        case constant
        case function
        /// Initial values, guards and conditions of a variable.
        case variable
        case handler(result: Type, isGhost: Bool)
        case process
        case initial
        case property(isTransition: Bool)
    }

    enum Entry {
        case local(LocalID)
        /// A name that stands for an expression: the index of a bound place, a field in a `when`.
        case substitution(Expr)
        /// A name whose binding is in error: its uses are silent.
        case broken
    }

    struct Label {
        let name: String?
        let statement: StmtID
        let isLoop: Bool
    }

    let kind: Kind
    /// Where names are looked up.
    var instance: Instance
    private(set) var locals: [Local] = []
    private var frames: [[String: Entry]] = [[:]]
    var labels: [Label] = []
    /// The pattern of the `is` that is being checked.
    var testedPattern: Span?
    /// Calls that stand in an expression become statements in front of it.
    var pending: [Stmt] = []
    /// Whether a call may stand at this point of an expression: only where it is certainly evaluated, once.
    var allowsCalls = false
    /// Locals declared without a value whose default would single out an element of a domain.
    var unset: [LocalID: DomainID] = [:]
    /// Locals of a `choose` with an `else`, behind which there may be nothing that was chosen.
    var chosen: Set<LocalID> = []

    init(_ kind: Kind, in instance: Instance) {
        self.kind = kind
        self.instance = instance
    }

    var scope: Scope { Scope(locals: locals, parameterCount: parameterCount) }
    private var parameterCount = 0

    var isGhost: Bool { if case .handler(_, true) = kind { true } else { false } }
    var isProperty: Bool { if case .property = kind { true } else { false } }

    func push() { frames.append([:]) }
    func pop() { if frames.count > 1 { frames.removeLast() } }

    func inFrame<T>(_ body: () -> T) -> T {
        push()
        defer { pop() }
        return body()
    }

    func find(_ name: String) -> Entry? {
        for frame in frames.reversed() { if let entry = frame[name] { return entry } }
        return nil
    }

    var visibleNames: [String] { frames.flatMap(\.keys).sorted() }

    func declareSubstitution(_ name: String, _ expr: Expr) { frames[frames.count - 1][name] = .substitution(expr) }

    func declareBroken(_ name: String) { frames[frames.count - 1][name] = .broken }

    /// A new local that a name of the current frame stands for.
    func declare(_ name: Name, _ type: Type, isMutable: Bool = false) -> LocalID {
        let id = hidden(name.text, type, isMutable: isMutable, at: name.span)
        frames[frames.count - 1][name.text] = .local(id)
        return id
    }

    /// A new local without a name in the source.
    func hidden(_ name: String, _ type: Type, isMutable: Bool, at span: Span) -> LocalID {
        locals.append(Local(name: name, type: type, isMutable: isMutable, span: span))
        return LocalID(locals.count - 1)
    }

    func declareParameter(_ name: Name, _ type: Type) -> LocalID {
        parameterCount += 1
        return declare(name, type)
    }

    func type(of local: LocalID) -> Type { locals[local.raw].type }

    /// Runs `body` where calls may not stand, as under a quantifier.
    func withoutCalls<T>(_ body: () -> T) -> T {
        let before = allowsCalls
        allowsCalls = false
        defer { allowsCalls = before }
        return body()
    }

    /// Runs `body` in a scope in which other names are visible: the scope of an importer, for a bound place.
    func within(_ instance: Instance, _ names: [(String, Expr)]) -> BodyScope {
        let inner = BodyScope(kind, in: instance)
        for (name, expr) in names { inner.declareSubstitution(name, expr) }
        return inner
    }
}

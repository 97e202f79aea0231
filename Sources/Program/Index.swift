/// The number of an entity within its table of a ``Program``; typed, so that tables can't be mixed up.
public struct Index<Entity>: Hashable, Comparable, Sendable {
    public let raw: Int

    public init(_ raw: Int) { self.raw = raw }

    public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

public typealias DomainID = Index<Domain>
public typealias EnumID = Index<Enumeration>
public typealias RecordID = Index<Record>
public typealias VariableID = Index<Variable>
public typealias FunctionID = Index<Function>
public typealias HandlerID = Index<Handler>
public typealias ProcessID = Index<Process>
/// A local of one ``Scope``: the table is the scope's own.
public typealias LocalID = Index<Local>
/// A statement of the whole program. Loops and labelled blocks are the targets of `break` and `continue`.
public typealias StmtID = Index<Stmt>

import Diagnostics
import Program

/// Builds a program by hand. Every part gets a span of its own, in the order of building, so that findings can be told
/// apart. Locals belong to the scope at hand, which ``process(_:kind:_:)``, ``handler(_:isGhost:result:holding:_:)``
/// and ``initialize(_:)`` take and empty.
public final class ProgramBuilder {
    public private(set) var program: Program
    private var scope = Scope()
    private var position = 0

    public init() {
        program = Program(
            moduleName: "test",
            configuration: Configuration(
                scenario: nil, variant: nil, settings: [], expectation: .holds, span: nil),
            initialization: Initialization(scope: Scope(), body: Block([], Span(SourceID(index: 0), 0, 0))))
    }

    public func span() -> Span {
        position += 10
        return Span(SourceID(index: 0), position, position + 9)
    }

    // MARK: Declarations

    public func domain(_ name: String, _ size: Int) -> Type {
        program.domains.append(Domain(name: name, size: size, span: span()))
        return .domain(DomainID(program.domains.count - 1))
    }

    public func record(_ name: String, _ fields: [Field], isWord: Bool = false) -> Type {
        program.records.append(Record(name: name, fields: fields, isWord: isWord, span: span()))
        return .record(RecordID(program.records.count - 1))
    }

    public func field(_ name: String, _ type: Type, isAtomic: Bool = false, when condition: Expr? = nil) -> Field {
        Field(
            name: name, type: type, isAtomic: isAtomic, initial: program.defaultValue(of: type), condition: condition,
            span: span())
    }

    /// A variable whose guards are locks with the same index.
    public func variable(
        _ name: String, _ type: Type, index: [Type] = [], role: VariableRole = .shared, isAtomic: Bool = false,
        initial: Value? = nil, guardedBy locks: [VariableID] = [], except: [String] = [], when condition: Expr? = nil
    ) -> VariableID {
        let locals = index.enumerated().map {
            Local(name: "i\($0.offset)", type: $0.element, isMutable: false, span: span())
        }
        let indices = index.enumerated().map { Expr(.local(LocalID($0.offset)), $0.element, span()) }
        let guards = locks.map { lock in
            Place(
                variable: lock, indices: program[lock].indexTypes.isEmpty ? [] : indices, fields: [],
                type: program[lock].type, span: span())
        }
        program.variables.append(
            Variable(
                name: name, role: role, indexTypes: index, type: type, isAtomic: isAtomic,
                initial: Expr(.constant(initial ?? program.defaultValue(of: type)), type, span()), guards: guards,
                except: except, condition: condition,
                scope: Scope(locals: locals, parameterCount: locals.count), isConstant: false, span: span()))
        return VariableID(program.variables.count - 1)
    }

    public func function(_ name: String, _ result: Type, _ body: Expr) -> FunctionID {
        program.functions.append(Function(name: name, scope: scope, result: result, body: body, span: span()))
        scope = Scope()
        return FunctionID(program.functions.count - 1)
    }

    @discardableResult
    public func process(_ name: String, kind: ProcessKind = .ordinary, _ body: [Stmt]) -> ProcessID {
        program.processes.append(
            Process(
                name: name, kind: kind, indexTypes: scope.locals.prefix(scope.parameterCount).map(\.type), scope: scope,
                body: block(body), span: span()))
        scope = Scope()
        return ProcessID(program.processes.count - 1)
    }

    public func handler(
        _ name: String, isGhost: Bool = false, result: Type = .unit, holding: [Holding] = [], _ body: [Stmt]
    ) -> HandlerID {
        program.handlers.append(
            Handler(
                name: name, isGhost: isGhost, scope: scope, result: result, holding: holding, body: block(body),
                span: span()))
        scope = Scope()
        return HandlerID(program.handlers.count - 1)
    }

    public func initialize(_ body: [Stmt]) {
        program.initialization = Initialization(scope: scope, body: block(body))
        scope = Scope()
    }

    public func invariant(_ name: String, _ condition: Expr) {
        program.properties.append(
            Property(name: name, kind: .invariant(atRest: false, [condition]), scope: Scope(), span: span()))
    }

    /// The program with its roles assigned.
    public func build() -> Program {
        var result = program
        result.assignRoles()
        return result
    }

    // MARK: Locals

    public func parameter(_ name: String, _ type: Type) -> Expr {
        scope.parameterCount += 1
        return local(name, type)
    }

    public func local(_ name: String, _ type: Type, isMutable: Bool = false) -> Expr {
        scope.locals.append(Local(name: name, type: type, isMutable: isMutable, span: span()))
        return Expr(.local(LocalID(scope.locals.count - 1)), type, span())
    }

    // MARK: Expressions

    public func bool(_ value: Bool) -> Expr { Expr(.constant(.bool(value)), .bool, span()) }

    public func int(_ value: Int64) -> Expr { Expr(.constant(.int(value)), .int, span()) }

    public func binary(_ operation: BinaryOperation, _ a: Expr, _ b: Expr, _ type: Type = .bool) -> Expr {
        Expr(.binary(operation, a, b), type, span())
    }

    public func not(_ e: Expr) -> Expr { Expr(.unary(.not, e), .bool, span()) }

    public func place(_ variable: VariableID, _ indices: [Expr] = [], fields: [Int] = [], inner: [InnerField] = [])
        -> Place
    {
        var type = program[variable].type
        for index in fields {
            if case .record(let id) = type { type = program[id].fields[index].type }
        }
        for step in inner {
            switch step {
            case .record(let index): if case .record(let id) = type { type = program[id].fields[index].type }
            case .payload(case: let enumCase, field: let index):
                if case .enumeration(let id) = type { type = program[id].cases[enumCase].payload[index].type }
            case .some: if case .optional(let wrapped) = type { type = wrapped }
            }
        }
        return Place(variable: variable, indices: indices, fields: fields, inner: inner, type: type, span: span())
    }

    public func read(
        _ variable: VariableID, _ indices: [Expr] = [], fields: [Int] = [], inner: [InnerField] = [], racy: Bool = false
    ) -> Expr {
        let place = place(variable, indices, fields: fields, inner: inner)
        return Expr(.read(place, racy: racy), place.type, span())
    }

    public func all(_ type: Type) -> Expr { Expr(.allOf(type), .set(type), span()) }

    public func quantified(_ kind: QuantifierKind, _ local: Expr, _ body: Expr) -> Expr {
        Expr(.quantified(kind, [binder(local)], body), kind == .count ? .int : .bool, span())
    }

    public func binder(_ local: Expr, in set: Expr? = nil, where condition: Expr? = nil) -> Binder {
        Binder(local: id(local), set: set ?? all(local.type), condition: condition)
    }

    public func id(_ local: Expr) -> LocalID {
        guard case .local(let id) = local.kind else { return LocalID(0) }
        return id
    }

    // MARK: Statements

    public func block(_ statements: [Stmt]) -> Block { Block(statements, span()) }

    public func stmt(_ kind: StmtKind) -> Stmt {
        program.statementCount += 1
        return Stmt(id: StmtID(program.statementCount - 1), kind, span(), role: .local)
    }

    /// A statement that its inside jumps to.
    public func labelled(_ make: (StmtID) -> StmtKind) -> Stmt {
        let id = StmtID(program.statementCount)
        program.statementCount += 1
        return Stmt(id: id, make(id), span(), role: .local)
    }

    public func set(_ place: Place, _ e: Expr) -> Stmt { stmt(.assign(place, .set, e)) }

    public func add(_ place: Place, _ e: Expr) -> Stmt { stmt(.assign(place, .add, e)) }

    public func bind(_ local: Expr, _ e: Expr) -> Stmt { stmt(.bind(id(local), e)) }

    public func lock(_ place: Place, _ mode: LockMode = .exclusive, nested: String? = nil) -> Stmt {
        stmt(.lock(place, mode, nested: nested))
    }

    public func unlock(_ place: Place) -> Stmt { stmt(.unlock(place)) }

    public func ifElse(_ e: Expr, _ yes: [Stmt], _ no: [Stmt] = []) -> Stmt { stmt(.ifElse(e, block(yes), block(no))) }

    public func loop(_ body: [Stmt]) -> Stmt { stmt(.loop(atMost: nil, counter: nil, block(body))) }

    public func atomic(_ body: [Stmt]) -> Stmt { stmt(.atomic(reason: "test", block(body))) }

    public func each(_ local: Expr, todo: Expr, _ body: [Stmt]) -> Stmt {
        stmt(.each(id(local), set: all(local.type), todo: id(todo), block(body)))
    }

    public func call(_ handler: HandlerID, _ arguments: [Expr] = [], result: Expr? = nil) -> Stmt {
        stmt(.call(handler, arguments, result: result.map(id)))
    }

    public func commit(_ handler: HandlerID, _ arguments: [Expr] = []) -> Stmt { stmt(.commit(handler, arguments)) }
}

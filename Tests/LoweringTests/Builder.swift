import Diagnostics
import Program

/// Builds small checked programs by hand. Every statement gets the next number and a span that stands for it.
final class Builder {
    var program: Program
    private var next = 0

    init(domains: [(String, Int)] = []) {
        program = Program(
            moduleName: "test",
            configuration: Configuration(
                scenario: nil, variant: nil, settings: [], expectation: .holds, span: nil),
            initialization: Initialization(scope: Scope(), body: Block([], Builder.span)))
        program.domains = domains.map { Domain(name: $0.0, size: $0.1, span: Builder.span) }
    }

    static let span = Span(SourceID(index: 0), 0, 0)

    // MARK: Declarations

    @discardableResult
    func variable(
        _ name: String, _ type: Type, index: [Type] = [], role: VariableRole = .shared, initial: Expr? = nil,
        atomic: Bool = false, guards: [Place] = [], except: [String] = [],
        when condition: Expr? = nil, constant: Bool = false
    ) -> VariableID {
        let locals = index.map { Local(name: "i", type: $0, isMutable: false, span: Builder.span) }
        program.variables.append(
            Variable(
                name: name, role: role, indexTypes: index, type: type, isAtomic: atomic,
                initial: initial ?? .value(program.defaultValue(of: type), type), guards: guards, except: except,
                condition: condition, scope: Scope(locals: locals, parameterCount: index.count), isConstant: constant,
                span: Builder.span))
        return VariableID(program.variables.count - 1)
    }

    func record(_ name: String, word: Bool = false, _ fields: [(String, Type, Expr?)]) -> RecordID {
        program.records.append(
            Record(
                name: name,
                fields: fields.map {
                    Field(
                        name: $0.0, type: $0.1, isAtomic: false, initial: program.defaultValue(of: $0.1),
                        condition: $0.2, span: Builder.span)
                }, isWord: word, span: Builder.span))
        return RecordID(program.records.count - 1)
    }

    func enumeration(_ name: String, _ cases: [(String, [Type])]) -> EnumID {
        program.enumerations.append(
            Enumeration(
                name: name,
                cases: cases.map { enumCase in
                    EnumCase(
                        name: enumCase.0,
                        payload: enumCase.1.enumerated().map { number, type in
                            Field(
                                name: "\(number)", type: type, isAtomic: false,
                                initial: program.defaultValue(of: type), condition: nil, span: Builder.span)
                        })
                }, span: Builder.span))
        return EnumID(program.enumerations.count - 1)
    }

    @discardableResult
    func process(
        _ name: String, kind: ProcessKind = .ordinary, index: [Type] = [], locals: [(String, Type)] = [],
        _ body: [Stmt]
    ) -> ProcessID {
        let parameters = index.map { Local(name: "p", type: $0, isMutable: false, span: Builder.span) }
        program.processes.append(
            Process(
                name: name, kind: kind, indexTypes: index,
                scope: Scope(locals: parameters + Builder.locals(locals), parameterCount: index.count),
                body: Block(body, Builder.span), span: Builder.span))
        return ProcessID(program.processes.count - 1)
    }

    /// The first `parameters` locals are parameters.
    func handler(
        _ name: String, ghost: Bool = false, parameters: Int = 0, locals: [(String, Type)] = [],
        result: Type = .unit, _ body: [Stmt]
    ) -> HandlerID {
        program.handlers.append(
            Handler(
                name: name, isGhost: ghost,
                scope: Scope(locals: Builder.locals(locals), parameterCount: parameters), result: result,
                holding: [], body: Block(body, Builder.span), span: Builder.span))
        return HandlerID(program.handlers.count - 1)
    }

    func initialize(locals: [(String, Type)] = [], _ body: [Stmt]) {
        program.initialization = Initialization(
            scope: Scope(locals: Builder.locals(locals)), body: Block(body, Builder.span))
    }

    func property(_ name: String, _ kind: PropertyKind, locals: [(String, Type)] = []) {
        program.properties.append(
            Property(name: name, kind: kind, scope: Scope(locals: Builder.locals(locals)), span: Builder.span))
    }

    func function(_ name: String, locals: [(String, Type)], parameters: Int, result: Type, _ body: Expr) -> FunctionID {
        program.functions.append(
            Function(
                name: name, scope: Scope(locals: Builder.locals(locals), parameterCount: parameters),
                result: result, body: body, span: Builder.span))
        return FunctionID(program.functions.count - 1)
    }

    /// Names that begin with `let ` are those of immutable locals.
    private static func locals(_ list: [(String, Type)]) -> [Local] {
        list.map { Local(name: $0.0, type: $0.1, isMutable: !$0.0.hasPrefix("let "), span: span) }
    }

    // MARK: Statements

    /// A statement; its role is decided when the program is finished.
    func s(_ kind: StmtKind) -> Stmt { s(reserve(), kind) }

    /// The number that the next statement will get: for labels of loops and blocks that jumps inside name.
    func reserve() -> StmtID {
        defer { next += 1 }
        return StmtID(next)
    }

    func s(_ id: StmtID, _ kind: StmtKind) -> Stmt { Stmt(id: id, kind, Builder.span, role: .local) }

    func set(_ place: Place, _ value: Expr) -> Stmt { s(.assign(place, .set, value)) }
    func add(_ place: Place, _ value: Expr) -> Stmt { s(.assign(place, .add, value)) }
    func ghost(_ place: Place, _ value: Expr) -> Stmt { s(.assign(place, .set, value)) }
    func bind(_ local: Int, _ value: Expr) -> Stmt { s(.bind(LocalID(local), value)) }
    func setLocal(_ local: Int, _ value: Expr) -> Stmt { s(.assignLocal(LocalID(local), [], .set, value)) }
    func lock(_ place: Place, _ mode: LockMode = .exclusive) -> Stmt { s(.lock(place, mode, nested: nil)) }
    func unlock(_ place: Place) -> Stmt { s(.unlock(place)) }
    func await(_ condition: Expr) -> Stmt { s(.await(condition)) }
    func atomic(_ body: [Stmt]) -> Stmt { s(.atomic(reason: "test", block(body))) }
    func either(_ branches: [[Stmt]]) -> Stmt { s(.either(branches.map { block($0) })) }
    func loop(_ body: [Stmt]) -> Stmt { s(.loop(atMost: nil, counter: nil, block(body))) }
    func call(_ handler: HandlerID, _ arguments: [Expr] = [], result: Int? = nil) -> Stmt {
        s(.call(handler, arguments, result: result.map { LocalID($0) }))
    }
    func commit(_ handler: HandlerID, _ arguments: [Expr] = []) -> Stmt { s(.commit(handler, arguments)) }
    func assert(_ name: String, _ condition: Expr) -> Stmt {
        s(.assert(name: name, condition))
    }
    func when(_ condition: Expr, _ first: [Stmt], _ second: [Stmt] = []) -> Stmt {
        s(.ifElse(condition, block(first), block(second)))
    }
    func block(_ statements: [Stmt]) -> Block { Block(statements, Builder.span) }

    // MARK: Places

    func at(_ variable: VariableID, _ indices: [Expr] = [], fields: [Int] = [], inner: [InnerField] = []) -> Place {
        var type = program[variable].type
        for field in fields {
            if case .record(let id) = type { type = program[id].fields[field].type }
        }
        for field in inner {
            switch (field, type) {
            case (.record(let number), .record(let id)): type = program[id].fields[number].type
            case (.payload(let index, let number), .enumeration(let id)):
                type = program[id].cases[index].payload[number].type
            case (.some, .optional(let wrapped)): type = wrapped
            default: break
            }
        }
        return Place(
            variable: variable, indices: indices, fields: fields, inner: inner, type: type, span: Builder.span)
    }

    func read(_ variable: VariableID, _ indices: [Expr] = [], fields: [Int] = []) -> Expr {
        let place = at(variable, indices, fields: fields)
        return Expr(.read(place, racy: false), place.type, Builder.span)
    }

    /// The program with the roles of its statements.
    var finished: Program {
        var result = program
        result.statementCount = next
        result.assignRoles()
        return result
    }
}

typealias SourceExpr = Expr
typealias SourceLocal = LocalID

extension Expr {
    static func value(_ value: Value, _ type: Type) -> Expr { Expr(.constant(value), type, Builder.span) }
    static func int(_ number: Int64) -> Expr { value(.int(number), .int) }
    static func bool(_ flag: Bool) -> Expr { value(.bool(flag), .bool) }
    static func local(_ number: Int, _ type: Type = .int) -> Expr { Expr(.local(LocalID(number)), type, Builder.span) }
    static func sibling(_ number: Int, _ type: Type) -> Expr { Expr(.sibling(number), type, Builder.span) }
    static func all(_ type: Type) -> Expr { Expr(.allOf(type), .set(type), Builder.span) }
    static func set(_ numbers: [Int64]) -> Expr {
        value(.set(of: numbers.map { .int($0) }), .set(.range(lower: 0, upper: 7, wraps: false)))
    }
    func op(_ operation: BinaryOperation, _ other: Expr, _ type: Type = .bool) -> Expr {
        Expr(.binary(operation, self, other), type, Builder.span)
    }
    func eq(_ other: Expr) -> Expr { op(.equal, other) }
    func plus(_ number: Int64) -> Expr { op(.add, .int(number), .int) }
    func matches(_ pattern: Pattern) -> Expr { Expr(.matches(self, pattern), .bool, Builder.span) }
}

let small = Type.range(lower: 0, upper: 3, wraps: false)

typealias SourceVariableNumber = VariableID

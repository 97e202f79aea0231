import Diagnostics
import Program

/// What no run of a configuration does because nothing writes a variable, or because a handler is given the same values by
/// all who call it. Folding leaves no trace of it, so no search can tell that it was not there.
///
/// What constants of the configuration switch off is not among it.
public struct SettledParts: Sendable {
    public struct Way: Hashable, Sendable {
        public let statement: Span
        /// As the ways out of a statement are counted: those of a condition are 0 where it holds, and 1.
        public let number: Int
    }

    public struct ClaimPremise: Sendable {
        public let property: String
        public let kind: PropertyKind
        public let span: Span
    }

    /// Ways that are never taken.
    public fileprivate(set) var ways: Set<Way> = []
    /// Statements that are never executed: each the first of a loop over nothing.
    public fileprivate(set) var statements: Set<Span> = []
    /// Premises that never hold.
    public fileprivate(set) var premises: [ClaimPremise] = []

    public init() {}

    /// Of a program that was not sliced. Costs as much as slicing.
    public init(of program: Program) {
        var early = program
        toFixpoint(&early) { foldBodies(&$0) }
        var late = early
        toFixpoint(&late) { program in
            foldBodies(&program)
            markConstants(&program)
        }
        self = SettledSearch(early, Folder(late)).parts
    }
}

/// Asks of each condition that the constants have left whether it can still have both values.
private struct SettledSearch {
    private let program: Program
    private let folder: Folder
    private(set) var parts = SettledParts()
    /// By handler: the arguments of each call, as far as they are constant.
    private var calls: [HandlerID: [[Value?]]] = [:]

    init(_ program: Program, _ folder: Folder) {
        self.program = program
        self.folder = folder
        let handlers = program.handlersReachable(from: program.processes.map(\.body))
        for process in program.processes { noteCalls(in: process.body, process.scope) }
        for id in handlers { noteCalls(in: program[id].body, program[id].scope) }
        for process in program.processes { search(process.body, [known(process.body, process.scope)]) }
        for id in handlers { search(program[id].body, contexts(of: id)) }
        for property in program.properties { search(property) }
    }

    private func known(_ body: Block, _ scope: Scope) -> Folder {
        var folder = folder
        folder.locals = constantLocals(of: body, scope)
        return folder
    }

    private mutating func noteCalls(in body: Block, _ scope: Scope) {
        let folder = known(body, scope)
        body.forEachStatement { statement in
            switch statement.kind {
            case .call(let id, let arguments, result: _), .commit(let id, let arguments):
                calls[id, default: []].append(arguments.map { folder.fold($0).constant })
            case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
                .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
                .atomic, .assert, .fail, .returnValue:
                break
            }
        }
    }

    /// One for each call, with what it gives.
    private func contexts(of id: HandlerID) -> [Folder] {
        let handler = program[id]
        return (calls[id] ?? []).map { arguments in
            var folder = known(handler.body, handler.scope)
            for (local, value) in zip(handler.scope.parameters, arguments) { folder.locals[local] = value }
            return folder
        }
    }

    private mutating func search(_ body: Block, _ contexts: [Folder]) {
        guard !contexts.isEmpty else { return }
        func settled(_ e: Expr) -> [Value?] { contexts.map { $0.fold(e).constant } }
        body.forEachStatement { statement in
            func bar(_ number: Int) { parts.ways.insert(.init(statement: statement.span, number: number)) }
            switch statement.kind {
            case .ifElse(let condition, _, _), .whileLoop(let condition, _), .guardElse(let condition, otherwise: _):
                let values = settled(condition)
                if values.allSatisfy({ $0 == .bool(false) }) { bar(0) }
                if values.allSatisfy({ $0 == .bool(true) }) { bar(1) }
            case .match(let subject, let arms):
                let taken = settled(subject).map { value in
                    value.flatMap { value in arms.firstIndex { FoldOperations.match(value, $0.pattern) != nil } }
                }
                guard !taken.contains(nil) else { return }
                for number in arms.indices where !taken.contains(number) { bar(number) }
            case .each(_, set: let set, todo: _, let body):
                guard contexts.allSatisfy({ $0.isEmpty($0.fold(set)) }) else { return }
                if let first = body.statements.first { parts.statements.insert(first.span) }
            case .choose(let binders, then: _, otherwise: .some):
                guard let set = binders.first?.set else { return }
                if contexts.allSatisfy({ $0.isEmpty($0.fold(set)) }) { bar(0) }
            case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .loop,
                .choose, .either, .await, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
                .returnValue:
                break
            }
        }
    }

    private mutating func search(_ property: Property) {
        switch property.kind {
        case .invariant(atRest: _, let conjuncts), .transition(let conjuncts):
            for premise in conjuncts.flatMap(\.premises) where folder.fold(premise.witnessed).isFalse {
                parts.premises.append(
                    .init(property: property.name, kind: property.kind, span: premise.span))
            }
        case .reachable, .progress: break
        }
    }
}

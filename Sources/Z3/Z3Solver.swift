// Unsafe code: contexts, solvers and models of libz3 are counted by hand.

import Foundation
import SMT

/// Z3, a context for each query: what was asked before changes no answer.
public struct Z3Solver: Solver, Sendable {
    private let library: Z3Library
    public var name: String { "Z3 \(library.version)" }

    /// In one shot: each query is simplified as a whole, turned into clauses, and given to the SAT solver. On unrolled
    /// models many times faster than the default solver.
    private static let tactics = [
        "simplify", "propagate-values", "solve-eqs", "elim-uncnstr", "simplify", "bit-blast", "sat",
    ]

    /// - Parameter memoryLimit: in bytes, of all queries of this process together.
    public init(_ library: Z3Library, memoryLimit: Int? = nil) {
        var library = library
        library.memoryLimit = memoryLimit
        self.library = library
    }

    public func incremental() -> (any IncrementalSolver)? {
        Z3Context(library).flatMap { Z3IncrementalSolver(library, $0) }
    }

    public func check(_ query: Query, _ limits: SolverLimits) -> Answer {
        guard let context = Z3Context(library) else { return .unknown(.memory) }
        guard let solver = context.solver(Self.tactics) else { return .unknown(context.problem) }
        defer { library.releaseSolver(context.pointer, solver) }
        query.text(isScript: false).withCString { library.assertText(context.pointer, solver, $0) }
        if context.hasFailed { return .unknown(context.problem) }
        return context.answer(of: solver, limits) { library.check(context.pointer, solver) }
    }
}

/// A context of libz3, and what it says went wrong.
final class Z3Context {
    private let library: Z3Library
    let pointer: OpaquePointer

    init?(_ library: Z3Library) {
        let configuration = library.makeConfiguration()
        defer { library.deleteConfiguration(configuration) }
        guard let pointer = library.makeContext(configuration) else { return nil }
        self.library = library
        self.pointer = pointer
        // Without a handler an error ends the process.
        library.setErrorHandler(pointer) { _, _ in }
    }

    deinit { library.deleteContext(pointer) }

    var hasFailed: Bool { library.errorCode(pointer) != 0 }

    var problem: UnknownReason {
        let text = library.errorMessage(pointer, library.errorCode(pointer)).map { String(cString: $0) } ?? "no reason"
        return Self.unknownReason(text)
    }

    private static func unknownReason(_ text: String) -> UnknownReason {
        if text.contains("memory") { return .memory }
        return text.contains("cancel") || text.contains("interrupt") ? .interrupted : .other(text)
    }

    /// What a solver answers to a question that is watched.
    func answer(of solver: OpaquePointer, _ limits: SolverLimits, _ ask: () -> Int32) -> Answer {
        let watch = InterruptWatch(self, limits)
        let answer = ask()
        if let stop = watch.end(), answer == 0 { return .unknown(stop) }
        if hasFailed { return .unknown(problem) }
        switch answer {
        case 1: return assignment(of: solver).map(Answer.satisfiable) ?? .unknown(problem)
        case -1: return .unsatisfiable
        default: return .unknown(reason(of: solver))
        }
    }

    func reason(of solver: OpaquePointer) -> UnknownReason {
        Self.unknownReason(library.reasonUnknown(pointer, solver).map { String(cString: $0) } ?? "no reason")
    }

    func solver(_ names: [String]) -> OpaquePointer? {
        let tactics = names.map { name in
            let tactic = library.makeTactic(pointer, name)
            library.retainTactic(pointer, tactic)
            return tactic
        }
        guard var all = tactics.last ?? nil else { return nil }
        for tactic in tactics.dropLast().reversed() {
            guard let joined = library.thenTactic(pointer, tactic, all) else { return nil }
            library.retainTactic(pointer, joined)
            all = joined
        }
        guard let solver = library.makeSolver(pointer, all) else { return nil }
        library.retainSolver(pointer, solver)
        return solver
    }

    /// The values of the model that makes the assertions true.
    func assignment(of solver: OpaquePointer) -> Assignment? {
        guard let model = library.model(pointer, solver) else { return nil }
        library.retainModel(pointer, model)
        defer { library.releaseModel(pointer, model) }
        var assignment = Assignment()
        for index in 0..<library.constantCount(pointer, model) {
            guard let declaration = library.constant(pointer, model, index),
                let name = library.symbolText(pointer, library.declarationName(pointer, declaration)),
                let value = library.interpretation(pointer, model, declaration)
            else { return nil }
            // Copied before the next call: the text belongs to the library.
            assignment.values[String(cString: name)] = number(value)
        }
        return hasFailed ? nil : assignment
    }

    private func number(_ value: OpaquePointer) -> UInt64 {
        switch library.truthValue(pointer, value) {
        case 1: return 1
        case -1: return 0
        default:
            var number: UInt64 = 0
            return library.numeral(pointer, value, &number) ? number : 0
        }
    }

    /// See ``Z3Library/keepsDeclarations``. The context is of no use afterwards.
    var refusesDeclarations: Bool {
        guard let solver = solver(["sat"]) else { return false }
        defer { library.releaseSolver(pointer, solver) }
        for _ in 0..<2 {
            "(declare-fun probe () Bool)(assert probe)".withCString { library.assertText(pointer, solver, $0) }
        }
        return hasFailed
    }

    func interrupt() { library.interrupt(pointer) }

    /// Whether the solver has more than it may have. Its own limit, `memory_max_size`, ends the process where it is met
    /// outside of a search.
    var isBeyondMemory: Bool {
        library.memoryLimit.map { library.allocated() > UInt64($0) } ?? false
    }
}

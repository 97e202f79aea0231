// Unsafe code: contexts, solvers and models of libz3 are counted by hand.

import SMT

/// A solver that turns what it is told into clauses as it comes, and keeps what it has learned.
///
/// The one for finite domains: the default solver is many times slower on such questions.
final class Z3IncrementalSolver: IncrementalSolver {
    private let library: Z3Library
    private let context: Z3Context
    private let solver: OpaquePointer
    private let truth: OpaquePointer?
    /// What must not be declared again.
    private var declared: Set<String> = []
    /// Terms of the context live as long as it does.
    private var variables: [String: OpaquePointer?] = [:]

    init?(_ library: Z3Library, _ context: Z3Context) {
        let logic = library.makeSymbol(context.pointer, "QF_FD")
        guard let solver = library.makeSolverForLogic(context.pointer, logic) else { return nil }
        library.retainSolver(context.pointer, solver)
        self.library = library
        self.context = context
        self.solver = solver
        truth = library.makeBoolSort(context.pointer)
    }

    deinit { library.releaseSolver(context.pointer, solver) }

    func add(_ query: Query) {
        let text = query.text(isScript: false, declared: declared)
        text.withCString { library.assertText(context.pointer, solver, $0) }
        if library.keepsDeclarations { declared.formUnion(query.variables) }
    }

    func check(assuming names: [String], _ limits: SolverLimits) -> Answer {
        if context.hasFailed { return .unknown(context.problem) }
        let assumptions = names.map { variable($0) }
        return context.answer(of: solver, limits) {
            assumptions.withUnsafeBufferPointer {
                library.checkAssuming(context.pointer, solver, UInt32($0.count), $0.baseAddress)
            }
        }
    }

    private func variable(_ name: String) -> OpaquePointer? {
        if let known = variables[name] { return known }
        let made = library.makeConstant(context.pointer, library.makeSymbol(context.pointer, name), truth)
        variables[name] = made
        return made
    }
}

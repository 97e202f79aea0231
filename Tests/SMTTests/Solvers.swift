import SMT
import Z3

enum Solvers {
    /// Nil where there is no libz3.
    static let z3: Z3Solver? = (try? Z3Library()).map { Z3Solver($0) }
}

import Diagnostics
import Foundation
import SMT
import Z3

/// Where a solver comes from.
enum SolverSupply {
    /// Z3, from where the system or FAULTLINE_LIBZ3 has it.
    ///
    /// - Parameter memoryLimit: in bytes.
    static func z3(memoryLimit: Int?) -> Result<any Solver, Diagnostic> {
        let path = ProcessInfo.processInfo.environment["FAULTLINE_LIBZ3"].flatMap { $0.isEmpty ? nil : $0 }
        do throws(Z3Library.Missing) {
            return .success(Z3Solver(try Z3Library(path: path), memoryLimit: memoryLimit))
        } catch {
            let way =
                path == nil
                ? "install it (Debian: apt-get install libz3-dev), or name its file in FAULTLINE_LIBZ3"
                : "FAULTLINE_LIBZ3 names it"
            return .failure(
                Diagnostic(
                    .noSolver, "this needs Z3, and its library can't be used: \(error.reason)", at: nil,
                    notes: [Note(way)]))
        }
    }
}

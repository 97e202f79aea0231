import Foundation
import SMT
import Synchronization

/// A solver whose questions are written down before they are asked: `spec.fl small 12.smt2`.
///
/// What can't be written is left out; the answers are the same. Questions that a solver is told bit by bit are not written.
final class SavingSolver: Solver {
    private let solver: any Solver
    private let folder: URL
    private let title: String
    private let count = Mutex(0)

    init(_ solver: any Solver, folder: URL, title: String) {
        self.solver = solver
        self.folder = folder
        self.title = title
    }

    var name: String { solver.name }

    func check(_ query: Query, _ limits: SolverLimits) -> Answer {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let name = "\(title.asFileName) \(number).smt2"
        try? Data(query.text().utf8).write(to: folder.appendingPathComponent(name))
        return solver.check(query, limits)
    }

    func incremental() -> (any IncrementalSolver)? { solver.incremental() }
}

extension String {
    /// In which no folder is named, and which is not hidden.
    var asFileName: String { split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "-") }
}

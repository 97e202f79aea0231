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
    private let numbers: QuestionNumbers

    init(_ solver: any Solver, folder: URL, title: String, _ numbers: QuestionNumbers) {
        (self.solver, self.folder, self.title, self.numbers) = (solver, folder, title, numbers)
    }

    var name: String { solver.name }

    func check(_ query: Query, _ limits: SolverLimits) -> Answer {
        let name = "\(title.asFileName) \(numbers.next(for: title)).smt2"
        try? Data(query.text().utf8).write(to: folder.appendingPathComponent(name))
        return solver.check(query, limits)
    }

    func incremental() -> (any IncrementalSolver)? { solver.incremental() }
}

/// How many questions were written, by title: solvers that are made one after the other for the same run go on counting.
final class QuestionNumbers: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func next(for title: String) -> Int {
        counts.withLock { counts in
            counts[title, default: 0] += 1
            return counts[title, default: 0]
        }
    }
}

extension String {
    /// In which no folder is named, and which is not hidden.
    var asFileName: String { split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "-") }
}

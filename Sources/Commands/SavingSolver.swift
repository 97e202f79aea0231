import Diagnostics
import Foundation
import SMT
import Synchronization

/// A solver whose questions are written down before they are asked.
///
/// The answers are the same whatever can be written. Questions that a solver is told bit by bit are not written.
final class SavingSolver: Solver {
    private let solver: any Solver
    private let title: String
    private let questions: SavedQuestions

    init(_ solver: any Solver, title: String, _ questions: SavedQuestions) {
        (self.solver, self.title, self.questions) = (solver, title, questions)
    }

    var name: String { solver.name }

    func check(_ query: Query, _ limits: SolverLimits) -> Answer {
        var saved = query
        saved.comments = [title] + query.comments
        questions.save(saved.text(), of: title)
        return solver.check(query, limits)
    }

    func incremental() -> (any IncrementalSolver)? { solver.incremental() }
}

/// A folder with the questions of runs, numbered by run: `spec.fl small 12.smt2`. Solvers that are made one after the other
/// for the same run go on counting.
final class SavedQuestions: Sendable {
    private let folder: OutputFolder
    private let state = Mutex<(counts: [String: Int], problem: Diagnostic?)>(([:], nil))

    init(in folder: OutputFolder) { self.folder = folder }

    func save(_ text: String, of title: String) {
        let number = state.withLock { state in
            state.counts[title, default: 0] += 1
            return state.counts[title, default: 0]
        }
        let stem = "\(title.asFileName) "
        // Those of an earlier run would be taken for some of this one.
        if number == 1 { folder.removeFiles { $0.isNumbered(from: stem, to: ".smt2") } }
        guard let problem = folder.write(text, to: "\(stem)\(number).smt2") else { return }
        state.withLock { state in state.problem = state.problem ?? problem }
    }

    /// That questions could not be written: the first of them.
    var problems: [Diagnostic] { state.withLock { $0.problem.map { [$0] } ?? [] } }

    var isEmpty: Bool { state.withLock { $0.counts.isEmpty } }
}

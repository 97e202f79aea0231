import Diagnostics
import Exploration

extension DiskProblem {
    /// The cause, in a sentence.
    var words: String {
        switch cause {
        case .full: "the disk is full, or what may be used of it"
        case .refused(let reason): reason
        case .ended: "the search was ended"
        case .damaged(let what): "what was written can't be read back: \(what)"
        }
    }

    /// Why a search was not saved.
    var notSaved: Diagnostic {
        Diagnostic(
            .notSaved, "the search could not be saved: \(words)", at: nil, severity: .warning,
            notes: [Note("the file is \(path)"), Note("what was saved before is still good")])
    }

    /// Why a search could not go on with its states on disk.
    var diagnostic: Diagnostic {
        Diagnostic(
            .noDisk, "memory is at its limit, and states can't be kept on disk: \(words)", at: nil, severity: .warning,
            notes: (path.isEmpty ? [] : [Note("the file is \(path)")]) + [
                Note("--spill names another folder, --max-disk allows more, --max-memory gives the search more memory")
            ])
    }
}

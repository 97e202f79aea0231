import Diagnostics
import Exploration

extension DiskProblem {
    /// Why a search could not go on with its states on disk.
    var diagnostic: Diagnostic {
        let cause: String
        switch self.cause {
        case .full: cause = "the disk is full, or what may be used of it"
        case .refused(let reason): cause = reason
        case .damaged(let what): cause = "what was written can't be read back: \(what)"
        }
        return Diagnostic(
            .noDisk, "memory is at its limit, and states can't be kept on disk: \(cause)", at: nil, severity: .warning,
            notes: (path.isEmpty ? [] : [Note("the file is \(path)")]) + [
                Note("--spill names another folder, --max-disk allows more, --max-memory gives the search more memory")
            ])
    }
}

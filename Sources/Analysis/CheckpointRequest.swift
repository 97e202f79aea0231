import Diagnostics
import Exploration
import Foundation
import Model
import NativeCode

/// Where searches are saved, each in a folder of its own below this one.
public struct CheckpointRequest: Sendable {
    public var folder: URL
    /// The least time between two savings.
    public var every: Duration
    /// Whether to go on with what is there; otherwise there must be nothing.
    public var resumes: Bool
    /// Of the program: another one may keep states otherwise.
    public var version: String
    /// Bytes; nil for all that is free.
    public var diskLimit: Int?

    public init(folder: URL, every: Duration, resumes: Bool, version: String, diskLimit: Int?) {
        self.folder = folder
        self.every = every
        self.resumes = resumes
        self.version = version
        self.diskLimit = diskLimit
    }

    /// For one search.
    ///
    /// - Throws: a diagnostic, where there is one already that must not be lost, or one that can't be gone on with.
    func open(_ code: ModelCode, _ search: SearchOptions) throws(Diagnostic) -> Checkpoint {
        let identity = code.digest(
            with: "\(version) \(search.property ?? "") \(search.usesSymmetry) \(search.usesPartialOrder)")
        let folder = folder.appendingPathComponent(String(identity.prefix(16)), isDirectory: true)
        let exists = Checkpoint.exists(in: folder)
        if exists, !resumes {
            throw Diagnostic(
                .badCheckpoint, "there is a checkpoint of this search already", at: nil,
                notes: [Note("it is in \(folder.path)"), Note("--resume goes on with it; remove it to begin anew")])
        }
        do throws(CheckpointProblem) {
            if exists {
                return try Checkpoint(
                    existing: folder, identity: identity, width: code.wordCount, every: every, diskLimit: diskLimit,
                    isCancelled: search.isCancelled)
            }
            return try Checkpoint(
                new: folder, identity: identity, width: code.wordCount, every: every, diskLimit: diskLimit)
        } catch {
            throw error.diagnostic
        }
    }
}

extension CheckpointProblem {
    fileprivate var diagnostic: Diagnostic {
        switch self {
        case .disk(let problem):
            switch problem.cause {
            case .damaged(let what): return damaged(problem.path, what)
            case .full, .refused, .ended:
                return Diagnostic(
                    .badCheckpoint, "the checkpoint can't be used: \(problem.words)", at: nil,
                    notes: [Note("the file is \(problem.path)")])
            }
        case .inUse(let path):
            return Diagnostic(
                .badCheckpoint, "another run uses this checkpoint", at: nil,
                notes: [Note("the folder is \(path)"), Note("wait for it, or name another folder")])
        case .damaged(let path): return damaged(path, "its checksum is wrong")
        case .otherFormat(let path):
            return Diagnostic(
                .badCheckpoint, "the checkpoint was written by another version of faultline", at: nil,
                notes: [
                    Note("the file is \(path)"), Note("go on with that version, or remove the folder to begin anew"),
                ])
        case .otherSearch(let path):
            return Diagnostic(
                .badCheckpoint, "the checkpoint belongs to another search", at: nil,
                notes: [Note("the folder is \(path)"), Note("remove it to begin anew")])
        }
    }

    private func damaged(_ path: String, _ what: String) -> Diagnostic {
        Diagnostic(
            .badCheckpoint, "the checkpoint is damaged: \(what)", at: nil,
            notes: [Note("the file is \(path)"), Note("remove the folder to begin the search anew")])
    }
}

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
    /// - Parameter name: of the configuration, for people.
    /// - Throws: a diagnostic, where there is one already that must not be lost, or one that can't be gone on with.
    func open(_ code: ModelCode, _ search: SearchOptions, of name: String) throws(Diagnostic) -> Checkpoint {
        let identity = code.digest(
            with: "\(version) \(search.property ?? "") \(search.usesSymmetry) \(search.usesPartialOrder)")
        let folder = folder.appendingPathComponent(String(identity.prefix(16)), isDirectory: true)
        let exists = Checkpoint.exists(in: folder)
        if exists, !resumes {
            throw Diagnostic(
                .badCheckpoint, "there is a checkpoint of this search already", at: nil,
                notes: [
                    Note("it is that of \(name), in \(folder.path)"),
                    Note("--resume goes on with it; remove it to begin anew"),
                ])
        }
        do throws(CheckpointProblem) {
            if exists {
                return try Checkpoint(
                    existing: folder, identity: identity, name: name, width: code.wordCount, every: every,
                    diskLimit: diskLimit, isCancelled: search.isCancelled)
            }
            return try Checkpoint(
                new: folder, identity: identity, name: name, width: code.wordCount, every: every,
                diskLimit: diskLimit)
        } catch {
            throw error.diagnostic(of: name)
        }
    }

    /// What is said where there is nothing to go on with.
    ///
    /// - Parameter saved: whose searches were saved there before this one; nil for those that do not say.
    func begunAnew(_ name: String, saved: [String?]) -> Diagnostic {
        let others = Set(saved.compactMap(\.self)).subtracting([name]).sorted()
        var notes = [Note("the folder is \(folder.relativePath)")]
        if saved.isEmpty {
            notes.append(Note("no search is saved there; one that has its verdict is removed"))
        } else if saved.contains(name) {
            notes.append(
                Note(
                    "what is saved there of \(name) is of another text, of other options or of another version of faultline"
                ))
        } else if !others.isEmpty {
            let more = others.count > 3 ? ", and others" : ""
            notes.append(Note("saved there: \(others.prefix(3).joined(separator: ", "))\(more)"))
        }
        return Diagnostic(
            .badCheckpoint, "nothing is saved that --resume could go on with, so the search of \(name) has begun anew",
            at: nil, severity: .warning, notes: notes)
    }
}

extension CheckpointProblem {
    /// - Parameter name: of the configuration whose search it is.
    fileprivate func diagnostic(of name: String) -> Diagnostic {
        let (message, notes) = words
        return Diagnostic(
            .badCheckpoint, message, at: nil, notes: [Note("the search is that of \(name)")] + notes.map { Note($0) })
    }

    private var words: (message: String, notes: [String]) {
        switch self {
        case .disk(let problem):
            switch problem.cause {
            case .damaged(let what): return damaged(problem.path, what)
            case .full, .refused, .ended:
                return ("the checkpoint can't be used: \(problem.words)", ["the file is \(problem.path)"])
            }
        case .inUse(let path):
            return (
                "another run uses this checkpoint",
                ["the folder is \(path)", "wait for it, or name another folder"]
            )
        case .damaged(let path): return damaged(path, "its checksum is wrong")
        case .otherFormat(let path):
            return (
                "the checkpoint was written by another version of faultline",
                ["the file is \(path)", "go on with that version, or remove the folder to begin anew"]
            )
        case .otherSearch(let path):
            return ("the checkpoint belongs to another search", ["the folder is \(path)", "remove it to begin anew"])
        }
    }

    private func damaged(_ path: String, _ what: String) -> (message: String, notes: [String]) {
        (
            "the checkpoint is damaged: \(what)",
            ["the file is \(path)", "remove the folder to begin the search anew"]
        )
    }
}

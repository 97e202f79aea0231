import Diagnostics
import Foundation

/// The program `git`, run in a folder. It reads; nothing here changes a repository.
struct Git {
    let folder: URL
    /// Where programs are looked for and what they are told; for tests.
    var environment = ProcessInfo.processInfo.environment

    struct Output {
        let status: Int32
        let bytes: Data
        /// The first line of what went to standard error.
        let complaint: String
    }

    /// Runs a command to its end. Throws FL0610 where there is no git.
    func run(_ arguments: [String]) throws(Diagnostic) -> Output {
        guard let output = answer(arguments) else { throw Self.missing }
        return output
    }

    /// Runs a command to its end; nil where there is no git.
    func answer(_ arguments: [String]) -> Output? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder.path] + arguments
        // A hook of git has these for its own repository, and relative to another folder.
        let ofHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"]
        process.environment = environment.filter { !ofHooks.contains($0.key) }
            .merging(["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch { return nil }
        let complaints = PipeReader(errors)
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = String(decoding: complaints.wait(), as: UTF8.self)
        process.waitUntilExit()
        // What `env` says of a program that it does not find.
        if process.terminationStatus == 127 { return nil }
        return Output(
            status: process.terminationStatus, bytes: bytes,
            complaint: complaint.split(separator: "\n").first.map(String.init) ?? "")
    }

    private static let missing = Diagnostic(
        .noGit, "`git` can't be run, and a revision was asked for", at: nil,
        notes: [Note("compare two files instead: faultline diff OLD.fl NEW.fl")])
}

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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder.path] + arguments
        process.environment = environment.merging(["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch { throw Self.missing }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // What `env` says of a program that it does not find.
        if process.terminationStatus == 127 { throw Self.missing }
        return Output(
            status: process.terminationStatus, bytes: bytes,
            complaint: complaint.split(separator: "\n").first.map(String.init) ?? "")
    }

    private static let missing = Diagnostic(
        .noGit, "`git` can't be run, and a revision was asked for", at: nil,
        notes: [Note("compare two files instead: faultline diff OLD.fl NEW.fl")])
}

import Diagnostics
import Foundation

/// The folder that is attached to a bug report.
struct DiagnosticBundle {
    private let folder: URL

    /// Makes the folder.
    init(folder path: String) throws(Diagnostic) {
        folder = URL(fileURLWithPath: path)
        guard !FileManager.default.fileExists(atPath: folder.path) else {
            throw Diagnostic(.cannotWrite, "there is a `\(path)` already; `--output` names another folder", at: nil)
        }
        try Self.writing(path) { [folder] in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
    }

    func add(_ name: String, _ text: String) throws(Diagnostic) { try add(name, Array(text.utf8)) }

    /// Names that lead out of the folder are kept inside.
    func add(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
        let parts = name.split(separator: "/").map { $0 == ".." ? "up" : $0 == "." ? "here" : $0 }
        let file = folder.appendingPathComponent(parts.joined(separator: "/"))
        try Self.writing(file.path) {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
    }

    /// Runs this program with other arguments, and keeps what it prints and how it ends.
    func run(_ arguments: [String]) throws(Diagnostic) {
        guard let executable = Bundle.main.executableURL else {
            throw Diagnostic(.cannotRead, "the executable of this program is not known", at: nil)
        }
        try add("stdout.txt", "")
        try add("stderr.txt", "")
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try Self.writing(folder.path) { [folder] in
            process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("stdout.txt"))
            process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent("stderr.txt"))
            // Ctrl-C reaches the command itself, which then ends in its own way.
            signal(SIGINT, SIG_IGN)
            try process.run()
        }
        process.waitUntilExit()
        let seconds = (ContinuousClock.now - start).components.seconds
        let ended: String =
            switch process.terminationReason {
            case .exit: "status \(process.terminationStatus)"
            case .uncaughtSignal: "killed by signal \(process.terminationStatus)"
            @unknown default: "ended with \(process.terminationStatus)"
            }
        try add("status.txt", "\(ended) after \(seconds) s\n")
    }

    private static func writing(_ path: String, _ body: () throws -> Void) throws(Diagnostic) {
        do { try body() } catch {
            throw Diagnostic(.cannotWrite, "`\(path)` can't be written: \(error.reason)", at: nil)
        }
    }
}

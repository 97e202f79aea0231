import Foundation
import Synchronization
import Testing

/// The executable that was built with the tests, run as a user runs it.
struct Faultline {
    /// What a run left behind.
    struct Run {
        let status: Int32
        let out: String
        let err: String

        /// All diagnostic codes on standard error, in their order.
        var codes: [String] { err.matches(of: /(?:error|warning)\[(FL\d{4})\]/).map { String($0.1) } }
    }

    /// The executable was not built, or never ended.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The one that `FAULTLINE_EXECUTABLE` names (`make test` names the optimised one), else the one beside the test
    /// bundle.
    static func executable() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["FAULTLINE_EXECUTABLE"] {
            return URL(fileURLWithPath: path, relativeTo: Repository.root).absoluteURL
        }
        let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
        let programs = [Bundle.main.executableURL, CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }]
        for place in programs.compactMap({ $0 }) + bundles {
            var folder = place.resolvingSymlinksInPath()
            // A bundle may be a folder with the program deep inside.
            for _ in 0..<4 {
                folder.deleteLastPathComponent()
                let candidate = folder.appendingPathComponent("faultline")
                if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath {
                    return candidate
                }
            }
        }
        throw Failure(description: "there is no `faultline` beside the test bundle")
    }

    private static let starting = Mutex(())

    /// Runs it to its end in a folder; standard input is closed. `whileRunning` gets the process id.
    static func run(
        _ arguments: [String], in folder: URL = Repository.root, environment: [String: String] = [:],
        executable: URL? = nil, whileRunning: (Int32) -> Void = { _ in }
    ) throws -> Run {
        let temporary = try TemporaryFolder()
        let out = try temporary.write("out", "")
        let err = try temporary.write("err", "")
        let process = Process()
        process.executableURL = try executable ?? Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var values = ProcessInfo.processInfo.environment.filter { !["NO_COLOR", "TERM"].contains($0.key) }
        values["TERM"] = "xterm-256color"
        process.environment = values.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        // Foundation's own bookkeeping of processes is not made for several threads: it has crashed.
        try starting.withLock { _ in try process.run() }
        whileRunning(process.processIdentifier)
        let deadline = ContinuousClock.now + .seconds(600)
        while process.isRunning {
            guard ContinuousClock.now < deadline else {
                process.terminate()
                throw Failure(description: "`faultline \(arguments.joined(separator: " "))` does not end")
            }
            usleep(2000)
        }
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return try withExtendedLifetime(temporary) {
            Run(
                status: status, out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
                err: String(decoding: try Data(contentsOf: err), as: UTF8.self))
        }
    }

    /// Keeps the folder until the end of the run.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, executable: URL? = nil, below path: String = "."
    ) throws -> Run {
        try withExtendedLifetime(folder) {
            try run(arguments, in: folder.url.appendingPathComponent(path), executable: executable)
        }
    }

    /// Runs a command on a spec of this text.
    static func run(_ command: String, on text: String, _ more: [String] = []) throws -> Run {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", text)
        return try run([command, "a.fl"] + more, in: folder)
    }

    /// Runs a line of a shell in which `faultline` is the executable.
    static func shell(_ script: String, in folder: URL = Repository.root) throws -> Run {
        let path = try executable().path.replacingOccurrences(of: "'", with: "'\\''")
        return try run(
            ["-c", "faultline() { '\(path)' \"$@\"; }\n" + script], in: folder,
            executable: URL(fileURLWithPath: "/bin/bash"))
    }

    /// Keeps the folder until the end of the run.
    static func shell(_ script: String, in folder: TemporaryFolder) throws -> Run {
        try withExtendedLifetime(folder) { try shell(script, in: folder.url) }
    }
}

enum Repository {
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}

/// A folder that lives as long as this value.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("faultline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Creates the folders on the way.
    @discardableResult
    func write(_ path: String, _ bytes: some Sequence<UInt8>) throws -> URL {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    @discardableResult
    func write(_ path: String, _ text: String) throws -> URL { try write(path, text.utf8) }

    func read(_ path: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
    }

    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Faultline.Run {
        try withExtendedLifetime(self) { try Faultline.run(arguments, in: url, environment: environment) }
    }
}

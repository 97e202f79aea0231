import Foundation

/// Specs in a folder, and a cache of their own.
struct SuiteFolder {
    let folder: TemporaryFolder

    var url: URL { folder.url }

    init(_ specs: [String: String] = ["specs/good.fl": Samples.good, "specs/violated.fl": Samples.violated]) throws {
        folder = try TemporaryFolder()
        for (path, text) in specs { try folder.write(path, text) }
    }

    /// `faultline test`, by default of all specs and with a cache in the folder.
    func test(
        _ arguments: String..., paths: [String] = ["specs"], environment: [String: String] = [:]
    ) throws -> Faultline.Run {
        let values = ["XDG_CACHE_HOME": url.appendingPathComponent("xdg").path].merging(environment) { $1 }
        return try withExtendedLifetime(folder) {
            try Faultline.run(["test"] + arguments + paths, in: url, environment: values)
        }
    }

    func change(_ path: String, _ old: String, to new: String) throws {
        try folder.write(path, try folder.read(path).replacing(old, with: new))
    }

    /// Entries of a cache.
    func entries(_ cache: String) -> [URL] {
        let folder = url.appendingPathComponent(cache)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".search") }.sorted().map { folder.appendingPathComponent($0) }
    }

    /// Runs git; its output.
    @discardableResult
    func git(_ arguments: String...) throws -> String {
        let who = ["-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-c", "init.defaultBranch=main"]
        let run = try Faultline.run(
            ["git"] + who + arguments, in: url, executable: URL(fileURLWithPath: "/usr/bin/env"))
        guard run.status == 0 else { throw Faultline.Failure(description: "git \(arguments): \(run.err)") }
        return run.out
    }

    func commit() throws {
        try git("add", "-A")
        try git("commit", "-q", "-m", "specs")
    }
}

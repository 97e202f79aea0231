import Diagnostics
import Foundation

/// A folder that a command writes files to.
struct OutputFolder: Sendable {
    let url: URL

    init(_ path: String) { url = URL(fileURLWithPath: path, isDirectory: true) }

    private init(_ url: URL) { self.url = url }

    /// Named by the title of a run.
    func folder(of title: String) -> OutputFolder {
        OutputFolder(url.appendingPathComponent(title.asFileName, isDirectory: true))
    }

    /// Why it can't be there; nil where it is.
    func create() -> Diagnostic? {
        problem(with: url) { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    }

    func write(_ text: String, to name: String) -> Diagnostic? {
        let file = url.appendingPathComponent(name)
        return problem(with: file) { try Data(text.utf8).write(to: file) }
    }

    /// Those of an earlier run. What can't be removed is told when it is written anew.
    func removeFiles(where isOld: (_ name: String) -> Bool) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] where isOld(name) {
            let file = url.appendingPathComponent(name)
            guard (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true else { continue }
            try? FileManager.default.removeItem(at: file)
        }
    }

    private func problem(with place: URL, _ action: () throws -> Void) -> Diagnostic? {
        do { try action() } catch {
            return Diagnostic(.cannotWrite, "`\(place.relativePath)` can't be written: \(error.reason)", at: nil)
        }
        return nil
    }
}

extension String {
    /// In which no folder is named, and which is not hidden.
    var asFileName: String { split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "-") }

    /// Whether only a number stands between a beginning and an end.
    func isNumbered(from start: String, to end: String) -> Bool {
        guard hasPrefix(start), hasSuffix(end), count > start.count + end.count else { return false }
        return dropFirst(start.count).dropLast(end.count).allSatisfy(\.isNumber)
    }
}

import Diagnostics
import Foundation

/// The files that the paths of a command line stand for: files as given, folders with all that is below them.
struct SpecDiscovery {
    private let suffix: String
    private(set) var files: [String] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(_ paths: [String], suffix: String = ".fl") {
        self.suffix = suffix
        for path in paths { add(path) }
    }

    private mutating func add(_ path: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            diagnostics.append(Diagnostic(.cannotRead, "there is no file or folder `\(path)`", at: nil))
            return
        }
        guard isFolder.boolValue else {
            if files.contains(path) { return }
            files.append(path)
            return
        }
        let found = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(suffix) && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }.sorted()
        if found.isEmpty {
            diagnostics.append(Diagnostic(.cannotRead, "there is no `\(suffix)` file in `\(path)`", at: nil))
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        files += found.map { prefix + $0 }.filter { !files.contains($0) }
    }
}

/// Reads a file, or says why not.
func readSource(_ path: String) -> Result<SourceText, Diagnostic> {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        return .failure(Diagnostic(.cannotRead, "there is no file `\(path)`", at: nil))
    }
    guard !isFolder.boolValue else {
        return .failure(Diagnostic(.cannotRead, "`\(path)` is a folder", at: nil))
    }
    do {
        return .success(SourceText(name: path, utf8: Array(try Data(contentsOf: URL(fileURLWithPath: path)))))
    } catch {
        return .failure(
            Diagnostic(.cannotRead, "`\(path)` can't be read: \(error.localizedDescription)", at: nil))
    }
}

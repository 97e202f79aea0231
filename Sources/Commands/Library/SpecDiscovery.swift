import Diagnostics
import Foundation

/// The files that the paths of a command line stand for: files as given, folders with all that is below them.
struct SpecDiscovery {
    private let suffix: String
    private(set) var files: [String] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Absolute paths of ``files``: a file may be named in several ways.
    private var places: Set<String> = []

    init(_ paths: [String], suffix: String = ".fl") {
        self.suffix = suffix
        for path in paths { add(path) }
    }

    private mutating func add(_ path: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            diagnostics.append(Diagnostic(.cannotRead, "there is no file or folder `\(path)`", at: nil))
            return
        }
        guard isDirectory(path) else { return list(path) }
        // The enumerator does not enter a folder that is given as a symbolic link.
        let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let found = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(suffix) && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .filter { !isDirectory("\(folder)/\($0)") }.sorted()
        if found.isEmpty {
            diagnostics.append(Diagnostic(.cannotRead, "there is no `\(suffix)` file in `\(path)`", at: nil))
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        for name in found { list(prefix + name) }
    }

    private mutating func list(_ file: String) {
        if places.insert(URL(fileURLWithPath: file).standardizedFileURL.path).inserted { files.append(file) }
    }
}

private func isDirectory(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// The one name of a file: absolute, without `.`, `..`, and symbolic links.
func filePlace(_ path: String) -> String {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    return url.deletingLastPathComponent().resolvingSymlinksInPath().appendingPathComponent(url.lastPathComponent)
        .resolvingSymlinksInPath().path
}

/// Reads a file, or says why not. Pipes and devices are refused: a device may never end.
func readSource(_ path: String) -> Result<SourceText, Diagnostic> {
    func failure(_ message: String) -> Result<SourceText, Diagnostic> {
        .failure(Diagnostic(.cannotRead, message, at: nil))
    }
    guard FileManager.default.fileExists(atPath: path) else { return failure("there is no file `\(path)`") }
    guard !isDirectory(path) else { return failure("`\(path)` is a folder") }
    let url = URL(fileURLWithPath: path)
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    if let type = attributes?[.type] as? FileAttributeType, type != .typeRegular {
        return failure("`\(path)` is a pipe or a device; write its text to a file first")
    }
    do {
        return .success(SourceText(name: path, utf8: Array(try Data(contentsOf: url))))
    } catch {
        return failure("`\(path)` can't be read: \(error.reason)")
    }
}

import Diagnostics
import Foundation
import Semantics

/// Finds the file of a module: from the folder of the root file upwards, then in the tool's own library.
struct ModuleLibrary: ModuleSource {
    /// The folder of the root file.
    let start: URL
    let environment: InstalledLibrary

    func text(ofModule module: String) -> SourceText? {
        let relative = module.split(separator: ".").joined(separator: "/") + ".fl"
        for folder in ancestors(of: start) {
            if let text = read(folder.appendingPathComponent(relative), as: relative) { return text }
        }
        guard let root = environment.folder else { return nil }
        return read(root.appendingPathComponent(relative), as: relative)
    }

    /// The file in which a module was found, by the name that its source has.
    func location(of relative: String) -> String? {
        (ancestors(of: start) + [environment.folder].compactMap { $0 })
            .map { $0.appendingPathComponent(relative) }
            .first { FileManager.default.fileExists(atPath: $0.path) }?.path
    }

    private func ancestors(of folder: URL) -> [URL] {
        var result: [URL] = []
        var current = folder.standardizedFileURL
        while result.count < 64 {
            result.append(current)
            let parent = current.deletingLastPathComponent().standardizedFileURL
            if parent.path == current.path { break }
            current = parent
        }
        return result
    }

    private func read(_ url: URL, as name: String) -> SourceText? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        return SourceText(name: name, utf8: Array(data))
    }
}

/// Where the modules that come with the tool lie: `../share/faultline/specs` from the binary, or the `specs` folder
/// of the source tree that the binary was built in.
struct InstalledLibrary: Sendable {
    let folder: URL?

    init(executable: URL? = Bundle.main.executableURL) {
        guard let executable else {
            folder = nil
            return
        }
        var candidates: [URL] = []
        var current = executable.resolvingSymlinksInPath().deletingLastPathComponent()
        candidates.append(current.deletingLastPathComponent().appendingPathComponent("share/faultline/specs"))
        for _ in 0..<6 {
            candidates.append(current.appendingPathComponent("specs"))
            current = current.deletingLastPathComponent()
        }
        folder = candidates.first {
            FileManager.default.fileExists(atPath: $0.appendingPathComponent("std").path)
        }
    }
}

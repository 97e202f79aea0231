import Anchors
import Foundation

/// A source tree in a folder.
struct FolderTree: SourceTree {
    let root: URL

    /// Paths that lead out of the tree have no file.
    private func url(_ file: String) -> URL? {
        let isInside = !file.hasPrefix("/") && !file.split(separator: "/").contains("..")
        return isInside ? root.appendingPathComponent(file) : nil
    }

    func bytes(of file: String) -> [UInt8]? {
        guard let url = url(file), let data = try? Data(contentsOf: url) else { return nil }
        return Array(data)
    }

    func neighbours(of file: String) -> [String] {
        guard let folder = url(file)?.deletingLastPathComponent() else { return [] }
        let parent = file.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".c") || $0.hasSuffix(".h") }.sorted().map { parent + $0 }
            .filter { $0 != file }
    }
}

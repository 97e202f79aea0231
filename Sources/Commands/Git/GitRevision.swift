import Diagnostics
import Foundation
import Semantics

/// The files of a repository as of one revision.
struct GitRevision {
    private let git: Git
    /// As it was given.
    let name: String
    /// From the top of the repository to the folder of ``git``: `specs/linux/`, or nothing.
    private let prefix: String

    /// Throws FL0610 to FL0612 where there is no git, no repository, or no such revision.
    init(_ name: String, _ git: Git) throws(Diagnostic) {
        self.git = git
        self.name = name
        let prefix = try git.run(["rev-parse", "--show-prefix"])
        guard prefix.status == 0 else {
            throw Diagnostic(
                .noRepository, "`\(git.folder.path)` is in no git repository, and revision `\(name)` was asked for",
                at: nil, notes: prefix.complaint.isEmpty ? [] : [Note("git says: \(prefix.complaint)")])
        }
        self.prefix = String(decoding: prefix.bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
        let commit = try git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"])
        guard commit.status == 0 else {
            throw Diagnostic(
                .unknownRevision, "there is no revision `\(name)`", at: nil,
                notes: [Note("a shallow clone has few of them: `git fetch` brings more")])
        }
    }

    /// From the top of the repository to a file: names that begin with `./` or `../` begin at the folder of ``git``.
    func place(of path: String, isHere: Bool = false) -> String {
        let isRelative = isHere || path.hasPrefix("./") || path.hasPrefix("../")
        var parts: [Substring] = []
        for part in ((isRelative ? prefix : "") + path).split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The bytes of a file, given from the top of the repository; nil where there is none.
    func bytes(of place: String) throws(Diagnostic) -> [UInt8]? {
        let output = try git.run(["cat-file", "blob", "\(name):\(place)"])
        return output.status == 0 ? Array(output.bytes) : nil
    }
}

/// Finds the file of a module as of a revision: from the folder of the root file upwards, then in the tool's own
/// library.
struct RevisionModules: ModuleSource {
    let revision: GitRevision
    /// The root file, from the top of the repository.
    let root: String
    let environment: InstalledLibrary

    func text(ofModule module: String) -> SourceText? {
        let relative = module.split(separator: ".").joined(separator: "/") + ".fl"
        var folders = root.split(separator: "/").dropLast()
        while true {
            let place = (folders + [Substring(relative)]).joined(separator: "/")
            // That git can be run is known: it has read the root file.
            if let bytes = try? revision.bytes(of: place) { return SourceText(name: relative, utf8: bytes) }
            if folders.popLast() == nil { break }
        }
        guard let folder = environment.folder,
            let data = try? Data(contentsOf: folder.appendingPathComponent(relative))
        else { return nil }
        return SourceText(name: relative, utf8: Array(data))
    }
}

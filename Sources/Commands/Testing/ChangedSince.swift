import Diagnostics
import Foundation

/// What has changed between a revision and the files as they are now.
///
/// A file that git does not know has changed. A spec has changed where its file, that of one of its modules, or a file
/// that would be found instead of one of them was changed, added or deleted. Modules that come with the tool change
/// only with the tool.
struct ChangedSince: Sendable {
    fileprivate struct Changes: Sendable {
        let git: GitWorkTree
        let changed: Set<String>
        let deleted: Set<String>
        let tracked: Set<String>
    }

    private let library: InstalledLibrary
    private var repositories: [Changes] = []
    /// Paths of the command line that are not there any more.
    private(set) var gone: Set<String> = []
    /// Of specs that were deleted.
    private(set) var warnings: [Diagnostic] = []

    /// - Parameter paths: of the command line.
    /// - Throws: a diagnostic, where git can't tell.
    init(_ revision: String, paths: [String], _ library: InstalledLibrary) throws(Diagnostic) {
        self.library = library
        do throws(GitWorkTree.Problem) {
            for path in paths {
                let place = Self.resolved(path)
                if repositories.contains(where: { $0.relative(place) != nil }) { continue }
                let git = try GitWorkTree(containing: Self.existingFolder(place))
                let commit = try git.commit(revision)
                repositories.append(
                    Changes(
                        git: git, changed: try git.changes(since: commit),
                        deleted: try git.changes(since: commit, filter: "D"), tracked: try git.tracked()))
            }
        } catch { throw error.diagnostic }
        noteDeleted(below: paths, since: revision)
    }

    private mutating func noteDeleted(below paths: [String], since revision: String) {
        var said: Set<String> = []
        for path in paths {
            let place = Self.resolved(path)
            for changes in repositories {
                guard let relative = changes.relative(place) else { continue }
                let below = changes.deleted.filter {
                    $0.hasSuffix(".fl") && (relative.isEmpty || $0 == relative || $0.hasPrefix(relative + "/"))
                }
                if !below.isEmpty, SpecDiscovery([path]).files.isEmpty { gone.insert(path) }
                for name in below.sorted() where said.insert(name).inserted {
                    warnings.append(
                        Diagnostic(
                            .unknownChanges, "`\(name)` was deleted since `\(revision)`", at: nil, severity: .warning))
                }
            }
        }
    }

    func isChanged(_ path: String, _ spec: LoadedSpec) -> Bool {
        isChanged(path) || spec.modulePlaces.contains { isChanged($0.path) }
    }

    private func isChanged(_ path: String) -> Bool {
        // A symbolic link changes by itself, or by what it leads to.
        let link = Self.resolved(path)
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return Set([link, target]).contains { place in
            let isThere = FileManager.default.fileExists(atPath: place)
            guard let changes = repositories.first(where: { $0.relative(place) != nil }),
                let relative = changes.relative(place)
            else { return isThere && !isInstalled(place) }
            return changes.changed.contains(relative) || (isThere && !changes.tracked.contains(relative))
        }
    }

    private func isInstalled(_ place: String) -> Bool {
        guard let folder = library.folder?.resolvingSymlinksInPath().path else { return false }
        return place.hasPrefix(folder + "/")
    }

    /// Without symbolic links on the way to the file.
    private static func resolved(_ path: String) -> String {
        var isFolder: ObjCBool = false
        let url = URL(fileURLWithPath: path).standardizedFileURL
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
            return url.resolvingSymlinksInPath().path
        }
        return url.deletingLastPathComponent().resolvingSymlinksInPath()
            .appendingPathComponent(url.lastPathComponent).path
    }

    private static func existingFolder(_ path: String) -> String {
        var folder = URL(fileURLWithPath: path)
        var isFolder: ObjCBool = false
        while folder.path != "/",
            !(FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) && isFolder.boolValue)
        { folder.deleteLastPathComponent() }
        return folder.path
    }
}

extension ChangedSince.Changes {
    /// Nil for what lies outside.
    fileprivate func relative(_ place: String) -> String? {
        if place == git.top { return "" }
        let prefix = git.top.hasSuffix("/") ? git.top : git.top + "/"
        return place.hasPrefix(prefix) ? String(place.dropFirst(prefix.count)) : nil
    }
}

extension GitWorkTree.Problem {
    fileprivate var diagnostic: Diagnostic {
        switch self {
        case .noGit:
            return unknown("there is no `git`, so nobody knows what has changed", [])
        case .noRepository(let folder):
            return unknown("`\(folder)` is in no git repository with files, so nobody knows what has changed", [])
        case .noRevision(let revision):
            return unknown(
                "the repository has no revision `\(revision)`",
                ["a shallow clone has few revisions; `git fetch` gets others"])
        case .refused(let reason): return unknown("git does not say what has changed", [reason])
        }
    }

    private func unknown(_ message: String, _ notes: [String]) -> Diagnostic {
        Diagnostic(
            .unknownChanges, message, at: nil, notes: notes.map { Note($0) } + [Note("nothing was checked")])
    }
}

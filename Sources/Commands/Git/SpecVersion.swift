import Diagnostics
import Foundation

/// A spec as one of two that are compared: a file, or a file as of a revision.
enum SpecVersion {
    case file(String)
    /// `path` begins at the top of the repository, or at the current folder with `./`.
    case revision(String, path: String)
    /// `path` is that of a file, which may be gone now.
    case revisionOfFile(String, path: String)

    /// `OLD`: a file where there is one, else `REV:path`.
    init(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if !FileManager.default.fileExists(atPath: argument), parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
            self = .revision(String(parts[0]), path: String(parts[1]))
        } else {
            self = .file(argument)
        }
    }

    /// As it is shown.
    var name: String {
        switch self {
        case .file(let path): path
        case .revision(let name, let path), .revisionOfFile(let name, let path): "\(name):\(path)"
        }
    }

    func load(_ selection: SelectionOptions, _ library: InstalledLibrary) -> Result<LoadedSpec, Diagnostic> {
        switch self {
        case .file(let path): return LoadedSpec.load(path, selection, library)
        case .revision(let name, let path):
            return load(name, Git(folder: Self.here), path, isHere: false, selection, library)
        case .revisionOfFile(let name, let path):
            // The folder may be gone as well.
            var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            var rest = [URL(fileURLWithPath: path).lastPathComponent]
            while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
                rest.insert(folder.lastPathComponent, at: 0)
                folder = folder.deletingLastPathComponent()
            }
            return load(name, Git(folder: folder), rest.joined(separator: "/"), isHere: true, selection, library)
        }
    }

    private static var here: URL { URL(fileURLWithPath: FileManager.default.currentDirectoryPath) }

    private func load(
        _ revisionName: String, _ git: Git, _ path: String, isHere: Bool, _ selection: SelectionOptions,
        _ library: InstalledLibrary
    ) -> Result<LoadedSpec, Diagnostic> {
        do throws(Diagnostic) {
            let revision = try GitRevision(revisionName, git)
            let place = revision.place(of: path, isHere: isHere)
            guard let bytes = try revision.bytes(of: place) else {
                throw Diagnostic(
                    .notInRevision, "revision `\(revisionName)` has no file `\(place)`", at: nil,
                    notes: isHere
                        ? [] : [Note("`REV:path` begins at the top of the repository, `REV:./path` at this folder")])
            }
            let modules = RevisionModules(revision: revision, root: place, environment: library)
            return .success(LoadedSpec(SourceText(name: name, utf8: bytes), modules, selection))
        } catch {
            return .failure(error)
        }
    }
}

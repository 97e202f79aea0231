import Foundation

/// A git repository with a work tree, asked by the `git` that is there.
struct GitWorkTree: Sendable {
    /// The top folder of the work tree, without symbolic links.
    let top: String

    /// Why git does not answer.
    enum Problem: Error, Hashable {
        case noGit
        case noRepository(folder: String)
        case noRevision(String)
        /// What git says.
        case refused(String)
    }

    init(containing folder: String) throws(Problem) {
        do throws(Problem) {
            let answer = try Self.run(["rev-parse", "--show-toplevel"], in: folder)
            top = String(decoding: answer, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        } catch {
            guard case .refused(let reason) = error, reason.contains("not a git repository") else { throw error }
            throw .noRepository(folder: folder)
        }
        // In a bare repository, and below `.git`, there is none.
        guard !top.isEmpty else { throw .noRepository(folder: folder) }
    }

    /// The number of a commit.
    func commit(_ revision: String) throws(Problem) -> String {
        do throws(Problem) {
            let answer = try Self.run(
                ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], in: top)
            return String(decoding: answer, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? revision
        } catch {
            guard case .refused = error else { throw error }
            throw .noRevision(revision)
        }
    }

    /// Files that differ between a commit and the work tree, staged or not, relative to the top.
    ///
    /// - Parameter filter: as git has it: `D` for those that are gone.
    func changes(since commit: String, filter: String? = nil) throws(Problem) -> Set<String> {
        let options = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative"]
        return try names(["diff"] + options + (filter.map { ["--diff-filter=\($0)"] } ?? []) + [commit, "--"])
    }

    /// Files that git knows, relative to the top.
    func tracked() throws(Problem) -> Set<String> { try names(["ls-files", "-z"]) }

    private func names(_ arguments: [String]) throws(Problem) -> Set<String> {
        let answer = try Self.run(arguments, in: top)
        return Set(answer.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    }

    private static func run(_ arguments: [String], in folder: String) throws(Problem) -> Data {
        guard let output = Git(folder: URL(fileURLWithPath: folder)).answer(arguments) else { throw .noGit }
        guard output.status == 0 else {
            throw .refused(output.complaint.isEmpty ? "it ends with \(output.status)" : output.complaint)
        }
        return output.bytes
    }
}

import Foundation
import Testing

/// On real git repositories.
@Suite("faultline test --changed-since")
struct ChangedSinceTests {
    private static let user = Samples.good.replacing("module good\n", with: "module user\n\nimport shelf\n")
        .replacing("count += 1", with: "count += shelf.one()")
    private static let shelf = "module shelf\n\nfun one(): int = 1\n"

    /// Two specs that import nothing, and one that imports `shelf`.
    private func repository() throws -> SuiteFolder {
        let specs = try SuiteFolder([
            "specs/a.fl": Samples.good, "specs/b.fl": Samples.good, "specs/user.fl": Self.user,
            "specs/shelf.fl": Self.shelf, ".gitignore": "ignored.fl\nxdg\n",
        ])
        try specs.git("init", "-q")
        try specs.commit()
        return specs
    }

    /// The specs that were tested.
    private func tested(_ specs: SuiteFolder, _ revision: String = "HEAD", codes: [String] = []) throws -> Set<String> {
        let run = try specs.test("--changed-since", revision)
        #expect(run.codes == codes)
        let lines = run.out.split(separator: "\n").filter { $0.hasPrefix("ok  ") || $0.hasPrefix("FAIL") }
        return Set(lines.compactMap { $0.firstMatch(of: /specs\/(\w+)\.fl/).map { String($0.1) } })
    }

    @Test("without a change nothing is tested, and all is listed")
    func unchanged() throws {
        let run = try repository().test("--changed-since", "HEAD")
        #expect(run.status == 0)
        #expect(run.out.contains("skip  specs/a.fl: skipped: unchanged\n"))
        #expect(run.out.hasSuffix("nothing was checked; 4 skipped\n"))
    }

    @Test("a change counts whether it is committed, staged, or neither")
    func changes() throws {
        let specs = try repository()
        try specs.change("specs/a.fl", "1..5 = 2", to: "1..5 = 1")
        #expect(try tested(specs) == ["a"])
        try specs.git("add", "-A")
        #expect(try tested(specs) == ["a"])
        try specs.commit()
        #expect(try tested(specs) == [])
        #expect(try tested(specs, "HEAD~1") == ["a"])
        try specs.change("specs/a.fl", "1..5 = 1", to: "1..5 = 2")
        #expect(try tested(specs, "HEAD~1") == [])
    }

    @Test("files that git does not know have changed, also those that it ignores")
    func untracked() throws {
        let specs = try repository()
        try specs.folder.write("specs/new.fl", Samples.good)
        try specs.folder.write("specs/ignored.fl", Samples.good)
        #expect(try tested(specs) == ["new", "ignored"])
    }

    @Test("a spec changes with its modules, and with one that is found instead of them")
    func modules() throws {
        let specs = try repository()
        try specs.change("specs/shelf.fl", "int = 1", to: "int = 2 - 1")
        #expect(try tested(specs) == ["user"])
        try specs.git("checkout", "-q", ".")
        #expect(try tested(specs) == [])
        // The folder of the spec comes before those above it.
        try specs.git("mv", "specs/shelf.fl", "shelf.fl")
        try specs.commit()
        try specs.folder.write("specs/shelf.fl", Self.shelf)
        #expect(try tested(specs) == ["user"])
        try specs.commit()
        try FileManager.default.removeItem(at: specs.url.appendingPathComponent("specs/shelf.fl"))
        #expect(try tested(specs, codes: ["FL0713"]) == ["user"])
    }

    @Test("a spec that was deleted is said, and is no error")
    func deleted() throws {
        let specs = try repository()
        try specs.git("rm", "-q", "specs/b.fl")
        for paths in [["specs"], ["specs/a.fl", "specs/b.fl"]] {
            let run = try specs.test("--changed-since", "HEAD", paths: paths)
            #expect(run.status == 0)
            #expect(run.codes == ["FL0713"])
            #expect(run.err.contains("`specs/b.fl` was deleted since `HEAD`"))
        }
    }

    @Test("where all specs of a folder were deleted, that is said, and is no error either")
    func deletedFolder() throws {
        let specs = try repository()
        try specs.git("rm", "-qr", "specs")
        let run = try specs.test("--changed-since", "HEAD", paths: ["specs"])
        #expect(run.status == 0)
        #expect(run.codes == Array(repeating: "FL0713", count: 4))
        #expect(try specs.test("--changed-since", "HEAD", paths: ["elsewhere"]).codes == ["FL0701"])
    }

    @Test("a git that complains of very much does not stop the command")
    func complaints() throws {
        let specs = try repository()
        let git = try specs.folder.write(
            "bin/git", "#!/bin/sh\nhead -c 500000 /dev/zero | tr '\\0' w >&2\nexec /usr/bin/git \"$@\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: git.path)
        let path = ["PATH": specs.url.appendingPathComponent("bin").path + ":/usr/bin:/bin"]
        let run = try specs.test("--changed-since", "HEAD", environment: path)
        #expect(run.status == 0 && run.codes == [], "\(run.err)")
        #expect(run.out.hasSuffix("nothing was checked; 4 skipped\n"))
    }

    @Test("names with spaces and other letters, folders below, and links are followed")
    func names() throws {
        let specs = try SuiteFolder(["specs/dé ep/ä b.fl": Samples.good, "specs/plain.fl": Samples.good, "x": "xdg"])
        try specs.git("init", "-q")
        try specs.commit()
        try specs.change("specs/dé ep/ä b.fl", "module good", to: "module good // changed")
        try FileManager.default.createSymbolicLink(
            at: specs.url.appendingPathComponent("link"), withDestinationURL: specs.url.appendingPathComponent("specs"))
        for path in ["specs", "link", "specs/dé ep", "./specs/../specs"] {
            let run = try specs.test("--changed-since", "HEAD", paths: [path])
            #expect(run.out.contains("2 runs, all as expected"), "\(path): \(run.out) \(run.err)")
        }
    }

    @Test("what git sets for hooks does not mislead")
    func hooks() throws {
        let specs = try repository()
        try specs.change("specs/a.fl", "1..5 = 2", to: "1..5 = 3")
        let hook = ["GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": "specs/"]
        let run = try specs.test("--changed-since", "HEAD", environment: hook)
        #expect(run.codes == [])
        #expect(run.out.hasSuffix("2 runs: 1 as expected, 1 not as expected; 3 skipped\n"))
    }

    @Test("a revision that is not there, or looks like an option, is said, and nothing is checked")
    func revisions() throws {
        let specs = try repository()
        for revision in ["nope", "HEAD~7", "--output=x", "HEAD:specs/a.fl"] {
            let run = try specs.test("--changed-since=\(revision)")
            #expect(run.status == 2)
            #expect(run.codes == ["FL0713"], "\(revision)")
            #expect(run.out == "")
        }
    }

    @Test("without a repository, and without git, nothing is checked")
    func without() throws {
        let specs = try SuiteFolder()
        let outside = try specs.test("--changed-since", "HEAD")
        #expect(outside.status == 2)
        #expect(outside.codes == ["FL0713"])
        #expect(outside.err.contains("in no git repository"))
        let none = try specs.test("--changed-since", "HEAD", environment: ["PATH": "/nowhere"])
        #expect(none.status == 2)
        #expect(none.codes == ["FL0713"])
        #expect(none.err.contains("there is no `git`"))
    }
}

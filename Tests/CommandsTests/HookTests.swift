import Foundation
import Testing

/// The hook of git in `ci/git`, as git runs it.
struct HookTests {
    private func repository() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let hook = Repository.root.appendingPathComponent("ci/git/pre-commit")
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("bin"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appendingPathComponent("bin/faultline"), withDestinationURL: Faultline.executable())
        let run = try shell("git init -q k && cp '\(hook.path)' k/.git/hooks/pre-commit", folder)
        #expect(run.status == 0, "\(run.err)")
        return folder
    }

    private func shell(_ script: String, _ folder: TemporaryFolder) throws -> Faultline.Run {
        try withExtendedLifetime(folder) {
            try Faultline.run(
                ["-c", script], in: folder.url,
                environment: [
                    "PATH": folder.url.path + "/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
                    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                    "GIT_COMMITTER_EMAIL": "a@example.org", "XDG_CACHE_HOME": folder.url.path + "/cache",
                ], executable: URL(fileURLWithPath: "/bin/sh"))
        }
    }

    @Test("a commit with a spec that is as expected goes through; what is no spec is not looked at")
    func good() throws {
        let folder = try repository()
        try folder.write("k/notes.txt", "nothing")
        try folder.write("k/good.fl", Samples.good)
        let run = try shell("cd k && git add . && git commit -q -m one", folder)
        #expect(run.status == 0, "\(run.out)\(run.err)")
        try folder.write("k/notes.txt", "more")
        #expect(try shell("cd k && git commit -q -a -m two", folder).status == 0)
    }

    @Test("a commit with a spec that is not formatted, or not as expected, is refused")
    func bad() throws {
        let folder = try repository()
        try folder.write("k/good.fl", Samples.good.replacing("    while", with: "  while"))
        let layout = try shell("cd k && git add . && git commit -q -m one", folder)
        #expect(layout.status == 1 && layout.err.contains("faultline fmt"), "\(layout.err)")
        try folder.write("k/good.fl", Samples.good)
        #expect(try shell("cd k && git add . && git commit -q -m one", folder).status == 0)
        try folder.write("k/bad.fl", Samples.typo)
        let spec = try shell("cd k && git add . && git commit -q -m two", folder)
        #expect(spec.status != 0 && !spec.codes.isEmpty, "\(spec.err)")
    }

    @Test("a commit that deletes what another spec imports is refused, and names may have other letters")
    func deleted() throws {
        let folder = try repository()
        try folder.write("k/shelf.fl", "module shelf\n\nfun one(): int = 1\n")
        let user = Samples.good.replacing("module good\n", with: "module user\n\nimport shelf\n")
        try folder.write("k/ü b.fl", user.replacing("count += 1", with: "count += shelf.one()"))
        let first = try shell("cd k && git add . && git commit -q -m one", folder)
        #expect(first.status == 0, "\(first.out)\(first.err)")
        let second = try shell("cd k && git rm -q shelf.fl && git commit -q -m two", folder)
        #expect(second.status != 0 && second.codes.contains("FL0201"), "\(second.err)")
    }

    @Test("without faultline on the PATH the hook says so")
    func missing() throws {
        let folder = try repository()
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("bin/faultline"))
        try folder.write("k/good.fl", Samples.good)
        let run = try shell("cd k && git add . && git commit -q -m one", folder)
        #expect(run.status == 1 && run.err.contains("faultline is not on the PATH"), "\(run.err)")
    }
}

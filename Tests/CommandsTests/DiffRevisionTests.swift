import Foundation
import Testing

/// `faultline diff` on revisions of a real git repository.
struct DiffRevisionTests {
    /// A repository with a spec below `specs/linux` that imports a module beside it. The first commit has the lock in the
    /// module, the second one has not, and the third one has no spec.
    private static func repository() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let lines = DiffTests.locked.split(separator: "\n", omittingEmptySubsequences: false)
        let spec = lines.joined(separator: "\n").replacingOccurrences(
            of: "module box\n", with: "module linux.box\n\nimport rules as rules\n"
        )
        .replacingOccurrences(of: "coins = seen + 1\n", with: "coins = rules.next(seen)\n")
        try folder.write("specs/linux/box.fl", spec)
        try folder.write("specs/rules.fl", "module rules\n\nfun next(n: 0..2): int = n + 1\n")
        try git(folder, "init -q && git add -A && git commit -q -m one && git tag one")
        try folder.write("specs/rules.fl", "module rules\n\nfun next(n: 0..2): int = 1\n")
        try git(folder, "add -A && git commit -q -m two && git tag two")
        try git(folder, "rm -q specs/linux/box.fl && git commit -q -m three && git tag three")
        return folder
    }

    private static func git(_ folder: TemporaryFolder, _ commands: String) throws {
        let settings = "-c user.name=T -c user.email=t@example.org -c commit.gpgsign=false"
        let script = "git() { command git \(settings) \"$@\"; }; git " + commands
        let run = try Faultline.shell(script, in: folder.url)
        try #require(run.status == 0, "\(run.out)\(run.err)")
    }

    private static let ends = "1 configuration: 1 equal\n"

    @Test("Two revisions, or one and the file, each with its modules as of that revision")
    func revisions() throws {
        let folder = try Self.repository()
        let path = "specs/linux/box.fl"
        let both = try Faultline.run(["diff", "one:\(path)", "two:\(path)"], in: folder)
        #expect(both.status == 1, "\(both.out)\(both.err)")
        #expect(both.out.hasPrefix("one:\(path) → two:\(path)\n"))
        #expect(both.out.contains("newly fails: whole"))
        let same = try Faultline.run(["diff", "--from", "one", "--to", "one", path], in: folder)
        #expect(same.status == 0 && same.out.hasSuffix(Self.ends), "\(same.out)\(same.err)")
        let here = try Faultline.run(["diff", "--from", "two", "--to", "one", "box.fl"], in: folder, below: "specs")
        #expect(here.codes == ["FL0613"])
        try Self.git(folder, "checkout -q two")
        let file = try Faultline.run(["diff", "--from", "one", "box.fl"], in: folder, below: "specs/linux")
        #expect(file.status == 1 && file.out.contains("newly fails: whole"), "\(file.out)\(file.err)")
        let relative = try Faultline.run(["diff", "one:./box.fl", "one:\(path)"], in: folder, below: "specs/linux")
        #expect(relative.status == 0 && relative.out.hasSuffix(Self.ends), "\(relative.out)\(relative.err)")
        #expect(try Self.changes(folder).isEmpty)
    }

    private static func changes(_ folder: TemporaryFolder) throws -> String {
        try Faultline.shell("git status --porcelain", in: folder.url).out
    }

    @Test("A spec that a revision does not have")
    func missingSpec() throws {
        let folder = try Self.repository()
        let gone = try Faultline.run(["diff", "--from", "one", "--to", "three", "specs/linux/box.fl"], in: folder)
        #expect(gone.status == 2)
        #expect(gone.err == "error[FL0613]: revision `three` has no file `specs/linux/box.fl`\n")
        let deleted = try Faultline.run(["diff", "--from", "one", "specs/linux/box.fl"], in: folder)
        #expect(deleted.codes == ["FL0701"])
        let named = try Faultline.run(["diff", "one:box.fl", "two:box.fl"], in: folder)
        #expect(named.codes == ["FL0613"])
        #expect(named.err.contains("note: `REV:path` begins at the top of the repository, `REV:./path` at this folder"))
    }

    @Test("A revision that is not there, or looks like an option")
    func missingRevision() throws {
        let folder = try Self.repository()
        for revision in ["nope", "--all", "one two"] {
            let run = try Faultline.run(["diff", "--from=\(revision)", "specs/rules.fl"], in: folder)
            #expect(run.status == 2)
            #expect(
                run.err == """
                    error[FL0612]: there is no revision `\(revision)`
                    note: a shallow clone has few of them: `git fetch` brings more

                    """)
        }
    }

    @Test("No repository, and no git")
    func noGit() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", DiffTests.locked)
        let outside = try withExtendedLifetime(folder) {
            try Faultline.run(
                ["diff", "--from", "HEAD", "a.fl"], in: folder.url, environment: ["GIT_CEILING_DIRECTORIES": "/"])
        }
        #expect(outside.status == 2)
        #expect(outside.codes == ["FL0611"])
        let without = try withExtendedLifetime(folder) {
            try Faultline.run(["diff", "--from", "HEAD", "a.fl"], in: folder.url, environment: ["PATH": "/nowhere"])
        }
        #expect(without.status == 2)
        #expect(
            without.err == """
                error[FL0610]: `git` can't be run, and a revision was asked for
                note: compare two files instead: faultline diff OLD.fl NEW.fl

                """)
    }
}

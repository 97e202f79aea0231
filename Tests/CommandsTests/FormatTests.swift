import Foundation
import Testing

struct FormatTests {
    private let messy = Samples.good.replacing("    while", with: "  while").replacing(
        "count += 1", with: "count  +=   1")

    @Test("fmt formats in place, and a second time changes nothing")
    func inPlace() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", messy)
        #expect(try folder.run("fmt", "a.fl").status == 0)
        #expect(try folder.read("a.fl") == Samples.good)
        let again = try folder.run("fmt", "--check", ".")
        #expect(again.status == 0 && again.out.isEmpty && again.err.isEmpty)
    }

    @Test("fmt --check lists the files, changes none and ends with 1")
    func check() throws {
        let folder = try TemporaryFolder()
        try folder.write("s/a.fl", messy)
        try folder.write("s/b.fl", Samples.good)
        let run = try folder.run("fmt", "--check", "s")
        #expect(run.status == 1)
        #expect(run.out == "s/a.fl\n")
        #expect(try folder.read("s/a.fl") == messy)
    }

    @Test("fmt refuses syntax errors, leaves that file as it is, and formats the others")
    func syntaxError() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Samples.syntaxError)
        try folder.write("b.fl", messy)
        let run = try folder.run("fmt", "a.fl", "b.fl")
        #expect(run.status == 2)
        #expect(!run.codes.isEmpty)
        #expect(try folder.read("a.fl") == Samples.syntaxError)
        #expect(try folder.read("b.fl") == Samples.good)
    }

    @Test("fmt does not change a read-only file")
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.fl", messy)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
        let run = try folder.run("fmt", "a.fl")
        #expect(run.status == 2)
        #expect(run.codes == ["FL0702"])
        #expect(try folder.read("a.fl") == messy)
    }

    @Test("a write that fails is told, and the file keeps its text")
    func noRoom() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", messy)
        // No file may grow; the messages go through pipes.
        let run = try Faultline.shell(
            "{ trap '' XFSZ; (ulimit -f 0; faultline fmt a.fl; echo \"status $?\"); } 2>&1 | cat", in: folder)
        // The results of this test's own run are files as well: `cat` writes those.
        #expect(run.out.contains("FL0702") && run.out.contains("status 2"), "\(run.out)")
        #expect(try folder.read("a.fl") == messy)
    }

    @Test("fmt writes through a symbolic link, and keeps the mode of the file")
    func link() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("real.fl", messy)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        let link = folder.url.appendingPathComponent("link.fl")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        #expect(try folder.run("fmt", "link.fl").status == 0)
        #expect(try folder.read("real.fl") == Samples.good)
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) != nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test("the specs of the repository are formatted")
    func specs() throws {
        let run = try Faultline.run(["fmt", "--check", "specs", "Benchmarks/models"])
        #expect(run.status == 0, "\(run.out)\(run.err)")
    }
}

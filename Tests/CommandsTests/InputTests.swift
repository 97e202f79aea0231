import Foundation
import Testing

/// Files that are not what they should be.
struct InputTests {
    private static func garbage(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    static let commands = [["check"], ["lower"], ["fmt"], ["fmt", "--check"]]

    @Test("an empty, a binary and a huge file give errors with codes, in all commands", arguments: commands)
    func badFiles(_ command: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write("empty.fl", "")
        try folder.write("binary.fl", Self.garbage(20_000))
        try folder.write("huge.fl", Self.garbage(1_000_000))
        try folder.write("zeros.fl", Array(repeating: 0, count: 5000))
        try folder.write("words.fl", String(repeating: "module a b ( { ; = ", count: 3_000))
        for file in ["empty.fl", "binary.fl", "huge.fl", "zeros.fl", "words.fl"] {
            let run = try Faultline.run(command + [file], in: folder)
            #expect(run.status == 2, "\(file)")
            #expect(!run.codes.isEmpty && !run.codes.contains("FL0899"), "\(file)")
            #expect(run.err.utf8.count < 200_000, "\(file)")
        }
    }

    @Test("paths with spaces and any letters work, and are shown as they are")
    func strangeNames() throws {
        let folder = try TemporaryFolder()
        try folder.write("a b/Größe 页 \u{1F4BE}.fl", Samples.good)
        let run = try folder.run("check", "a b/Größe 页 \u{1F4BE}.fl", "--write-counterexamples", "out put")
        #expect(run.status == 0, "\(run.err)")
        #expect(run.out.contains("a b/Größe 页 \u{1F4BE}.fl s: holds"))
        let replayed = try folder.run("replay", "out put")
        #expect(replayed.status == 0, "\(replayed.out)\(replayed.err)")
        #expect(try folder.run("check", ".").status == 0)
    }

    @Test("a folder whose name ends like a spec is a folder")
    func folderNamedLikeASpec() throws {
        let folder = try TemporaryFolder()
        try folder.write("specs/x.fl/inside.fl", Samples.good)
        #expect(try folder.run("check", "specs").status == 0)
        #expect(try folder.run("check", "specs/x.fl").status == 0)
        let lower = try folder.run("lower", "specs/x.fl")
        #expect(lower.status == 2 && lower.codes == ["FL0701"])
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("none/y.fl"), withIntermediateDirectories: true)
        let none = try folder.run("check", "none")
        #expect(none.status == 2 && none.codes == ["FL0701"])
    }

    @Test("a folder may be given as a symbolic link")
    func linkedFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write("real/good.fl", Samples.good)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appendingPathComponent("link"), withDestinationURL: folder.url.appendingPathComponent("real")
        )
        let run = try folder.run("check", "link")
        #expect(run.status == 0, "\(run.err)")
        #expect(run.out.contains("link/good.fl s: holds"))
    }

    @Test("a device is refused, and not read for ever", arguments: ["/dev/zero", "/dev/null"])
    func device(_ path: String) throws {
        for command in ["check", "replay", "lower", "fmt"] {
            let run = try Faultline.run([command, path])
            #expect(run.status == 2 && run.codes == ["FL0701"], "\(command): \(run.err)")
        }
    }

    @Test("a file that is given twice is checked once")
    func twice() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        #expect(try folder.run("check", "good.fl", "good.fl").out.contains("2 runs, all as expected"))
    }

    @Test("an interrupted search is inconclusive and says what it covered")
    func interrupted() throws {
        let run = try Faultline.run(
            [
                "check", "--format", "json", "--scenario", "m", "Benchmarks/models/page_fault.fl", "--without",
                "symmetry,partial-order,fusion.unlock,fusion.guarded-read", "--set", "Slot=2",
            ],
            whileRunning: { process in
                usleep(700_000)
                kill(process, SIGINT)
            })
        #expect(run.status == 3, "\(run.err)")
        #expect(run.out.contains("\"verdict\": \"inconclusive\""))
        #expect(run.out.contains("\"reason\": \"interrupted\""))
        let states = try #require(run.out.firstMatch(of: /"states": (\d+)/)?.1)
        #expect((Int(states) ?? 0) > 0)
    }

    @Test("counterexamples that can't be written are told, with the verdict")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("out", "a file where a folder should be")
        let run = try folder.run("check", "good.fl", "--write-counterexamples", "out")
        #expect(run.status == 2)
        #expect(run.codes == ["FL0702"], "\(run.err)")
        #expect(run.out.contains("2 runs"))
    }
}

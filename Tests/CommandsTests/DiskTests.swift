import Foundation
import Testing

/// The page-fault handler of the benchmarks: 73,427 states, more than a megabyte has room for.
@Suite("Memory, disk and checkpoints on the command line")
struct DiskTests {
    private static let handler = Repository.root.appendingPathComponent("Benchmarks/models/page_fault.fl").path
    private static let search = [
        "check", handler, "--scenario", "s2", "--without", "symmetry,fusion.unlock,fusion.guarded-read",
    ]

    private func run(_ more: String..., in folder: URL) throws -> Faultline.Run {
        try Faultline.run(Self.search + more, in: folder)
    }

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("faultline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("a search with too little memory ends the same, by way of the disk, and leaves nothing there")
    func spill() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let inMemory = try run(in: folder)
        #expect(inMemory.out.contains("73,427 states"))
        let onDisk = try run("--max-memory", "1200K", "--spill", ".", in: folder)
        #expect(onDisk.out == inMemory.out)
        #expect(onDisk.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        let ended = try run("--max-memory", "1200K", "--no-spill", in: folder)
        #expect(ended.status == 3)
        #expect(ended.out.contains("the memory limit was reached"))
    }

    @Test("where the disk is full a search is inconclusive, and says what can be done")
    func full() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try run("--max-memory", "1200K", "--spill", ".", "--max-disk", "10K", in: folder)
        #expect(run.status == 3)
        #expect(Set(run.codes) == ["FL0706"])
        #expect(run.out.contains("states could not be kept on disk"))
        #expect(run.err.contains("--max-disk"))
    }

    @Test("a search that was ended goes on where it was saved, and ends as if nothing had happened")
    func goesOn() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ended = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        #expect(ended.status == 3)
        #expect(ended.out.contains("saved in saved"))
        let again = try run("--checkpoint", "saved", in: folder)
        #expect(again.status == 2)
        #expect(Set(again.codes) == ["FL0707"])
        let resumed = try run("--checkpoint", "saved", "--resume", in: folder)
        #expect(resumed.status == 0)
        #expect(resumed.out.contains("73,427 states, 253,552 transitions, depth 58"))
        #expect(resumed.out.contains("went on from"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/saved").isEmpty)
    }

    @Test("what --resume finds no search of is begun anew, with a warning that says what is there instead")
    func begunAnew() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("saved"), withIntermediateDirectories: true)
        let none = try run("--checkpoint", "saved", "--resume", in: folder)
        #expect(none.status == 0)
        #expect(none.codes == ["FL0707"])
        #expect(none.err.contains("warning[FL0707]: nothing is saved that --resume could go on with"))
        #expect(none.err.contains("page_fault.fl s2 has begun anew"))
        #expect(none.err.contains("no search is saved there"))
        #expect(none.out.contains("73,427 states"))

        _ = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        let other = try run("--set", "Slot=2", "--checkpoint", "saved", "--resume", "--max-states", "9", in: folder)
        #expect(other.codes == ["FL0707"])
        #expect(other.err.contains("page_fault.fl s2 is of another text, of other options"))
        let renamed = try Faultline.run(
            ["check", Self.handler, "--scenario", "s", "--checkpoint", "saved", "--resume", "--max-states", "9"],
            in: folder)
        #expect(renamed.err.contains("saved there: \(Self.handler) s2"))
        // What goes on says nothing.
        #expect(try run("--checkpoint", "saved", "--resume", in: folder).codes == [])
    }

    @Test("a checkpoint that can't be used is named by its configuration")
    func named() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        let again = try run("--checkpoint", "saved", in: folder)
        #expect(again.err.contains("it is that of \(Self.handler) s2, in "))
        let saved = folder.appendingPathComponent("saved")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: saved.path).first)
        let manifest = saved.appendingPathComponent(name).appendingPathComponent("manifest")
        try Data("faultline checkpoint 1 0\n{}".utf8).write(to: manifest)
        let old = try run("--checkpoint", "saved", "--resume", in: folder)
        #expect(old.codes == ["FL0707"])
        #expect(old.err.contains("the search is that of \(Self.handler) s2"))
    }

    @Test("what may be on disk is for all of it, what was saved before included")
    func diskOfBoth() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "40000", in: folder)
        let run = try run(
            "--checkpoint", "saved", "--resume", "--max-states", "60000", "--max-disk", "400K", in: folder)
        #expect(run.status == 3)
        #expect(run.codes == ["FL0708"])
    }

    @Test("a damaged checkpoint is refused, not gone on with")
    func damaged() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        let saved = folder.appendingPathComponent("saved")
        for search in try FileManager.default.contentsOfDirectory(atPath: saved.path) {
            let file = saved.appendingPathComponent(search).appendingPathComponent("states-3")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
        }
        let run = try run("--checkpoint", "saved", "--resume", in: folder)
        #expect(run.status == 2)
        #expect(Set(run.codes) == ["FL0707"])
        #expect(run.err.contains("the checkpoint is damaged"))
        #expect(run.out.contains("nothing was checked"))
    }

    @Test("where the disk is full a search goes on without being saved, with a warning")
    func notSaved() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try run("--checkpoint", "saved", "--max-states", "20000", "--max-disk", "10K", in: folder)
        #expect(run.status == 3)
        #expect(Set(run.codes) == ["FL0708"])
        #expect(!run.out.contains("saved in saved"))
    }

    @Test("a checkpoint that another run uses is refused, and left as it is")
    func inUse() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        let saved = folder.appendingPathComponent("saved")
        let search = try #require(try FileManager.default.contentsOfDirectory(atPath: saved.path).first)
        let descriptor = open(saved.appendingPathComponent(search).path, O_RDONLY)
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        let refused = try run("--checkpoint", "saved", "--resume", in: folder)
        #expect(refused.status == 2)
        #expect(Set(refused.codes) == ["FL0707"])
        #expect(refused.err.contains("another run uses this checkpoint"))
        close(descriptor)
        #expect(try run("--checkpoint", "saved", "--resume", in: folder).status == 0)
    }

    @Test("nobody says of a statement that it is never executed where a configuration was refused")
    func coverage() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            module two
            const top: 0..9 = 4
            var a: 0..9 = 0
            process p { loop { let c = a; if c < top { a = c + 1 } else { a = 0 }; if c == 7 { a = 1 } } }
            invariant fine { a <= 9 }
            scenario one { }
            scenario other { top = 9 }
            """
        try Data(text.utf8).write(to: folder.appendingPathComponent("two.fl"))
        let saving = ["check", "two.fl", "--checkpoint", "saved"]
        _ = try Faultline.run(saving + ["--scenario", "other", "--max-states", "4"], in: folder)
        let run = try Faultline.run(saving, in: folder)
        #expect(run.status == 2)
        #expect(Set(run.codes) == ["FL0707"])
    }

    @Test("a limit on the size of files is a full disk, not the end of the program")
    func fileSizes() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = ([try Faultline.executable().path] + Self.search).joined(separator: " ")
        let limited = "ulimit -f 8; exec \(command) --checkpoint saved --max-states 20000 --bytecode"
        let run = try Faultline.run(["-c", limited], in: folder, executable: URL(fileURLWithPath: "/bin/sh"))
        #expect(run.status == 3)
        #expect(Set(run.codes) == ["FL0708"])
    }

    @Test("with --no-spill a saved search that has no room in memory stays saved")
    func noRoom() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "40000", in: folder)
        let ended = try run("--checkpoint", "saved", "--resume", "--no-spill", "--max-memory", "600K", in: folder)
        #expect(ended.status == 3)
        #expect(ended.out.contains("the memory limit was reached"))
        #expect(ended.out.contains("saved in saved"))
        let resumed = try run("--checkpoint", "saved", "--resume", "--no-spill", in: folder)
        #expect(resumed.status == 0)
        #expect(resumed.out.contains("73,427 states, 253,552 transitions, depth 58"))
    }

    @Test("the report in JSON says what was saved, and how much is on disk")
    func report() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try run("--checkpoint", "saved", "--max-states", "20000", in: folder)
        let run = try run("--checkpoint", "saved", "--resume", "--max-memory", "1200K", "--format", "json", in: folder)
        #expect(run.out.contains(#""checkpoint": {"folder": "saved", "resumedStates": "#))
        #expect(!run.out.contains(#""diskBytes": 0,"#))
    }
}

import Foundation
import Testing

@testable import Measuring

struct ShellTests {
    private func inFolder(_ body: (Shell) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/benchmarks-test-\(UUID().uuidString)"
        try Folders.empty(path)
        defer { Folders.remove(path) }
        try body(Shell(folder: path))
    }

    @Test("a command runs in the folder with its variables, and what it prints is kept")
    func output() throws {
        try inFolder { shell in
            let finished = try shell.run(Command(["sh", "-c", "pwd; echo $X"], environment: ["X": "a b"]))
            #expect(finished.output == "\(shell.folder)\na b\n")
        }
    }

    @Test("processor time and memory of a command and its children are measured")
    func usage() throws {
        try inFolder { shell in
            let work = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; sleep 0.2"
            let usage = try shell.run(Command(["sh", "-c", work])).usage
            #expect(usage.cpu > 0.01 && usage.wall >= 0.2 && usage.cpu < usage.wall)
            #expect(usage.peakBytes > 500_000)
        }
    }

    @Test("a failure is an error, unless the status is a result")
    func failure() throws {
        try inFolder { shell in
            let command = Command(["sh", "-c", "echo no >&2; exit 3"])
            #expect(throws: BenchmarkError.failed(command: command.text, status: "status 3", output: "no\n")) {
                _ = try shell.run(command)
            }
            let search = try shell.run(Command(["sh", "-c", "exit 1"], mustSucceed: false))
            #expect(search.status == 1)
            #expect(throws: BenchmarkError.self) {
                _ = try shell.run(Command(["sh", "-c", "kill -9 $$"], mustSucceed: false))
            }
            #expect(throws: BenchmarkError.self) {
                _ = try shell.run(Command(["./not-there"], mustSucceed: false))
            }
        }
    }

    @Test("times add up, memory does not")
    func sum() {
        let sum = Usage(wall: 1, cpu: 2, peakBytes: 9) + Usage(wall: 3, cpu: 4, peakBytes: 5)
        #expect(sum == Usage(wall: 4, cpu: 6, peakBytes: 9))
    }
}

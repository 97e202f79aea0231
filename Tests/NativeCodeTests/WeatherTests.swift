import Foundation
import Model
import ModelTestSupport
import Testing

@testable import NativeCode

/// Whatever a compiler does, a build ends with functions or with a reason.
@Suite("Compilers in bad weather")
struct WeatherTests {
    private let folder: TemporaryFolder
    private let code: ModelCode
    private var options: NativeOptions

    init() throws {
        folder = try TemporaryFolder()
        code = try ModelCode(RandomModel.make(seed: 1))
        options = privateOptions(folder)
    }

    private func failure(_ options: NativeOptions) -> NativeFailure? {
        do throws(NativeFailure) {
            _ = try NativeBuild(code, options: options).wait()
            return nil
        } catch {
            #expect(folder.leftovers == [])
            return error
        }
    }

    private func with(_ script: String, _ change: (inout NativeOptions) -> Void = { _ in }) throws -> NativeFailure? {
        var options = options
        options.compiler = try folder.script("compiler", script)
        change(&options)
        return failure(options)
    }

    @Test("No compiler at all is a reason")
    func none() {
        var options = options
        options.environment["PATH"] = folder.path
        #expect(failure(options) == .noCompiler)
        options.environment["PATH"] = nil
        #expect(failure(options) == .noCompiler)
    }

    @Test("FAULTLINE_CC is the only compiler that is tried, by path or by name")
    func chosen() throws {
        var options = NativeOptions(environment: ["FAULTLINE_CC": folder.path + "/missing", "PATH": "/usr/bin"])
        #expect(failure(options) == .noSuchCompiler(folder.path + "/missing"))
        try "not executable".write(toFile: folder.path + "/missing", atomically: true, encoding: .utf8)
        #expect(failure(options) == .noSuchCompiler(folder.path + "/missing"))
        options.compiler = folder.path
        #expect(failure(options) == .noSuchCompiler(folder.path))
        options.environment["PATH"] = folder.path
        options.compiler = "mine"
        let mine = try folder.script("mine", "echo no way; exit 3")
        #expect(failure(options) == .compilerFailed(compiler: mine, status: 3, message: "no way"))
    }

    @Test("A compiler that fails is followed by the next one")
    func next() throws {
        _ = try folder.script("clang", "exit 1")
        var options = options
        let path = options.environment["PATH"] ?? ""
        options.environment["PATH"] = folder.path + ":" + path
        #expect(failure(options) == nil)
        options.environment["PATH"] = folder.path
        let clang = folder.path + "/clang"
        #expect(failure(options) == .compilerFailed(compiler: clang, status: 1, message: ""))
    }

    @Test("A compiler that is killed, that can't be started, that writes nothing or garbage is a reason")
    func broken() throws {
        let path = folder.path + "/compiler"
        #expect(try with("kill -9 $$") == .compilerKilled(compiler: path, signal: 9))
        let crash = try with("kill -SEGV $$")
        #expect(crash == .compilerKilled(compiler: path, signal: 11))
        let nothing = NativeFailure.unusableLibrary("\(path) has not written a whole library")
        #expect(try with("echo all is well") == nothing)
        let output = "while [ \"$1\" != -o ]; do shift; done; out=$2;"
        #expect(try with(output + "head -c 5000 /dev/zero > $out") != nil)
        #expect(try with(output + "head -c 50000 /dev/urandom > $out") != nil)
        #expect(try with(output + ": > $out") == nothing)
        #expect(try with(output + "mkdir $out") == nothing)
        #expect(try with(output + "cp /bin/sh $out") != nil)
        try "#!/does/not/exist\n".write(toFile: path, atomically: false, encoding: .utf8)
        var options = options
        options.compiler = path
        let reason = failure(options)
        guard case .notStarted = reason else {
            Issue.record("\(String(describing: reason))")
            return
        }
    }

    @Test("A library that ends too early is not loaded")
    func truncated() throws {
        let full = "cc \"$@\" || exit 1; while [ \"$1\" != -o ]; do shift; done; size=$(wc -c < $2);"
        for part in [1, 10, 30, 50, 70, 90, 99] {
            let script = full + "head -c $((size * \(part) / 100)) $2 > $2.part; mv $2.part $2"
            guard case .unusableLibrary = try with(script) else {
                Issue.record("\(part) percent of a library")
                continue
            }
        }
    }

    @Test("A compiler that hangs is killed with all that it has started, and so is one that prints without end")
    func hanging() throws {
        let pids = folder.path + "/pids"
        let start = ContinuousClock.now
        let script = "trap '' TERM INT; sleep 100 & echo $$ $! > \(pids); sleep 100"
        #expect(
            try with(script) { $0.secondsPerCompiler = 0.3 }
                == .outOfTime(compiler: folder.path + "/compiler", seconds: 0.3))
        #expect(ContinuousClock.now - start < .seconds(5))
        let numbers = try String(contentsOfFile: pids, encoding: .utf8).split(whereSeparator: \.isWhitespace)
        #expect(numbers.count == 2)
        // What is killed may take a moment to be gone.
        let deadline = ContinuousClock.now + .seconds(10)
        while numbers.contains(where: { isRunning(String($0)) }), ContinuousClock.now < deadline { usleep(10_000) }
        for number in numbers { #expect(!isRunning(String(number))) }
        let endless = try with("while :; do echo nonsense nonsense nonsense; done")
        guard case .compilerFailed(_, _, "it prints without end") = endless else {
            Issue.record("\(String(describing: endless))")
            return
        }
    }

    /// A process that has ended but was not waited for by its new parent does not run.
    private func isRunning(_ number: String) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
        return !status.contains(") Z")
    }

    @Test("A compiler that waits for input gets none")
    func input() throws {
        let reason = try with("cat; exit 7")
        #expect(reason == .compilerFailed(compiler: folder.path + "/compiler", status: 7, message: ""))
    }

    @Test("A cancelled build ends soon, and so does one that nobody needs any more")
    func cancelling() throws {
        var options = options
        options.compiler = try folder.script("compiler", "echo $$ > \(folder.path)/pids; sleep 100")
        var build: NativeBuild? = NativeBuild(code, options: options)
        #expect(build?.functions() == nil)
        build?.cancel()
        #expect(throws: NativeFailure.cancelled) { try build?.wait() }
        build = NativeBuild(code, options: options)
        while !FileManager.default.fileExists(atPath: folder.path + "/pids") { usleep(1000) }
        build = nil
        let deadline = ContinuousClock.now + .seconds(5)
        while !folder.leftovers.isEmpty, ContinuousClock.now < deadline { usleep(1000) }
        #expect(folder.leftovers == [])
    }

    @Test("A full disk is a reason: files may have 512 bytes")
    func full() throws {
        let reason = try with("ulimit -f 1; exec cc \"$@\"")
        #expect(reason != nil)
    }

    @Test("No folder for temporary files is no obstacle while there is another one")
    func temporaryFolders() throws {
        let file = folder.path + "/file"
        try "a file".write(toFile: file, atomically: true, encoding: .utf8)
        var options = options
        options.temporaryFolder = file
        #expect(failure(options) == nil)
        options.temporaryFolder = folder.path + "/missing"
        #expect(failure(options) == nil)
    }

    @Test("Failures are sentences")
    func sentences() {
        let all: [NativeFailure] = [
            .tooLarge(bytes: 4096), .noCompiler, .noSuchCompiler("a"), .notStarted(compiler: "a", reason: "b"),
            .compilerFailed(compiler: "a", status: 1, message: ""), .compilerKilled(compiler: "a", signal: 9),
            .outOfTime(compiler: "a", seconds: 1), .noTemporaryFolder("a"), .unusableLibrary("a"), .cancelled,
        ]
        for failure in all { #expect(failure.description.hasSuffix(".")) }
    }

    @Test("A model of too much code is a reason, found without writing all of it")
    func tooLarge() throws {
        var limits = EmissionLimits()
        limits.bytes = 5000
        #expect(throws: NativeFailure.tooLarge(bytes: 5000)) { try Emitter(code, limits: limits).emit() }
        // Each of these branches doubles what is behind it.
        var model = Model(name: "branches")
        let cell = model.variable("cell", [], .range(lower: 0, upper: 3))
        let process = model.process("p", locations: 1)
        let branch = Instruction.branch(eq(cell.value, c(0)), [choose(0, 2)], [cell(to: c(1))])
        model.action(process, at: 0, Array(repeating: branch, count: 60) + [.jump(location: 0)])
        let build = NativeBuild(try ModelCode(model.packed()), options: options)
        #expect(throws: NativeFailure.tooLarge(bytes: EmissionLimits().bytes)) { try build.wait() }
    }
}

import Digests
import Foundation
import Model
import ModelTestSupport
import Testing

@testable import NativeCode

/// A cache is never the reason for a wrong library, and never a reason to fail.
@Suite("The cache of libraries")
struct CacheTests {
    private let folder: TemporaryFolder
    private let code: ModelCode
    private let options: NativeOptions

    init() throws {
        folder = try TemporaryFolder()
        code = try ModelCode(RandomModel.make(seed: 3))
        options = privateOptions(folder)
    }

    private var entries: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/cache")) ?? []).sorted()
    }

    /// Builds and compares; gives whether the library was in the cache.
    @discardableResult
    private func build(_ code: ModelCode? = nil, _ options: NativeOptions? = nil) throws -> Bool {
        let code = code ?? self.code
        let build = NativeBuild(code, options: options ?? self.options)
        let functions = try build.wait()
        #expect(build.functions() != nil)
        #expect(build.failure == nil)
        #expect(Comparison(code, functions, limit: 20, damaged: 20).differences == [])
        #expect(folder.leftovers == [])
        return build.isFromCache
    }

    @Test("A second build of the same model compiles nothing")
    func second() throws {
        #expect(try !build())
        #expect(try build())
        #expect(entries.count == 1)
        var others = options
        others.compiler = try folder.script("compiler", "echo called; exit 1")
        #expect(throws: NativeFailure.self) { try NativeBuild(code, options: others).wait() }
        others = options
        others.flags = ["-O1"]
        #expect(try !build(nil, others))
        #expect(try !build(try ModelCode(RandomModel.make(seed: 4))))
        #expect(entries.count == 3)
    }

    @Test("The emitted text is the same for the same model")
    func deterministic() throws {
        for seed in 0..<20 {
            let model = RandomModel.make(seed: UInt64(seed))
            #expect(try Emitter(ModelCode(model)).emit() == Emitter(ModelCode(model)).emit())
        }
    }

    @Test("A damaged, truncated or missing part of an entry is noticed, and the entry made again")
    func damaged() throws {
        try build()
        let entry = folder.path + "/cache/" + entries[0] + "/"
        let changes: [(String, (Data) -> Data)] = [
            ("code.so", { $0.prefix($0.count / 2) }), ("code.so", { _ in Data() }),
            (
                "code.so",
                { $0.enumerated().reduce(into: Data()) { $0.append($1.offset == 4000 ? ~$1.element : $1.element) } }
            ),
            ("code.so", { $0 + Data([0]) }), ("code.c", { $0.dropLast() }), ("digest", { _ in Data() }),
            ("digest", { _ in Data(repeating: 48, count: 64) }),
        ]
        for (name, change) in changes {
            let file = URL(fileURLWithPath: entry + name)
            try change(try Data(contentsOf: file)).write(to: file)
            #expect(try !build(), "\(name)")
            #expect(try build(), "\(name)")
        }
        for name in ["code.so", "code.c", "digest"] {
            try FileManager.default.removeItem(atPath: entry + name)
            #expect(try !build(), "\(name)")
            try FileManager.default.removeItem(atPath: entry + name)
            try FileManager.default.createDirectory(atPath: entry + name, withIntermediateDirectories: true)
            #expect(try !build(), "\(name)")
        }
        #expect(try build())
    }

    @Test("An entry of another model under the same name is not used")
    func collision() throws {
        try build()
        let own = entries[0]
        let other = try ModelCode(RandomModel.make(seed: 5))
        try build(other)
        let theirs = entries.first { $0 != own } ?? ""
        let cache = folder.path + "/cache/"
        try FileManager.default.removeItem(atPath: cache + own)
        try FileManager.default.copyItem(atPath: cache + theirs, toPath: cache + own)
        #expect(try !build())
        #expect(try build())
        // The library of another model, with the text of ours and the right digest.
        for file in ["code.so", "digest"] {
            try FileManager.default.removeItem(atPath: cache + own + "/" + file)
            try FileManager.default.copyItem(atPath: cache + theirs + "/" + file, toPath: cache + own + "/" + file)
        }
        #expect(try !build())
        #expect(try build())
    }

    @Test("A file where an entry or the folder should be is no obstacle")
    func files() throws {
        try build()
        let entry = folder.path + "/cache/" + entries[0]
        try FileManager.default.removeItem(atPath: entry)
        try "a file".write(toFile: entry, atomically: true, encoding: .utf8)
        #expect(try !build())
        #expect(try build())
        var options = options
        options.cacheFolder = entry + "/code.so/cache"
        #expect(try !build(nil, options))
        #expect(try !build(nil, options))
        options.cacheFolder = "/dev/full/cache"
        #expect(try !build(nil, options))
        options.cacheFolder = nil
        #expect(try !build(nil, options))
    }

    @Test("Builds of the same model at once all succeed, and leave one entry")
    func race() throws {
        let builds = (0..<6).map { _ in NativeBuild(code, options: options) }
        for build in builds {
            #expect(Comparison(code, try build.wait(), limit: 20).differences == [])
        }
        #expect(entries.count == 1)
        #expect(try build())
    }

    @Test("Beyond its limit the entries go that were not used for the longest time")
    func eviction() throws {
        let codes = try (0..<4).map { try ModelCode(RandomModel.make(seed: UInt64(20 + $0))) }
        for (number, code) in codes.prefix(3).enumerated() {
            let before = Set(entries)
            try build(code)
            let new = try #require(entries.first { !before.contains($0) })
            // As if it was made some hours ago.
            var times = [timeval](repeating: timeval(tv_sec: time(nil) - 7200 + number, tv_usec: 0), count: 2)
            utimes(folder.path + "/cache/" + new, &times)
        }
        #expect(try build(codes[0]))
        try FileManager.default.createDirectory(
            atPath: folder.path + "/cache/faultline-old", withIntermediateDirectories: true)
        var times = [timeval](repeating: timeval(tv_sec: 1, tv_usec: 0), count: 2)
        utimes(folder.path + "/cache/faultline-old", &times)
        var options = options
        options.cacheBytes = 100_000
        #expect(try !build(codes[3], options))
        #expect(try build(codes[0], options))
        #expect(entries.count < 4)
        #expect(!entries.contains("faultline-old"))
        options.cacheBytes = 0
        #expect(try !build(code, options))
        #expect(entries.count == 1)
    }

    @Test("The folder follows XDG_CACHE_HOME, then HOME")
    func place() {
        func place(_ environment: [String: String]) -> String? { NativeOptions(environment: environment).cacheFolder }
        #expect(place(["XDG_CACHE_HOME": "/x", "HOME": "/h"]) == "/x/faultline/native")
        #expect(place(["XDG_CACHE_HOME": "x", "HOME": "/h"]) == "/h/.cache/faultline/native")
        #expect(place(["HOME": "/h"]) == "/h/.cache/faultline/native")
        #expect(place([:]) == nil)
    }

    @Test("SHA-256 is the standard's")
    func digests() {
        #expect(SHA256.digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(SHA256.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let long = String(repeating: "a", count: 1_000)
        #expect(SHA256.digest(long) == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
    }
}

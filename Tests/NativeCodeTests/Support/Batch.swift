import Foundation
import Model

@testable import NativeCode

/// Many models in one library: starting a compiler for each would take longer than all the rest.
struct Batch {
    let functions: [NativeFunctions]

    init(
        _ codes: [ModelCode], flags: [String] = ["-O0"], compiler: String? = nil,
        limits: EmissionLimits = EmissionLimits(), rewrite: (String) -> String = { $0 }
    ) throws {
        var text = ""
        var parts: [EmittedCode] = []
        for (number, code) in codes.enumerated() {
            let part = try Emitter(code, prefix: "m\(number)_", limits: limits).emit()
            parts.append(part)
            text += number == 0 ? part.text : part.text.replacing(Emitter.header, with: "")
        }
        var options = NativeOptions()
        options.flags = flags
        if let compiler { options.compiler = compiler }
        let all = EmittedCode(text: rewrite(text), digest: "", wordCount: 0)
        let compilers = try Compiler.all(options)
        guard let folder = Files.temporaryFolder(in: options.temporaryFolder) else { throw NativeFailure.cancelled }
        defer { Files.remove(folder) }
        let library = try compilers[0].compile(all, in: folder, options) { false }
        functions = try parts.enumerated().map { number, part in
            try NativeLibrary(library, part, prefix: "m\(number)_").functions
        }
    }
}

/// Options that touch nothing outside a folder of their own.
func privateOptions(_ folder: TemporaryFolder) -> NativeOptions {
    var options = NativeOptions()
    options.compiler = nil
    options.cacheFolder = folder.path + "/cache"
    options.temporaryFolder = folder.path
    options.flags = ["-O0"]
    return options
}

/// A folder that is removed with its last owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        guard let path = Files.temporaryFolder(in: NSTemporaryDirectory()) else { throw NativeFailure.cancelled }
        self.path = path
    }

    deinit { Files.remove(path) }

    /// What is left in it, but for the cache.
    var leftovers: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasPrefix("faultline-") }
    }

    /// An executable script.
    func script(_ name: String, _ body: String) throws -> String {
        let file = path + "/" + name
        try ("#!/bin/sh\n" + body + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        return file
    }
}

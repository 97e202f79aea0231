import Foundation
import Model

/// A library that was compiled for a model.
///
/// It stays loaded until the process ends. The functions are plain pointers that anyone may have kept, and a library
/// takes less memory than the states of the smallest search.
struct NativeLibrary {
    let functions: NativeFunctions

    /// Loads a file whose bytes are known to be what a compiler made, and makes sure that it was made of this code.
    ///
    /// - Throws: ``NativeFailure/unusableLibrary(_:)``.
    init(_ path: String, _ code: EmittedCode, prefix: String = "faultline_") throws(NativeFailure) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .unusableLibrary(dlerror().map { String(cString: $0) } ?? "it can't be loaded")
        }
        guard let functions = Self.functions(handle, code, prefix) else {
            dlclose(handle)
            throw .unusableLibrary("it was made of other code")
        }
        self.functions = functions
    }

    private static func functions(
        _ handle: UnsafeMutableRawPointer, _ code: EmittedCode, _ prefix: String
    ) -> NativeFunctions? {
        func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, prefix + name) }
        guard let abi = symbol("abi"), abi.load(as: UInt32.self) == UInt32(Emitter.abi),
            let words = symbol("words"), Int(words.load(as: UInt32.self)) == code.wordCount,
            let digest = symbol("digest"), isDigest(digest, code.digest),
            let expand = symbol("expand"), let expandActor = symbol("expand_actor"), let judge = symbol("judge"),
            let judgeStep = symbol("judge_step"),
            let witness = symbol("witness")
        else { return nil }
        return NativeFunctions(
            expand: unsafeBitCast(expand, to: NativeFunctions.Expand.self),
            expandActor: unsafeBitCast(expandActor, to: NativeFunctions.ExpandActor.self),
            judge: unsafeBitCast(judge, to: NativeFunctions.Judge.self),
            judgeStep: unsafeBitCast(judgeStep, to: NativeFunctions.JudgeStep.self),
            witness: unsafeBitCast(witness, to: NativeFunctions.Witness.self))
    }

    private static func isDigest(_ memory: UnsafeMutableRawPointer, _ digest: String) -> Bool {
        let bytes = UnsafeRawBufferPointer(start: memory, count: digest.utf8.count)
        return bytes.elementsEqual(digest.utf8)
    }
}

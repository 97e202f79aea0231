import Foundation
import Model

/// From a model to a loaded library: emits, looks into the cache, compiles, loads, fills the cache.
struct LibraryBuilder {
    let options: NativeOptions
    let isCancelled: () -> Bool

    func library(for model: ModelCode) throws(NativeFailure) -> (library: NativeLibrary, isFromCache: Bool) {
        var code = try Emitter(model).emit()
        if let rewrite = options.rewrite { code = code.rewritten(rewrite) }
        let compilers = try Compiler.all(options)
        let cache = options.cacheFolder.map { NativeCache(folder: $0, limit: options.cacheBytes) }
        let folder = try temporaryFolder()
        // A library that is loaded needs its file no more.
        defer { Files.remove(folder) }
        if let cache, let library = cached(code, compilers, cache, in: folder) { return (library, true) }
        return (try compiled(code, compilers, cache, in: folder), false)
    }

    /// Of the best compiler that has one.
    ///
    /// A copy is loaded: what was compared is what runs, and who changes the entry later does not change loaded code.
    private func cached(
        _ code: EmittedCode, _ compilers: [Compiler], _ cache: NativeCache, in folder: String
    ) -> NativeLibrary? {
        for compiler in compilers {
            let key = NativeCache.key(code, compiler, flags: options.flags)
            let copy = folder + "/cached.so"
            guard let bytes = cache.library(key, code), Files.write(bytes, to: copy) else { continue }
            do throws(NativeFailure) {
                return try NativeLibrary(copy, code)
            } catch {
                cache.remove(key)
            }
        }
        return nil
    }

    /// By the first compiler that can. One that is out of time is not followed by another.
    private func compiled(
        _ code: EmittedCode, _ compilers: [Compiler], _ cache: NativeCache?, in folder: String
    ) throws(NativeFailure) -> NativeLibrary {
        var first: NativeFailure?
        for compiler in compilers {
            do throws(NativeFailure) {
                let path = try compiler.compile(code, in: folder, options, isCancelled: isCancelled)
                // Loaded under a name that nobody else uses: a name that was loaded before would give the old library.
                guard let bytes = Files.read(path), LibraryFormat.isWhole(bytes) else {
                    throw .unusableLibrary("\(compiler.path) has not written a whole library")
                }
                let library = try NativeLibrary(path, code)
                cache?.add(NativeCache.key(code, compiler, flags: options.flags), code, library: bytes)
                return library
            } catch {
                switch error {
                case .cancelled, .outOfTime: throw error
                case .tooLarge, .noCompiler, .noSuchCompiler, .notStarted, .compilerFailed,
                    .compilerKilled, .noTemporaryFolder, .unusableLibrary:
                    first = first ?? error
                }
            }
        }
        throw first ?? .noCompiler
    }

    private func temporaryFolder() throws(NativeFailure) -> String {
        for place in [options.temporaryFolder, "/tmp", options.cacheFolder].compactMap({ $0 }) {
            if let folder = Files.temporaryFolder(in: place) { return folder }
        }
        throw .noTemporaryFolder("\(options.temporaryFolder) can't be written")
    }
}

import Foundation

/// A C compiler that is there.
struct Compiler: Hashable {
    let path: String
    /// Changes when the compiler does: its path with links followed, size and time.
    let identity: String

    /// The compilers to try, best first.
    ///
    /// - Throws: ``NativeFailure/noCompiler``, ``NativeFailure/noSuchCompiler(_:)``.
    static func all(_ options: NativeOptions) throws(NativeFailure) -> [Compiler] {
        let path = options.environment["PATH"] ?? ""
        if let name = options.compiler {
            guard let compiler = Compiler(name, path: path) else { throw .noSuchCompiler(name) }
            return [compiler]
        }
        var found: [Compiler] = []
        for name in ["clang", "gcc", "cc", "tcc"] {
            // `cc` is one of the others most of the time.
            guard let one = Compiler(name, path: path), !found.contains(where: { $0.identity == one.identity }) else {
                continue
            }
            found.append(one)
        }
        if found.isEmpty { throw .noCompiler }
        return found
    }

    /// A name without a slash is looked for on the path; nil for one that is no executable file.
    init?(_ name: String, path: String) {
        let places = name.contains("/") ? [name] : path.split(separator: ":").map { $0 + "/" + name }
        for place in places {
            var information = stat()
            guard stat(place, &information) == 0, information.st_mode & S_IFMT == S_IFREG, access(place, X_OK) == 0
            else { continue }
            self.path = place
            let real = URL(fileURLWithPath: place).resolvingSymlinksInPath().path
            #if canImport(Darwin)
                let time = information.st_mtimespec
            #else
                let time = information.st_mtim
            #endif
            identity = "\(real) \(information.st_size) \(time.tv_sec).\(time.tv_nsec)"
            return
        }
        return nil
    }

    private func arguments(_ options: NativeOptions) -> [String] {
        // clang refuses more than 256 nested parentheses otherwise.
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return options.flags + (name.contains("clang") ? ["-fbracket-depth=8192"] : []) + ["-shared", "-fPIC", "-w"]
    }

    /// Compiles `code.c` to `code.so`, both in a folder that nobody else uses.
    func compile(
        _ code: EmittedCode, in folder: String, _ options: NativeOptions, isCancelled: () -> Bool
    ) throws(NativeFailure) -> String {
        let (source, library, output) = (folder + "/code.c", folder + "/code.so", folder + "/output")
        guard Files.write(Array(code.text.utf8), to: source) else {
            throw .noTemporaryFolder("\(source) can't be written")
        }
        // What a compiler before has left must not be taken for the work of this one.
        unlink(library)
        var environment = options.environment
        environment["TMPDIR"] = folder
        environment["LC_ALL"] = "C"
        let run = Subprocess(
            path: path, arguments: arguments(options) + ["-o", library, source],
            environment: environment, outputFile: output, seconds: options.secondsPerCompiler)
        switch run.run(isCancelled: isCancelled) {
        case .status(0): return library
        case .status(let status):
            throw .compilerFailed(compiler: path, status: status, message: Files.start(of: output))
        case .signal(let signal): throw .compilerKilled(compiler: path, signal: signal)
        case .outOfTime: throw .outOfTime(compiler: path, seconds: options.secondsPerCompiler)
        case .outOfBounds: throw .compilerFailed(compiler: path, status: 0, message: "it prints without end")
        case .cancelled: throw .cancelled
        case .notStarted(let reason): throw .notStarted(compiler: path, reason: reason)
        }
    }
}

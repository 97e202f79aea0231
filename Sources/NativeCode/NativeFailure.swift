/// Why there are no compiled functions for a model. The bytecode machine can do all that they do: a search without them
/// is slower, and never wrong.
public enum NativeFailure: Error, Hashable, Sendable {
    /// More than so many bytes of C.
    case tooLarge(bytes: Int)
    case noCompiler
    /// `FAULTLINE_CC` names something that can't be run.
    case noSuchCompiler(String)
    /// Starting it failed, with the reason of the system.
    case notStarted(compiler: String, reason: String)
    /// Its status, and the start of what it printed.
    case compilerFailed(compiler: String, status: Int, message: String)
    case compilerKilled(compiler: String, signal: Int)
    case outOfTime(compiler: String, seconds: Double)
    /// No folder for temporary files can be written to.
    case noTemporaryFolder(String)
    /// What the compiler made is no library that fits the model.
    case unusableLibrary(String)
    case cancelled
}

extension NativeFailure: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .tooLarge(let bytes): "The model needs more than \(bytes >> 10) KiB of C."
        case .noCompiler: "No C compiler was found: neither clang, gcc, cc nor tcc."
        case .noSuchCompiler(let path): "FAULTLINE_CC is `\(path)`, which can't be run."
        case .notStarted(let compiler, let reason): "`\(compiler)` could not be started: \(reason)."
        case .compilerFailed(let compiler, let status, let message):
            "`\(compiler)` failed with status \(status)" + (message.isEmpty ? "." : ": \(message)")
        case .compilerKilled(let compiler, let signal): "`\(compiler)` was killed by signal \(signal)."
        case .outOfTime(let compiler, let seconds): "`\(compiler)` took more than \(seconds) s."
        case .noTemporaryFolder(let reason): "There is no folder for temporary files: \(reason)."
        case .unusableLibrary(let reason): "The compiled library can't be used: \(reason)."
        case .cancelled: "The compilation was cancelled."
        }
    }
}

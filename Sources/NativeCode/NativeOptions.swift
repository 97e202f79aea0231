import Foundation

/// How native code is built.
public struct NativeOptions: Sendable {
    /// The environment that compiler and cache are looked up in, and that the compiler gets.
    public var environment: [String: String]
    /// The only compiler that is tried; nil for the usual ones.
    public var compiler: String?
    /// Behind the compiler's own options.
    public var flags: [String] = ["-O1"]
    /// Compilers that take longer are killed.
    public var secondsPerCompiler: Double = 60
    /// Nil for no cache.
    public var cacheFolder: String?
    /// Least recently used entries are removed beyond it.
    public var cacheBytes = 256 << 20
    /// Where private folders for temporary files are made.
    public var temporaryFolder: String
    /// Changes the emitted text: seeds defects in tests.
    var rewrite: (@Sendable (String) -> String)?

    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        compiler = environment["FAULTLINE_CC"].flatMap { $0.isEmpty ? nil : $0 }
        temporaryFolder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        cacheFolder = Self.cacheFolder(environment)
    }

    /// The XDG base directory specification wants absolute paths and has others ignored.
    private static func cacheFolder(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/faultline/native" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/faultline/native" }
        return nil
    }
}

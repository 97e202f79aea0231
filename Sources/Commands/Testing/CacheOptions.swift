import Analysis
import ArgumentParser
import Foundation

/// Where results are kept.
struct CacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep results in this folder; by default below $XDG_CACHE_HOME, or ~/.cache.", valueName: "folder"))
    var cache: String?

    @Flag(help: "Search everything, and keep nothing.")
    var noCache = false

    func validate() throws {
        if noCache, cache != nil { throw ValidationError("--no-cache can't be combined with --cache") }
        // Of a variable that is not set; it would be the current folder.
        if cache == "" { throw ValidationError("--cache needs the name of a folder") }
    }

    /// Nil where nothing is to be kept, and where there is no place for it.
    var store: SearchCache? {
        guard !noCache, let folder = cache.map({ URL(fileURLWithPath: $0, isDirectory: true) }) ?? Self.standard else {
            return nil
        }
        return SearchCache(folder: folder, version: Version.current)
    }

    /// The XDG base directory specification wants absolute paths and has others ignored.
    private static var standard: URL? {
        let environment = ProcessInfo.processInfo.environment
        let name = "faultline/searches"
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
            return URL(fileURLWithPath: base, isDirectory: true).appendingPathComponent(name)
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return URL(fileURLWithPath: home, isDirectory: true).appendingPathComponent(".cache/\(name)")
    }
}

/// Where the files lie that a result names. Reports that are read beside the sources need paths from the root of the
/// repository; a result names specs as they were given, and modules as `import` does: `std/counts.fl`.
///
/// Looks at no file: what it can't know by itself it is told.
public struct ReportPaths: Sendable {
    public enum Place: Hashable, Sendable {
        /// From the root, without `.` and `..`.
        case root(String)
        /// From the folder of the modules that come with the tool.
        case library(String)
        /// An absolute path.
        case elsewhere(String)
    }

    private let root: String
    private let library: String?
    private let modules: [String: [String: String]]
    /// The first place of each module, for findings that belong to no spec.
    private let anyModules: [String: String]

    /// `root` and `library` are absolute paths of folders. `modules` has, for each spec, the paths of the modules that
    /// its results name.
    public init(root: String, library: String? = nil, modules: [String: [String: String]] = [:]) {
        self.root = Self.normalized(root)
        self.library = library.map(Self.normalized)
        self.modules = modules
        var first: [String: String] = [:]
        for spec in modules.keys.sorted() { first.merge(modules[spec] ?? [:]) { earlier, _ in earlier } }
        anyModules = first
    }

    /// `spec` is the one whose result names the file, where there is one.
    public func place(of file: String, in spec: String?) -> Place {
        let found = spec.flatMap { modules[$0]?[file] } ?? (file == spec ? nil : anyModules[file])
        let path = found ?? file
        let absolute = Self.normalized(path.hasPrefix("/") ? path : root + "/" + path)
        if let rest = Self.rest(of: absolute, below: root) { return .root(rest) }
        if let library, let rest = Self.rest(of: absolute, below: library) { return .library(rest) }
        return .elsewhere(absolute)
    }

    private static func rest(of path: String, below folder: String) -> String? {
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) && path.count > prefix.count ? String(path.dropFirst(prefix.count)) : nil
    }

    /// Without `.`, `..` and empty parts.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

extension SuiteResult {
    /// For each spec the other files that its results name, in the order of their names.
    public var modulesNamed: [String: [String]] {
        var named: [String: Set<String>] = [:]
        for run in runs {
            guard let counterexample = run.result.counterexample else { continue }
            let labels = counterexample.steps.flatMap(\.labels) + [counterexample.failure.conjunct].compactMap { $0 }
            named[run.result.spec, default: []].formUnion(labels.lazy.map(\.file))
        }
        return named.mapValues { $0.sorted() }
    }
}

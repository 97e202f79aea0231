/// Why the benchmark stops. Each has one message for the person who started it.
public enum BenchmarkError: Error, Equatable, CustomStringConvertible {
    case cannotInstall(packages: [String], reason: String)
    case cannotStart(command: String, reason: String)
    case failed(command: String, status: String, output: String)
    case unreadable(contender: String, what: String)
    case wrong(contender: String, problems: [String])
    case file(path: String, reason: String)

    public var description: String {
        switch self {
        case .cannotInstall(let packages, let reason):
            let list = packages.joined(separator: " ")
            return """
                these Debian packages are missing and can't be installed (\(reason)): \(list)
                run `apt-get install \(list)` as root, or leave the tools out with --tools
                """
        case .cannotStart(let command, let reason): return "can't start `\(command)`: \(reason)"
        case .failed(let command, let status, let output): return "`\(command)` ended with \(status)\n\(output)"
        case .unreadable(let contender, let what): return "\(contender): the output has no \(what)"
        case .wrong(let contender, let problems): return "\(contender): \(problems.joined(separator: "; "))"
        case .file(let path, let reason): return "\(path): \(reason)"
        }
    }
}

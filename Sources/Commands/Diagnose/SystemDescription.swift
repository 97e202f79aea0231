import Foundation

/// The program, the machine and the command line, as text.
struct SystemDescription {
    let command: [String]

    var text: String {
        let process = ProcessInfo.processInfo
        var lines = [
            "faultline \(Version.current)", "system: \(process.operatingSystemVersionString)",
            "architecture: \(Self.architecture)", "cores: \(process.activeProcessorCount)",
            "memory: \(process.physicalMemory / 1_000_000) MB",
            "modules: \(InstalledLibrary().folder?.path ?? "not found")",
            "command: \((["faultline"] + command).map(Self.quoted).joined(separator: " "))",
        ]
        for name in ["clang", "gcc", "cc", "tcc", "git"] { lines.append("\(name): \(Self.path(of: name) ?? "none")") }
        let environment = process.environment.filter { name, _ in
            name.hasPrefix("FAULTLINE_") || ["XDG_CACHE_HOME", "TMPDIR", "NO_COLOR", "TERM", "LANG"].contains(name)
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { lines.append("\(name)=\(value)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        guard word.wholeMatch(of: /[A-Za-z0-9_.,:=\/+%@-]+/) == nil else { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "another"
        #endif
    }

    private static func path(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

import Contenders
import Foundation
import Measuring

/// The machine and the tools, in lines for the results. No names of hosts, users or folders.
enum Machine {
    static func describe(_ toolbox: Toolbox) throws(BenchmarkError) -> [String] {
        let shell = Shell(folder: toolbox.root)
        let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        let cores = ProcessInfo.processInfo.processorCount
        var lines = [
            "\(field("model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown processor"), \(cores) cores, "
                + "\(Int(memory.rounded())) GiB of memory, "
                + "\(field("PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown system")"
        ]
        let commit = firstLine(shell, ["git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"])
        lines.append("Faultline \(commit.map { "at \($0)" } ?? "of no known commit"), built by \(swift(shell))")
        if toolbox.peers.contains(.spin) { lines.append(firstLine(shell, ["spin", "-V"]) ?? "SPIN: no version") }
        for rumur in toolbox.rumurs { lines.append("\(rumur.name), its code compiled by \(toolbox.rumurBackend)") }
        if toolbox.cmurphi != nil { lines.append("CMurphi") }
        for compiler in ["gcc", "g++", "clang"] where Folders.program(compiler) != nil {
            if let version = firstLine(shell, [compiler, "--version"]) { lines.append("\(compiler): \(version)") }
        }
        return lines
    }

    private static func swift(_ shell: Shell) -> String {
        let text = (try? shell.run(Command(["swift", "--version"])))?.output ?? ""
        return text.firstMatch(of: /Swift version [0-9.]+/).map { String($0.0) } ?? "an unknown Swift"
    }

    private static func firstLine(_ shell: Shell, _ command: [String]) -> String? {
        let output = (try? shell.run(Command(command)))?.output
        let line = output?.split(separator: "\n").first.map(String.init)
        return line?.replacing(/\ \(https?:[^)]*\)/, with: "")
    }

    private static func field(_ name: String, in path: String, separator: Character) -> String? {
        let line = (try? Folders.read(path))?.split(separator: "\n").first { $0.hasPrefix(name) }
        let value = line?.split(separator: separator, maxSplits: 1).dropFirst().first
        return value?.trimmingCharacters(in: CharacterSet(charactersIn: " \""))
    }
}

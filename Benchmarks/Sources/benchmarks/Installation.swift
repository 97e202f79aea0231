import Contenders
import Foundation
import Measuring

/// Installs the Debian packages of the peers that are missing. Prints nothing where nothing is missing.
struct Installation {
    let peers: Set<Peer>

    func run() throws(BenchmarkError) {
        let missing = Set(peers.flatMap(needs).filter { Folders.program($0.program) == nil }.map(\.package)).sorted()
        if missing.isEmpty { return }
        guard let prefix = administrator() else {
            throw .cannotInstall(
                packages: missing, reason: "this needs apt-get, and root or a sudo that asks for nothing")
        }
        tell("installing \(missing.joined(separator: " "))")
        let shell = Shell(folder: FileManager.default.temporaryDirectory.path)
        let environment = ["DEBIAN_FRONTEND": "noninteractive"]
        do {
            _ = try shell.run(Command(prefix + ["apt-get", "update", "-qq"], environment: environment))
            let install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            _ = try shell.run(Command(prefix + install + missing, environment: environment))
        } catch {
            throw .cannotInstall(packages: missing, reason: "apt-get failed: \(error)")
        }
    }

    private func needs(_ peer: Peer) -> [(program: String, package: String)] {
        switch peer {
        case .spin: [("spin", "spin"), ("gcc", "gcc")]
        case .rumur: [("rumur", "rumur"), ("gcc", "gcc")]
        case .cpp: [("g++", "g++")]
        case .cmurphi: []  // Not in Debian.
        }
    }

    /// What makes a command run as root.
    private func administrator() -> [String]? {
        if Folders.program("apt-get") == nil { return nil }
        if getuid() == 0 { return [] }
        let shell = Shell(folder: FileManager.default.temporaryDirectory.path)
        let sudo = try? shell.run(Command(["sudo", "-n", "true"]))
        return sudo == nil ? nil : ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    }
}

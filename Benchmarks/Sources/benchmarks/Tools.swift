import Contenders
import Measuring

/// Looks for the tools. What is not there is left out, and said.
func findTools(
    peers: Set<Peer>, root: String, scratch: String, rumur: String?, cmurphi: String?
) throws(BenchmarkError) -> Toolbox {
    let shell = Shell(folder: scratch)
    var rumurs: [MurphiCompiler] = []
    if peers.contains(.rumur) {
        // Debian's is in /usr/bin; the PATH may lead to a newer one.
        for path in ["/usr/bin/rumur", Folders.program("rumur"), rumur].compactMap({ $0 }) {
            guard let version = try? shell.run(Command([path, "--version"])).output else {
                if path == rumur { throw .file(path: path, reason: "is no Rumur that runs") }
                continue
            }
            let number = version.split(whereSeparator: \.isWhitespace).last?.drop { $0 == "v" }
            let name = "Rumur \(number ?? "")"
            if !rumurs.contains(where: { $0.name == name }) { rumurs.append(MurphiCompiler(path: path, name: name)) }
        }
    }
    var compiler: MurphiCompiler?
    if peers.contains(.cmurphi) {
        compiler = (cmurphi ?? Folders.program("mu")).map { MurphiCompiler(path: $0, name: "CMurphi") }
        if compiler == nil { tell("CMurphi is not there (`mu` on the PATH, or --cmurphi): left out") }
    }
    return Toolbox(
        root: root, scratch: scratch, peers: peers, rumurs: rumurs, cmurphi: compiler,
        rumurBackend: Folders.program("clang") == nil ? "gcc" : "clang")
}

func buildFaultline(_ toolbox: Toolbox) throws(BenchmarkError) {
    tell("building Faultline")
    let build = ["swift", "build", "-c", "release", "--product", "faultline"]
    _ = try Shell(folder: toolbox.scratch).run(Command(build + ["--package-path", toolbox.root]))
}

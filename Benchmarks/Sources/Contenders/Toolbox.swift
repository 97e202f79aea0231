/// Faultline's competitors.
public enum Peer: String, CaseIterable, Sendable {
    case spin, rumur, cpp, cmurphi
}

/// A Murphi compiler: where it is, and how it is called in the tables.
public struct MurphiCompiler: Equatable, Sendable {
    public let path: String
    public let name: String

    public init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

/// What there is on this machine, and where the files are.
public struct Toolbox: Sendable {
    /// The folder of the repository.
    public let root: String
    /// A folder for the files of this run.
    public let scratch: String
    public let peers: Set<Peer>
    public let rumurs: [MurphiCompiler]
    public let cmurphi: MurphiCompiler?
    /// The compiler for what Rumur makes. Clang's code is about twice as fast here as that of GCC 12.
    public let rumurBackend: String

    public init(
        root: String, scratch: String, peers: Set<Peer>, rumurs: [MurphiCompiler], cmurphi: MurphiCompiler?,
        rumurBackend: String
    ) {
        self.root = root
        self.scratch = scratch
        self.peers = peers
        self.rumurs = rumurs
        self.cmurphi = cmurphi
        self.rumurBackend = rumurBackend
    }

    var faultline: String { root + "/.build/release/faultline" }
    var model: String { root + "/Benchmarks/models/page_fault.fl" }
    /// The model without its variants, so that a search of a scenario searches nothing else.
    public var modelWithoutVariants: String { scratch + "/page_fault.fl" }
    /// A folder for a contender, from what tells it from all others.
    func folder(_ parts: String...) -> String {
        scratch + "/"
            + parts.joined(separator: " ").map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    }
}

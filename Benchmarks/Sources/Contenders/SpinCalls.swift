import Measuring

/// How SPIN is told to search.
enum SpinSearch: Sendable {
    case depthFirst, breadthFirst, partialOrder, partialOrderCollapse

    var name: String {
        switch self {
        case .depthFirst: "SPIN depth-first"
        case .breadthFirst: "SPIN breadth-first"
        case .partialOrder: "SPIN, partial order"
        case .partialOrderCollapse: "SPIN, partial order, -DCOLLAPSE"
        }
    }

    var macros: [String] {
        switch self {
        case .depthFirst: ["-DNOREDUCE"]
        case .breadthFirst: ["-DNOREDUCE", "-DBFS"]
        case .partialOrder: []
        case .partialOrderCollapse: ["-DCOLLAPSE"]
        }
    }

    var isBreadthFirst: Bool {
        switch self {
        case .breadthFirst: true
        case .depthFirst, .partialOrder, .partialOrderCollapse: false
        }
    }
}

extension Toolbox {
    /// SPIN writes `pan.c`, which is compiled and run. It is told how deep and how large the search will be.
    func spin(
        _ search: SpinSearch, _ size: Size, bug: PlantedBug? = nil, optimisation: String = "-O3"
    ) -> Contender {
        let name = search.name + (optimisation == "-O3" ? "" : ", \(optimisation)")
        let folder = folder(name, size.name, "\(bug?.rawValue ?? 0)")
        let sizes = [
            "-DNP=\(size.processes)", "-DNV=\(size.pages)", "-DNF=\(size.frames)", "-DNS=\(size.slots)",
            "-DBUG=\(bug?.rawValue ?? 0)",
        ]
        var contender = Contender(
            name, folder: folder,
            measured: [Command(["./pan", "-m\(size.spinDepth)", "-w\(size.tableBits)"], mustSucceed: false)],
            format: .spin(breadthFirst: search.isBreadthFirst), expected: bug?.expected ?? size.exact)
        contender.preparation = [
            Command(["spin"] + sizes + ["-a", root + "/Benchmarks/peers/promela/page_fault.pml"]),
            Command(
                ["gcc", optimisation, "-march=native", "-w", "-DSAFETY", "-DMEMLIM=20000"] + search.macros
                    + ["-o", "pan", "pan.c"]),
        ]
        return contender
    }
}

extension Size {
    /// The longest path of SPIN's depth-first search must fit. More takes memory for nothing.
    fileprivate var spinDepth: Int {
        switch self {
        case .s, .m: 100_000
        case .l: 400_000
        case .xl: 6_000_000
        }
    }
}

import Measuring

extension Toolbox {
    /// The search in C++ is compiled for one size, and is told how large its table has to be.
    func handwritten(_ size: Size, exact: Bool, threads: Int) -> Contender {
        let name = "C++, \(exact ? "whole states" : "fingerprints"), \(threadsText(threads))"
        return handwritten(
            name, "search.cpp", size, bug: nil, macros: ["-DEXACT=\(exact ? 1 : 0)"],
            run: ["./search", "\(size.tableBits)", "\(threads)"], expected: size.exact)
    }

    /// The search that can tell how long a counterexample is.
    func handwritten(_ size: Size, bug: PlantedBug) -> Contender {
        handwritten(
            "C++ with parents", "trace.cpp", size, bug: bug, macros: [], run: ["./search"], expected: bug.expected)
    }

    private func handwritten(
        _ name: String, _ source: String, _ size: Size, bug: PlantedBug?, macros: [String], run: [String],
        expected: Expected
    ) -> Contender {
        var contender = Contender(
            name, folder: folder(name, size.name, "\(bug?.rawValue ?? 0)"),
            measured: [Command(run, mustSucceed: false)], format: .handwritten, expected: expected)
        let sizes = [
            "-DP=\(size.processes)", "-DV=\(size.pages)", "-DF=\(size.frames)", "-DS=\(size.slots)",
            "-DBUG=\(bug?.rawValue ?? 0)",
        ]
        contender.preparation = [
            Command(
                ["g++", "-O3", "-march=native", "-mcx16", "-std=c++20", "-pthread"] + sizes + macros
                    + [root + "/Benchmarks/peers/cpp/\(source)", "-o", "search"])
        ]
        return contender
    }
}

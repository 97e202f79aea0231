import Measuring

/// Murphi has no parameters on the command line: the sizes are put into the text of the model.
public func murphiModel(_ template: String, _ size: Size, bug: PlantedBug?, symmetric: Bool) -> String {
    func range(_ count: Int) -> String { symmetric ? "scalarset(\(count))" : "0..\(count - 1)" }
    let values = [
        "@P@": "\(size.processes)", "@V@": "\(size.pages)", "@F@": "\(size.frames)", "@S@": "\(size.slots)",
        "@BUG@": "\(bug?.rawValue ?? 0)", "@PROC@": range(size.processes), "@FRAME@": range(size.frames),
        "@SLOT@": range(size.slots), "@FIRST@": symmetric ? "Proc" : "0..0",
    ]
    return template.split(separator: "\n", omittingEmptySubsequences: false)
        .map { line in
            line.hasPrefix("--") ? String(line) : values.reduce(String(line)) { replace($1.key, $1.value, $0) }
        }
        .joined(separator: "\n")
}

private func replace(_ name: String, _ value: String, _ text: String) -> String {
    text.split(separator: name, omittingEmptySubsequences: false).joined(separator: value)
}

extension Toolbox {
    func rumur(
        _ compiler: MurphiCompiler, _ size: Size, bug: PlantedBug? = nil, symmetric: Bool, threads: Int = 1,
        optimisation: String = "-O3"
    ) throws(BenchmarkError) -> Contender {
        let name =
            "\(compiler.name)\(symmetric ? ", symmetry" : ""), \(threadsText(threads))"
            + (optimisation == "-O3" ? "" : ", \(optimisation)")
        let folder = folder(name, size.name, "\(bug?.rawValue ?? 0)")
        let model = try murphiFile(size, bug: bug, symmetric: symmetric)
        var contender = Contender(
            name, folder: folder, measured: [Command(["./model"], mustSucceed: false)], format: .murphi,
            expected: murphiExpected(size, bug: bug, symmetric: symmetric))
        contender.preparation = [
            Command([compiler.path, "--threads", "\(threads)", model, "-o", "model.c"]),
            Command([
                rumurBackend, "-std=c11", optimisation, "-march=native", "-mcx16", "-w", "-o", "model", "model.c",
                "-lpthread", "-latomic",
            ]),
        ]
        return contender
    }

    /// CMurphi makes C++ that needs the headers beside it, in `../include`.
    func cmurphi(_ compiler: MurphiCompiler, _ size: Size, symmetric: Bool) throws(BenchmarkError) -> Contender {
        let name = "\(compiler.name)\(symmetric ? ", symmetry" : "")"
        let folder = folder(name, size.name)
        let model = try murphiFile(size, bug: nil, symmetric: symmetric)
        let headers = compiler.path.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/include"
        let megabytes = max(100, size.states * 100 / 1_000_000)
        var contender = Contender(
            name, folder: folder,
            measured: [Command(["./model", "-vbfs", "-m\(megabytes)"], mustSucceed: false)], format: .murphi,
            expected: symmetric ? Expected(.holds) : size.exact)
        contender.preparation = [
            Command(["cp", model, "model.m"]),
            Command([compiler.path, "model.m"]),
            Command(["g++", "-O3", "-march=native", "-w", "-fpermissive", "-I", headers, "-o", "model", "model.cpp"]),
        ]
        return contender
    }

    private func murphiExpected(_ size: Size, bug: PlantedBug?, symmetric: Bool) -> Expected {
        if let bug { return bug.expected }
        return symmetric ? Expected(.holds, states: size.statesOfRumurSymmetry) : size.exact
    }

    private func murphiFile(_ size: Size, bug: PlantedBug?, symmetric: Bool) throws(BenchmarkError) -> String {
        let template = try Folders.read(root + "/Benchmarks/peers/murphi/page_fault.m.in")
        let path = folder("model", size.name, "\(bug?.rawValue ?? 0)", "\(symmetric)") + ".m"
        try Folders.write(murphiModel(template, size, bug: bug, symmetric: symmetric), to: path)
        return path
    }
}

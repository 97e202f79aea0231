import Measuring

extension Toolbox {
    static let withoutReductions = ["--without", "symmetry,partial-order,fusion.unlock,fusion.guarded-read"]

    /// A search whose C is compiled and cached beforehand, by one run that is not measured.
    func faultline(_ size: Size, threads: Int, reduced: Bool) -> Contender {
        let name = "Faultline, \(threadsText(threads))"
        let folder = folder("faultline", size.name, "\(threads)", "\(reduced)")
        let check = faultline(
            size.scenario + ["--threads", "\(threads)"] + (reduced ? [] : Self.withoutReductions),
            modelWithoutVariants, cache: folder)
        var contender = Contender(
            name, folder: folder, measured: [check], format: .faultline, expected: reduced ? size.reduced : size.exact)
        contender.preparation = [check]
        return contender
    }

    /// The command as a user types it, with nothing cached and all reductions.
    func faultlineFromCold(_ size: Size) -> Contender {
        faultlineFromCold(size.scenario, modelWithoutVariants, "size \(size.name)", size.reduced)
    }

    func faultlineFromCold(_ bug: PlantedBug) -> Contender {
        faultlineFromCold(["--scenario", "m", "--variant", bug.variant], model, bug.variant, bug.expected)
    }

    func faultlineFromCold(teaching file: String) -> Contender {
        faultlineFromCold([], root + "/specs/teaching/\(file)", file, Expected(.holds))
    }

    private func faultlineFromCold(
        _ options: [String], _ spec: String, _ what: String, _ expected: Expected
    ) -> Contender {
        let folder = folder("faultline cold", what)
        return Contender(
            "Faultline", folder: folder, measured: [faultline(options, spec, cache: folder)], format: .faultline,
            expected: expected
        ).fromCold()
    }

    private func faultline(_ options: [String], _ spec: String, cache: String) -> Command {
        Command(
            [faultline, "check", "--format", "json"] + options + [spec],
            environment: ["XDG_CACHE_HOME": cache + "/cache"],
            mustSucceed: false)
    }

    func threadsText(_ threads: Int) -> String { threads == 1 ? "1 thread" : "\(threads) threads" }
}

import Analysis
import ArgumentParser

/// Which configurations of a spec, with which values.
struct SelectionOptions: ParsableArguments {
    @Option(help: "Only this scenario and its variants.")
    var scenario: String?

    @Option(help: "Only this variant.")
    var variant: String?

    @Flag(name: .customLong("no-variants"), help: "Only scenarios, without their variants.")
    var withoutVariants = false

    @Option(help: ArgumentHelp("Set a constant or the size of a domain; may be given again.", valueName: "NAME=VALUE"))
    var set: [String] = []

    @Option(
        help: ArgumentHelp(
            "Switch reductions off: \(Reduction.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "reductions"))
    var without: [ReductionList] = []

    func validate() throws {
        if withoutVariants, variant != nil { throw ValidationError("--no-variants and --variant exclude each other") }
    }

    /// All that is switched off.
    var reductionsOff: Set<Reduction> { without.reduce(into: []) { $0.formUnion($1.reductions) } }
}

/// Reductions, separated by commas.
struct ReductionList: ExpressibleByArgument {
    let reductions: Set<Reduction>

    init(reductions: Set<Reduction>) { self.reductions = reductions }

    init?(argument: String) {
        var all: Set<Reduction> = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: true) {
            guard let reduction = Reduction(rawValue: String(part)) else { return nil }
            all.insert(reduction)
        }
        guard !all.isEmpty else { return nil }
        reductions = all
    }

    var defaultValueDescription: String { "none" }
}

import Contenders
import Foundation
import Measuring

/// `RESULTS.md`.
struct ResultsDocument {
    let plan: Plan
    let machine: [String]
    /// Percent of the processors that others used meanwhile.
    var otherWork: Int?
    /// Contenders that were not run because they take minutes.
    var leftOut: [String] = []
    private var sections: [(title: String, table: Table)] = []

    init(plan: Plan, machine: [String]) {
        self.plan = plan
        self.machine = machine
    }

    mutating func add(_ title: String, _ table: Table) { sections.append((title, table)) }

    var text: String {
        let rounds = plan.rounds == 1 ? "1 round" : "\(plan.rounds) rounds"
        var text = """
            # Results

            Written by `make benchmarks`; [README.md](README.md) says what is measured, and how to read this. Every verdict
            and count was as expected.

            """
        text += "\n" + machine.map { "* \($0)\n" }.joined()
        text += """

            \(rounds), in which the contenders ran in turn. A figure is the median, with the least and the most in brackets;
            a figure without brackets was measured once. A ratio is to the first row, in the same round: above 1, the
            first row is faster.

            """
        text += "\n" + noise
        if !leftOut.isEmpty { text += "\nLeft out, because it takes minutes (`--no-slow`):\n\n" }
        text += leftOut.map { "* \($0)\n" }.joined()
        for section in sections { text += "\n## \(section.title)\n\n\(section.table.text)" }
        return text
    }

    private var noise: String {
        guard let otherWork else { return "How much other work there was on the machine is not known.\n" }
        let measured = "Other work took \(otherWork) % of the processors meanwhile."
        if otherWork < 5 { return measured + "\n" }
        return """
            \(measured) That makes all times longer, and changes them from run to run.
            Compare ratios, and no differences that are smaller than the ranges.

            """
    }
}

import Contenders
import Foundation
import Measuring

/// `RESULTS.md`.
struct ResultsDocument {
    let plan: Plan
    let machine: [String]
    private let loadBefore: String
    private var sections: [(title: String, table: Table)] = []

    init(plan: Plan, machine: [String], loadBefore: String) {
        self.plan = plan
        self.loadBefore = loadBefore
        self.machine = machine
    }

    mutating func add(_ title: String, _ table: Table) { sections.append((title, table)) }

    /// Whether something was running before the benchmark started.
    private var machineWasBusy: Bool { (Double(loadBefore) ?? 0) > 0.5 }

    var text: String {
        let rounds = plan.rounds == 1 ? "1 round" : "\(plan.rounds) rounds"
        var text = """
            # Results

            Written by `make benchmarks`; [README.md](README.md) says what is measured, and how to read this. Every verdict
            and count was as expected.

            """
        text += "\n" + (machine + ["load average before: \(loadBefore)"]).map { "* \($0)\n" }.joined()
        text += """

            \(rounds), in which the contenders ran in turn. A figure is the median, with the least and the most in brackets;
            a figure without brackets was measured once. A ratio is to the first row, in the same round: above 1, the
            first row is faster.

            """
        if machineWasBusy {
            text += """

                Other work was running on the machine. That makes all times longer, and changes them from run to run.
                Compare ratios, and no differences that are smaller than their ranges.

                """
        }
        for section in sections { text += "\n## \(section.title)\n\n\(section.table.text)" }
        return text
    }
}

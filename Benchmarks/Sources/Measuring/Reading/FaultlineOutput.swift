import Foundation

/// The part of Faultline's report that counts here.
private struct Report: Decodable {
    struct Run: Decodable {
        let asExpected: Bool
        let verdict: String
        let property: String?
        let reason: String?
        let states: Int?
        let transitions: Int?
        let depth: Int?
        let steps: Int?
    }
    let runs: [Run]
}

func readFaultline(_ text: String) -> Outcome? {
    guard let report = try? JSONDecoder().decode(Report.self, from: Data(text.utf8)), let run = report.runs.first else {
        return nil
    }
    let verdict: Outcome.Verdict
    if report.runs.count > 1, let other = report.runs.first(where: { !$0.asExpected }) {
        verdict = .incomplete("a run is not as the spec expects: \(other.verdict) \(other.property ?? "")")
    } else if run.verdict == "holds" {
        verdict = .holds
    } else if run.verdict == "violated" {
        verdict = .violated(run.property)
    } else {
        verdict = .incomplete(run.reason ?? run.verdict)
    }
    func figure(_ value: Int?) -> Figure? { value.map { Figure($0) } }
    return Outcome(
        verdict, states: figure(run.states), transitions: figure(run.transitions), depth: figure(run.depth),
        steps: figure(run.steps))
}

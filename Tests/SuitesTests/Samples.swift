import Diagnostics
import Reports

@testable import Suites

extension RunResult {
    /// Of `specs/a.fl small`.
    static func sample(
        _ verdict: Verdict = .holds, property: String? = nil, asExpected: Bool = true, spec: String = "specs/a.fl",
        variant: String? = nil, states: Int = 10
    ) -> RunResult {
        RunResult(
            spec: spec, module: "a", scenario: "small", variant: variant, verdict: verdict, reason: nil,
            expected: "holds", asExpected: asExpected, states: states, transitions: 20, depth: 3, property: property,
            steps: property == nil ? nil : 3, unwitnessed: [],
            assumptions: RunResult.Assumptions(
                memoryModel: "sequential consistency", settings: [], atomicClaims: 0, reductions: []),
            counterexample: nil, timing: RunResult.Timing(seconds: 0, memoryBytes: 0))
    }

    static let violated = sample(.violated, property: "content", asExpected: false)
}

extension KnownFailures {
    init(_ text: String, file: String = "known.txt") {
        var sources = SourceMap()
        let source = SourceText(name: file, text: text)
        self.init(source, sources.add(source))
    }
}

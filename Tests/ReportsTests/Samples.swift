import Reports

/// The smallest values that show everything a reporter can show.
enum Samples {
    static func step(
        _ number: Int, _ process: String, _ labels: [String], stack: [String] = [],
        choices: [(String, String)] = [], changes: [(String, String, String)] = [], held: [String] = []
    ) -> Counterexample.Step {
        Counterexample.Step(
            number: number, process: process,
            labels: labels.map { .init(file: "specs/cow.fl", line: 10 + number, text: $0, callStack: stack) },
            choices: choices.map { .init(name: $0.0, value: $0.1) },
            changes: changes.map { .init(name: $0.0, old: $0.1, new: $0.2) }, held: held,
            state: [.init(name: "pte[M0]", value: "swapped(S0)"), .init(name: "frame[F0].refs", value: "1")])
    }

    static func counterexample(
        processes: [String], steps: [Counterexample.Step], variant: String? = "swap_aba", switches: Int = 0,
        failure: Counterexample.Failure = content
    ) -> Counterexample {
        Counterexample(
            spec: "specs/linux/cow.fl", module: "cow", scenario: "small", variant: variant, settings: [],
            processes: processes,
            initial: [
                .init(name: "frame[F0].refs", value: "1"), .init(name: "pte[M0]", value: "mapped(F0, true)"),
                .init(name: "user_op[T0]", value: "load"),
            ], steps: steps, contextSwitches: switches, failure: failure)
    }

    static let content = Counterexample.Failure(
        kind: "invariant", property: "content", message: "an address space reads a value that it never wrote",
        conjunct: .init(file: "specs/cow.fl", line: 120, text: "frame[f].data == ideal.value(m)", callStack: []),
        values: [.init(name: "frame[F1].data", value: "0"), .init(name: "ideal.value(M0)", value: "1")])

    /// Two processes, a fused label, inlined handlers, a lock, a choice, an idle process.
    static let two = counterexample(
        processes: ["user[T0]", "evictor", "forker"],
        steps: [
            step(
                1, "evictor", ["choose s in Slot"], choices: [("s", "S0")]),
            step(2, "evictor", ["lock ptl[m]"], held: ["ptl[M0]"]),
            step(3, "user[T0]", ["let orig = racy(pte[m])"], stack: ["fault"]),
            step(
                4, "evictor", ["pte[m] = swapped(s)", "unlock ptl[m]"],
                changes: [("pte[M0]", "mapped(F0, true)", "swapped(S0)")]),
            step(
                5, "user[T0]", ["lock ptl[m]"], stack: ["fault", "wp_copy"], held: ["ptl[M0]"]),
            step(6, "user[T0]", ["unlock ptl[m]"]),
        ], switches: 3)

    static let holds = RunResult(
        spec: "specs/linux/cow.fl", module: "cow", scenario: "small", variant: nil, verdict: .holds, reason: nil,
        expected: "holds", asExpected: true, states: 81_865, transitions: 264_343, depth: 62, property: nil,
        steps: nil, unwitnessed: [], assumptions: assumptions, counterexample: nil,
        timing: .init(seconds: 1.24, memoryBytes: 4096))

    static let assumptions = RunResult.Assumptions(
        memoryModel: "sequential consistency",
        settings: [.init(name: "Thread", value: "2"), .init(name: "Mm", value: "2")], atomicClaims: 4,
        reductions: ["symmetry", "fusion.unlock"])

    static func violated(expected: Bool) -> RunResult {
        var run = holds
        run.variant = "swap_aba"
        run.verdict = .violated
        run.property = "content"
        run.steps = 6
        run.expected = expected ? "violated content" : "violated accounted"
        run.asExpected = expected
        run.counterexample = two
        return run
    }

    /// A violation on a random walk, with a run that may not be the shortest.
    static let walked: RunResult = {
        var run = violated(expected: false)
        run.counterexample?.mayBeShorter = true
        run.states = 0
        run.walks = walks
        run.walks?.violating = .init(number: 37, steps: 1214)
        return run
    }()

    static let walkedInVain: RunResult = {
        var run = inconclusive
        run.reason = .walks
        run.states = 0
        run.walks = walks
        run.walks?.passedOver = ["accounted"]
        return run
    }()

    private static let walks = RunResult.Walks(
        seed: 7, asked: 100, mostSteps: 1000, walks: 37, steps: 4421, deepest: 1000, passedOver: [], cut: nil,
        violating: nil)

    static let inconclusive: RunResult = {
        var run = holds
        run.scenario = "large"
        run.verdict = .inconclusive
        run.reason = .memory
        run.asExpected = false
        run.depth = 17
        run.assumptions.atomicClaims = 1
        run.assumptions.reductions = []
        return run
    }()
}

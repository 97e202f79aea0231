import Reports
import Testing

@Suite("The text report")
struct TextReportTests {
    @Test("A run that holds says for which scope and on which assumptions")
    func holds() {
        #expect(
            TextReport().render([Samples.holds]) == """
                ok    specs/linux/cow.fl small: holds, as expected; 81,865 states, 264,343 transitions, depth 62
                      holds for this scope: Thread = 2, Mm = 2; sequential consistency; 4 atomic claims; reductions: symmetry,
                        fusion.unlock
                1 run, as expected

                """)
    }

    @Test("An inconclusive run says why it ended and what was covered")
    func inconclusive() {
        #expect(
            TextReport().render(Samples.inconclusive) == """
                ?     specs/linux/cow.fl large: inconclusive, expected holds; 81,865 states, 264,343 transitions, depth 17
                      the memory limit was reached: every state up to depth 17 was visited, and nothing is known of those beyond
                      in this scope: Thread = 2, Mm = 2; sequential consistency; 1 atomic claim; no reductions

                """)
    }

    @Test("A run that ended before its first state says that nothing is known")
    func nothingVisited() {
        var run = Samples.inconclusive
        run.states = 0
        run.depth = 0
        #expect(
            TextReport().render(run).contains(
                "the memory limit was reached: no state was visited, and nothing is known"))
        run.states = 7
        run.depth = -1
        #expect(
            TextReport().render(run).contains(
                "the memory limit was reached: not even all initial states were visited, and nothing is known"))
    }

    @Test("A search by switches says how many were covered, and whether that is all", arguments: [-1, 0, 1, 2])
    func switches(complete: Int) {
        var run = Samples.inconclusive
        run.reason = .switches
        run.switches = .init(limit: 2, complete: complete)
        let text = TextReport(diagram: RaceDiagram(width: 300)).render(run)
        let words = [
            "nothing is known of runs with any number of context switches",
            "every run with no context switch was looked at, and nothing is known of those with more",
            "every run with at most 1 context switch was looked at, and nothing is known of those with more",
            "every run with at most 2 context switches was looked at, and nothing is known of those with more",
        ]
        #expect(text.contains("the limit on context switches was reached: \(words[complete + 1])"))
        #expect(!text.contains("exact"))
        run = Samples.holds
        run.switches = .init(limit: 9, complete: 2)
        #expect(
            TextReport().render(run).contains(
                "exact: runs with more than 2 context switches add no state and no step"))
    }

    @Test("A run with the fewest switches promises no shortest length")
    func fewestSwitches() {
        var trace = Samples.two
        trace.hasFewestSwitches = true
        let text = RaceDiagram(width: 200).render(trace)
        #expect(
            text.contains(
                "(3 context switches, 6 steps; no violation has fewer switches, and none with as few is shorter)"))
        #expect(!text.contains("no shorter violation exists"))
    }

    @Test("An unexpected violation is drawn, an expected one only when asked")
    func diagrams() {
        let unexpected = TextReport().render(Samples.violated(expected: false))
        #expect(
            unexpected.hasPrefix("FAIL  specs/linux/cow.fl small/swap_aba: violated content (6 steps), expected viol"))
        #expect(unexpected.contains(RaceDiagram().render(Samples.two)))
        let expected = TextReport().render(Samples.violated(expected: true))
        #expect(expected.hasPrefix("ok    specs/linux/cow.fl small/swap_aba: violated content (6 steps), as expected"))
        #expect(expected.split(separator: "\n").count == 2)
        let shown = TextReport(showExpected: true).render(Samples.violated(expected: true))
        #expect(shown.contains(RaceDiagram().render(Samples.two)))
    }

    @Test("A reachable property without a witness is named")
    func unwitnessed() {
        var run = Samples.holds
        run.asExpected = false
        run.unwitnessed = ["both_swapped", "swap_in"]
        let lines = TextReport().render(run).split(separator: "\n")
        #expect(lines.first?.hasPrefix("FAIL") == true)
        #expect(lines.last == "      never witnessed: reachable both_swapped, swap_in")
    }

    @Test("A violation on a walk says how long the walk was, and that there may be a shorter run")
    func walked() {
        let text = TextReport().render(Samples.walked)
        #expect(
            text.contains("violated content (6 steps), expected violated accounted; 37 walks, 4,421 steps, the longest")
        )
        #expect(
            text.contains("walk 37 of seed 7 met it after 1,214 steps; shortened to 6, which need not be the fewest\n"))
        #expect(text.contains("a shorter violation may exist") && !text.contains("no shorter violation exists"))
    }

    @Test("Walks in vain say what they covered, and what they met that nobody looked for")
    func walkedInVain() {
        let text = TextReport().render(Samples.walkedInVain)
        #expect(text.hasPrefix("?"))
        #expect(text.contains("also violated, but not looked for: accounted\n"))
        #expect(text.contains("no violation on 37 walks of at most 1,000 steps with seed 7"))
        #expect(!text.contains("every state"))
    }

    @Test("Walks that were cut off are said to be")
    func walksCutOff() {
        var run = Samples.walked
        run.walks?.cut = .time
        #expect(TextReport().render(run).contains("the time limit was reached before all earlier walks were made"))
    }

    @Test("Each reason of an inconclusive run has its own words", arguments: InconclusiveReason.allCases)
    func reasons(reason: InconclusiveReason) {
        let words = InconclusiveReason.allCases.map { reason -> Substring in
            var run = Samples.inconclusive
            run.reason = reason
            return TextReport().render(run).split(separator: "\n")[1]
        }
        #expect(Set(words).count == InconclusiveReason.allCases.count)
    }

    @Test("The summary counts by what was expected")
    func summary() {
        let report = TextReport()
        #expect(report.renderSummary([]) == "nothing was checked\n")
        #expect(report.renderSummary([Samples.holds, Samples.violated(expected: true)]) == "2 runs, all as expected\n")
        let mixed = [Samples.holds, Samples.violated(expected: false), Samples.inconclusive]
        #expect(report.renderSummary(mixed) == "3 runs: 1 as expected, 1 not as expected, 1 inconclusive\n")
    }

    @Test("Without colour there is no escape, with colour there is")
    func colours() {
        let runs = [Samples.holds, Samples.violated(expected: false), Samples.inconclusive]
        #expect(!TextReport().render(runs).contains("\u{1B}"))
        #expect(TextReport(diagram: RaceDiagram(coloured: true)).render(runs).contains("\u{1B}[32mok"))
        #expect(!TableReport().render(runs).contains("\u{1B}"))
        #expect(TableReport(coloured: true).render(runs).contains("\u{1B}[1;31mFAIL"))
    }

    @Test("The time does not show")
    func noTime() {
        var later = Samples.holds
        later.timing = .init(seconds: 99, memoryBytes: 1)
        #expect(TextReport().render([later]) == TextReport().render([Samples.holds]))
    }
}

@Suite("The table report")
struct TableReportTests {
    @Test("Columns are aligned, each row has a mark, the time stands last")
    func table() {
        let runs = [
            Samples.holds, Samples.violated(expected: true), Samples.violated(expected: false), Samples.inconclusive,
        ]
        #expect(
            TableReport().render(runs) == """
                      spec                scenario  variant   expected            verdict           states  depth  steps   time
                ok    specs/linux/cow.fl  small               holds               holds             81,865     62         1.2 s
                ok    specs/linux/cow.fl  small     swap_aba  violated content    violated content  81,865     62      6  1.2 s
                FAIL  specs/linux/cow.fl  small     swap_aba  violated accounted  violated content  81,865     62      6  1.2 s
                ?     specs/linux/cow.fl  large               holds               inconclusive      81,865     17         1.2 s

                \(Self.scope)

                4 runs: 2 as expected, 1 not as expected, 1 inconclusive

                """)
    }

    /// What the run that holds is said of.
    private static let scope =
        "holds for this scope: Thread = 2, Mm = 2; sequential consistency; 4 atomic claims; reductions: symmetry, "
        + "fusion.unlock: specs/linux/cow.fl small"

    @Test("No runs give just the summary")
    func empty() { #expect(TableReport().render([]) == "nothing was checked\n") }

    @Test("Times of any size can be shown", arguments: [(0.04, "0.0 s"), (83.96, "84.0 s"), (.nan, "?"), (1e300, "?")])
    func times(seconds: Double, text: String) {
        var run = Samples.holds
        run.timing.seconds = seconds
        #expect(TableReport().render([run]).split(separator: "\n")[1].hasSuffix("  " + text))
    }
}

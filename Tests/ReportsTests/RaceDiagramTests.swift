import Reports
import Testing

@Suite("The race diagram")
struct RaceDiagramTests {
    @Test("Two processes: columns, call stacks, a fused label, a choice, locks, changes, the failed conjunct")
    func twoProcesses() {
        #expect(
            RaceDiagram().render(Samples.two) == """
                variant swap_aba: invariant content violated   (6 steps, 3 context switches; no shorter violation exists)
                initially: user_op[T0] = load, pte[M0] = mapped(F0, true)
                takes no step: forker

                      user[T0]                   evictor                             locks    changed
                 1                               choose s in Slot
                                                 choose s = S0
                 2                             │ lock ptl[m]                         ptl[M0]
                 3    fault ›                  │
                      let orig = racy(pte[m])  │
                 4                               pte[m] = swapped(s); unlock ptl[m]           pte[M0]: mapped(F0, true) → swapped(S0)
                 5  │ fault › wp_copy ›                                              ptl[M0]
                    │ lock ptl[m]
                 6    ‹ fault
                      unlock ptl[m]

                invariant content violated: an address space reads a value that it never wrote
                  failed: frame[f].data == ideal.value(m)
                      at specs/cow.fl:120
                      frame[F1].data = 0
                      ideal.value(M0) = 1

                """)
    }

    @Test("Three processes: wrapped and cut labels, fused statements on lines of their own, wrapped changes")
    func threeProcesses() {
        let sample = Samples.counterexample(
            processes: ["a", "b", "c"],
            steps: [
                Samples.step(1, "a", [Array(repeating: "word", count: 60).joined(separator: " ")]),
                Samples.step(
                    2, "b", ["frame[old].refs -= 2", "unlock ptl[m]"],
                    changes: [
                        ("frame[F0].refs", "3", "1"),
                        ("pte[M0]", "mapped(F0, true)", "swapped(S0)"),
                    ]),
                Samples.step(3, "c", [String(repeating: "x", count: 30)]),
            ], variant: nil, switches: 2)
        #expect(
            RaceDiagram(width: 96).render(sample) == """
                scenario small: invariant content violated
                (3 steps, 2 context switches; no shorter violation exists)
                initially: user_op[T0] = load, frame[F0].refs = 1, pte[M0] = mapped(F0, true)

                      a                     b                     c                   changed
                 1    word word word
                        word word word
                        word word word …
                 2                          frame[old].refs -=                        frame[F0].refs: 3 → 1
                                              2                                       pte[M0]: mapped(F0, true)
                                            unlock ptl[m]                               → swapped(S0)
                 3                                                xxxxxxxxxxxxxxxxxx
                                                                    xxxxxxxxxxxx

                invariant content violated: an address space reads a value that it never wrote
                  failed: frame[f].data == ideal.value(m)
                      at specs/cow.fl:120
                      frame[F1].data = 0
                      ideal.value(M0) = 1

                """)
    }

    @Test("A narrow width lists the steps below each other")
    func narrow() {
        #expect(
            RaceDiagram(width: 60).render(Samples.two) == """
                variant swap_aba: invariant content violated
                (6 steps, 3 context switches; no shorter violation exists)
                initially: user_op[T0] = load, pte[M0] = mapped(F0, true)
                takes no step: forker

                 1   evictor
                       choose s in Slot
                       choose s = S0
                 2 │ evictor
                   │   lock ptl[m]
                   │   holds ptl[M0]
                 3   user[T0]
                       fault ›
                       let orig = racy(pte[m])
                 4   evictor
                       pte[m] = swapped(s); unlock ptl[m]
                       pte[M0]: mapped(F0, true) → swapped(S0)
                 5 │ user[T0]
                   │   fault › wp_copy ›
                   │   lock ptl[m]
                   │   holds ptl[M0]
                 6   user[T0]
                       ‹ fault
                       unlock ptl[m]

                invariant content violated: an address space reads a value
                  that it never wrote
                  failed: frame[f].data == ideal.value(m)
                      at specs/cow.fl:120
                      frame[F1].data = 0
                      ideal.value(M0) = 1

                """)
    }

    @Test("A violated initial state has no steps and shows all initial values")
    func noSteps() {
        let sample = Samples.counterexample(processes: ["a"], steps: [])
        let lines = RaceDiagram().render(sample).split(separator: "\n")
        #expect(lines.first == "variant swap_aba: invariant content violated   (in an initial state)")
        #expect(lines[1] == "initially: frame[F0].refs = 1, pte[M0] = mapped(F0, true), user_op[T0] = load")
    }

    @Test("--full shows the places and the whole state with every step")
    func full() {
        let lines = RaceDiagram(full: true).render(Samples.two).split(separator: "\n")
        #expect(lines.count { $0 == "      state: pte[M0] = swapped(S0), frame[F0].refs = 1" } == 6)
        #expect(lines.contains("      at specs/cow.fl:14"))
    }

    @Test(
        "Each kind of violation has its title",
        arguments: [
            ("invariant", "content", "invariant content violated"),
            ("at rest", "no_leak", "invariant no_leak violated at rest"),
            ("transition", "slots_stable", "transition slots_stable violated"), ("deadlock", "deadlock", "deadlock"),
            ("use after free", "use_after_free", "use after free"),
            ("use_after_free", "use_after_free", "use after free"),
        ])
    func titles(kind: String, property: String, title: String) {
        let failure = Counterexample.Failure(kind: kind, property: property, message: "", conjunct: nil, values: [])
        let sample = Samples.counterexample(processes: ["a"], steps: [], failure: failure)
        #expect(RaceDiagram().render(sample).hasSuffix("\n\n\(title)\n"))
    }

    @Test("Every line of steps fits the width", arguments: [0, 60, 72, 80, 100, 120, 200], [1, 2, 3, 5, 12])
    func fits(width: Int, count: Int) {
        let processes = (0..<count).map { "process_with_a_name[T\($0)]" }
        let steps = (1...40).map { number in
            Samples.step(
                number, processes[number * 7 % count], [String(repeating: "long_label ", count: number), "unlock"],
                stack: Array(repeating: "handler", count: number % 9), choices: [("s", "S0")],
                changes: [("frame[F0].data.of.something", String(repeating: "v", count: number), "new value")],
                held: Array(repeating: "ptl[M0]", count: number % 4))
        }
        let sample = Samples.counterexample(processes: processes, steps: steps)
        for full in [false, true] {
            let text = RaceDiagram(width: width, full: full).render(sample)
            for line in text.split(separator: "\n") { #expect(line.count <= max(60, width), "\(line)") }
        }
    }

    @Test("A trace of 10,000 steps has as many rows, in either layout", arguments: [120, 60])
    func manySteps(width: Int) {
        let steps = (1...10_000).map { number in
            Samples.step(
                number, number % 2 == 0 ? "a" : "b", ["x = y"], changes: [("x", "\(number)", "\(number + 1)")])
        }
        let lines = RaceDiagram(width: width).render(Samples.counterexample(processes: ["a", "b"], steps: steps))
            .split(separator: "\n")
        let last = lines.lastIndex { $0.hasPrefix("10000 ") }
        let first = lines.firstIndex { $0.hasPrefix("    1 ") }
        #expect(last.flatMap { last in first.map { last - $0 } } == 9_999)
    }

    @Test("Columns that want more than there is share what is left evenly")
    func veryLongLabels() {
        let label = String(repeating: "a ", count: 5_000)
        let sample = Samples.counterexample(
            processes: ["a", "b"], steps: [Samples.step(1, "a", [label]), Samples.step(2, "b", [label])])
        let lines = RaceDiagram(width: 100).render(sample).split(separator: "\n")
        #expect(lines.count { $0.hasSuffix("…") } == 2)
    }

    @Test("Without colour no escape is written, not even one that the source text holds")
    func noEscapes() {
        var sample = Samples.two
        sample.steps[0].labels[0].text = "\u{1B}[31mred\u{7}\nnext"
        sample.failure.message = "\u{1B}]0;title\u{7}"
        for width in [60, 120] {
            let text = RaceDiagram(width: width, full: true).render(sample)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }

    @Test("With colour each process has its own, changes stand out, and the text is the same")
    func colours() {
        let coloured = RaceDiagram(coloured: true).render(Samples.two)
        #expect(coloured.contains("\u{1B}[36mlock ptl[m]\u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[33mlock ptl[m]\u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[1mpte[M0]: mapped(F0, true) → swapped(S0)\u{1B}[0m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == RaceDiagram().render(Samples.two))
    }

    @Test("A process that steps without being listed still has a column")
    func unlisted() {
        let sample = Samples.counterexample(processes: ["a"], steps: [Samples.step(1, "stranger", ["x = 1"])])
        #expect(RaceDiagram().render(sample).contains("      stranger\n 1    x = 1\n"))
    }
}

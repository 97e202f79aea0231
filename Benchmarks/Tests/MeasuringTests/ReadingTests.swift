import Testing

@testable import Measuring

struct ReadingTests {
    @Test("SPIN's first state is no transition, and only a breadth-first search has a depth")
    func spin() throws {
        let text = """
            State-vector 52 byte, depth reached 41, errors: 0
                11503 states, stored
            	   11503 nominal states (stored-atomic)
                24540 states, matched
                36043 transitions (= stored+matched)
            """
        #expect(readSpin(text, breadthFirst: true) == Outcome(.holds, states: 11_503, transitions: 36_042, depth: 41))
        #expect(readSpin(text, breadthFirst: false)?.depth == nil)
    }

    @Test("SPIN rounds large numbers")
    func rounded() throws {
        let text = """
            State-vector 60 byte, depth reached 5000, errors: 0
            1.0221686e+08 states, stored
            3.5719864e+08 transitions (= stored+matched)
            """
        let outcome = try #require(readSpin(text, breadthFirst: false))
        #expect(outcome.states?.agrees(with: 102_216_857) == true)
        #expect(outcome.states?.agrees(with: 102_216_957) == false)
        #expect(outcome.transitions?.agrees(with: 357_198_642) == true)
    }

    @Test("SPIN's violation has a length where the search is breadth-first")
    func spinViolation() {
        let text = """
            pan:1: assertion violated ((pte[0]!=0)) (at depth 19)
            Warning: Search not completed
            State-vector 60 byte, depth reached 19, errors: 1
                 6135 states, stored
                15470 transitions (= stored+matched)
            """
        #expect(
            readSpin(text, breadthFirst: true)
                == Outcome(.violated(nil), states: 6_135, transitions: 15_469, steps: 19))
        #expect(readSpin(text, breadthFirst: false)?.steps == nil)
    }

    @Test("a search that SPIN has cut off is incomplete, though it has no errors")
    func cutOff() {
        let text = """
            error: max search depth too small
            State-vector 52 byte, depth reached 99, errors: 0
                 5000 states, stored
                 9000 transitions (= stored+matched)
            """
        #expect(readSpin(text, breadthFirst: false)?.verdict == .incomplete("its depth limit is too small"))
    }

    @Test("the last counts of Rumur are the final ones")
    func murphi() {
        let head = "\t 10000 states explored in 0s, with 29838 rules fired and 451 states in the queue.\n"
        let tail = "State Space Explored:\n\n\t11503 states, 36042 rules fired in 0s.\n"
        #expect(
            readMurphi(head + "\tNo error found.\n" + tail)
                == Outcome(.holds, states: 11_503, transitions: 36_042))
        #expect(
            readMurphi(head + "\tinvariant \"refcount = mappings\" failed\n" + tail)?.verdict
                == .violated("refcount = mappings"))
        #expect(readMurphi(tail)?.verdict != .holds)
        #expect(readMurphi(head) == nil)
    }

    @Test("the hand-written search tells depth or steps")
    func handwritten() {
        #expect(
            readHandwritten("states 5 transitions 7 depth 3\n") == Outcome(.holds, states: 5, transitions: 7, depth: 3))
        #expect(
            readHandwritten("states 5 transitions 7\nviolated: refcount = mappings, 23 steps\n")
                == Outcome(.violated("refcount = mappings"), states: 5, transitions: 7, steps: 23))
        #expect(readHandwritten("mmap: Cannot allocate memory\n") == nil)
    }

    @Test("Faultline's first run counts, and every run must be as the spec expects")
    func faultline() throws {
        func run(_ asExpected: Bool, _ verdict: String, _ property: String) -> String {
            """
            {"asExpected": \(asExpected), "verdict": "\(verdict)", "property": \(property), "reason": null,
             "states": 9, "transitions": 12, "depth": 4, "steps": null}
            """
        }
        let holds = run(true, "holds", "null")
        let violated = run(false, "violated", "\"content\"")
        let outcome = Outcome(.holds, states: 9, transitions: 12, depth: 4)
        #expect(readFaultline("{\"runs\": [\(holds)]}") == outcome)
        #expect(readFaultline("{\"runs\": [\(violated)]}")?.verdict == .violated("content"))
        #expect(readFaultline("{\"runs\": [\(holds), \(violated)]}")?.verdict != .holds)
        #expect(readFaultline("{\"runs\": []}") == nil)
    }
}

extension Figure: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}

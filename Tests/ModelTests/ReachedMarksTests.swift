import Model
import ModelTestSupport
import Testing

@Suite("Marks that states have come by")
struct ReachedMarksTests {
    private static let origin = Origin(file: "a.fl", line: 3, column: 5, text: "if x == 1")

    /// `x` is 0 and stays so: of the two ways only the second is taken. The first one ends in a violation.
    private func model(endsInViolation: Bool) -> Model {
        var model = Model(name: "marked")
        let cell = model.variable("x", [], .range(lower: 0, upper: 3))
        let process = model.process("p", locations: 1)
        model.violations = [Violation(name: "v", message: "", origin: nil, isResumable: false)]
        let failing: [Instruction] = [.way(0), .check(.constant(0), ViolationID(0))]
        model.actions = [
            Action(
                process: process, location: 0, origins: [],
                ways: [
                    Way(origin: Self.origin, number: 0, label: "true"),
                    Way(origin: Self.origin, number: 1, label: "false"),
                ], callStack: [], registerCount: 0,
                body: [
                    .branch(eq(cell.value, c(1)), endsInViolation ? failing : [.way(0)], [.way(1)]),
                    .jump(location: 0),
                ])
        ]
        model.pack()
        return model
    }

    @Test("what is given up is waited for no longer, and does not count as possible")
    func givenUp() throws {
        let code = try ModelCode(model(endsInViolation: false), marks: .statements)
        var marks = ReachedMarks(code)
        let state = [UInt64](repeating: 0, count: max(1, code.wordCount))
        state.withUnsafeBufferPointer { if let base = $0.baseAddress { marks.visit(base) } }
        #expect(marks.reached == [.way(Self.origin, 1)])
        #expect(!marks.isComplete)
        // What was come by already is no reason to give anything up.
        #expect(marks.giveUp([.way(Self.origin, 1)]) == [])
        #expect(marks.possible == [.way(Self.origin, 0), .way(Self.origin, 1)])
        #expect(marks.giveUp([.way(Self.origin, 0), .way(Self.origin, 1)]) == [.way(Self.origin, 0)])
        #expect(marks.isComplete)
        #expect(marks.possible == [.way(Self.origin, 1)])
    }

    @Test("marks on a way that ends in a violation are told from others")
    func failing() {
        #expect(model(endsInViolation: true).failingMarks == [.way(Self.origin, 0)])
        #expect(model(endsInViolation: false).failingMarks == [])
    }
}

import Model
import ModelTestSupport
import Testing

@Suite("The textual form of a model")
struct TextTests {
    @Test("is the same model again when parsed", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var model = RandomModel.make(seed: UInt64(seed))
        model.scenario = seed % 2 == 0 ? nil : "small \"and\" \\ odd\n\u{1}é"
        model.settings = [Model.Setting(name: "Frame", value: "2")]
        model.expectation = seed % 3 == 0 ? .violated("content") : .holds
        model.fusions = ["fusion.unlock"]
        let text = model.text
        #expect(try Model(parsing: text) == model)
        #expect(try Model(parsing: text).text == text)
    }

    @Test("carries a whole handler, locks and origins included")
    func handler() throws {
        var model = FaultHandlerModel(2, 2, 2, 1).model
        let origin = Origin(file: "a.fl", line: 3, column: 5, text: "refs += 1")
        let old = model.processes[0]
        let lock = HeldLock(lock: VariableID(1), indices: [.processIndex(0)], isShared: true)
        let first = Location(origin: origin, callStack: ["fault", "alloc"], isRest: true, isFinal: false, held: [lock])
        model.processes[0] = Process(
            name: old.name, kind: old.kind, dimensions: old.dimensions, programCounter: old.programCounter,
            locations: [first] + old.locations.dropFirst())
        #expect(model.validate().isEmpty)
        #expect(try Model(parsing: model.text) == model)
        #expect(model.text.hasPrefix("faultline-model 5\n(model \"vm\""))
    }

    @Test("carries marks and witnesses")
    func marks() throws {
        var model = Model(name: "marked")
        let cell = model.variable("x", [], .range(lower: 0, upper: 3))
        let process = model.process("p", locations: 1)
        let origin = Origin(file: "a.fl", line: 3, column: 5, text: "if x == 1")
        model.actions = [
            Action(
                process: process, location: 0, origins: [origin],
                ways: [
                    Way(origin: origin, number: 0, label: "true"), Way(origin: origin, number: 1, label: "false"),
                ], callStack: [], registerCount: 0,
                body: [
                    .statement(0), .branch(eq(cell.value, c(1)), [.way(0)], [.way(1), cell(to: c(2))]),
                    .branch(eq(cell.value, c(3)), [.way(0)], []), .jump(location: 0),
                ])
        ]
        model.initialOrigins = [origin]
        model.initial = [.statement(0)]
        model.witnesses = Witness.Moment.allCases.map { moment in
            Witness(
                kind: .premise, name: "i", moment: moment,
                condition: Conjunct(condition: eq(cell.value, c(2)), registerCount: 0, origin: origin))
        }
        model.pack()
        #expect(model.validate().isEmpty)
        #expect(try Model(parsing: model.text) == model)
        #expect(
            model.actions[0].effects == [.branch(eq(cell.value, c(1)), [], [cell(to: c(2))]), .jump(location: 0)])
        model.actions[0] = Action(
            process: process, location: 0, origins: [], callStack: [], registerCount: 0, body: model.actions[0].body)
        #expect(model.validate().count == 4)
    }

    @Test("names two variables of one name by their numbers")
    func sameNames() throws {
        var model = Model(name: "twins")
        let a = model.variable("x", [], .bool)
        let b = model.variable("x", [], .bool)
        model.initial = [a(to: b.value)]
        #expect(model.text.contains("(assign #0 () (read #1))"))
        #expect(try Model(parsing: model.text) == model)
    }

    @Test("keeps which case of a value a cell belongs to, and tells of a tag that can't be one")
    func payloads() throws {
        var model = Model(name: "parts")
        _ = model.variable("k", [], .bool)
        for (name, tag) in [("k!", 0), ("k!!", 7)] {
            model.variables.append(
                Variable(
                    name: name, role: .constant, dimensions: [], type: .bits(4), process: nil, isFree: tag == 0,
                    payload: Payload(cases: [Payload.Case(tag: VariableID(tag), number: 1)], isNeverZero: tag == 0)))
        }
        model.pack()
        #expect(model.text.contains("free (payload (0 1) nonzero))"), "\(model.text)")
        #expect(try Model(parsing: model.text) == model)
        #expect(model.validate().map(\.message) == ["a tag of its payload is no variable with as many elements"])
        #expect(model.start == [.require(try #require(model.partCondition(of: VariableID(1), element: 0)))])
        #expect(throws: ModelTextError.self) {
            try Model(parsing: model.text.replacing("(payload (0 1) nonzero)", with: "(paid (0 1))"))
        }
    }

    @Test("tells the line of a mistake")
    func errors() {
        func error(_ text: String) -> ModelTextError? {
            do { _ = try Model(parsing: text) } catch { return error }
            return nil
        }
        #expect(error("")?.line == 1)
        #expect(error("faultline-model 99\n")?.message == "version 99 of the format is not 5")
        let head = """
            faultline-model 5
            (model "m" (scenario) (variant) (settings) (expect holds) (atomic 0) (fusions))

            """
        #expect(error(head + "(initial 0 (origins))") == nil)
        #expect(error(head) == ModelTextError(line: 3, message: "expected `initial`"))
        #expect(error(head + "(sort \"A\" x)\n") == ModelTextError(line: 3, message: "expected a size, found `x`"))
        #expect(error(head + "\n(initial 0 (origins)\n(set r0 (foo 1)))")?.line == 5)
        #expect(
            error(head + "(initial 0 (origins) (assign pte () 1))")?.message == "`pte` is not the name of one thing")
        #expect(error(head + "(initial 0 (origins)))")?.message == "a parenthesis closes that was not opened")
    }

    @Test("never crashes a reader, a validator or a compiler, whatever is damaged", arguments: 0..<40)
    func damage(seed: Int) {
        var random = SeededNumbers(UInt64(seed))
        let text = RandomModel.make(seed: UInt64(seed)).text
        let bytes = Array(text.utf8)
        for round in 0..<60 {
            var damaged = bytes
            if round % 3 == 0 { damaged.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
            for _ in 0..<Int.random(in: 1...4, using: &random) where !damaged.isEmpty {
                let at = Int.random(in: 0..<damaged.count, using: &random)
                let other = bytes[Int.random(in: 0..<bytes.count, using: &random)]
                switch Int.random(in: 0...3, using: &random) {
                case 0: damaged[at] = other
                case 1: damaged.remove(at: at)
                case 2: damaged.insert(contentsOf: Array("99999999999".utf8), at: at)
                default: damaged.insert(UInt8.random(in: 0...255, using: &random), at: at)
                }
            }
            attempt(String(decoding: damaged, as: UTF8.self))
        }
    }

    /// A damaged number can still be a good model: it is run a little.
    private func attempt(_ text: String) {
        guard let model = try? Model(parsing: text), let code = try? ModelCode(model) else { return }
        guard model.variables.allSatisfy({ $0.count < 1000 }) else { return }
        let buffer = SuccessorBuffer()
        Machine(code).expand([UInt64](repeating: 0, count: code.wordCount), into: buffer)
        _ = model.leafName(VariableID(0), element: 0, names: model.sortNames)
    }

    @Test("that is nested without end is refused, not followed")
    func nesting() {
        let head =
            "faultline-model 5\n(model \"m\" (scenario) (variant) (settings) (expect holds) (atomic 0) (fusions))\n"
        let deep = String(repeating: "(not ", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
        #expect(throws: ModelTextError.self) { try Model(parsing: head + "(initial 0 (origins) (require \(deep)))") }
        let fair = String(repeating: "(not ", count: 1500) + "1" + String(repeating: ")", count: 1500)
        let model = try? Model(parsing: head + "(initial 0 (origins) (require \(fair)))")
        #expect(model?.validate().contains { $0.message == "expressions are nested too deep" } == true)
    }
}

import Testing

/// What `check` says about specs whose verdict would mean nothing, or not what their author believes.
struct FindingTests {
    private func run(_ text: String) throws -> Faultline.Run { try Faultline.run("check", on: text) }

    @Test("a fail that no scenario executes is as it should be")
    func neverFails() throws {
        let run = try run(
            Samples.good.replacing(
                "while count < most {", with: "while count < most {\n        if count == 5 { fail \"never\" }"))
        #expect(run.codes == [] && run.status == 0, "\(run.err)")
    }

    @Test("an init without an outcome is an error: no property was evaluated")
    func neverEvaluated() throws {
        let run = try run(
            Samples.good.replacing(
                "process user",
                with: "type Small = 0..1\ninit { choose n in Small where n > 1; count = n }\n\nprocess user"))
        #expect(run.codes.contains("FL0501"), "\(run.err)\(run.out)")
        #expect(run.status == 2)
    }

    @Test("an expected violation that is not found names the expectation")
    func expectation() throws {
        let run = try run(Samples.notFound)
        #expect(run.codes == ["FL0601"], "\(run.err)")
        #expect(run.err.contains("small"))
        #expect(run.status == 1)
    }

    @Test("a situation that never occurs, where another violation is expected, is named as what is violated instead")
    func unwitnessedInstead() throws {
        let run = try run(
            Samples.notFound.replacing("reachable two { count == 2 }", with: "reachable six { count == 5 }"))
        #expect(run.err.contains("expected a violation of `small`, but `six` is violated instead"), "\(run.err)")
        #expect(!run.err.contains("states pass"))
    }
}

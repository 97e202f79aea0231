import Diagnostics
import Lowering
import Model
import Program
import Testing

/// Values that need several cells, and choices among more values than can be tried.
@Suite("Split values")
struct SplitTests {
    private static let content = Type.bits(64)

    /// `enum Access { load, store(0: bits<64>, 1: D) }`, and variables of it.
    private func builder() -> (Builder, access: Type, kept: SourceVariableNumber, last: SourceVariableNumber) {
        let b = Builder(domains: [("D", 2)])
        let id = b.enumeration("Access", [("load", []), ("store", [Self.content, .domain(.init(0))])])
        let access = Type.enumeration(id)
        let kept = b.variable("kept", access)
        let last = b.variable("last", .optional(Self.content), index: [.domain(.init(0))])
        return (b, access, kept, last)
    }

    private func chooses(_ b: Builder, _ local: Int, _ type: Type) -> Stmt {
        b.s(.choose([Binder(local: .init(local), set: .all(type), condition: nil)], then: [], otherwise: nil))
    }

    @Test("There is a cell for the case and one for each payload; one that names an element can name none")
    func cells() throws {
        let (b, _, _, _) = builder()
        b.process("p", [b.assert("yes", .bool(true))])
        let variables = try b.runner().model.variables.filter { $0.role == .shared }
        #expect(variables.map(\.name) == ["kept", "kept.store.0", "kept.store.1", "last", "last!"])
        #expect(variables[0].type.describe(1, names: SortNames([])) == "store")
        #expect(variables[2].type == .optional(.element(sort: 0)))
        #expect(variables.map(\.root) == ["kept", "kept", "kept", "last", "last"])
    }

    @Test("The decoder gives the whole value back")
    func decoding() throws {
        let (b, access, kept, last) = builder()
        let domain = Type.domain(.init(0))
        let one = SourceExpr.value(.element(.init(0), 1), domain)
        let large = SourceExpr.value(.bits(0xF000_0000_0000_0001), Self.content)
        guard case .enumeration(let id) = access else { return }
        let store = SourceExpr(.makeCase(id, case: 1, [large, one]), access, Builder.span)
        let some = SourceExpr(.makeSome(large), .optional(Self.content), Builder.span)
        b.initialize([b.set(b.at(kept), store), b.set(b.at(last, [one]), some)])
        let model = try b.runner().model
        let buffer = SuccessorBuffer()
        Machine(try ModelCode(model)).initialStates(into: buffer)
        let words = (0..<model.wordCount).map { buffer.contents.words[$0] }
        #expect(buffer.contents.count == 1)
        let values = try #require(StateDecoder(program: b.finished, model: model)).values(in: words)
        #expect(
            values[kept.raw]
                == [.enumeration(id, case: 1, [.bits(0xF000_0000_0000_0001), .element(.init(0), 1)])])
        #expect(values[last.raw] == [.none, .some(.bits(0xF000_0000_0000_0001))])
    }

    @Test("Choices in parts have the states that the interpreter has, for a few contents", arguments: [false, true])
    func choices(fits: Bool) throws {
        let b = Builder(domains: [("D", 2)])
        let content = Type.bits(fits ? 60 : 64)
        let id = b.enumeration(
            "Access", [("load", []), ("store", [content, .domain(.init(0))]), ("both", [content, content])])
        let access = Type.enumeration(id)
        let kept = b.variable("kept", access)
        let seen = b.variable("seen", .optional(content))
        b.process(
            "p", locals: [("a", access), ("o", .optional(content)), ("x", content), ("y", content)],
            [
                chooses(b, 0, access), b.set(b.at(kept), .local(0, access)), chooses(b, 1, .optional(content)),
                b.set(b.at(seen), .local(1, .optional(content))),
                b.when(
                    SourceExpr.local(0, access).matches(.enumeration(id, case: 2, [.bind(.init(2)), .bind(.init(3))])),
                    [b.assert("same", SourceExpr.local(2, content).eq(.local(3, content)))]),
            ])
        var options = withoutFusions
        options.freesConstants = true
        let codes: [UInt64] = [0, 5, 1 << 59]
        let model = try b.runner(options).model
        #expect(model.isSolverOnly)
        let lowered = ModelRunner(model: model.choosing(among: codes)).explore()
        let expected = referenceExploration(b.finished, wideCodes: codes)
        #expect(lowered == expected)
        #expect(expected.violations.contains(["same"]))
        #expect(throws: Diagnostic.self) { try b.runner() }
    }

    @Test("A free constant in parts is a value, and each value once", arguments: [0, 64])
    func freeConstants(widestCode: Int) throws {
        let b = Builder(domains: [("D", 2)])
        let domain = Type.domain(.init(0))
        let id = b.enumeration("E", [("a", []), ("b", [domain, .optional(domain)]), ("c", [small])])
        b.variable("k", .enumeration(id), role: .symbolicConstant)
        b.process("p", [b.assert("yes", .bool(true))])
        var options = withoutFusions
        options.widestCode = widestCode
        let chosen = try b.runner(options).initialStates()
        options.freesConstants = true
        let free = ModelRunner(model: try b.runner(options).model.restricted(to: [])).initialStates()
        #expect(Set(chosen).count == 11 && chosen.count == 11)
        #expect(Set(free) == Set(chosen))
    }

    @Test("What can't be kept in parts is told to be too wide")
    func tooWide() throws {
        let (b, access, _, _) = builder()
        let word = b.record("Word", word: true, [("a", access, nil), ("b", .bool, nil)])
        b.variable("w", .record(word))
        let error = #expect(throws: Diagnostic.self) { _ = try b.runner() }
        #expect(error?.code == .cellTooWide && error?.message.contains("`w` needs 67 bits") == true)
    }
}

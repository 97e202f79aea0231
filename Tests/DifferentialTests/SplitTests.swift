import Analysis
import Exploration
import Reports
import Semantics
import Testing

/// Optionals and enumerations in several cells, forced upon types that would fit into one.
@Suite("Split values")
struct SplitTests {
    /// All optionals and all enumerations with a payload.
    private static let forced = 0

    /// What random specs hardly have: a payload of two fields that can be taken for each other.
    static let specs: [String] = [
        """
        module small
        enum Entry { empty, mapped(frame: 0..2, slot: 0..2) }
        var entry: Entry
        var other: Entry
        process p { entry = mapped(1, 2); let e = entry; other = e; entry = empty }
        process q {
            let e = entry
            match e {
                empty: { other = mapped(0, 1) }
                mapped(frame, slot): { assert later: slot > frame; other = mapped(slot, frame) }
            }
        }
        invariant apart { racy(other) is empty or racy(other) != mapped(1, 2) or racy(entry) != mapped(1, 1) }
        scenario s { }
        """,
        // What is left of another case would tell values apart that are equal.
        """
        module left
        enum Entry { empty, swapped(slot: 0..2), mapped(frame: 0..2) }
        var entry: Entry = mapped(2)
        process p {
            entry = swapped(1)
            let e = entry
            assert same: e == swapped(1)
            entry = empty
        }
        invariant none_is_left { racy(entry) != mapped(2) or racy(entry) is mapped(_) }
        reachable gone { racy(entry) == empty }
        scenario s { }
        """,
    ]

    @Test("Specs whose payloads have several fields agree with the interpreter, and with themselves in whole cells")
    func severalFields() throws {
        for text in Self.specs {
            let whole = try #require(Prepared(text))
            let parts = try #require(Prepared(text, widestCode: Self.forced))
            #expect(try #require(Comparison(parts, limit: RandomSpecTests.limit)).differences.isEmpty)
            #expect(Self.differences(whole, parts) == [])
        }
    }

    @Test("Random specs with split values agree with the interpreter, and with themselves in whole cells")
    func random() {
        var (compared, split) = (0, 0)
        for seed in RandomSpecTests.seeds where RandomSpecTests.isSlow || seed % 2 == 0 {
            let spec = SpecGenerator.spec(seed: seed)
            guard let whole = Prepared(spec.text), let parts = Prepared(spec.text, widestCode: Self.forced) else {
                continue
            }
            guard parts.plain.model.variables.count > whole.plain.model.variables.count else { continue }
            split += 1
            guard let comparison = Comparison(parts, limit: RandomSpecTests.limit) else { continue }
            compared += 1
            #expect(comparison.differences.isEmpty, "seed \(seed):\n\(spec.text)")
            #expect(Self.differences(whole, parts) == [], "seed \(seed):\n\(spec.text)")
        }
        print("\(compared) of \(split) specs with split values compared")
        #expect(compared > 15)
    }

    @Test("Specs of the repository are the same with split values", arguments: RepositorySpecTests.specs)
    func repository(path: String) throws {
        for overrides in RandomSpecTests.isSlow ? RepositorySpecTests.sizes : Array(RepositorySpecTests.sizes.prefix(1))
        {
            let workspace = try RepositorySpecTests.workspace(path, overrides: overrides)
            guard !workspace.diagnostics.hasErrors else { continue }
            for request in Configurations(of: workspace.root, overrides: workspace.overrides).requests {
                guard RandomSpecTests.isSlow || request.scenario == "small" else { continue }
                guard let whole = Prepared(workspace, request),
                    let parts = Prepared(workspace, request, widestCode: Self.forced)
                else { continue }
                #expect(Self.differences(whole, parts) == [], "\(path) \(overrides) \(request.variant ?? "")")
            }
        }
    }

    /// What the searches of both say, up to some states.
    private static func differences(_ whole: Prepared, _ parts: Prepared) -> [String] {
        var result: [String] = []
        for (name, a, b) in [
            ("plain", whole.plain, parts.plain), ("fused", whole.fused, parts.fused),
            ("unsliced", whole.whole, parts.whole),
        ] where !a.model.isSolverOnly && (RandomSpecTests.isSlow || name == "plain") {
            for reduces in RandomSpecTests.isSlow ? [false, true] : [true] {
                var options = CheckOptions()
                options.maximumStates = RandomSpecTests.isSlow ? 20_000 : 500
                options.without = reduces ? [.partialOrder] : [.partialOrder, .symmetry]
                result += differences(a, b, options).map { "\(name), \(reduces ? "with" : "without") symmetry: \($0)" }
            }
        }
        return result
    }

    private static func differences(_ a: PreparedRun, _ b: PreparedRun, _ options: CheckOptions) -> [String] {
        do throws(InternalError) {
            let (one, other) = (try ModelCheck(a, options).result(), try ModelCheck(b, options).result())
            var result: [String] = []
            if one.verdict != other.verdict || one.property != other.property { result.append("another verdict") }
            if one.steps != other.steps { result.append("a trace of another length") }
            if one.unwitnessed != other.unwitnessed { result.append("other witnesses") }
            if one.counterexample != other.counterexample { result.append("another trace") }
            if one.reason == nil, one.verdict == .holds, one.states != other.states || one.depth != other.depth {
                result.append("other states: \(other.states) for \(one.states)")
            }
            return result
        } catch {
            return [error.message]
        }
    }
}

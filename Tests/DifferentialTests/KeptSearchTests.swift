import Diagnostics
import Exploration
import Foundation
import Model
import Reports
import Semantics
import Testing

@testable import Analysis

/// What comes from the cache is what a search finds, for each spec and for random ones.
@Suite("What is kept of a search")
struct KeptSearchTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("faultline-\(UUID().uuidString)")
        deinit { try? FileManager.default.removeItem(at: url) }
    }

    /// Everything but what it took.
    private struct Content: Equatable {
        let result: String
        let diagnostics: [Diagnostic]
        let coverage: Coverage
    }

    private func content(_ finding: Finding) throws -> Content {
        var result = finding.result
        result.timing = RunResult.Timing(seconds: 0, memoryBytes: 0)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Content(
            result: String(decoding: try encoder.encode(result), as: UTF8.self), diagnostics: finding.diagnostics,
            coverage: finding.coverage)
    }

    /// Searches a run, takes it from the cache, and gives the verdict; nil where it is not conclusive.
    private func compare(_ run: PreparedRun, _ options: CheckOptions, _ what: String) throws -> Verdict? {
        let folder = Folder()
        var options = options
        options.cache = SearchCache(folder: folder.url, version: "test")
        let check = ModelCheck(run, options)
        #expect(try check.keptFinding() == nil)
        let searched = try check.searchedFinding()
        guard searched.isFinal else {
            #expect(try check.keptFinding() == nil)
            return nil
        }
        let kept = try #require(try check.keptFinding(), "\(what)")
        #expect(kept.isCached && !searched.isCached)
        #expect(try content(kept) == (try content(searched)), "\(what)")
        #expect(options.cache?.diagnostics == [])
        return searched.result.verdict
    }

    @Test("it is the same for the specs of the repository", arguments: RepositorySpecTests.specs)
    func specs(path: String) throws {
        let workspace = try RepositorySpecTests.workspace(path)
        for request in Configurations(of: workspace.root, overrides: workspace.overrides).requests {
            guard let run = Preparation.prepare(workspace, request, path: path).run else { continue }
            var options = CheckOptions()
            options.maximumStates = RandomSpecTests.isSlow ? 1_000_000 : 4000
            _ = try compare(run, options, "\(path) \(run.configuration)")
        }
    }

    @Test("it is the same for random specs, with each kind of search")
    func random() throws {
        var verdicts: [Verdict: Int] = [:]
        for seed in RandomSpecTests.seeds {
            let spec = SpecGenerator.spec(seed: seed)
            guard let prepared = Prepared(spec.text) else { continue }
            var options = CheckOptions()
            options.maximumStates = RandomSpecTests.limit
            switch seed % 4 {
            case 0: break
            case 1: options.without = [.symmetry]
            case 2: options.maximumSwitches = 6
            default: options.store = .tree  // each fourth
            }
            let run = seed % 2 == 0 ? prepared.fused : prepared.plain
            if let verdict = try compare(run, options, "seed \(seed)") { verdicts[verdict, default: 0] += 1 }
        }
        print("kept: \(verdicts)")
        #expect((verdicts[.holds] ?? 0) > 5)
        #expect((verdicts[.violated] ?? 0) > 10)
    }

    // MARK: What it means

    private static let text = """
        module some

        const most: 1..5 = 3
        atomic var count: 0..5 = 0

        process user {
            while count < most {
                count += 1
            }
        }

        invariant small { count <= 2 }

        scenario s {}
        """

    private func run(_ text: String, path: String = "some.fl") throws -> PreparedRun {
        let workspace = Workspace(root: SourceText(name: path, text: text), library: NoModules())
        let request = try #require(Configurations(of: workspace.root).requests.first)
        return try #require(Preparation.prepare(workspace, request, path: path).run)
    }

    @Test("comments, formatting, the path, and the name of the scenario change nothing; labels are those of today")
    func meaning() throws {
        let folder = Folder()
        var options = CheckOptions()
        options.cache = SearchCache(folder: folder.url, version: "test")
        _ = try ModelCheck(run(Self.text), options).finding()
        let moved = Self.text.replacing("process user {", with: "// A user.\n\n\nprocess user\n{ /* here */")
            .replacing("count += 1", with: "count    +=    1").replacing("scenario s", with: "scenario other")
        let kept = try #require(try ModelCheck(run(moved, path: "b/c.fl"), options).keptFinding())
        let counterexample = try #require(kept.result.counterexample)
        #expect(counterexample.spec == "b/c.fl")
        #expect(counterexample.scenario == "other")
        #expect(counterexample.steps.first?.labels.first?.line == 11)
    }

    @Test(
        "what changes the model, or a choice that can change the result, is another search",
        arguments: ["most: 1..5 = 3": "most: 1..5 = 4", "count <= 2": "count <= 1", "+= 1": "+= 2", "small": "tiny"])
    func change(old: String, new: String) throws {
        let folder = Folder()
        var options = CheckOptions()
        options.cache = SearchCache(folder: folder.url, version: "test")
        _ = try ModelCheck(run(Self.text), options).finding()
        #expect(try ModelCheck(run(Self.text.replacing(old, with: new)), options).keptFinding() == nil)
        for change in [{ $0.without = [.symmetry] }, { $0.maximumSwitches = 9 }, { $0.store = .hash }]
            as [(inout CheckOptions) -> Void]
        {
            var other = options
            change(&other)
            #expect(try ModelCheck(run(Self.text), other).keptFinding() == nil)
        }
        options.cache = SearchCache(folder: folder.url, version: "another")
        #expect(try ModelCheck(run(Self.text), options).keptFinding() == nil)
    }

    // MARK: Defects

    @Test("a counterexample that the model does not allow is no result")
    func falseTraces() throws {
        let run = try run(Self.text)
        let code = try ModelCode(run.model)
        let kept = try #require(KeptSearch(try explore(code), of: code.model))
        #expect(kept.result(for: code) != nil)
        var changes = 0
        func expectNothing(_ change: (inout KeptTrace) -> Void) throws {
            var wrong = kept
            var trace = try #require(wrong.trace)
            change(&trace)
            wrong.trace = trace
            #expect(wrong.result(for: code) == nil)
            changes += 1
        }
        for number in 0..<(kept.trace?.steps.count ?? 0) {
            try expectNothing { $0.steps.remove(at: number) }
            try expectNothing { $0.steps[number].actor += 1 }
            try expectNothing { $0.steps[number].action += 1 }
            try expectNothing { $0.steps[number].choices.append(0) }
        }
        try expectNothing { $0.judgement = "deadlock" }
        try expectNothing { $0.violation = 0 }
        try expectNothing { $0.violation = -1 }
        try expectNothing { $0.initialChoices = [7] }
        #expect(changes > 20)
    }

    @Test("an entry that is whole, but is not seen again, is searched again with a warning, and is right afterwards")
    func refuted() throws {
        let folder = Folder()
        var options = CheckOptions()
        let cache = SearchCache(folder: folder.url, version: "test")
        options.cache = cache
        let run = try run(Self.text)
        let check = ModelCheck(run, options)
        let searched = try check.finding()
        let key = run.searchKey(options, version: "test")
        var kept = try #require(cache.find(key))
        kept.trace?.steps.removeLast()
        cache.keep(kept, as: key)
        let again = try check.finding()
        #expect(!again.isCached)
        #expect(try content(again) == (try content(searched)))
        #expect(cache.diagnostics.map(\.code) == [.refutedCache])
        #expect(try check.keptFinding() != nil)
    }

    @Test("marks and witnesses that the model does not have are no result")
    func falseStatements() throws {
        let code = try ModelCode(try run(Self.text).model)
        var options = SearchOptions()
        options.surveysReach = true
        let whole = try #require(KeptSearch(try explore(code, options), of: code.model))
        #expect(whole.result(for: code) != nil)
        for damage in [{ $0.marks = [999] }, { $0.touched = [-1] }, { $0.witnesses.append(true) }]
            as [(inout KeptReach) -> Void]
        {
            var kept = whole
            var reach = try #require(kept.reach)
            damage(&reach)
            kept.reach = reach
            #expect(kept.result(for: code) == nil)
        }
    }

    @Test("all of a result is kept but time, memory and the sample of states")
    func fields() throws {
        let code = try ModelCode(try run(Self.text).model)
        let result = try explore(code)
        let fields = Mirror(reflecting: result).children.compactMap(\.label)
        let kept = Mirror(reflecting: try #require(KeptSearch(result, of: code.model))).children.compactMap(\.label)
        // Only inconclusive results, which are not kept, have a violation without a run.
        let others: Set = ["outcome", "isCut", "violatedWithoutRun", "memory", "disk", "sample", "elapsed"]
        #expect(Set(fields).subtracting(others) == Set(kept).subtracting(["trace"]))
    }

    @Test("what a budget has ended is not kept")
    func inconclusive() throws {
        let code = try ModelCode(try run(Self.text).model)
        var options = SearchOptions()
        options.maximumStates = 2
        #expect(KeptSearch(try explore(code, options), of: code.model) == nil)
    }
}

import Foundation
import Model
import ModelTestSupport
import Synchronization
import Testing

@testable import Exploration

@Suite("Searches with their states on disk")
struct DiskTests {
    static let folder = FileManager.default.temporaryDirectory

    /// All that a result says but how long it took and how much room.
    private func summary(_ result: SearchResult) -> String {
        "\(result.outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver)"
    }

    /// From the first state on, with as little memory as there can be.
    private func exploreOnDisk(
        _ model: Model, _ options: SearchOptions, mostBytesOnDisk: Int = 1 << 30
    ) throws -> SearchResult {
        let code = try ModelCode(model)
        let systems = (0...options.threads).map { _ in ModelSystem(code, usesSymmetry: options.usesSymmetry) }
        let files = try LayerFiles(
            spillingTo: DiskOptions(folder: Self.folder, limit: mostBytesOnDisk), width: code.wordCount,
            parts: 4 * options.threads)
        let tally = SearchTally(judgements: systems[0].judgements.count)
        var search = try #require(ExternalSearch(systems, files, options, Budget(options), tally, bytes: 0))
        defer { search.free() }
        return search.run()
    }

    // MARK: The same as in memory

    @Test("give the same in random models, the counterexample included", arguments: 0..<12)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        for symmetry in [false, true] {
            for property in ["nothing", nil] {
                let inMemory = try explore(model, SearchTests.options(property, symmetry: symmetry))
                for threads in [1, 3] {
                    let options = SearchTests.options(property, symmetry: symmetry, threads: threads)
                    #expect(summary(try exploreOnDisk(model, options)) == summary(inMemory), "\(threads) threads")
                }
            }
        }
    }

    @Test(
        "give the same in the page-fault handler, many times more states than memory has room for", arguments: [1, 2])
    func handler(threads: Int) throws {
        let result = try exploreOnDisk(FaultHandlerModel(2, 1, 2, 1).model, SearchTests.options(threads: threads))
        #expect(result.isCompleted)
        #expect(result.states == 73_427)
        #expect(result.transitions == 253_552)
        #expect(result.depth == 58)
        #expect((result.disk ?? 0) > 73_427 * 8)
        for bug in [1, 2] {
            let model = FaultHandlerModel(2, 1, 2, 1, bug: bug).model
            let options = SearchTests.options(nil, threads: threads)
            #expect(summary(try exploreOnDisk(model, options)) == summary(try explore(model, options)))
        }
    }

    @Test("go on where memory has ended, whatever kept the states", arguments: [StoreKind.exact, .tree], [1, 2])
    func goOn(store: StoreKind, threads: Int) throws {
        try goOn(FaultHandlerModel(2, 1, 2, 1).model, store, SearchTests.options(threads: threads))
    }

    @Test("find the violation behind the end of memory, and the run that a search in memory shows")
    func violation() throws {
        try goOn(FaultHandlerModel(2, 2, 2, 1, bug: 2).model, .exact, SearchTests.options(nil, threads: 2))
    }

    @Test("say what is violated where the user ends the search before there is a run to it")
    func endedOnTheWayBack() throws {
        let model = FaultHandlerModel(2, 1, 1, 1, bug: 1).model
        var options = SearchTests.options(nil)
        let property = try #require(try explore(model, options).counterexample).judgement.name
        let all = Countdown(.max)
        options.isCancelled = { all.isOver }
        _ = try exploreOnDisk(model, options)
        options.isCancelled = { true }
        #expect(try exploreOnDisk(model, options).violatedWithoutRun == nil, "nothing was met yet")
        // How often the user is asked depends on the clock, so the end between the violation and its run is searched for.
        var (early, late) = (0, all.asked)
        var told: String?
        for _ in 0..<24 where told == nil {
            let countdown = Countdown((early + late) / 2)
            options.isCancelled = { countdown.isOver }
            let result = try exploreOnDisk(model, options)
            told = result.violatedWithoutRun
            if result.reason == .cancelled { early = (early + late) / 2 } else { late = (early + late) / 2 }
        }
        #expect(told == property)
    }

    @Test("remember what was witnessed in memory, before the disk", arguments: [StoreKind.exact, .tree], [1, 2])
    func witness(store: StoreKind, threads: Int) throws {
        var model = Model(name: "counters")
        let last = 40
        let counters = (0..<3).map { model.variable("c\($0)", [], .range(lower: 0, upper: Int64(last))) }
        for counter in counters {
            let process = model.process("\(counter)", locations: 1)
            model.action(
                process, at: 0,
                [.require(ne(counter.value, c(last))), counter(to: add(counter.value, c(1))), .jump(location: 0)])
        }
        let sum = add(counters[0].value, add(counters[1].value, counters[2].value))
        model.property("early", kind: .reachable, eq(sum, c(1)))
        model.property("late", kind: .reachable, eq(sum, c(3 * last)))
        model.property("never", kind: .reachable, eq(sum, c(3 * last + 1)))
        model.pack()
        #expect(try explore(model, SearchTests.options()).unwitnessed == ["never"])
        try goOn(model, store, SearchTests.options(threads: threads))
    }

    private func goOn(_ model: Model, _ store: StoreKind, _ options: SearchOptions) throws {
        var options = options
        options.store = store
        let inMemory = try explore(model, options)
        options.maximumMemory = 1_200_000
        #expect(try explore(model, options).reason == .memory(limit: 1_200_000))
        options.disk = DiskOptions(folder: Self.folder)
        let result = try explore(model, options)
        #expect((result.disk ?? 0) > 0)
        #expect(summary(result) == summary(inMemory))
    }

    @Test("end at exactly the states that are allowed, like searches in memory", arguments: [1, 2])
    func states(threads: Int) throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        for limit in [1, 100, 5000, 11_502] {
            var options = SearchTests.options(threads: threads)
            options.maximumStates = limit
            let (onDisk, inMemory) = (try exploreOnDisk(model, options), try explore(model, options))
            #expect(summary(onDisk) == summary(inMemory))
        }
    }

    // MARK: Bad weather

    @Test("are inconclusive where the disk is full, and say so")
    func full() throws {
        let result = try exploreOnDisk(
            FaultHandlerModel(2, 1, 1, 1).model, SearchTests.options(), mostBytesOnDisk: 50_000)
        guard case .inconclusive(.disk(let problem)) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(problem.cause == .full)
        #expect(result.states > 0 && result.states < 11_503)
    }

    @Test("are inconclusive where the folder does not exist, as if memory alone had ended")
    func noFolder() throws {
        var options = SearchTests.options()
        options.maximumMemory = 1_200_000
        let inMemory = try explore(FaultHandlerModel(2, 1, 2, 1).model, options)
        options.disk = DiskOptions(folder: URL(fileURLWithPath: "/nowhere/at/all"))
        let result = try explore(FaultHandlerModel(2, 1, 2, 1).model, options)
        guard case .inconclusive(.disk(let problem)) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(problem.path.hasPrefix("/nowhere/at/all/"))
        #expect(result.states > 1000 && result.states <= inMemory.states)
    }

    @Test("leave no files behind")
    func clean() throws {
        let folder = Self.folder.appendingPathComponent("faultline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.maximumMemory = 1_200_000
        options.disk = DiskOptions(folder: folder)
        #expect(try explore(FaultHandlerModel(2, 1, 2, 1).model, options).isCompleted)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("can be cancelled, also while the counterexample is looked for")
    func cancelled() throws {
        for bug in [0, 1] {
            for calls in [5, 300] {
                var options = SearchTests.options(nil, threads: 2)
                let counter = CallCounter(calls)
                options.isCancelled = { counter.isOver() }
                let result = try exploreOnDisk(FaultHandlerModel(2, 1, 2, 1, bug: bug).model, options)
                let isEnded = calls == 300 && !result.outcome.isInconclusive
                #expect(result.reason == .cancelled || isEnded, "\(result.outcome)")
            }
        }
    }

    @Test("can be cancelled on their way to disk, and while candidates are compared and written", arguments: [1, 2])
    func cancelledAmongFiles(threads: Int) throws {
        let code = try ModelCode(FaultHandlerModel(2, 1, 1, 1).model)
        var options = SearchTests.options(threads: threads)
        let systems = (0...threads).map { _ in ModelSystem(code, usesSymmetry: false) }
        let store = try #require(FixedStore(width: code.wordCount, mostStates: 1 << 20, workers: threads))
        var search = BreadthFirstSearch(systems, store, options)
        _ = search.run()
        let files = try LayerFiles(spillingTo: DiskOptions(folder: Self.folder), width: code.wordCount, parts: 4)
        let sorter = try #require(CandidateStore(width: code.wordCount, bytes: 0, workers: threads))
        try files.spill(search.layers, of: store, by: sorter, threads: threads)
        #expect(files.states == 11_503)
        files.mustStop = { true }
        #expect(throws: DiskProblem.self) { try files.markOld(sorter, threads: threads) }
        #expect(throws: DiskProblem.self) {
            try files.spill(search.layers, of: store, by: sorter, threads: threads)
        }
        #expect(files.states == 11_503)
        options.isCancelled = { true }
        #expect(Budget(options).reason(DiskProblem(path: "", cause: .ended)) == .cancelled)
        #expect(Budget(SearchTests.options()).reason(DiskProblem(path: "", cause: .ended)) == .time)
    }

    @Test("take one state of each layer where those on shortest runs are too many")
    func narrow() throws {
        let model = FaultHandlerModel(2, 1, 2, 1, bug: 2).model
        let best = try #require(try explore(model, SearchTests.options(nil)).counterexample)
        var lengths: Set<Int> = []
        var runs: Set<Counterexample> = []
        for threads in [1, 2] {
            var options = SearchTests.options(nil, threads: threads)
            options.maximumMemory = 1000
            let run = try #require(try exploreOnDisk(model, options).counterexample)
            #expect(!run.isBest)
            #expect(run.judgement == best.judgement)
            lengths.insert(run.steps.count)
            runs.insert(run)
        }
        #expect(lengths == [best.steps.count])
        #expect(runs.count == 1)
    }
}

/// Says yes from a call on.
private final class CallCounter: @unchecked Sendable {
    private let lock = NSLock()
    private var left: Int

    init(_ calls: Int) { left = calls }

    func isOver() -> Bool {
        lock.withLock {
            left -= 1
            return left < 0
        }
    }
}

/// Is over when it was asked so often.
private final class Countdown: Sendable {
    private let count = Atomic(0)
    private let most: Int

    init(_ most: Int) { self.most = most }

    var asked: Int { count.load(ordering: .relaxed) }

    var isOver: Bool { count.wrappingAdd(1, ordering: .relaxed).newValue > most }
}

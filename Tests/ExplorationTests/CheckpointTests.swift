import Foundation
import Model
import ModelTestSupport
import Testing

@testable import Exploration

@Suite("Searches that are saved")
struct CheckpointTests {
    /// All that a result says but how long it took and how much room.
    private func summary(_ result: SearchResult) -> String {
        "\(result.outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver)"
    }

    private func folder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("faultline-\(UUID().uuidString)")
    }

    private func open(_ folder: URL, _ model: Model, identity: String = "this") throws -> Checkpoint {
        let width = try ModelCode(model).wordCount
        return Checkpoint.exists(in: folder)
            ? try Checkpoint(existing: folder, identity: identity, width: width, every: .zero, diskLimit: nil)
            : try Checkpoint(new: folder, identity: identity, width: width, every: .zero, diskLimit: nil)
    }

    /// Is ended after so many states, and gone on with after that with more, until it has come to its end.
    private func inPieces(
        _ model: Model, _ options: SearchOptions, states: Int,
        _ change: (inout SearchOptions, Int) -> Void = { _, _ in }
    ) throws -> (result: SearchResult, pieces: Int) {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var limit = states
        var pieces = 1
        while true {
            var piece = options
            piece.checkpoint = try open(folder, model)
            piece.maximumStates = limit
            change(&piece, pieces)
            let result = try explore(model, piece)
            guard result.outcome.isInconclusive else { return (result, pieces) }
            #expect(Checkpoint.exists(in: folder) || limit < 10)
            limit *= 2
            pieces += 1
        }
    }

    /// Where the states of a search are.
    enum Place: CaseIterable { case memory, tree, disk }

    // MARK: The same as without

    @Test("give the same in the end, however often they are ended", arguments: 0..<8)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        for symmetry in [false, true] {
            for property in ["nothing", nil] {
                let options = SearchTests.options(property, symmetry: symmetry, threads: 1 + seed % 2)
                let whole = try explore(model, options)
                #expect(summary(try inPieces(model, options, states: 7).result) == summary(whole))
            }
        }
    }

    @Test("give the same in the page-fault handler, in memory, in a tree, on disk", arguments: Place.allCases)
    func handler(place: Place) throws {
        for bug in [0, 1] {
            let model = FaultHandlerModel(2, 1, 2, 1, bug: bug).model
            var options = SearchTests.options(bug == 0 ? "nothing" : nil, threads: 2)
            let whole = try explore(model, options)
            options.store = place == .tree ? .tree : .exact
            if place == .disk {
                options.maximumMemory = 1_200_000
                options.disk = DiskOptions(folder: FileManager.default.temporaryDirectory)
            }
            let (result, pieces) = try inPieces(model, options, states: 1000)
            // A limit may end the layer in which the violation is found: then fewer states were counted.
            #expect(bug == 0 ? summary(result) == summary(whole) : "\(result.outcome)" == "\(whole.outcome)")
            #expect(pieces > 2)
        }
    }

    @Test("may end on disk and go on in memory, and the other way round")
    func change() throws {
        let model = FaultHandlerModel(2, 1, 2, 1).model
        let whole = try explore(model, SearchTests.options())
        for odd in [0, 1] {
            let (result, _) = try inPieces(model, SearchTests.options(), states: 9000) { options, piece in
                guard piece % 2 == odd else { return }
                options.maximumMemory = 1_200_000
                options.disk = DiskOptions(folder: FileManager.default.temporaryDirectory)
            }
            #expect(summary(result) == summary(whole))
        }
    }

    @Test("go on where a process has died", arguments: [3, 20, 60])
    func died(calls: Int) throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let (folder, copy) = (folder(), folder())
        defer { for folder in [folder, copy] { try? FileManager.default.removeItem(at: folder) } }
        var options = SearchTests.options(threads: 2)
        let whole = try explore(model, options)
        options.checkpoint = try open(folder, model)
        // What another process would find: the files at some moment, with more in them than the manifest says.
        let taker = FolderTaker(after: calls) { try? FileManager.default.copyItem(at: folder, to: copy) }
        options.isCancelled = { taker.look() }
        #expect(summary(try explore(model, options)) == summary(whole))
        guard Checkpoint.exists(in: copy) else {
            #expect(calls < 20)
            return
        }
        options.isCancelled = { false }
        options.checkpoint = try open(copy, model)
        #expect(summary(try explore(model, options)) == summary(whole))
    }

    @Test("find a run to a state without predecessors, one state of each layer", arguments: 0..<12)
    func chain(seed: Int) throws {
        let code = try ModelCode(RandomModel.make(seed: UInt64(seed)))
        for symmetry in [false, true] {
            let systems = (0...1).map { _ in ModelSystem(code, usesSymmetry: symmetry) }
            let store = try #require(FixedStore(width: code.wordCount, mostStates: 1 << 20, workers: 1))
            var search = BreadthFirstSearch(systems, store, SearchTests.options(symmetry: symmetry))
            _ = search.run()
            guard let depth = search.layers.lastIndex(where: { !$0.isEmpty }), let last = search.layers[depth].last
            else { continue }
            let state = last.upperBound - 1
            let chain = try LayerChain(systems[0], store, search.layers).chain(to: state, in: depth)
            #expect(chain.count == depth + 1)
            #expect(chain.last == state)
            for (id, layer) in zip(chain, search.layers) { #expect(layer.contains { $0.contains(id) }) }
        }
    }

    // MARK: Bad weather

    @Test("are refused where a byte of them is another, or is missing")
    func damaged() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.checkpoint = try open(folder, model)
        options.maximumStates = 5000
        _ = try explore(model, options)
        options.checkpoint = nil
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let file = folder.appendingPathComponent(name)
            let whole = try Data(contentsOf: file)
            guard !whole.isEmpty else { continue }
            for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 9)) {
                var changed = whole
                changed[place] ^= 1
                try changed.write(to: file)
                #expect(throws: CheckpointProblem.self, "\(name) at \(place)") { try open(folder, model) }
            }
            try whole.prefix(whole.count - 1).write(to: file)
            #expect(throws: CheckpointProblem.self, "\(name) is short") { try open(folder, model) }
            try whole.write(to: file)
        }
        _ = try open(folder, model)
    }

    @Test("are refused by another search, and by another format")
    func other() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.checkpoint = try open(folder, model)
        options.maximumStates = 5000
        _ = try explore(model, options)
        options.checkpoint = nil
        #expect(throws: CheckpointProblem.otherSearch(path: folder.path)) {
            try open(folder, model, identity: "another")
        }
        let manifest = folder.appendingPathComponent("manifest")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("checkpoint 2", with: "checkpoint 3").write(to: manifest, atomically: true, encoding: .utf8)
        #expect(throws: CheckpointProblem.otherFormat(path: manifest.path)) { try open(folder, model) }
    }

    @Test("are refused while somebody else uses them, saved or not")
    func inUse() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.checkpoint = try open(folder, model)
        #expect(throws: CheckpointProblem.inUse(path: folder.path)) { try open(folder, model) }
        options.maximumStates = 5000
        _ = try explore(model, options)
        #expect(throws: CheckpointProblem.inUse(path: folder.path)) { try open(folder, model) }
        options.checkpoint = nil
        #expect(try open(folder, model).resumedStates != nil)
    }

    @Test("are refused where a file of them is one of the same size of another search, or their files are exchanged")
    func exchanged() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folders = [folder(), folder()]
        defer { for folder in folders { try? FileManager.default.removeItem(at: folder) } }
        for (folder, identity) in zip(folders, ["this", "another"]) {
            var options = SearchTests.options()
            options.checkpoint = try open(folder, model, identity: identity)
            options.maximumStates = 5000
            _ = try explore(model, options)
        }
        let own = folders[0].appendingPathComponent("states-3")
        let whole = try Data(contentsOf: own)
        for other in [folders[1].appendingPathComponent("states-3"), folders[0].appendingPathComponent("states-4")] {
            var bytes = try Data(contentsOf: other)
            bytes.append(Data(count: max(0, whole.count - bytes.count)))
            try bytes.write(to: own)
            #expect(throws: CheckpointProblem.self, "\(other.lastPathComponent)") { try open(folders[0], model) }
        }
        try whole.write(to: own)
        _ = try open(folders[0], model)
    }

    @Test("stay in memory where nothing may go to disk, or end because there is no room")
    func noRoom() throws {
        let model = FaultHandlerModel(2, 1, 2, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try explore(model, SearchTests.options())
        func piece(states: Int? = nil, memory: Int? = nil) throws -> SearchResult {
            var options = SearchTests.options()
            options.checkpoint = try open(folder, model)
            (options.maximumStates, options.maximumMemory) = (states, memory)
            return try explore(model, options)
        }
        let saved = try piece(states: 40_000)
        #expect(saved.reason == .states(limit: 40_000))
        let tooSmall = try piece(memory: 300_000)
        #expect(tooSmall.reason == .memory(limit: 300_000))
        #expect(tooSmall.disk == nil)
        #expect(tooSmall.completeDepth == saved.completeDepth || tooSmall.completeDepth == saved.completeDepth - 1)
        #expect(try piece(states: 100).reason == .states(limit: 100))
        #expect(try piece(states: 40_001).disk == nil)
        #expect(summary(try piece()) == summary(whole))
    }

    @Test("are as they were when the user ends the search while they are read")
    func endedWhileRead() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.checkpoint = try open(folder, model)
        options.maximumStates = 5000
        _ = try explore(model, options)
        options.checkpoint = nil
        let width = try ModelCode(model).wordCount
        let problem = #expect(throws: CheckpointProblem.self) {
            _ = try Checkpoint(
                existing: folder, identity: "this", width: width, every: .zero, diskLimit: nil, isCancelled: { true })
        }
        guard case .disk(let ended) = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(ended.cause == .ended)
        options.maximumStates = nil
        options.checkpoint = try open(folder, model)
        // In the middle of the way back into memory.
        options.isCancelled = { true }
        #expect(try explore(model, options).reason == .cancelled)
        options.checkpoint = nil
        options.checkpoint = try open(folder, model)
        options.isCancelled = { false }
        #expect(try explore(model, options).states == 11_503)
    }

    @Test("go on without being saved where the disk is full, and say so; what was saved before stays good")
    func full() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        let width = try ModelCode(model).wordCount
        options.checkpoint = try Checkpoint(
            new: folder, identity: "this", width: width, every: .zero, diskLimit: 40_000)
        #expect(try explore(model, options).states == 11_503)
        #expect(options.checkpoint?.problem?.cause == .full)
        #expect(options.checkpoint?.hasSaved == true)
        options.checkpoint = nil
        options.checkpoint = try open(folder, model)
        #expect(try explore(model, options).states == 11_503)
    }

    @Test("count what is there already when only so much may be on disk")
    func diskLimit() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SearchTests.options()
        options.checkpoint = try open(folder, model)
        options.maximumStates = 9000
        _ = try explore(model, options)
        let saved = try #require(options.checkpoint?.files.bytes)
        options.checkpoint = nil
        options.maximumStates = nil
        let width = try ModelCode(model).wordCount
        // All of it has room in twice as much, but not in a little more.
        for (limit, cause) in [(saved + 4000, DiskProblem.Cause.full), (saved / 2, .full), (2 * saved, nil)] {
            let copy = self.folder()
            defer { try? FileManager.default.removeItem(at: copy) }
            try FileManager.default.copyItem(at: folder, to: copy)
            let checkpoint = try Checkpoint(
                existing: copy, identity: "this", width: width, every: .zero, diskLimit: limit)
            options.checkpoint = checkpoint
            #expect(try explore(model, options).states == 11_503)
            #expect(checkpoint.problem?.cause == cause, "\(limit)")
            #expect(checkpoint.files.bytes <= max(limit, saved))
        }
    }

    @Test("name those whose searches are in a folder")
    func names() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let width = try ModelCode(model).wordCount
        for name in ["b.fl small", "a.fl small"] {
            var options = SearchTests.options()
            options.checkpoint = try Checkpoint(
                new: folder.appendingPathComponent(name), identity: name, name: name, width: width, every: .zero,
                diskLimit: nil)
            options.maximumStates = 100
            _ = try explore(model, options)
        }
        #expect(Checkpoint.names(below: folder) == ["a.fl small", "b.fl small"])
        #expect(Checkpoint.names(below: folder.appendingPathComponent("none")) == [])
    }

    @Test("are gone when they are removed")
    func removed() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        let folder = folder()
        let checkpoint = try open(folder, model)
        var options = SearchTests.options()
        options.checkpoint = checkpoint
        _ = try explore(model, options)
        checkpoint.remove()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}

/// Does something once, after it was asked so often.
private final class FolderTaker: @unchecked Sendable {
    private let lock = NSLock()
    private var left: Int
    private let take: () -> Void

    init(after calls: Int, _ take: @escaping () -> Void) {
        left = calls
        self.take = take
    }

    func look() -> Bool {
        lock.withLock {
            left -= 1
            if left == 0 { take() }
            return false
        }
    }
}

import Foundation
import Testing

@testable import Exploration

@Suite("States in files")
struct SegmentTests {
    private func states(_ count: Int, width: Int) -> [[UInt64]] {
        (0..<count).map { number in (0..<width).map { UInt64(number * 31 + $0) } }
    }

    private func write(_ states: [[UInt64]], width: Int, to file: StateFile) throws -> Segment {
        let ordered = states.map { state in (state, state.withUnsafeBufferPointer { hash($0) }) }
            .sorted { $0.1 < $1.1 }
        var writer = SegmentWriter(file, width: width)
        defer { writer.free() }
        for (state, hash) in ordered { try state.withUnsafeBufferPointer { try writer.append($0, hash: hash) } }
        return try #require(try writer.finish())
    }

    private func file(_ path: String, isNamed: Bool = false) throws -> StateFile {
        try StateFile(path: path, isNamed: isNamed, DiskAllowance(1 << 30))
    }

    private var path: String { DiskTests.folder.appendingPathComponent("faultline-\(UUID().uuidString)").path }

    @Test("come back as they were, block by block", arguments: [(1, 1), (1, 20_000), (3, 7000), (9000, 5)])
    func comeBack(width: Int, count: Int) throws {
        let states = states(count, width: width)
        let file = try file(path)
        _ = try write([Array(repeating: 1, count: width)], width: width, to: file)
        let segment = try write(states, width: width, to: file)
        var block = StateBlock(width: width)
        defer { block.free() }
        var read: Set<[UInt64]> = []
        for number in segment.firstHashes.indices {
            try segment.read(block: number, into: &block)
            for state in 0..<block.count { read.insert(Array(block.state(state))) }
        }
        #expect(segment.count == count)
        #expect(read == Set(states))
    }

    @Test("are found in the blocks that their hashes name")
    func blocks() throws {
        let states = states(30_000, width: 2)
        let segment = try write(states, width: 2, to: try file(path))
        var block = StateBlock(width: 2)
        defer { block.free() }
        for state in states.prefix(500) {
            let hash = state.withUnsafeBufferPointer { Exploration.hash($0) }
            var isThere = false
            let blocks = segment.blocks(from: hash, through: hash)
            #expect(blocks.count <= 2)
            for number in blocks {
                try segment.read(block: number, into: &block)
                for place in 0..<block.count where Array(block.state(place)) == state { isThere = true }
            }
            #expect(isThere)
        }
    }

    @Test("that were changed are not taken for states", arguments: [0, 8, 4000, 65_000])
    func changed(byte: Int) throws {
        let path = path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try file(path, isNamed: true)
        let segment = try write(states(9000, width: 2), width: 2, to: file)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: UInt64(byte))
        let old = try #require(try handle.read(upToCount: 1))
        try handle.seek(toOffset: UInt64(byte))
        try handle.write(contentsOf: Data([old[0] ^ 4]))
        try handle.close()
        var block = StateBlock(width: 2)
        defer { block.free() }
        #expect(throws: DiskProblem.self) { try segment.read(block: 0, into: &block) }
    }

    @Test("that are cut off are not taken for states")
    func cut() throws {
        let path = path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let segment = try write(states(9000, width: 2), width: 2, to: try file(path, isNamed: true))
        #expect(truncate(path, 70_000) == 0)
        var block = StateBlock(width: 2)
        defer { block.free() }
        let problem = #expect(throws: DiskProblem.self) { try segment.read(block: 1, into: &block) }
        #expect(problem?.cause == .damaged("it ends too early"))
    }

    @Test("no more than is allowed are written")
    func allowance() throws {
        let file = try StateFile(path: path, isNamed: false, DiskAllowance(100_000))
        let problem = #expect(throws: (any Error).self) { try write(states(9000, width: 2), width: 2, to: file) }
        #expect((problem as? DiskProblem)?.cause == .full)
    }

    @Test("rows come in the order of their hashes, each once, in any number of parts")
    func sweep() throws {
        for seed in 0..<20 {
            let rows = try #require(RowStore(width: 1, mostRows: 1 << 20, workers: 1))
            var cursor = RowCursor()
            let count = 5000
            for number in 0..<count {
                let word = UInt64(seed * 1_000_003 + number)
                let hash = hash(word: word)
                withUnsafePointer(to: word) {
                    _ = rows.insert(UnsafeBufferPointer(start: $0, count: 1), hash: hash, &cursor)
                }
            }
            for parts in [1, 2, 7, 8] {
                var hashes: [UInt64] = []
                for part in 0..<parts {
                    rows.sweep(part: part, of: parts) { id, hash in
                        hashes.append(hash)
                        #expect(Exploration.hash(rows.words(id)) == hash)
                    }
                }
                #expect(hashes.count == count)
                #expect(hashes == hashes.sorted())
            }
        }
    }
}

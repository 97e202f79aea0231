import Testing

@testable import Exploration

@Suite("The states that a worker has seen lately")
struct RecentStatesTests {
    @Test("nothing was seen at the start, not even the state of zeros", arguments: [1, 2, 3, 5, 8, 64])
    func nothingAtFirst(width: Int) throws {
        let recent = try #require(RecentStates(width: width))
        defer { recent.free() }
        for value in 0..<20_000 as Range<UInt64> {
            #expect(!sees(recent, [value] + Array(repeating: 0, count: width - 1)))
        }
    }

    @Test("a state is known after it was seen, until another takes its entry")
    func knownLater() throws {
        let recent = try #require(RecentStates(width: 2))
        defer { recent.free() }
        #expect(!sees(recent, [3, 4]))
        #expect(sees(recent, [3, 4]))
        for value in 0..<100_000 as Range<UInt64> { _ = sees(recent, [value, 7]) }
        #expect(!sees(recent, [3, 4]))
    }

    @Test("states that differ in one word, and share an entry, are told apart")
    func sharedEntry() throws {
        let recent = try #require(RecentStates(width: 3))
        defer { recent.free() }
        for word in 0..<3 {
            var (first, second): ([UInt64], [UInt64]) = ([1, 2, 3], [1, 2, 3])
            first[word] = 10
            second[word] = 11
            #expect(!sees(recent, first, hash: 5))
            #expect(!sees(recent, second, hash: 5))
            #expect(sees(recent, second, hash: 5))
        }
    }

    @Test("states that are too wide are not kept")
    func tooWide() { #expect(RecentStates(width: 1 << 12) == nil) }

    private func sees(_ recent: RecentStates, _ state: [UInt64], hash: UInt64? = nil) -> Bool {
        var state = state
        return state.withUnsafeMutableBufferPointer {
            recent.contains($0, hash: hash ?? Exploration.hash(UnsafeBufferPointer($0)))
        }
    }
}

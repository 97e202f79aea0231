// Unsafe code: stores unpack a state into it for every expansion.

/// Room for one unpacked state.
final class Scratch {
    let words: UnsafeMutablePointer<UInt64>

    init(_ store: some StateStore) { words = .allocate(capacity: max(1, store.scratchWords)) }

    deinit { words.deallocate() }
}

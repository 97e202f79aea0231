/// Is told of every access to a field of the state. The machine's loop is generic over it: without tracing it is as if
/// it were not there.
protocol AccessTracer {
    mutating func read(word: Int, shift: Int)
    mutating func write(word: Int, shift: Int)
}

struct NoTracing: AccessTracer {
    @inline(__always) mutating func read(word: Int, shift: Int) {}
    @inline(__always) mutating func write(word: Int, shift: Int) {}
}

/// Collects the places, each once.
struct PlaceTracing: AccessTracer {
    private(set) var reads: Set<BitPlace> = []
    private(set) var writes: Set<BitPlace> = []

    mutating func read(word: Int, shift: Int) { reads.insert(BitPlace(word: word, shift: shift)) }
    mutating func write(word: Int, shift: Int) { writes.insert(BitPlace(word: word, shift: shift)) }
}

/// Where a cell starts in the packed state.
struct BitPlace: Hashable {
    let word: Int
    let shift: Int
}

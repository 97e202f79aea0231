/// Is told what a run through an action does. The machine's loop is generic over it: without tracing it is as if it were
/// not there.
protocol AccessTracer {
    mutating func read(word: Int, shift: Int)
    mutating func write(word: Int, shift: Int)
    /// The way so far has come to a statement.
    mutating func statement(_ number: Int)
    /// The code of the next argument of the event that comes.
    mutating func argument(_ code: UInt64)
    /// The way so far has come to an event.
    mutating func event(_ number: Int)
    /// The way so far may be gone on with in several ways.
    mutating func choose()
    /// Goes on with another way from the last of so many choices.
    mutating func resume(depth: Int)
    /// The way has come to an end that counts as a step.
    mutating func finish()
}

extension AccessTracer {
    @inline(__always) mutating func read(word: Int, shift: Int) {}
    @inline(__always) mutating func write(word: Int, shift: Int) {}
    @inline(__always) mutating func statement(_ number: Int) {}
    @inline(__always) mutating func argument(_ code: UInt64) {}
    @inline(__always) mutating func event(_ number: Int) {}
    @inline(__always) mutating func choose() {}
    @inline(__always) mutating func resume(depth: Int) {}
    @inline(__always) mutating func finish() {}
}

struct NoTracing: AccessTracer {}

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

/// Collects the statements on ways that come to an end.
struct StatementTracing: AccessTracer {
    private(set) var executed: Set<Int> = []
    private var way: [Int] = []
    /// How long the way was at each choice.
    private var lengths: [Int] = []

    mutating func statement(_ number: Int) { way.append(number) }
    mutating func choose() { lengths.append(way.count) }
    mutating func finish() { executed.formUnion(way) }

    mutating func resume(depth: Int) {
        lengths.removeLast(lengths.count - depth)
        way.removeLast(way.count - (lengths.last ?? 0))
    }
}

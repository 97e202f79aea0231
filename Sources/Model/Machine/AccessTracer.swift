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
    /// The way so far has gone way `number` out of a statement.
    mutating func way(_ number: Int)
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
    @inline(__always) mutating func way(_ number: Int) {}
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

/// Collects the marks that are asked for: those on ways that come to an end, and all. Others cost a look.
struct MarkTracing: AccessTracer {
    /// Statements and ways, each with its number.
    enum Mark: Hashable {
        case statement(Int)
        case way(Int)
    }

    /// By number: whether a mark is asked for.
    var asksForStatement: [Bool]
    var asksForWay: [Bool]
    /// On ways that come to an end.
    private(set) var reached: Set<Mark> = []
    /// Also on ways that end in a wait.
    private(set) var touched: Set<Mark> = []
    private var way: [Mark] = []
    /// How long the way was at each choice.
    private var lengths: [Int] = []

    init(asksForStatement: [Bool], asksForWay: [Bool]) {
        self.asksForStatement = asksForStatement
        self.asksForWay = asksForWay
    }

    mutating func statement(_ number: Int) { if asksForStatement[number] { add(.statement(number)) } }
    mutating func way(_ number: Int) { if asksForWay[number] { add(.way(number)) } }
    mutating func choose() { lengths.append(way.count) }
    mutating func finish() { if !way.isEmpty { reached.formUnion(way) } }

    mutating func resume(depth: Int) {
        lengths.removeLast(lengths.count - depth)
        way.removeLast(way.count - (lengths.last ?? 0))
    }

    private mutating func add(_ mark: Mark) {
        touched.insert(mark)
        way.append(mark)
    }
}

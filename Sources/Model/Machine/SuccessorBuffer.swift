// Unsafe code: this buffer is refilled once for every state of a search. Raw memory that is reused costs nothing a
// successor; arrays inside a class cost a uniqueness check and an exclusivity check for each access.

/// One way a step can go.
public struct Successor: Sendable, BitwiseCopyable {
    /// Index into the actions of the model; -1 for an initial state.
    public var action: Int32
    /// Which process instance acts, counted over all processes.
    public var actor: Int32
    /// Where its state starts in ``SuccessorBuffer/Contents/words``, and how many words it has.
    public var start: Int
    public var length: Int
    public var firstChoice: Int
    public var choiceCount: Int
    /// Resumable violations met on the way.
    public var firstViolation: Int
    public var violationCount: Int
    /// The violation that ended the step, or -1. The words are then the state it was found in.
    public var ending: Int32
}

/// The successors of one state, in the order of actor, action and choices; filled again and again.
public final class SuccessorBuffer {
    let storage: UnsafeMutablePointer<SuccessorStorage>

    public init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: SuccessorStorage())
    }

    deinit {
        storage.pointee.free()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// What the buffer holds now; valid until it is filled again. The words may be changed in place.
    public struct Contents {
        public let count: Int
        public let successors: UnsafeMutablePointer<Successor>
        public let words: UnsafeMutablePointer<UInt64>
        public let choices: UnsafeMutablePointer<UInt64>
        public let violations: UnsafeMutablePointer<Int32>
        /// The model broke its own promises; what is here is not complete.
        public let fault: MachineFault?
    }

    public var contents: Contents {
        let all = storage.pointee
        return Contents(
            count: all.successors.count, successors: all.successors.base, words: all.words.base,
            choices: all.choices.base, violations: all.violations.base, fault: all.fault)
    }

    /// The bytes it holds.
    public var bytes: Int { storage.pointee.bytes }

    public func removeAll() { storage.pointee.removeAll() }

    /// Appends a copy of a successor in another buffer.
    public func append(_ successor: Successor, of contents: Contents) {
        let all = storage
        var copy = successor
        copy.start = all.pointee.words.append(contents.words + successor.start, successor.length)
        copy.firstChoice = all.pointee.choices.append(contents.choices + successor.firstChoice, successor.choiceCount)
        copy.firstViolation = all.pointee.violations.append(
            contents.violations + successor.firstViolation, successor.violationCount)
        all.pointee.successors.append(copy)
    }

    /// Appends a state of which only the step that leads to it is known.
    public func append(_ words: UnsafePointer<UInt64>, count: Int, action: Int, actor: Int) {
        let all = storage
        let start = all.pointee.words.append(words, count)
        all.pointee.successors.append(
            Successor(
                action: Int32(truncatingIfNeeded: action), actor: Int32(truncatingIfNeeded: actor), start: start,
                length: count, firstChoice: 0, choiceCount: 0, firstViolation: 0, violationCount: 0, ending: -1))
    }

    /// For systems that are no compiled model.
    public func append(
        _ words: [UInt64], action: Int, actor: Int, choices: [UInt64] = [], violations: [Int] = [], ending: Int? = nil
    ) {
        let all = storage
        let start = all.pointee.words.count
        for word in words { all.pointee.words.append(word) }
        let firstChoice = all.pointee.choices.count
        for choice in choices { all.pointee.choices.append(choice) }
        let firstViolation = all.pointee.violations.count
        for violation in violations { all.pointee.violations.append(Int32(truncatingIfNeeded: violation)) }
        all.pointee.successors.append(
            Successor(
                action: Int32(truncatingIfNeeded: action), actor: Int32(truncatingIfNeeded: actor), start: start,
                length: words.count, firstChoice: firstChoice, choiceCount: choices.count,
                firstViolation: firstViolation, violationCount: violations.count,
                ending: ending.map { Int32(truncatingIfNeeded: $0) } ?? -1))
    }
}

struct SuccessorStorage {
    var successors = GrowingMemory<Successor>()
    var words = GrowingMemory<UInt64>()
    var choices = GrowingMemory<UInt64>()
    var violations = GrowingMemory<Int32>()
    var fault: MachineFault?

    var bytes: Int { successors.bytes + words.bytes + choices.bytes + violations.bytes }

    mutating func removeAll() {
        successors.count = 0
        words.count = 0
        choices.count = 0
        violations.count = 0
        fault = nil
    }

    func free() {
        successors.base.deallocate()
        words.base.deallocate()
        choices.base.deallocate()
        violations.base.deallocate()
    }
}

/// Memory for trivial values that only grows. The owner frees it.
struct GrowingMemory<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int = 64) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    var bytes: Int { capacity * MemoryLayout<Element>.stride }

    mutating func append(_ element: Element) {
        reserve(1)
        (base + count).initialize(to: element)
        count += 1
    }

    /// Appends so many from elsewhere, and gives where they start.
    mutating func append(_ elements: UnsafePointer<Element>, _ more: Int) -> Int {
        reserve(more)
        (base + count).update(from: elements, count: more)
        count += more
        return count - more
    }

    /// Room for so many more.
    mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }
}

import Model

/// Looks at all that a model does: breadth first, in one thread, without any reduction, past every violation that has a
/// result.
///
/// Costs some hundred nanoseconds a transition, and for each state its words and 16 bytes, for each different step 8.
public struct BehaviourSearch {
    /// What a step is told as: the number of a word of labels. `location` is where the process is behind it.
    public typealias Teller = (_ actor: Int, _ events: [ObservedEvent], _ location: Location) -> [Int32]

    private let code: ModelCode
    private let words: LabelWords
    private let budget: BehaviourBudget
    private let tell: Teller
    private let machine: Machine
    private let buffer = SuccessorBuffer()
    private var table: StateTable
    private var offsets = [0]
    private var targets: [Int32] = []
    private var stepWords: [Int32] = []
    private var parents: [Int32] = []
    private var firstSteps: [Int32: Behaviours.FirstStep] = [:]
    private var known: [StepKey: Int32] = [:]
    private var transitions = 0

    private struct StepKey: Hashable {
        let actor: Int32
        let location: Int
        let events: [ObservedEvent]
    }

    /// The code must mark events. The teller is asked once for each actor, events and location.
    public init(_ code: ModelCode, _ words: LabelWords, _ budget: BehaviourBudget, tell: @escaping Teller) {
        self.code = code
        self.words = words
        self.budget = budget
        self.tell = tell
        machine = Machine(code)
        table = StateTable(width: code.wordCount)
    }

    public mutating func run() throws(MachineFault) -> Behaviours {
        var cut = try start()
        let initialCount = table.count
        var (next, layerEnd, depth, completeDepth) = (0, initialCount, 0, -1)
        while cut == nil, next < table.count {
            if next == layerEnd { (layerEnd, depth, completeDepth) = (table.count, depth + 1, depth) }
            cut = next % 256 == 0 || isFull ? budget.stop(count: table.count, bytes: bytes) : nil
            if cut != nil { break }
            try expand(next)
            next += 1
        }
        if cut == nil { completeDepth = depth }
        return Behaviours(
            code: code, words: words, tell: tell, table: table, initialCount: initialCount, offsets: offsets,
            targets: targets,
            stepWords: stepWords, parents: parents, firstSteps: firstSteps, transitions: transitions,
            depth: cut == nil || next < layerEnd ? depth : depth + 1, completeDepth: completeDepth, cut: cut)
    }

    /// Takes the initial states in; the budget that ends before them.
    private mutating func start() throws(MachineFault) -> InconclusiveReason? {
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = machine.initialStates(into: buffer, from: &position, most: 1 << 10)
            if let fault = buffer.contents.fault { throw fault }
            for index in 0..<buffer.contents.count where buffer.contents.successors[index].ending < 0 {
                insert(buffer.contents.successors[index], parent: -1)
            }
            if hasMore, let cut = budget.stop(count: table.count, bytes: bytes) { return cut }
        }
        return nil
    }

    private var isFull: Bool { budget.maximumStates.map { table.count > $0 } ?? false }
    private var bytes: Int { table.bytes + targets.capacity * 8 + parents.capacity * 12 }

    @discardableResult
    private mutating func insert(_ successor: Successor, parent: Int) -> Int32 {
        let state = UnsafeBufferPointer(start: buffer.contents.words + successor.start, count: successor.length)
        let (number, isNew) = table.insert(state)
        if isNew { parents.append(Int32(parent)) }
        return Int32(number)
    }

    private mutating func expand(_ state: Int) throws(MachineFault) {
        var events: [[ObservedEvent]] = []
        Array(table[state]).withUnsafeBufferPointer { words in
            guard let start = words.baseAddress else { return }
            machine.expand(start, into: buffer, events: &events)
        }
        let contents = buffer.contents
        if let fault = contents.fault { throw fault }
        transitions += contents.count
        var steps: [UInt64] = []
        for index in 0..<contents.count where contents.successors[index].ending < 0 {
            let successor = contents.successors[index]
            let word = word(of: successor, events[index])
            let target = insert(successor, parent: state)
            for label in words[Int(word)] where firstSteps[label] == nil {
                firstSteps[label] = Behaviours.FirstStep(source: Int32(state), target: target, word: word)
            }
            steps.append(UInt64(UInt32(bitPattern: target)) << 32 | UInt64(UInt32(bitPattern: word)))
        }
        steps.sort()
        for (index, step) in steps.enumerated() where index == 0 || steps[index - 1] != step {
            targets.append(Int32(truncatingIfNeeded: step >> 32))
            stepWords.append(Int32(truncatingIfNeeded: step))
        }
        offsets.append(targets.count)
    }

    private mutating func word(of successor: Successor, _ events: [ObservedEvent]) -> Int32 {
        let actor = code.actors[Int(successor.actor)]
        let location = code.location(of: actor, in: buffer.contents.words + successor.start)
        let key = StepKey(actor: successor.actor, location: location, events: events)
        if let word = known[key] { return word }
        let place = code.model.processes[actor.process].locations[location]
        let word = Int32(words.number(of: tell(Int(successor.actor), events, place)))
        known[key] = word
        return word
    }
}

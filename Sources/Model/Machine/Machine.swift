// Unsafe code: registers, checkpoints and the operations themselves are raw memory, allocated once a machine and used
// for every state of a search; see the loop for the reasons.

/// Runs the bytecode of a model. Not shared between threads: it owns the registers it works with.
public final class Machine {
    public let code: ModelCode
    let operations: UnsafeMutablePointer<Operation>
    let registers: UnsafeMutablePointer<UInt64>
    private let wordCount: Int
    private let actors: UnsafeMutablePointer<ModelCode.Actor>
    private let actorCount: Int
    private let locationStarts: UnsafeMutablePointer<Int32>
    private let entries: UnsafeMutablePointer<ModelCode.Entry>
    /// A checkpoint is made at every choice: what to go back to for its next value.
    private let checkpoints: UnsafeMutablePointer<Checkpoint>
    private let savedWords: UnsafeMutablePointer<UInt64>
    private let savedRegisters: UnsafeMutablePointer<UInt64>
    private let modelRegisters: Int
    private let pending: UnsafeMutablePointer<Int32>
    private let zeros: UnsafeMutablePointer<UInt64>
    private let kindEntries: KindEntries

    /// So many choices in vain take as long as a state that is made.
    private static let rejectionsOfOne = 32

    private struct Checkpoint {
        var next: Int
        var register: Int
        var value: UInt64
        var count: UInt64
        var violations: Int
    }

    public init(_ code: ModelCode) {
        self.code = code
        wordCount = code.wordCount
        kindEntries = code.kindEntries
        actorCount = code.actors.count
        operations = Self.copy(code.operations)
        actors = Self.copy(code.actors)
        locationStarts = Self.copy(code.locationStarts)
        entries = Self.copy(code.entries)
        modelRegisters = code.model.actions.reduce(code.model.initialRegisterCount) { max($0, $1.registerCount) }
        let depth = max(1, code.mostChoices)
        registers = Self.zeroed(code.registerCount)
        savedRegisters = Self.zeroed(depth * modelRegisters)
        savedWords = Self.zeroed(depth * wordCount)
        zeros = Self.zeroed(wordCount)
        checkpoints = .allocate(capacity: depth)
        pending = .allocate(capacity: max(1, code.mostChecks))
    }

    deinit {
        operations.deallocate()
        registers.deallocate()
        actors.deallocate()
        locationStarts.deallocate()
        entries.deallocate()
        checkpoints.deallocate()
        savedWords.deallocate()
        savedRegisters.deallocate()
        pending.deallocate()
        zeros.deallocate()
    }

    private static func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        for index in array.indices { (memory + index).initialize(to: array[index]) }
        return memory
    }

    private static func zeroed(_ count: Int) -> UnsafeMutablePointer<UInt64> {
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
        memory.initialize(repeating: 0, count: max(1, count))
        return memory
    }

    // MARK: Steps

    /// Fills the buffer with all successors of a state, in the order of actor, action and choices.
    public func expand(_ state: UnsafePointer<UInt64>, into buffer: SuccessorBuffer) {
        var position = ExpansionPosition()
        _ = expand(state, into: buffer, from: &position, most: .max)
    }

    /// Fills the buffer with the next successors of a state, about `most` of them; false where there are no more. In
    /// between, the machine must not be used for anything else.
    public func expand(
        _ state: UnsafePointer<UInt64>, into buffer: SuccessorBuffer, from position: inout ExpansionPosition, most: Int
    ) -> Bool {
        expand(state, before: actorCount, into: buffer, from: &position, most: most)
    }

    /// The same for the steps of one actor alone.
    public func expand(
        _ state: UnsafePointer<UInt64>, actor: Int, into buffer: SuccessorBuffer,
        from position: inout ExpansionPosition, most: Int
    ) -> Bool {
        if position.actor < actor { position = ExpansionPosition(actor: actor, entry: 0) }
        return expand(state, before: min(actor + 1, actorCount), into: buffer, from: &position, most: most)
    }

    /// The successors by the actors before `end`, from a position on.
    @inline(__always)
    private func expand(
        _ state: UnsafePointer<UInt64>, before end: Int, into buffer: SuccessorBuffer,
        from position: inout ExpansionPosition, most: Int
    ) -> Bool {
        var tracer = NoTracing()
        let storage = buffer.storage
        storage.pointee.removeAll()
        while position.actor < end {
            let actor = actors[position.actor]
            let location = Int(truncatingIfNeeded: state[actor.word] &>> UInt64(actor.shift) & actor.mask)
            guard location < actor.locationCount else {
                storage.pointee.fault = .noSuchLocation(process: actor.process, instance: actor.instance)
                return false
            }
            let first = Int(locationStarts[actor.firstLocation + location])
            let count = Int(locationStarts[actor.firstLocation + location + 1]) - first
            let number = Int32(truncatingIfNeeded: position.actor)
            while position.entry < count {
                let isOver = run(
                    entries[first + position.entry], from: state, actor: number, storage, &tracer, &position, most)
                guard isOver else { return true }
                position.entry += 1
            }
            if storage.pointee.fault != nil { return false }
            position.actor += 1
            position.entry = 0
        }
        return false
    }

    /// Fills the buffer with all initial states, equal ones included, in the order of choices.
    public func initialStates(into buffer: SuccessorBuffer) {
        var position = ExpansionPosition()
        _ = initialStates(into: buffer, from: &position, most: .max)
    }

    /// The same in parts of about `most`, as ``expand(_:into:from:most:)`` does it; false where there are no more.
    ///
    /// - Parameter state: those in which free cells have the codes that they have in this state; nil for all.
    public func initialStates(
        into buffer: SuccessorBuffer, free state: [UInt64]? = nil, from position: inout ExpansionPosition, most: Int
    ) -> Bool {
        var tracer = NoTracing()
        buffer.storage.pointee.removeAll()
        let entry = ModelCode.Entry(action: -1, operation: Int32(code.initialEntry))
        let words = state.map { code.model.freeWords(of: $0) } ?? []
        return words.withUnsafeBufferPointer { words in
            let start = words.isEmpty ? UnsafePointer(zeros) : words.baseAddress ?? UnsafePointer(zeros)
            return !run(entry, from: start, actor: -1, buffer.storage, &tracer, &position, most)
        }
    }

    /// Whether a conjunct holds in a state; `old` is the state before, for `transition` properties.
    public func holds(
        property: Int, conjunct: Int, in state: UnsafePointer<UInt64>, old: UnsafePointer<UInt64>
    ) throws(MachineFault) -> Bool {
        try holds(code.conjunctEntries[property][conjunct], state, old)
    }

    /// Whether all properties of a kind hold: the fast way to learn that nothing is wrong.
    public func allHold(
        _ kind: PropertyKind, in state: UnsafePointer<UInt64>, old: UnsafePointer<UInt64>
    ) throws(MachineFault) -> Bool {
        let entry =
            switch kind {
            case .invariant: kindEntries.invariant
            case .atRest: kindEntries.atRest
            case .transition: kindEntries.transition
            case .reachable: kindEntries.reachable
            }
        return try holds(entry, state, old)
    }

    @inline(never)
    private func holds(
        _ entry: Int, _ state: UnsafePointer<UInt64>, _ old: UnsafePointer<UInt64>
    ) throws(MachineFault) -> Bool {
        var tracer = NoTracing()
        var next = entry
        // Properties have no assignments: the state is not written to.
        switch run(&next, UnsafeMutablePointer(mutating: state), old: old, &tracer) {
        case .accept: return true
        case .reject: return false
        case .choose, .violation, .fault: throw .outOfRange(action: nil)
        }
    }

    /// Tells a tracer what one action of an actor does in a state, over all its choices.
    func trace<Tracer: AccessTracer>(
        _ state: UnsafePointer<UInt64>, actor: Int, action: Int, _ buffer: SuccessorBuffer, _ tracer: inout Tracer
    ) {
        let place = actors[actor]
        tracer.read(word: place.word, shift: place.shift)
        let location = Int(truncatingIfNeeded: state[place.word] &>> UInt64(place.shift) & place.mask)
        guard location < place.locationCount else { return }
        let first = Int(locationStarts[place.firstLocation + location])
        for entry in first..<Int(locationStarts[place.firstLocation + location + 1])
        where Int(entries[entry].action) == action {
            var position = ExpansionPosition()
            _ = run(
                entries[entry], from: state, actor: Int32(truncatingIfNeeded: actor), buffer.storage, &tracer,
                &position,
                .max)
        }
    }

    /// Tells a tracer what the making of the initial states does, in parts of about `most`; false where there are no more.
    func traceInitially<Tracer: AccessTracer>(
        _ tracer: inout Tracer, from position: inout ExpansionPosition, most: Int
    ) -> Bool {
        let buffer = SuccessorBuffer()
        let entry = ModelCode.Entry(action: -1, operation: Int32(code.initialEntry))
        return !run(entry, from: zeros, actor: -1, buffer.storage, &tracer, &position, most)
    }

    /// Runs one action through its choices, one successor for each way to its end; false where it has paused because
    /// there are enough.
    @inline(never)
    private func run<Tracer: AccessTracer>(
        _ entry: ModelCode.Entry, from state: UnsafePointer<UInt64>, actor: Int32,
        _ storage: UnsafeMutablePointer<SuccessorStorage>, _ tracer: inout Tracer,
        _ position: inout ExpansionPosition, _ most: Int
    ) -> Bool {
        var depth = position.depth
        var violations = position.violations
        var rejected = 0
        var next = Int(entry.operation)
        var slot = newSlot(storage)
        if position.hasPaused {
            position = ExpansionPosition(actor: position.actor, entry: position.entry)
            guard let resumed = resume(&depth, slot, violations: &violations) else { return true }
            tracer.resume(depth: depth)
            next = resumed
        } else {
            slot.update(from: state, count: wordCount)
        }
        while true {
            var isEnd = true
            switch run(&next, slot, old: state, &tracer) {
            case .choose:
                let operation = operations[next - 1]
                if operation.i > 0 {
                    save(depth, next: next, operation, slot, violations: violations)
                    depth += 1
                    tracer.choose()
                    continue
                }
                isEnd = false
            case .violation:
                let operation = operations[next - 1]
                let violation = Int32(truncatingIfNeeded: operation.i)
                if operation.a == 1 {
                    pending[violations] = violation
                    violations += 1
                    continue
                }
                record(entry, actor, depth: depth, violations: violations, ending: violation, storage)
            case .accept: record(entry, actor, depth: depth, violations: violations, ending: -1, storage)
            case .reject: isEnd = false
            case .fault:
                storage.pointee.fault = .outOfRange(action: entry.action < 0 ? nil : Int(entry.action))
                return true
            }
            if isEnd {
                tracer.finish()
                if storage.pointee.successors.count >= most, depth > 0 {
                    position.pause(depth: depth, violations: violations)
                    return false
                }
                slot = newSlot(storage)
            } else if actor < 0 {
                // Whoever makes initial states looks at limits in between, also where choice after choice is in vain. With
                // steps it must be one part that has none: that may be a deadlock.
                rejected &+= 1
                if rejected / Self.rejectionsOfOne >= most, depth > 0 {
                    position.pause(depth: depth, violations: violations)
                    return false
                }
            }
            guard let resumed = resume(&depth, slot, violations: &violations) else { return true }
            tracer.resume(depth: depth)
            next = resumed
        }
    }

    /// Room for one more state behind those recorded.
    @inline(__always)
    private func newSlot(_ storage: UnsafeMutablePointer<SuccessorStorage>) -> UnsafeMutablePointer<UInt64> {
        storage.pointee.words.reserve(wordCount)
        return storage.pointee.words.base + storage.pointee.words.count
    }

    /// Starts a choice with its first value.
    private func save(
        _ depth: Int, next: Int, _ operation: Operation, _ words: UnsafeMutablePointer<UInt64>, violations: Int
    ) {
        (checkpoints + depth).initialize(
            to: Checkpoint(
                next: next, register: Int(operation.d), value: 0, count: operation.i, violations: violations))
        (savedWords + depth * wordCount).update(from: words, count: wordCount)
        (savedRegisters + depth * modelRegisters).update(from: registers, count: modelRegisters)
        registers[Int(operation.d)] = 0
    }

    /// Goes back to the last choice that has a value left and takes it; nil where there is none.
    @inline(__always)
    private func resume(
        _ depth: inout Int, _ words: UnsafeMutablePointer<UInt64>, violations: inout Int
    ) -> Int? {
        while depth > 0 {
            let top = checkpoints + (depth - 1)
            top.pointee.value += 1
            if top.pointee.value < top.pointee.count {
                words.update(from: savedWords + (depth - 1) * wordCount, count: wordCount)
                registers.update(from: savedRegisters + (depth - 1) * modelRegisters, count: modelRegisters)
                registers[top.pointee.register] = top.pointee.value
                violations = top.pointee.violations
                return top.pointee.next
            }
            depth -= 1
        }
        return nil
    }

    private func record(
        _ entry: ModelCode.Entry, _ actor: Int32, depth: Int, violations: Int, ending: Int32,
        _ storage: UnsafeMutablePointer<SuccessorStorage>
    ) {
        let successor = Successor(
            action: entry.action, actor: actor, start: storage.pointee.words.count, length: wordCount,
            firstChoice: storage.pointee.choices.count, choiceCount: depth,
            firstViolation: storage.pointee.violations.count, violationCount: violations, ending: ending)
        storage.pointee.successors.append(successor)
        storage.pointee.words.count += wordCount
        for level in 0..<depth { storage.pointee.choices.append(checkpoints[level].value) }
        for number in 0..<violations { storage.pointee.violations.append(pending[number]) }
    }
}

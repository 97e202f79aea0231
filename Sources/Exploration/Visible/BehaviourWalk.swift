// Unsafe code: states are raw words, as the machine gives them.

import Model

/// Goes through all states of a model, the nearest first, and tells of each new state and of every step.
struct BehaviourWalk {
    private let view: VisibleState
    private let options: BehaviourOptions
    private let machine: Machine
    private let states: RowSet

    /// Why a walk is over.
    enum End {
        case whole
        /// Whoever was told wants no more; so many steps after the start.
        case ended(depth: Int, isState: Bool)
        /// A budget, or a step that ends in a violation.
        case cut
    }

    init?(_ code: ModelCode, _ view: VisibleState, _ options: BehaviourOptions) {
        guard let states = RowSet(width: code.wordCount, mostRows: options.maximumStates) else { return nil }
        self.view = view
        self.options = options
        machine = Machine(code)
        self.states = states
    }

    /// - Parameters:
    ///   - state: what is visible of a state that was not seen before; they are numbered from 0. False ends the walk.
    ///   - step: the numbers of the states before and behind it; also those that were told before. False ends the walk.
    func run(state: (UnsafeBufferPointer<UInt64>) -> Bool, step: (Int, Int) -> Bool) -> End {
        let buffer = SuccessorBuffer()
        let visible = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, view.width))
        defer { visible.deallocate() }
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = machine.initialStates(into: buffer, from: &position, most: 1 << 10)
            if let end = take(buffer, from: nil, depth: 0, visible, state, step) { return end }
            if hasMore, options.isCancelled() { return .cut }
        }
        var next = 0
        var depth = 0
        while next < states.count {
            depth += 1
            let layer = next..<states.count
            next = layer.upperBound
            for number in layer {
                if number & 1023 == 0, options.isCancelled() { return .cut }
                guard let words = states.words(StateID(number)).baseAddress else { return .cut }
                machine.expand(words, into: buffer)
                if let end = take(buffer, from: number, depth: depth, visible, state, step) { return end }
            }
        }
        return .whole
    }

    private func take(
        _ buffer: SuccessorBuffer, from old: Int?, depth: Int, _ visible: UnsafeMutablePointer<UInt64>,
        _ state: (UnsafeBufferPointer<UInt64>) -> Bool, _ step: (Int, Int) -> Bool
    ) -> End? {
        let contents = buffer.contents
        if contents.fault != nil { return .cut }
        for index in 0..<contents.count {
            let successor = contents.successors[index]
            guard successor.ending < 0, states.count < states.capacity else { return .cut }
            let words = UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length)
            let (id, isNew) = states.insert(words)
            if isNew {
                view.write(contents.words + successor.start, to: visible)
                guard state(UnsafeBufferPointer(start: visible, count: view.width)) else {
                    return .ended(depth: depth, isState: true)
                }
            }
            if let old, !step(old, Int(id)) { return .ended(depth: depth, isState: false) }
        }
        return nil
    }
}

// Unsafe code: runs for every successor of a search.

import Model

/// With the bytecode machine, which also tells what goes wrong inside steps.
extension Passing {
    /// Replaces the successors of a state, all of which are in the buffer, by what is behind them. Leaves them as they are
    /// where there are too many.
    mutating func expand(_ state: UnsafePointer<UInt64>, _ machine: Machine, in buffer: SuccessorBuffer) {
        let contents = buffer.contents
        guard contents.fault == nil, contents.count <= Self.most else { return }
        begin()
        rooms.result.removeAll()
        for number in 0..<contents.count {
            guard follow(contents, number, Chain(), machine) else { return }
        }
        let result = rooms.result
        blocked.forEachKept { result.append($0, count: width, action: $1, actor: $2) }
        buffer.removeAll()
        let all = result.contents
        for number in 0..<all.count { buffer.append(all.successors[number], of: all) }
    }

    private mutating func follow(
        _ contents: SuccessorBuffer.Contents, _ number: Int, _ chain: Chain, _ machine: Machine
    ) -> Bool {
        let successor = contents.successors[number]
        let actor = Int(successor.actor)
        blocked.noteStep(actor)
        let state = contents.words + successor.start
        guard successor.ending < 0,
            let next = next(chain, action: Int(successor.action), actor: code.actors[actor], state: state)
        else {
            rooms.result.append(successor, of: contents)
            return count()
        }
        if successor.violationCount > 0 {
            // Told as one that ended there: its result is passed.
            rooms.result.append(successor.endingAtLastViolation(of: contents), of: contents)
            guard count() else { return false }
        }
        guard let behind = successors(of: state, actor: actor, machine, next.depth) else { return false }
        if judgesSteps, (try? machine.allHold(.transition, in: state, old: state)) != true {
            // A property of steps that is violated by a step that changes nothing it looks at: such steps must be seen.
            rooms.result.append(state, count: width, action: Int(successor.action), actor: actor)
            guard count() else { return false }
        }
        if behind.count == 0 {
            blocked.append(state, action: Int(successor.action), actor: actor)
            guard count() else { return false }
        }
        for number in 0..<behind.count {
            guard follow(behind, number, next, machine) else { return false }
        }
        return true
    }

    /// Nil where there are too many, or the model breaks its promises: then that is found without reduction.
    private func successors(
        of state: UnsafePointer<UInt64>, actor: Int, _ machine: Machine, _ depth: Int
    ) -> SuccessorBuffer.Contents? {
        let buffer = rooms.buffer(depth)
        var position = ExpansionPosition()
        let hasMore = machine.expand(state, actor: actor, into: buffer, from: &position, most: 2 * Self.most)
        let contents = buffer.contents
        return hasMore || contents.fault != nil || contents.count > Self.most ? nil : contents
    }

    /// Calls for every state that is passed behind a state.
    func forEachPassed(
        behind state: UnsafePointer<UInt64>, _ machine: Machine, _ body: (UnsafePointer<UInt64>) -> Void
    ) {
        for actor in code.actors.indices {
            guard let contents = successors(of: state, actor: actor, machine, 0) else { continue }
            for number in 0..<contents.count { visit(contents, number, Chain(), machine, body) }
        }
    }

    private func visit(
        _ contents: SuccessorBuffer.Contents, _ number: Int, _ chain: Chain, _ machine: Machine,
        _ body: (UnsafePointer<UInt64>) -> Void
    ) {
        let successor = contents.successors[number]
        let (state, actor) = (contents.words + successor.start, Int(successor.actor))
        guard successor.ending < 0,
            let next = next(chain, action: Int(successor.action), actor: code.actors[actor], state: state)
        else { return }
        body(state)
        guard let behind = successors(of: state, actor: actor, machine, next.depth) else { return }
        for number in 0..<behind.count { visit(behind, number, next, machine, body) }
    }
}

extension Successor {
    /// The same step as one that its last violation has ended: so that no violation counts twice.
    fileprivate func endingAtLastViolation(of contents: SuccessorBuffer.Contents) -> Successor {
        var result = self
        result.violationCount -= 1
        result.ending = contents.violations[firstViolation + violationCount - 1]
        return result
    }
}

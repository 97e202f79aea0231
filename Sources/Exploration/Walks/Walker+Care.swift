import Model

/// The slow way: with the machine, which tells what each step is and what it violates.
extension Walker {
    /// The step to take from here, which is in the buffer then; nil where there is none, or the walk has met a
    /// violation. There may be more successors than fit in memory, so they are counted part by part first.
    mutating func chooseWithCare(_ random: inout SplitMix, _ goesOn: () -> Bool) -> Successor? {
        var position = ExpansionPosition()
        var hasMore = system.expand(words, into: buffer, from: &position)
        let isWhole = !hasMore
        // That there are more says that there are some.
        if isWhole, system.isDeadlock(words, buffer.contents) { noteDeadlock() }
        var count = judgeSteps()
        while hasMore, fault == nil, goesOn() {
            hasMore = system.expand(words, into: buffer, from: &position)
            count += judgeSteps()
        }
        guard !hasMore, fault == nil, !hasHit, count > 0 else { return nil }
        var left = random.index(below: count)
        if isWhole { return result(left).found }
        position = ExpansionPosition()
        repeat {
            hasMore = system.expand(words, into: buffer, from: &position)
            let (found, passed) = result(left)
            if let found { return found }
            left -= passed
        } while hasMore
        return nil
    }

    /// Notes what the steps in the buffer violate, and counts those with a result.
    private mutating func judgeSteps() -> Int {
        let contents = buffer.contents
        if let found = contents.fault { fault = found }
        var count = 0
        for number in 0..<contents.count {
            let successor = contents.successors[number]
            for violation in 0..<successor.violationCount {
                note(Int(contents.violations[successor.firstViolation + violation]))
            }
            if successor.ending >= 0 { note(Int(successor.ending)) } else { count += 1 }
        }
        return count
    }

    /// The step with this number among those in the buffer that have a result; else how many there are.
    private func result(_ number: Int) -> (found: Successor?, passed: Int) {
        let contents = buffer.contents
        var passed = 0
        for index in 0..<contents.count where contents.successors[index].ending < 0 {
            if passed == number { return (contents.successors[index], passed) }
            passed += 1
        }
        return (nil, passed)
    }

    /// Makes a walk once more, and tells its moves without those between two visits of the same state. The last step
    /// stays in any case: it may be what is violated.
    mutating func moves(of number: Int, steps: Int) throws(MachineFault) -> (initial: [UInt64], moves: [Move]) {
        var random = begin(number)
        let initial = Array(words)
        var path = SimplePath(initial)
        for step in 0..<steps {
            guard let chosen = chooseOnceMore(&random) else { throw fault ?? .unstableSuccessors }
            let move = Move(chosen, buffer.contents)
            state.update(from: buffer.contents.words + chosen.start, count: width)
            if step == steps - 1 { return (initial, path.moves + [move]) }
            path.add(move, Array(words))
        }
        return (initial, path.moves)
    }

    private mutating func chooseOnceMore(_ random: inout SplitMix) -> Successor? { chooseWithCare(&random) { true } }
}

/// The moves of a walk, without cycles.
private struct SimplePath {
    private(set) var moves: [Move] = []
    private var states: [[UInt64]]
    private var places: [[UInt64]: Int]

    init(_ initial: [UInt64]) {
        states = [initial]
        places = [initial: 0]
    }

    mutating func add(_ move: Move, _ state: [UInt64]) {
        if let place = places[state] {
            while states.count > place + 1 { places[states.removeLast()] = nil }
            moves.removeLast(moves.count - place)
        } else {
            places[state] = states.count
            states.append(state)
            moves.append(move)
        }
    }
}

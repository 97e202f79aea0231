import Model

/// Moves steps of a process next to others of the same process, over independent steps between them.
extension Shortener {
    mutating func join(_ run: inout ViolatingRun) throws(MachineFault) {
        while goesOn, let better = try joined(run) { run = better }
    }

    private mutating func joined(_ run: ViolatingRun) throws(MachineFault) -> ViolatingRun? {
        let blocks = run.blocks
        for (number, block) in blocks.enumerated() {
            let actor = run.steps[block.lowerBound].actor
            guard
                let earlier = blocks[..<number].last(where: { run.steps[$0.lowerBound].actor == actor })
            else { continue }
            let (front, between) = (run.steps[..<earlier.lowerBound], run.steps[earlier.upperBound..<block.lowerBound])
            let rest = run.steps[block.upperBound...]
            let orders = [
                run.steps[earlier] + run.steps[block] + between + rest,
                between + run.steps[earlier] + run.steps[block] + rest,
            ]
            for order in orders {
                let other = try follow(
                    order.lazy.map { Move($0) }, from: run.initial, front, .all, most: run.steps.count)
                if let other, other.isBetter(than: run) { return other }
            }
        }
        return nil
    }
}

extension ViolatingRun {
    /// Runs of consecutive steps of one process.
    fileprivate var blocks: [Range<Int>] {
        var blocks: [Range<Int>] = []
        for number in steps.indices {
            if let last = blocks.last, steps[last.lowerBound].actor == steps[number].actor {
                blocks[blocks.count - 1] = last.lowerBound..<number + 1
            } else {
                blocks.append(number..<number + 1)
            }
        }
        return blocks
    }
}

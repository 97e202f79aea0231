import Diagnostics
import Program

/// Where the order of an ``UnorderedLoop`` matters, and why.
struct OrderProblem {
    let span: Span
    let reason: String
}

extension UnorderedLoop {
    /// The first place at which the order matters.
    ///
    /// - Parameter decides: how the conditions of other cells depend on the variable.
    func problem(decides: (VariableID) -> Dependence) -> OrderProblem? {
        var seen: Set<Target> = []
        for touch in touches where touch.access.isWrite && seen.insert(touch.target).inserted {
            let all = touches.filter { $0.target == touch.target }
            if isSplit(all) {
                if case .variable(let id) = touch.target, decides(id) == .manyElements { return depends(touch) }
                continue
            }
            if let problem = problemOfGathering(all, decides) { return problem }
        }
        return problemOfExits ?? problemOfStops
    }

    private func isOwn(_ touch: Touch) -> Bool { touch.indices.contains(element) }

    private func isSplit(_ touches: [Touch]) -> Bool {
        guard let first = touches.first else { return true }
        return first.indices.indices.contains { index in
            touches.allSatisfy { $0.indices.indices.contains(index) && $0.indices[index] == element }
        }
    }

    // MARK: Writes

    private func problemOfGathering(_ touches: [Touch], _ decides: (VariableID) -> Dependence) -> OrderProblem? {
        if let write = touches.first(where: { !isOwn($0) && $0.isOrdered }) { return keepsLast(write) }
        for read in touches where !read.access.isWrite {
            if isOwn(read) && touches.allSatisfy(isOwn) { continue }
            return OrderProblem(span: read.span, reason: "`\(read.text)` may be written for another element")
        }
        if let other = touches.first(where: { !isOwn($0) || $0.isOrdered }), touches.contains(where: \.isOrdered) {
            return OrderProblem(span: other.span, reason: "`\(other.text)` may be written for another element")
        }
        guard let first = touches.first else { return nil }
        let isDeciding = if case .variable(let id) = first.target { decides(id) != .none } else { false }
        for (position, touch) in touches.enumerated() {
            for earlier in touches[..<position] where !touch.commutes(with: earlier) {
                return OrderProblem(
                    span: touch.span,
                    reason: "this change of `\(touch.text)` and another one in the loop do not commute")
            }
            if isDeciding, touch.update?.amount == nil || touch.update != first.update {
                return depends(touch)
            }
        }
        return nil
    }

    private func depends(_ touch: Touch) -> OrderProblem {
        OrderProblem(span: touch.span, reason: "a `when` depends on the values that `\(touch.text)` has on the way")
    }

    private func keepsLast(_ write: Touch) -> OrderProblem {
        switch write.target {
        case .local: OrderProblem(span: write.span, reason: "`\(write.text)` keeps the last one")
        case .variable:
            OrderProblem(span: write.span, reason: "`\(write.text)` is written and has no index `\(name)`")
        }
    }

    // MARK: Rounds that do not come to their end

    private var problemOfExits: OrderProblem? {
        guard let first = exits.first else { return nil }
        let isQuiet = waits.isEmpty && checks.isEmpty && locks.isEmpty && !touches.contains { $0.access.isWrite }
        if !isQuiet { return OrderProblem(span: first.span, reason: "this leaves before all were done") }
        if let other = exits.first(where: { !$0.isSame(as: first) }) {
            return OrderProblem(span: other.span, reason: "the loop is left in several ways, and the first one counts")
        }
        if let result = first.result, result.contains({ $0 >= firstToken }) || !result.cells.isEmpty {
            return OrderProblem(span: first.span, reason: "this returns what it found first")
        }
        return nil
    }

    private var problemOfStops: OrderProblem? {
        guard let stop = checks.first(where: \.endsStep) else { return nil }
        if !waits.isEmpty {
            return OrderProblem(span: stop.span, reason: "this may end the step before another element has to wait")
        }
        if let other = checks.first(where: { $0.name != stop.name }) {
            return OrderProblem(
                span: stop.span,
                reason: "this may be the violation `\(stop.name)`, which ends the step; whether another element is the "
                    + "violation `\(other.name)` is then not seen")
        }
        return nil
    }
}

extension UnorderedLoop.Exit {
    fileprivate func isSame(as other: Self) -> Bool {
        target == other.target && goesOn == other.goesOn && result == other.result
    }
}

extension UnorderedLoop.Touch {
    fileprivate var update: GatheringUpdate? {
        switch access {
        case .read: nil
        case .write(let update): update
        }
    }

    /// A write that gives something else in another order.
    fileprivate var isOrdered: Bool { access.isWrite && update == nil }

    /// Two gathering writes of one variable: of one kind on one part, or on parts of which none contains the other.
    fileprivate func commutes(with other: Self) -> Bool {
        if path == other.path { return update?.kind == other.update?.kind }
        return !path.starts(with: other.path) && !other.path.starts(with: path)
    }
}

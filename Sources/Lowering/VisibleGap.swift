import Flow
import Program

/// Whether somebody could tell the state before a fused access from the state behind it.
///
/// Neither an unlock nor a read under a lock changes anything that a property or another process sees. But what joins
/// the step behind it may: a `commit` changes ghost state and sees that of others; an `assert` may look at ghost state;
/// and the process comes to rest or to its end, which `p.started` and `p.finished` tell. Then others must be able to
/// step in before that, and the state in between must be judged.
struct VisibleGap {
    let program: Program
    let rules: StepRules
    /// Whether any expression asks where a process is.
    let tellsProgress: Bool

    private var graph: FlowGraph { rules.graph }

    /// Everything that joins the step at a node is looked at, the node itself included.
    func isBehind(_ id: NodeID) -> Bool {
        var seen: Set<NodeID> = [id]
        var work = [id]
        while let next = work.popLast() {
            if showsGhost(graph[next]) { return true }
            for successor in graph[next].successors {
                guard rules.modes(at: successor, .happened) != nil else {
                    if tellsProgress, isRest(successor) { return true }
                    continue
                }
                if seen.insert(successor).inserted { work.append(successor) }
            }
        }
        return false
    }

    private func isRest(_ id: NodeID) -> Bool {
        if case .end = graph[id].operation { return true }
        return graph[id].isOutermostHead || graph[id].resume != nil
            || graph[id].successors.contains { graph[$0].isOutermostHead }
    }

    private func showsGhost(_ node: FlowNode) -> Bool {
        if case .commit = node.operation { return true }
        return node.expressions.contains { program.readsGhost($0) }
    }
}

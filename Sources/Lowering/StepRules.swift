import Flow
import Program

/// What has happened in a step so far.
enum StepMode: Hashable, Comparable {
    /// Nothing.
    case fresh
    /// A branch of an `either` was picked; its first statement belongs to the pick.
    case picked
    case happened
}

/// The rules of `docs/decisions/001-what-one-access-is.md`, "Control points and steps", for the nodes of a graph.
struct StepRules {
    let graph: FlowGraph
    /// Accesses that do not stop a step that has happened.
    var fused: Set<NodeID> = []

    /// How the step goes on at a node: the mode behind each successor; nil where the step stops before the node.
    func modes(at id: NodeID, _ mode: StepMode) -> [StepMode]? {
        let node = graph[id]
        let all = { (mode: StepMode) in Array(repeating: mode, count: node.successors.count) }
        if case .end = node.operation { return nil }
        if node.isInside { return all(mode) }
        switch node.operation {
        case .eitherEnd: return all(mode == .picked ? .happened : mode)
        case .either: return mode == .happened ? nil : all(.picked)
        case .eachTake where node.role != .access:
            // Taking is a choice, finding nothing left is local.
            return Array([.happened, mode == .picked ? .happened : mode].prefix(node.successors.count))
        case .pass where node.statement == nil, .countDown: return all(mode)
        case .call where node.role == .local: return all(mode)
        case .loopEntry where leadsToAccess(node), .eachEntry where leadsToAccess(node):
            // The loop as a whole is the access that a picked branch begins with.
            return all(mode)
        case .branch where isTest(id), .loopTest where isTest(id):
            // Another round is the access; no more rounds are local.
            return [mode, mode == .picked ? .happened : mode]
        case .loopHead where node.isOutermostHead && node.role != .access:
            return mode == .fresh ? all(.fresh) : nil
        case .pass, .evaluate, .bind, .assignLocal, .assign, .readModifyWrite, .call, .commit, .lock, .unlock,
            .downgrade, .tryLock, .branch, .match, .loopEntry, .loopTest, .loopHead, .eachEntry, .eachTake, .eachMember,
            .choose, .await, .atomic, .assert, .fail, .end:
            break
        }
        switch node.role {
        case .local: return all(mode == .picked ? .happened : mode)
        case .choice: return all(.happened)
        case .access: return mode == .happened && !fused.contains(id) ? nil : all(.happened)
        }
    }

    /// Whether a local entry is followed by a head that is an access, or by the test before it.
    private func leadsToAccess(_ node: FlowNode) -> Bool {
        guard node.role == .local, let head = node.successors.first else { return false }
        return isTest(head) || graph[head].role == .access && graph[head].statement == node.statement
    }

    /// Whether a node is the end test before a head that is an access.
    private func isTest(_ id: NodeID) -> Bool {
        guard let head = graph[id].successors.first else { return false }
        return graph[head].role == .access && graph[head].resume == id
    }

    /// Where a process that stopped before a node goes on.
    func location(of stop: NodeID) -> NodeID { graph[stop].resume ?? stop }

    struct Step {
        /// In the order in which they are found.
        var stops: [NodeID] = []
        var visited: Set<NodeID> = []
    }

    /// Everything that can run in one step from a control point.
    func step(from start: NodeID) -> Step {
        struct Position: Hashable {
            let node: NodeID
            let mode: StepMode
        }
        var result = Step()
        var seen: Set<Position> = []
        var work = [Position(node: start, mode: .fresh)]
        while let position = work.popLast() {
            guard seen.insert(position).inserted else { continue }
            guard let modes = modes(at: position.node, position.mode) else {
                if !result.stops.contains(position.node) { result.stops.append(position.node) }
                continue
            }
            result.visited.insert(position.node)
            for (successor, mode) in zip(graph[position.node].successors, modes).reversed() {
                work.append(Position(node: successor, mode: mode))
            }
        }
        return result
    }
}

import Program

/// Which locks are held for certain at the beginning of each node.
struct HeldLockAnalysis {
    let graph: FlowGraph
    let definitions: Definitions
    /// Locks that were forgotten although nobody released them.
    private(set) var untracked: Set<VariableID> = []

    init(graph: FlowGraph, definitions: Definitions) {
        self.graph = graph
        self.definitions = definitions
    }

    mutating func run() -> [[HeldLock]] {
        var held: [[HeldLock]?] = Array(repeating: nil, count: graph.nodes.count)
        held[graph.start.index] = []
        var work = [graph.start]
        while let id = work.popLast() {
            let before = held[id.index] ?? []
            // Who rests at a head goes on at its test.
            let resumed = graph[id].resume.map { [($0, before)] } ?? []
            var ways = graph[id].successors.enumerated().map { ($1, transfer(before, graph[id], $0)) }
            ways += resumed
            for (successor, after) in ways {
                let merged = held[successor.index].map { common($0, after) }
                if let merged, merged.count == held[successor.index]?.count { continue }
                held[successor.index] = merged ?? after
                work.append(successor)
            }
        }
        return held.map { $0 ?? [] }
    }

    private mutating func common(_ a: [HeldLock], _ b: [HeldLock]) -> [HeldLock] {
        let result = a.filter { one in b.contains { $0.key == one.key && $0.isShared == one.isShared } }
        for one in a + b where !result.contains(where: { $0.key == one.key }) { untracked.insert(one.key.variable) }
        return result
    }

    private mutating func transfer(_ before: [HeldLock], _ node: FlowNode, _ successor: Int) -> [HeldLock] {
        var held = before
        switch node.operation {
        case .lock(let place, let mode): take(place, mode, &held)
        case .tryLock(let place, let mode): if successor == 0 { take(place, mode, &held) }
        case .unlock(let place): release(place, &held)
        case .downgrade(let place):
            guard let key = definitions.key(place) else { break }
            held = held.map { one in
                guard one.key == key else { return one }
                return HeldLock(place: one.place, key: one.key, isShared: true, locals: one.locals)
            }
        case .end, .pass, .eitherEnd, .evaluate, .bind, .assignLocal, .assign, .readModifyWrite, .call, .commit,
            .branch, .match, .loopEntry, .loopTest, .countDown, .loopHead, .eachEntry, .eachTake, .eachMember, .choose,
            .either, .await, .atomic, .assert, .fail:
            break
        }
        let defined = node.definitions(to: successor)
        guard !defined.isEmpty else { return held }
        // A name that changes its meaning names that lock no more.
        let kept = held.filter { $0.locals.allSatisfy { !defined.contains($0) } }
        if kept.count < held.count { untracked.formUnion(held.map(\.key.variable)) }
        return kept
    }

    private mutating func take(_ place: Place, _ mode: LockMode, _ held: inout [HeldLock]) {
        guard let key = definitions.key(place) else {
            untracked.insert(place.variable)
            return
        }
        guard !held.contains(where: { $0.key == key }) else { return }
        let resolved = definitions.resolved(place)
        let locals = resolved.indices.reduce(into: Set<LocalID>()) { $0.formUnion($1.freeLocals) }.sorted()
        held.append(HeldLock(place: resolved, key: key, isShared: mode == .shared, locals: locals))
    }

    private mutating func release(_ place: Place, _ held: inout [HeldLock]) {
        if let key = definitions.key(place), held.contains(where: { $0.key == key }) {
            held.removeAll { $0.key == key }
        } else {
            // It may be any lock of that variable.
            let kept = held.filter { $0.key.variable != place.variable }
            if kept.count < held.count { untracked.insert(place.variable) }
            held = kept
        }
    }
}

extension FlowGraph {
    /// Whether a lock of a key is held at the beginning of a node.
    public func holds(_ key: PlaceKey, at node: NodeID) -> Bool { heldIn[node.index].contains { $0.key == key } }
}

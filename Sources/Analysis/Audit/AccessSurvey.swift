import Diagnostics
import Flow
import Program

import struct Flow.HeldLock
import struct Program.Process

/// Collects the accesses of all processes of a program, by their flow graphs.
struct AccessSurvey {
    private let program: Program
    private let sources: SourceMap
    private(set) var accesses: [SharedAccess] = []

    init(_ program: Program, _ sources: SourceMap) {
        self.program = program
        self.sources = sources
        for number in program.processes.indices {
            let id = ProcessID(number)
            guard let graph = try? FlowGraph.build(program[id], in: program) else { continue }
            for node in graph.nodes.indices { collect(graph, NodeID(node), id) }
        }
    }

    private mutating func collect(_ graph: FlowGraph, _ id: NodeID, _ process: ProcessID) {
        let node = graph[id]
        guard !node.isGhost, node.statement != nil else { return }
        switch node.operation {
        case .commit, .assert: return
        case .assign(let place, let operation, _):
            add(place, isWrite: true, graph, id, process)
            if operation != .set { add(place, isWrite: false, graph, id, process) }
        case .readModifyWrite(_, let place, _): add(place, isWrite: true, graph, id, process)
        case .choose(_, claims: let claims, hasOtherwise: _):
            for claim in claims { add(claim.place, isWrite: true, graph, id, process) }
        case .end, .pass, .eitherEnd, .evaluate, .bind, .assignLocal, .call, .lock, .unlock, .downgrade, .tryLock,
            .branch, .match, .loopEntry, .loopTest, .countDown, .loopHead, .eachEntry, .eachTake, .eachMember, .either,
            .await, .atomic, .fail:
            break
        }
        for e in node.expressions { collect(e, inFunction: false, graph, id, process) }
    }

    /// The reads of an expression; what a function reads has indices of its own, which stand for any.
    private mutating func collect(
        _ e: Expr, inFunction: Bool, _ graph: FlowGraph, _ id: NodeID, _ process: ProcessID
    ) {
        if case .read(let place, racy: let racy) = e.kind {
            add(place, isWrite: false, isRacy: racy, hasOwnNames: !inFunction, graph, id, process)
        }
        if case .call(let function, _) = e.kind {
            collect(program[function].body, inFunction: true, graph, id, process)
        }
        for child in e.children { collect(child, inFunction: inFunction, graph, id, process) }
    }

    private mutating func add(
        _ place: Place, isWrite: Bool, isRacy: Bool = false, hasOwnNames: Bool = true, _ graph: FlowGraph,
        _ id: NodeID, _ process: ProcessID
    ) {
        guard program.isShared(place.variable) else { return }
        if case .lock = program[place.variable].type { return }
        let node = graph[id]
        let indices = place.indices.map { hasOwnNames ? form($0, graph) : IndexForm.other }
        let held = graph.heldIn[id.index].map { form($0, beside: hasOwnNames ? place.indices : [], graph) }
        accesses.append(
            SharedAccess(
                cell: SharedCell(variable: place.variable, fields: place.fields), indices: indices, process: process,
                span: node.span, isWrite: isWrite, isRacy: isRacy, isClaimed: node.isInside, held: held))
    }

    private func form(_ index: Expr, _ graph: FlowGraph) -> IndexForm {
        if let value = index.constant { return .constant(value) }
        if case .local(let local) = index.kind, local.raw < graph.indexCount { return .own(local.raw) }
        return .other
    }

    private func form(_ lock: HeldLock, beside cell: [Expr], _ graph: FlowGraph) -> HeldForm {
        let indices = lock.place.indices.map { index -> HeldForm.Index in
            if let value = index.constant { return .constant(value) }
            let key = key(index, lock.place, graph)
            guard key != nil, let position = cell.firstIndex(where: { self.key($0, lock.place, graph) == key }) else {
                return .other
            }
            return .ofCell(position)
        }
        return HeldForm(
            variable: lock.place.variable, fields: lock.place.fields, indices: indices, isShared: lock.isShared,
            text: sources.text(lock.place.span) + (lock.isShared ? " shared" : ""))
    }

    /// Equal for indices that are equal: that of a place that has no other one.
    private func key(_ index: Expr, _ lock: Place, _ graph: FlowGraph) -> PlaceKey? {
        graph.key(
            of: Place(variable: lock.variable, indices: [index], fields: [], type: lock.type, span: lock.span))
    }
}

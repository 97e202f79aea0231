import Diagnostics
import Flow
import Model
import Program

/// Builds what happens from one control point on.
struct StepBuilder {
    /// Where the value of a local is during the step.
    enum Slot {
        case registers([Int])
        /// Cells from there on, of the acting instance, and the group that they keep.
        case cells(Int, group: Int)
    }

    let graph: FlowGraph
    let rules: StepRules
    /// Nil for `init`.
    let plan: ProcessPlan?
    var evaluator: Evaluator
    private(set) var slots: [LocalID: Slot] = [:]
    private var slotValues: [LocalID: Operand] = [:]
    /// What the last statement may have made other than 0.
    var written: Set<Int> = []
    private var walked = 0
    private var depth = 0
    /// The statements that the action names, by where they are.
    var statements: [Span: Int] = [:]
    /// Whether choices may be among any number of values.
    var choosesWidely = false
    /// What a `commit` is told as.
    var events = EventTable()
    /// The ways that the action has so far, and their numbers.
    private(set) var ways: [Way] = []
    private var wayNumbers: [WayKey: Int] = [:]

    private struct WayKey: Hashable {
        let span: Span
        let number: Int
    }
    /// The node that is being lowered.
    private(set) var current = NodeID(0)

    /// More nodes than this in one step mean that its ways multiply.
    private static let walkLimit = 50_000
    /// Deeper nesting is refused before it exhausts the stack.
    private static let depthLimit = 250

    init(_ graph: FlowGraph, _ rules: StepRules, _ plan: ProcessPlan?, _ evaluator: Evaluator) {
        self.graph = graph
        self.rules = rules
        self.plan = plan
        self.evaluator = evaluator
        self.evaluator.begin()
    }

    var layout: Layout { evaluator.layout }
    var program: Program { evaluator.program }

    /// The indices of the acting instance.
    var instance: [Code] { (plan?.dimensions.indices).map { $0.map { .processIndex($0) } } ?? [] }

    // MARK: Locals

    /// Gives the locals of a step their slots: those of `kept` groups in cells, all others in registers.
    mutating func assignSlots(_ visited: Set<NodeID>, kept: Set<Int>) {
        var used: Set<LocalID> = []
        for node in visited { used.formUnion(graph.mentionedLocals(at: node)) }
        for (number, group) in (plan?.groups ?? []).enumerated() where kept.contains(number) {
            for local in group.members { slots[local] = .cells(group.firstCell, group: number) }
        }
        for local in used.sorted() where slots[local] == nil && local.raw >= graph.indexCount {
            let count = layout.leaves(of: graph.locals[local.raw].type).count
            slots[local] = .registers((0..<count).map { _ in evaluator.register() })
        }
        for (index, type) in (plan?.process.indexTypes ?? []).enumerated() {
            var operand = evaluator.unpacked(evaluator.undense(.processIndex(index), type), type)
            operand.interval = type.interval
            slotValues[LocalID(index)] = operand
        }
        for (local, slot) in slots { slotValues[local] = value(of: slot, graph.locals[local.raw].type) }
        evaluator.locals = slotValues
    }

    private func value(of slot: Slot, _ type: Type) -> Operand {
        var result: Operand
        switch slot {
        case .registers(let registers): result = Operand(parts: registers.map { .register($0) })
        case .cells(let first, group: _):
            result = Operand(
                parts: layout.leaves(of: type).enumerated().map { index, leaf in
                    let code = Code.read(CellID(first + index), instance)
                    if layout.zeroNamesElement(leaf.type) { return code.shiftedRight(1) }
                    return leaf.type == .int ? code.bitXor(.number(.min)) : code
                })
        }
        result.interval = type.interval
        return result
    }

    /// Stores a value that is in the form of the local's type.
    mutating func store(_ local: LocalID, _ operand: Operand) -> [Instruction] {
        guard let slot = slots[local] else { return [] }
        var operand = operand
        // The parts of a record may be computed from one another.
        if operand.parts.count > 1 { operand = evaluator.shared(operand) }
        var result = flushed()
        switch slot {
        case .registers(let registers):
            for (register, part) in zip(registers, operand.parts) { result.append(.set(register: register, part)) }
        case .cells(let first, group: let group):
            written.insert(group)
            for (index, leaf) in layout.leaves(of: graph.locals[local.raw].type).enumerated()
            where index < operand.parts.count {
                let part = operand.parts[index]
                result.append(.assign(CellID(first + index), instance, kept(part, leaf.type)))
            }
        }
        return result
    }

    /// The form of a code in the cell of a local.
    private func kept(_ code: Code, _ type: Type) -> Code {
        if layout.zeroNamesElement(type) { return code.shiftedLeft(1).bitOr(.one) }
        return type == .int ? code.bitXor(.number(.min)) : code
    }

    /// Stores what a condition or pattern has bound, where it is still needed.
    mutating func storeBindings(_ locals: Set<LocalID>, at successor: NodeID) -> [Instruction] {
        var result: [Instruction] = []
        for local in locals.sorted() where graph.liveIn[successor.index].contains(local) {
            guard let bound = evaluator.locals[local] else { continue }
            result += store(local, bound)
        }
        return result
    }

    /// The instructions for what the evaluator needs before the next code.
    mutating func flushed() -> [Instruction] {
        let result = evaluator.items.map { item -> Instruction in
            switch item {
            case .set(let register, let code): .set(register: register, code)
            case .check(let code, let violation): .check(code, violation)
            }
        }
        evaluator.items = []
        return result
    }

    /// Forgets what expressions have bound.
    mutating func forgetBindings() { evaluator.locals = slotValues }

    // MARK: Walking

    /// Everything from a node to the end of the step, or to one of the joins.
    mutating func walk(_ start: NodeID, _ startMode: StepMode, _ startDirty: Set<Int>, _ joins: Set<NodeID>) -> StepCode
    {
        depth += 1
        defer { depth -= 1 }
        var (node, mode, dirty) = (start, startMode, startDirty)
        var instructions: [Instruction] = []
        while true {
            if joins.contains(node) {
                return StepCode(instructions: instructions, end: .goes(node, mode, dirty: dirty))
            }
            guard let modes = rules.modes(at: node, mode) else {
                return StepCode(instructions: instructions + jump(to: node, dirty), end: .done)
            }
            walked += 1
            guard walked < Self.walkLimit, depth < Self.depthLimit else {
                evaluator.fail(
                    Diagnostic(.tooLarge, "the ways through this step are too many", at: graph[node].span))
                return StepCode(instructions: instructions, end: .dead)
            }
            let join = graph[node].join.flatMap { joins.contains($0) ? nil : $0 }
            let code = execute(node, modes, dirty, joins.union(join.map { [$0] } ?? []))
            guard case .goes(let next, let nextMode, let nextDirty) = code.end, join == nil, !joins.contains(next)
            else {
                guard let join else {
                    return StepCode(instructions: instructions + code.instructions, end: code.end)
                }
                let exits = code.exits(to: join)
                guard let first = exits.first else {
                    return StepCode(instructions: instructions + code.instructions, end: code.end)
                }
                guard code.leadsOnly(to: join), exits.allSatisfy({ $0.mode == first.mode }) else {
                    let whole = StepCode(instructions: instructions + code.instructions, end: code.end)
                    return grafted(whole, join, exits, joins)
                }
                instructions += code.flattened
                (node, mode, dirty) = (join, first.mode, exits.reduce(into: []) { $0.formUnion($1.dirty) })
                continue
            }
            instructions += code.instructions
            (node, mode, dirty) = (next, nextMode, nextDirty)
        }
    }

    /// What comes behind a join is built once a mode and put wherever a path leads there in that mode.
    private mutating func grafted(
        _ code: StepCode, _ join: NodeID, _ exits: [StepCode.Exit], _ joins: Set<NodeID>
    ) -> StepCode {
        var rest: [StepMode: StepCode] = [:]
        for mode in Set(exits.map(\.mode)).sorted() {
            let dirty = exits.filter { $0.mode == mode }.reduce(into: Set<Int>()) { $0.formUnion($1.dirty) }
            rest[mode] = walk(join, mode, dirty, joins)
        }
        return code.grafted(at: join, rest)
    }

    /// One node. The ways behind it are followed to the joins.
    private mutating func execute(
        _ id: NodeID, _ modes: [StepMode], _ dirty: Set<Int>, _ joins: Set<NodeID>
    ) -> StepCode {
        let node = graph[id]
        evaluator.mode = node.isGhost ? .lenient : .checked
        written = []
        current = id
        let code = lower(node)
        let after = dirty.union(written)
        forgetBindings()
        switch code.following(mark(node)) {
        case .dead(let instructions): return StepCode(instructions: instructions, end: .dead)
        case .straight(let instructions):
            guard let next = node.successors.first, let mode = modes.first else {
                return StepCode(instructions: instructions, end: .dead)
            }
            return StepCode(instructions: instructions, end: .goes(next, mode, dirty: after)).continued { next in
                joins.contains(next) || node.join == nil ? nil : walk(next, mode, after, joins)
            }
        case .ways(let instructions, let ways):
            var result = StepCode(instructions: [], end: .dead)
            for way in ways.reversed() {
                let start = walk(node.successors[way.successor], modes[way.successor], after, joins)
                let marked = wayMark(node, way.successor) + way.instructions
                let branch = StepCode(instructions: marked + start.instructions, end: start.end)
                result =
                    way.condition == .one
                    ? branch : StepCode(instructions: [], end: .branch(way.condition, branch, result))
            }
            return StepCode(instructions: instructions + result.instructions, end: result.end)
        }
    }

    /// Tells that a statement is executed. A `fail` is there in the hope that it never is.
    private func mark(_ node: FlowNode) -> Instruction? {
        if case .fail = node.operation { return nil }
        return node.statement == nil ? nil : statements[node.span].map { .statement($0) }
    }

    /// Tells that a way out of a statement is taken.
    private mutating func wayMark(_ node: FlowNode, _ number: Int) -> [Instruction] {
        guard plan != nil, let label = node.operation.label(ofWay: number) else { return [] }
        return [wayMark(node.span, number, label)]
    }

    mutating func wayMark(_ span: Span, _ number: Int, _ label: String) -> Instruction {
        let key = WayKey(span: span, number: number)
        if let known = wayNumbers[key] { return .way(known) }
        ways.append(Way(origin: evaluator.origins.origin(span), number: number, label: label))
        wayNumbers[key] = ways.count - 1
        return .way(ways.count - 1)
    }

    /// Ends the step before a node: locals that are dead there are reset.
    private mutating func jump(to stop: NodeID, _ dirty: Set<Int>) -> [Instruction] {
        guard let plan else { return [] }
        let place = rules.location(of: stop)
        let live = plan.liveGroups(at: place)
        var result: [Instruction] = []
        if let held = graph.heldIn[stop.index].first, plan.isRest(place) { result.append(leak(held)) }
        for number in dirty.subtracting(live).sorted() {
            let group = plan.groups[number]
            for leaf in layout.leaves(of: group.type).indices {
                result.append(.assign(CellID(group.firstCell + leaf), instance, .zero))
            }
        }
        return result + [.jump(location: plan.numbers[place] ?? 0)]
    }

    /// The process comes to rest with a lock.
    private mutating func leak(_ held: FlowHeldLock) -> Instruction {
        let span = graph[current].span
        let violation = Violation(
            name: BuiltinViolation.lockLeak.rawValue,
            message: "the process comes to rest and still holds `\(program[held.place.variable].name)`",
            origin: evaluator.origins.origin(span), isResumable: true)
        return .check(.zero, evaluator.violations.add(violation))
    }
}

extension StepCode {
    /// Where the code goes straight on to a node, what comes there is appended.
    func continued(_ rest: (NodeID) -> StepCode?) -> StepCode {
        guard case .goes(let next, _, dirty: _) = end, let code = rest(next) else { return self }
        return StepCode(instructions: instructions + code.instructions, end: code.end)
    }
}

extension FlowGraph {
    /// The locals that a node reads, writes, or binds in its expressions.
    func mentionedLocals(at id: NodeID) -> Set<LocalID> {
        let node = self[id]
        var result = liveIn[id.index]
        for successor in node.successors.indices {
            result.formUnion(node.definitions(to: successor))
            result.formUnion(liveIn[node.successors[successor].index])
        }
        return result
    }
}

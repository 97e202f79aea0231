import Diagnostics
import Flow
import Model
import Program

/// What a node does, before its successors.
enum LoweredNode {
    /// Goes on at the only successor.
    case straight([Instruction])
    /// Ends in a violation.
    case dead([Instruction])
    /// The first way whose condition holds; the last one has none.
    case ways([Instruction], [Way])

    struct Way {
        let successor: Int
        let condition: Code
        let instructions: [Instruction]
    }

    /// The same behind an instruction.
    func following(_ first: Instruction?) -> LoweredNode {
        guard let first else { return self }
        switch self {
        case .straight(let instructions): return .straight([first] + instructions)
        case .dead(let instructions): return .dead([first] + instructions)
        case .ways(let instructions, let ways): return .ways([first] + instructions, ways)
        }
    }
}

extension StepBuilder {
    mutating func lower(_ node: FlowNode) -> LoweredNode {
        switch node.operation {
        case .end, .pass, .eitherEnd, .loopHead, .atomic: return .straight([])
        case .evaluate(let e, as: let type):
            _ = evaluator.value(e, as: type)
            return .straight(flushed())
        case .bind(let local, let e): return .straight(bind([Binding(local: local, value: e)], node))
        case .call(let bindings), .commit(let bindings): return .straight(bind(bindings, node))
        case .assignLocal(let local, let inner, let operation, let e):
            return .straight(assign(local, inner, operation, e))
        case .assign(let place, let operation, let e): return .straight(assign(place, operation, e))
        case .readModifyWrite(let local, let place, let operation):
            return .straight(modify(place, operation, into: local, node))
        case .lock(let place, let mode): return .straight(lock(place, mode, node))
        case .unlock(let place): return .straight(unlock(place, node))
        case .downgrade(let place): return .straight(downgrade(place, node))
        case .tryLock(let place, let mode): return tryLock(place, mode)
        case .branch, .match, .loopTest, .eachMember, .either: return branch(node)
        case .loopEntry(counter: let counter, let bound): return .straight(enter(counter, bound))
        case .countDown(counter: let counter):
            let left = evaluator.locals[counter]?.code ?? .zero
            // A bound that is reached is one that made a difference.
            let isLast = plan == nil ? [] : [wayMark(node.span, 0, "last round")]
            return .straight(
                StepCode.branch(left.equals(.one), isLast, []) + store(counter, Operand(left.minus(.one))))
        case .eachEntry(todo: let todo, let set):
            let elements = evaluator.value(set, as: type(todo))
            return .straight(store(todo, elements))
        case .eachTake(let local, todo: let todo): return take(local, todo, node)
        case .choose: return choose(node)
        case .await(let e):
            let condition = evaluator.value(e).code
            let before = flushed()
            let bindings = storeBindings(e.outwardLocals, at: node.successors[0])
            return .straight(before + [.require(condition)] + bindings)
        case .assert(name: let name, let e):
            let condition = evaluator.value(e).code
            let violation = Violation(
                name: name, message: "`\(evaluator.origins.text(e.span))` does not hold",
                origin: evaluator.origins.origin(node.span), isResumable: true)
            guard condition.constantValue != 1 else { return .straight(flushed()) }
            return .straight(flushed() + [.check(condition, evaluator.violations.add(violation))])
        case .fail(name: let name, let text):
            let violation = Violation(
                name: name, message: text, origin: evaluator.origins.origin(node.span), isResumable: false)
            return .dead([.check(.zero, evaluator.violations.add(violation))])
        }
    }

    func type(_ local: LocalID) -> Type { graph.locals[local.raw].type }

    /// Whether the value of a local is read behind a node.
    private func isNeeded(_ local: LocalID, _ node: FlowNode) -> Bool {
        node.successors.contains { graph.liveIn[$0.index].contains(local) }
    }

    // MARK: Locals

    private mutating func bind(_ bindings: [Binding], _ node: FlowNode) -> [Instruction] {
        var values: [(LocalID, Operand)] = []
        for one in bindings {
            let value = evaluator.value(one.value, as: type(one.local))
            let isUsedTwice = bindings.count > 1 || node.committed != nil
            values.append((one.local, isUsedTwice ? evaluator.shared(value) : value))
        }
        var result = flushed()
        if let event = node.committed.flatMap({ events.number(of: $0) }) {
            result.append(.observe(event, values.flatMap(\.1.parts)))
        }
        for (local, value) in values where isNeeded(local, node) { result += store(local, value) }
        return result
    }

    private mutating func assign(
        _ local: LocalID, _ inner: [InnerField], _ operation: AssignOperation, _ e: SourceExpr
    ) -> [Instruction] {
        let own = type(local)
        let old = evaluator.locals[local] ?? Operand(.zero)
        // Through plain records to the leaves, then into a code.
        var range = 0..<layout.leaves(of: own).count
        var target = own
        var rest = inner[...]
        while layout.isPlainRecord(target), case .record(let field) = rest.first, case .record(let id) = target {
            let within = layout.leafRange([field], in: target)
            range = (range.lowerBound + within.lowerBound)..<(range.lowerBound + within.upperBound)
            target = program[id].fields[field].type
            rest = rest.dropFirst()
        }
        let part = Operand(parts: Array(old.parts[range.clamped(to: 0..<old.parts.count)]))
        let inside = layout.innerType(target, rest)
        let new = combined(operation, e, inside) { $0.inner(part, target, Array(rest), e.span) }
        let stored =
            rest.isEmpty ? new : evaluator.replaced(part, target, rest, with: new, e.span)
        var whole = old
        whole.parts.replaceSubrange(range.clamped(to: 0..<old.parts.count), with: stored.parts)
        return store(local, whole)
    }

    /// The value that an assignment stores, in the form of the target.
    mutating func combined(
        _ operation: AssignOperation, _ e: SourceExpr, _ target: Type, old: (inout Evaluator) -> Operand
    ) -> Operand {
        guard operation != .set else { return evaluator.value(e, as: target) }
        var before = old(&evaluator)
        before.interval = before.interval ?? target.interval
        return evaluator.updated(before, operation, e, target)
    }

    // MARK: Loops

    private mutating func enter(_ counter: LocalID, _ bound: SourceExpr) -> [Instruction] {
        let rounds = evaluator.number(evaluator.value(bound), bound.type)
        var count = rounds
        if rounds.interval.map({ $0.lowerBound < 0 }) ?? true {
            let n = evaluator.shared(rounds.code)
            count = Operand(
                Code.binary(.less, n, .zero).folded.choosing(.zero, n),
                rounds.interval.map { max(0, $0.lowerBound)...max(0, $0.upperBound) })
        }
        return store(counter, evaluator.convert(count, from: .int, to: type(counter), bound.span))
    }

    private mutating func take(_ local: LocalID, _ todo: LocalID, _ node: FlowNode) -> LoweredNode {
        guard case .set(let element) = type(todo) else { return .dead([]) }
        let set = evaluator.locals[todo]?.code ?? .zero
        let register = evaluator.register()
        let chosen = Code.register(register)
        var round: [Instruction] = [
            .choose(
                register: register, count: layout.valueCount(element), label: graph.locals[local.raw].shortName,
                type: layout.cellType(element)),
            .require(set.bit(chosen)),
        ]
        round += store(todo, Operand(set.bitXor(Code.one.shiftedLeft(chosen))))
        round += store(local, evaluator.part(evaluator.undense(chosen, element), element))
        guard node.successors.count > 1 else {
            return .ways(flushed(), [.init(successor: 0, condition: .one, instructions: round)])
        }
        return .ways(
            flushed(),
            [
                .init(successor: 0, condition: set.equals(.zero).negated, instructions: round),
                .init(successor: 1, condition: .one, instructions: []),
            ])
    }
}

extension FlowLocal {
    /// Without the handlers before it.
    var shortName: String { path.split(separator: ".").last.map(String.init) ?? path }
}

extension Layout {
    /// The type at the end of a path inside a cell.
    func innerType(_ type: Type, _ path: ArraySlice<InnerField>) -> Type {
        path.reduce(type) { type, step in
            switch (step, type) {
            case (.record(let number), .record(let id)): program[id].fields[number].type
            case (.payload(case: let number, field: let field), .enumeration(let id)):
                program[id].cases[number].payload[field].type
            case (.some, .optional(let wrapped)): wrapped
            case (.record, _), (.payload, _), (.some, _): type
            }
        }
    }
}

extension Evaluator {
    /// `old += e`, `old -= e`.
    mutating func updated(
        _ old: Operand, _ operation: AssignOperation, _ e: SourceExpr, _ target: Type
    ) -> Operand {
        let adds = operation != .subtract
        switch target {
        case .set(let element):
            let all = Code.constant(.lowMask(layout.valueCount(element)))
            let other: Code
            if case .set = e.type { other = value(e, as: target).code } else { other = bit(e, element) }
            return Operand(adds ? old.code.bitOr(other) : old.code.bitAnd(other.bitXor(all)))
        case .bits(let width):
            return Operand(Self.bits(adds ? .bitsAdd : .bitsSubtract, old.code, value(e, as: target).code).low(width))
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .domain, .enumeration, .record, .optional, .lock:
            let a = number(old, target)
            let b = number(value(e), e.type)
            return convert(arithmetic(adds ? .add : .subtract, a, b, e.span), from: .int, to: target, e.span)
        }
    }
}

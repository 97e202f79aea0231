import Diagnostics
import Flow
import Model
import Program

extension StepBuilder {
    mutating func branch(_ node: FlowNode) -> LoweredNode {
        switch node.operation {
        case .branch(let e):
            let condition = evaluator.value(e).code
            let before = flushed()
            let bindings = storeBindings(e.outwardLocals, at: node.successors[0])
            return twoWays(before, condition, bindings)
        case .match(let subject, let patterns): return match(subject, patterns, node)
        case .loopTest(counter: let counter):
            let left = evaluator.locals[counter]?.code ?? .zero
            return twoWays([], left.equals(.zero).negated, [])
        case .eachMember(let local, todo: let todo, index: let index):
            guard case .set(let element) = type(todo) else { return .dead([]) }
            let number = Code.constant(UInt64(index))
            let member = (evaluator.locals[todo]?.code ?? .zero).bit(number)
            let value = evaluator.unpacked(Self.element(index, element, layout), element)
            return twoWays([], member, store(local, value))
        case .either:
            let register = evaluator.register()
            let count = node.successors.count
            let choice = Instruction.choose(
                register: register, count: count, label: "either",
                type: .range(lower: 1, upper: Int64(max(1, count))))
            let ways = (0..<count).map { index in
                LoweredNode.Way(
                    successor: index,
                    condition: index == count - 1 ? .one : Code.register(register).equals(.constant(UInt64(index))),
                    instructions: [])
            }
            return .ways([choice], ways)
        case .end, .pass, .eitherEnd, .evaluate, .bind, .assignLocal, .assign, .readModifyWrite, .call, .commit, .lock,
            .unlock, .downgrade, .tryLock, .loopEntry, .countDown, .loopHead, .eachEntry, .eachTake, .choose, .await,
            .atomic, .assert, .fail:
            return .straight([])
        }
    }

    private static func element(_ index: Int, _ type: Type, _ layout: Layout) -> Code {
        let codes = layout.irregularCodes(type)
        return .constant(codes.map { index < $0.count ? $0[index] : 0 } ?? UInt64(index))
    }

    func twoWays(_ before: [Instruction], _ condition: Code, _ bindings: [Instruction]) -> LoweredNode {
        if let known = condition.constantValue {
            let way = LoweredNode.Way(
                successor: known != 0 ? 0 : 1, condition: .one, instructions: known != 0 ? bindings : [])
            return .ways(before, [way])
        }
        return .ways(
            before,
            [
                .init(successor: 0, condition: condition, instructions: bindings),
                .init(successor: 1, condition: .one, instructions: []),
            ])
    }

    private mutating func match(_ subject: SourceExpr, _ patterns: [Pattern], _ node: FlowNode) -> LoweredNode {
        let value = evaluator.shared(evaluator.value(subject))
        let before = flushed()
        var ways: [LoweredNode.Way] = []
        for (index, pattern) in patterns.enumerated() {
            // The checker has proved that the last one matches where no other does.
            let isLast = index == patterns.count - 1
            let test = isLast ? Code.one : evaluator.test(pattern, value, subject.type)
            if test.constantValue == 0 { continue }
            evaluator.bind(pattern, value, subject.type)
            let bindings = storeBindings(Set(pattern.boundLocals), at: node.successors[index])
            ways.append(.init(successor: index, condition: test, instructions: bindings))
            if test == .one { break }
        }
        return .ways(before, ways)
    }

    // MARK: Choose

    mutating func choose(_ node: FlowNode) -> LoweredNode {
        guard case .choose(let binders, claims: let claims, hasOtherwise: let hasOtherwise) = node.operation else {
            return .straight([])
        }
        guard hasOtherwise else { return .straight(witness(binders, claims, node)) }
        let outer = evaluator.locals
        let exists = evaluator.exists(binders[...])
        let missing = evaluator.items.filter { item in
            if case .check = item { true } else { false }
        }
        let before = flushed().filter { instruction in
            if case .check = instruction { false } else { true }
        }
        evaluator.locals = outer
        let taken = witness(binders, claims, node)
        evaluator.locals = outer
        // What is wrong with candidates counts only where none can be taken.
        let looked = missing.compactMap { item -> Instruction? in
            if case .check(let code, let violation) = item { .check(code, violation) } else { nil }
        }
        return .ways(
            before,
            [
                .init(successor: 0, condition: exists, instructions: taken),
                .init(successor: 1, condition: .one, instructions: looked),
            ])
    }

    /// Chooses a witness for all binders and executes the claim.
    private mutating func witness(_ binders: [Binder], _ claims: [Claim], _ node: FlowNode) -> [Instruction] {
        var result: [Instruction] = []
        for binder in binders {
            guard case .set(let element) = binder.set.type else { continue }
            let label = graph.locals[binder.local.raw].shortName
            if case .allOf = binder.set.kind, isChosenInParts(element) {
                evaluator.locals[binder.local] = chosen(element, label, binder.set.span, &result)
            } else {
                result += member(binder, element, label)
            }
            guard let condition = binder.condition else { continue }
            let test = evaluator.value(condition).code
            result += candidate(test)
        }
        let bound = binders.reduce(into: Set(binders.map(\.local))) { bound, binder in
            bound.formUnion(binder.condition?.outwardLocals ?? [])
        }
        let next = node.successors[0]
        // The claim names the witness by its local.
        let claimed = claims.reduce(into: Set<LocalID>()) { $0.formUnion($1.readLocals) }
        for local in bound.sorted() where graph.liveIn[next.index].contains(local) || claimed.contains(local) {
            if let value = evaluator.locals[local] { result += store(local, value) }
        }
        for claim in claims { result += assign(claim.place, claim.operation, claim.value) }
        return result
    }

    /// Chooses an element of a set by its number.
    private mutating func member(_ binder: Binder, _ element: Type, _ label: String) -> [Instruction] {
        let register = evaluator.register()
        let count = layout.valueCount(element)
        limit(count, element, binder.set.span)
        let choice = Instruction.choose(register: register, count: count, label: label, type: layout.cellType(element))
        let member = evaluator.element(binder, register)
        return [choice] + flushed() + (member == .one ? [] : [.require(member)])
    }

    /// Requires the condition of a candidate. What is wrong with one that is not taken does not count, unless looking
    /// at it has no result.
    private mutating func candidate(_ test: Code) -> [Instruction] {
        var before: [Instruction] = []
        var after: [Instruction] = []
        for instruction in flushed() {
            if case .check(_, let violation) = instruction, evaluator.violations[violation].isResumable {
                after.append(instruction)
            } else {
                before.append(instruction)
            }
        }
        return before + (test == .one ? [] : [.require(test)]) + after
    }
}

extension Claim {
    fileprivate var readLocals: Set<LocalID> {
        (place.indices + [value]).reduce(into: []) { $0.formUnion($1.mentionedLocals) }
    }
}

extension SourceExpr {
    var mentionedLocals: Set<LocalID> {
        var result: Set<LocalID> = []
        if case .local(let id) = kind { result.insert(id) }
        return children.reduce(into: result) { $0.formUnion($1.mentionedLocals) }
    }
}

extension Evaluator {
    /// Whether the binders have a witness. A candidate that can't be looked at counts as one: taking it shows why.
    mutating func exists(_ binders: ArraySlice<Binder>) -> Code {
        guard let binder = binders.first else { return .one }
        let count = elementCount(binder)
        guard count <= 1 << 16 else {
            // Of so many one is there, unless it must be a certain one.
            if case .allOf = binder.set.kind, binder.condition == nil, binders.count == 1 { return .one }
            fail(Diagnostic(.tooLarge, "a choice among \(count) values", at: binder.set.span))
            return .zero
        }
        let register = register()
        let rest = binders.dropFirst()
        let ((test, failing), inner) = framed { me -> (Code, Code) in
            let test = me.shared(me.admitted(binder, register))
            let failing = me.impossible()
            let more = me.under(test) { Operand($0.exists(rest)) }.code
            return (test.and(more), failing)
        }
        for (index, item) in inner.enumerated() {
            guard case .check(let condition, let violation) = item, violations[violation].isResumable else { continue }
            let alone = Self.closed(inner[..<index], condition)
            items.append(.check(.quantified(.all, register: register, count: count, alone), violation))
        }
        let body = Self.closed(inner, failing.or(test))
        return .quantified(.some, register: register, count: count, body)
    }

    /// Whether a check so far fails that leaves no result.
    private func impossible() -> Code {
        var result = Code.zero
        for case .check(let condition, let violation) in items where !violations[violation].isResumable {
            result = result.or(condition.negated)
        }
        return result
    }
}

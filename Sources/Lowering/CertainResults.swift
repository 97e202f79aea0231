import Flow
import Program

/// Whether what joins a step could keep it from having a result: by waiting, or by a violation that has none.
///
/// The answer errs towards yes: only what can't fail by its types is certain.
struct CertainResults {
    let program: Program
    let rules: StepRules

    init(_ program: Program, _ rules: StepRules) {
        self.program = program
        self.rules = rules
    }

    private var graph: FlowGraph { rules.graph }

    /// Everything that joins the step at a node, the node itself included.
    func mayEnd(from id: NodeID) -> Bool {
        var seen: Set<NodeID> = [id]
        var work = [id]
        while let next = work.popLast() {
            if mayEnd(graph[next]) { return true }
            for successor in graph[next].successors {
                guard rules.modes(at: successor, .happened) != nil, seen.insert(successor).inserted else { continue }
                work.append(successor)
            }
        }
        return false
    }

    private func mayEnd(_ node: FlowNode) -> Bool {
        switch node.operation {
        case .end, .pass, .eitherEnd, .loopTest, .countDown, .loopHead, .eachTake, .eachMember, .either, .atomic: false
        case .evaluate(let e, as: let type): mayFail(e, as: type)
        case .branch(let e), .match(let e, _), .assert(name: _, let e): mayFail(e)
        case .bind(let local, let e), .loopEntry(counter: let local, let e), .eachEntry(todo: let local, let e):
            mayFail(e, as: graph.locals[local.raw].type)
        case .assignLocal(let local, let inner, let operation, let e):
            !inner.isEmpty || operation != .set || mayFail(e, as: graph.locals[local.raw].type)
        case .call(let bindings), .commit(let bindings):
            bindings.contains { mayFail($0.value, as: graph.locals[$0.local.raw].type) }
        case .assign(let place, let operation, let e):
            operation != .set || mayFail(e, as: place.type) || place.indices.contains { mayFail($0) }
                || !place.inner.isEmpty
        case .unlock(let place): zip(place.indices, program[place.variable].indexTypes).contains { mayFail($0, as: $1) }
        case .choose(let binders, claims: let claims, hasOtherwise: let hasOtherwise):
            !claims.isEmpty
                || !hasOtherwise && binders.contains { $0.condition != nil || !isFilled($0.set) }
                || binders.contains { mayFail($0.set) || $0.condition.map { mayFail($0) } ?? false }
        case .readModifyWrite, .lock, .downgrade, .tryLock, .await, .fail: true
        }
    }

    private func isFilled(_ set: SourceExpr) -> Bool {
        if case .allOf(let type) = set.kind { return program.hasValues(type) }
        return false
    }

    private func mayFail(_ e: SourceExpr, as type: Type) -> Bool { !fits(e, type) || mayFail(e) }

    private func fits(_ e: SourceExpr, _ type: Type) -> Bool {
        if e.type == type { return true }
        guard case .constant(let value) = e.kind, case .int(let number) = value else { return false }
        switch type {
        case .range(let lower, let upper, _), .rangeOrUnbounded(let lower, let upper):
            return lower <= number && number <= upper
        case .int: return true
        case .unit, .bool, .bits, .domain, .enumeration, .record, .set, .optional, .lock: return false
        }
    }

    private func mayFail(_ e: SourceExpr) -> Bool { !isCertain(e) || e.children.contains { mayFail($0) } }

    /// Whether an expression has a value, given that its parts have.
    private func isCertain(_ e: SourceExpr) -> Bool {
        switch e.kind {
        case .constant, .local, .sibling, .locked, .field, .matches, .quantified, .cardinality, .comprehension, .allOf,
            .old, .slice, .process:
            return true
        case .read(let place, racy: _):
            return place.inner.isEmpty
                && zip(place.indices, program[place.variable].indexTypes).allSatisfy { fits($0, $1) }
        case .unary(let operation, _): return operation != .negate
        case .binary(let operation, _, _): return isCertain(operation)
        case .conditional(_, let a, let b): return fits(a, e.type) && fits(b, e.type)
        case .match(_, let arms): return arms.allSatisfy { fits($0.value, e.type) }
        case .makeSome(let inner): return e.type == .optional(inner.type)
        case .makeCase(let id, case: let number, let parts):
            return zip(parts, program[id].cases[number].payload).allSatisfy { fits($0, $1.type) }
        case .makeRecord(let id, let parts):
            return zip(parts, program[id].fields).allSatisfy { fits($0, $1.type) }
        case .payload, .unwrap, .setOf, .withRecord, .withPayload, .call, .toBits, .toInt: return false
        }
    }

    private func isCertain(_ operation: BinaryOperation) -> Bool {
        switch operation {
        case .and, .or, .implies, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .union,
            .difference, .intersection, .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor,
            .concatenate:
            true
        case .add, .subtract, .multiply, .shiftLeft, .shiftRight, .insert, .remove: false
        }
    }
}

import Diagnostics
import Model
import Program

extension Evaluator {
    // MARK: Sets as values

    /// The bit of an element that is of the set's element type, or becomes it; `range` where it does not fit.
    mutating func bit(_ e: SourceExpr, _ element: Type) -> Code {
        let code = packedCode(value(e, as: element), element)
        return Code.one.shiftedLeft(dense(layout.irregularCodes(element) == nil ? code : shared(code), element))
    }

    mutating func setOf(_ elements: [SourceExpr], _ type: Type) -> Operand {
        guard case .set(let element) = type else { return Operand(.zero) }
        var result = Code.zero
        for e in elements { result = result.bitOr(bit(e, element)) }
        return Operand(result)
    }

    mutating func membership(_ e: SourceExpr, _ set: SourceExpr) -> Code {
        guard case .set(let element) = set.type else { return .zero }
        let member = value(e)
        if case .allOf = set.kind, e.type == element { return .one }
        if e.type.isNumber, let lower = element.interval?.lowerBound, e.type != element {
            // A number that is no value of the element type is just not in the set.
            let index = number(member, e.type).code.minus(.number(lower))
            return value(set).code.bit(index)
        }
        let packed = packedCode(member, e.type)
        let code = layout.irregularCodes(element) == nil ? packed : shared(packed)
        return value(set).code.bit(dense(code, element))
    }

    mutating func sets(_ operation: BinaryOperation, _ a: SourceExpr, _ b: SourceExpr, _ type: Type) -> Operand {
        guard case .set(let element) = type else { return value(a) }
        let left = value(a, as: type).code
        let all = UInt64.lowMask(layout.valueCount(element))
        switch operation {
        case .insert: return Operand(left.bitOr(bit(b, element)))
        case .remove: return Operand(left.bitAnd(bit(b, element).bitXor(.constant(all))))
        case .union: return Operand(left.bitOr(value(b, as: type).code))
        case .difference: return Operand(left.bitAnd(value(b, as: type).code.bitXor(.constant(all))))
        default: return Operand(left.bitAnd(value(b, as: type).code))  // the only other one that gets here
        }
    }

    mutating func cardinality(_ set: SourceExpr) -> Operand {
        guard case .set(let element) = set.type else { return Operand(.zero) }
        let count = layout.valueCount(element)
        if case .allOf = set.kind { return Operand(.number(Int64(count)), Int64(count)...Int64(count)) }
        return Operand(.unary(.populationCount, value(set).code), 0...Int64(min(count, 64)))
    }

    // MARK: Binders

    /// What a register must satisfy to stand for an element that a binder takes. Binds its local.
    mutating func element(_ binder: Binder, _ register: Int) -> Code {
        guard case .set(let element) = binder.set.type else { return .zero }
        if layout.width(element) > 64 {
            fail(
                Diagnostic(
                    .cellTooWide, "values of \(layout.width(element)) bits can't be gone through", at: binder.set.span))
        }
        var member = Code.one
        if case .comprehension(let inner) = binder.set.kind {
            // The elements themselves are tested; no set is built.
            member = admitted(inner, register)
        } else if case .allOf = binder.set.kind {
            member = .one
        } else {
            member = value(binder.set).code.bit(.register(register))
        }
        var operand = Operand(undense(.register(register), element), element.interval)
        if layout.irregularCodes(element) != nil { operand = shared(operand) }
        if layout.isComposite(element) { operand = unpacked(operand.code, element) }
        locals[binder.local] = operand
        return member
    }

    func elementCount(_ binder: Binder) -> Int {
        guard case .set(let element) = binder.set.type else { return 0 }
        return layout.valueCount(element)
    }

    /// Membership and condition of a binder, for the element of a register.
    mutating func admitted(_ binder: Binder, _ register: Int) -> Code {
        let member = element(binder, register)
        guard let condition = binder.condition else { return member }
        let part = deferred { $0.value(condition) }
        let test = test(member, for: part)
        return test.and(settled(part, under: test).code)
    }

    mutating func comprehension(_ binder: Binder) -> Code {
        let count = elementCount(binder)
        return over(count) { me, register in
            Operand(me.admitted(binder, register))
        } result: { register, body in
            .quantified(.collect, register: register, count: count, body)
        }
    }

    /// Evaluates a body for all values of a new register. Its checks are made for all of them, here.
    private mutating func over(
        _ count: Int, _ body: (inout Evaluator, Int) -> Operand, result: (Int, Code) -> Code
    ) -> Code {
        let register = register()
        let (operand, inner) = framed { body(&$0, register) }
        hoist(inner) { .quantified(.all, register: register, count: count, $0) }
        return result(register, Self.closed(inner, operand.code))
    }

    // MARK: Quantifiers

    mutating func quantified(_ kind: QuantifierKind, _ binders: ArraySlice<Binder>, _ body: SourceExpr) -> Operand {
        guard let binder = binders.first else { return value(body) }
        let rest = binders.dropFirst()
        let count = elementCount(binder)
        guard count <= 1 << 16 else {
            fail(Diagnostic(.tooLarge, "a quantifier over \(count) values", at: binder.set.span))
            return Operand(.zero)
        }
        if kind == .count && !rest.isEmpty { return nestedCount(binder, rest, body, count) }
        let code = over(count) { me, register in
            let test = me.shared(me.admitted(binder, register))
            let inner = me.under(test) { $0.quantified(kind, rest, body) }.code
            return Operand(kind == .all ? test.implies(inner) : test.and(inner))
        } result: { register, body in
            .quantified(Self.quantifier(kind), register: register, count: count, body)
        }
        return Operand(code, kind == .count ? 0...Int64(count) : nil)
    }

    private static func quantifier(_ kind: QuantifierKind) -> Quantifier {
        switch kind {
        case .all: .all
        case .some: .some
        case .count: .count
        }
    }

    /// Counts over several binders: a sum over the elements of the first.
    private mutating func nestedCount(
        _ binder: Binder, _ rest: ArraySlice<Binder>, _ body: SourceExpr, _ count: Int
    ) -> Operand {
        var sum = Operand(.zero, 0...0)
        for index in 0..<count {
            let register = register()
            items.append(.set(register, .constant(UInt64(index))))
            let test = shared(admitted(binder, register))
            let inner = under(test) { $0.quantified(.count, rest, body) }
            let upper = inner.interval?.upperBound ?? Int64(Int32.max)
            let limit = sum.interval.map { $0.upperBound &+ upper } ?? upper
            sum = Operand(sum.code.plus(test.choosing(inner.code, .zero)), 0...max(0, limit))
        }
        return sum
    }
}

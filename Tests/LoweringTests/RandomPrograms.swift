import Program

/// Small random programs, the same for the same seed.
struct RandomProgram {
    private var seed: UInt64
    private let b: Builder
    private let number = Type.range(lower: 0, upper: 3, wraps: true)
    private let domain = Type.domain(.init(0))
    private var variables: [SourceVariableNumber] = []
    private var array = SourceVariableNumber(0)
    private var frames = SourceVariableNumber(0)
    private var locks = SourceVariableNumber(0)
    private var handlers: [HandlerID] = []
    private var ghost = HandlerID(0)
    private var loops: [StmtID] = []
    private var blocks: [StmtID] = []
    private var inAtomic = false
    private var depth = 0

    init(seed: UInt64) {
        self.seed = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        b = Builder(domains: [("D", 2)])
    }

    private mutating func next(_ count: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((seed >> 33) % UInt64(count))
    }

    private var localTypes: [(String, Type)] {
        let hidden = (0..<8).flatMap { level -> [(String, Type)] in
            [
                ("todo\(level)", .set(domain)), ("round\(level)", .range(lower: 0, upper: 2, wraps: false)),
                ("let element\(level)", domain),
            ]
        }
        return [
            ("a", number), ("c", number), ("d", domain), ("unused", .bool), ("unused2", .bool), ("v", number),
            ("let e", domain),
        ] + hidden
    }

    mutating func build() -> Builder {
        variables = [b.variable("x", number), b.variable("y", number), b.variable("z", .optional(number))]
        array = b.variable("w", number, index: [domain])
        let alive = SourceExpr.sibling(0, number).op(.greater, .value(.int(1), number))
        let record = b.record("R", [("refs", number, nil), ("data", number, alive)])
        frames = b.variable("f", .record(record), index: [domain])
        locks = b.variable("l", .lock(.spin), index: [domain])
        let g = b.variable("g", number, role: .ghost)
        ghost = b.handler(
            "note", ghost: true, parameters: 1, locals: [("let n", number)],
            [
                b.when(SourceExpr.local(0, number).eq(.int(1)), [b.ghost(b.at(g), .local(0, number))]),
                b.assert("noted", b.read(g).op(.lessOrEqual, .int(2))),
            ])
        for index in 0..<2 {
            let count = next(3)
            handlers.append(
                b.handler(
                    "h\(index)", parameters: 0, locals: localTypes, result: number, body(1 + count, isHandler: true)))
        }
        b.process("p", locals: localTypes, body(3 + next(3), isHandler: false))
        b.process("q", locals: localTypes, body(1 + next(2), isHandler: false))
        return b
    }

    /// Statements behind ones that give the locals their values; a handler ends with its result.
    private mutating func body(_ count: Int, isHandler: Bool) -> [Stmt] {
        let start = [
            b.bind(0, .value(.int(1), number)), b.bind(1, .value(.int(0), number)),
            b.bind(2, .value(.element(.init(0), 1), domain)),
        ]
        let inner = statements(count, isHandler: isHandler)
        return start + inner + (isHandler ? [b.s(.returnValue(local()))] : [])
    }

    private mutating func statements(_ count: Int, isHandler: Bool) -> [Stmt] {
        depth += 1
        defer { depth -= 1 }
        return (0..<count).map { _ in statement(isHandler) }
    }

    private mutating func few(_ isHandler: Bool) -> [Stmt] { statements(next(3), isHandler: isHandler) }

    // MARK: Expressions

    private mutating func local() -> SourceExpr {
        switch next(3) {
        case 0: .value(.int(Int64(next(4))), number)
        case 1: .local(0, number)
        default: .local(1, number)
        }
    }

    private mutating func element() -> SourceExpr {
        next(2) == 0 ? .value(.element(.init(0), next(2)), domain) : .local(2, domain)
    }

    private mutating func shared() -> SourceExpr {
        switch next(4) {
        case 0: b.read(variables[0])
        case 1: b.read(array, [element()])
        case 2: b.read(frames, [element()], fields: [next(2)])
        default: b.read(variables[1])
        }
    }

    private mutating func value() -> SourceExpr {
        switch next(4) {
        case 0: shared()
        case 1: local().op(.add, .int(Int64(next(3))), .int)
        default: local()
        }
    }

    private mutating func place() -> Place {
        switch next(4) {
        case 0: b.at(variables[0])
        case 1: b.at(array, [element()])
        case 2: b.at(frames, [element()], fields: [next(2)])
        default: b.at(variables[1])
        }
    }

    private mutating func condition() -> SourceExpr {
        switch next(5) {
        case 0: shared().op(.equal, .value(.int(Int64(next(3))), number))
        case 1: b.read(variables[2]).matches(.some(.bind(.init(5))))
        case 2: local().op(.less, local()).op(.or, local().eq(local()))
        default: local().op(.equal, .value(.int(Int64(next(2))), number))
        }
    }

    // MARK: Statements

    private mutating func statement(_ isHandler: Bool) -> Stmt {
        let isDeep = depth > 3
        switch next(isDeep ? 9 : 21) {
        case 0, 1: return b.set(place(), local())
        case 2: return b.s(.assign(place(), .add, .value(.int(1), number)))
        case 3: return b.bind(next(2), value())
        case 4: return b.setLocal(next(2), local())
        case 5: return b.set(b.at(variables[2]), optional())
        case 6:
            return b.s(.choose([Binder(local: .init(2), set: .all(domain), condition: nil)], then: [], otherwise: nil))
        case 7: return claim()
        case 8: return leave(isHandler)
        case 9, 10: return b.when(condition(), few(isHandler), few(isHandler))
        case 11: return b.either([few(isHandler), few(isHandler)])
        case 12: return atomic(isHandler)
        case 13, 14: return loop(isHandler)
        case 15:
            return handlers.isEmpty
                ? b.commit(ghost, [value()]) : b.call(handlers[next(handlers.count)], result: next(2))
        case 16: return b.commit(ghost, [value()])
        case 17: return b.s(.readModifyWrite(.init(next(2)), place(), .exchange(local())))
        case 18: return b.s(.guardElse(condition(), otherwise: b.block([b.s(.returnValue(isHandler ? local() : nil))])))
        case 19: return choose(isHandler)
        default: return labelled(isHandler)
        }
    }

    /// Behind an access: one that fails before an access that must wait is a step that a model does not have.
    private mutating func claim() -> Stmt {
        let condition = condition()
        return b.s(
            .doBlock(
                b.block([
                    b.s(.readModifyWrite(nil, b.at(variables[0]), .fetchAdd(.int(1)))), b.assert("claim", condition),
                ])))
    }

    private mutating func optional() -> SourceExpr {
        next(2) == 0
            ? .value(.none, .optional(number)) : SourceExpr(.makeSome(local()), .optional(number), Builder.span)
    }

    private mutating func leave(_ isHandler: Bool) -> Stmt {
        if let target = blocks.last, next(2) == 0 { return b.s(.breakOut(target)) }
        if let target = loops.last, !inAtomic, next(3) > 0 {
            return next(2) == 0 ? b.s(.breakOut(target)) : b.s(.continueLoop(target))
        }
        if next(3) == 0 { return b.s(.returnValue(isHandler ? local() : nil)) }
        return b.await(condition())
    }

    private mutating func labelled(_ isHandler: Bool) -> Stmt {
        let id = b.reserve()
        blocks.append(id)
        let body = few(isHandler)
        blocks.removeLast()
        return b.s(id, .doBlock(b.block(body)))
    }

    private mutating func atomic(_ isHandler: Bool) -> Stmt {
        let outer = inAtomic
        inAtomic = true
        let body = few(isHandler)
        inAtomic = outer
        return b.atomic(body)
    }

    private mutating func loop(_ isHandler: Bool) -> Stmt {
        let id = b.reserve()
        let kind = next(inAtomic ? 2 : isHandler ? 3 : 4)  // a handler returns
        loops.append(id)
        let body = few(isHandler)
        loops.removeLast()
        switch kind {
        case 0:
            let own = SourceLocal(9 + 3 * depth)
            let taken = b.setLocal(2, .local(own.raw, domain))
            return b.s(id, .each(own, set: .all(domain), todo: .init(7 + 3 * depth), b.block([taken] + body)))
        case 1: return b.s(id, .loop(atMost: .int(2), counter: .init(8 + 3 * depth), b.block(body)))
        case 2: return b.s(id, .whileLoop(condition(), b.block(body)))
        default: return b.s(id, .loop(atMost: nil, counter: nil, b.block(body)))
        }
    }

    private mutating func choose(_ isHandler: Bool) -> Stmt {
        let condition = b.read(array, [.local(6, domain)]).op(.equal, local())
        let binder = Binder(local: .init(6), set: .all(domain), condition: condition)
        if next(2) == 0 {
            return b.s(
                .choose([binder], then: [b.set(b.at(array, [.local(6, domain)]), local())], otherwise: nil))
        }
        return b.s(.choose([binder], then: [], otherwise: b.block(few(isHandler))))
    }
}

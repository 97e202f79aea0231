import Model

/// The page-fault handler with fork, copy-on-write and eviction whose counts five independent tools agree on.
public struct FaultHandlerModel {
    public private(set) var model = Model(name: "vm")
    private let pages: Int
    private let bug: Int
    private let procs, frames, slots: Dimension
    private let st, lk, pte, id, ref, fd, da, fr, sr, sd: VariableID
    private let user, evictor: Int
    private let hv, hw, hf, ho, hc, ef, es, ep: VariableID

    private enum At {
        static let idle = 0, lock = 1, look = 2, alloc = 3, fill = 4, map = 5, drop = 6, unlock = 7
        static let retry = 8, copy = 9, end = 10
        static let pick = 0, clean = 1, write = 2, walk = 3, unmap = 4, finish = 5
    }

    public init(_ procCount: Int, _ pages: Int, _ frameCount: Int, _ slotCount: Int, bug: Int = 0) {
        self.pages = pages
        self.bug = bug
        procs = model.sort("Proc", procCount)
        frames = model.sort("Frame", frameCount)
        slots = model.sort("Slot", slotCount)
        let frame = CellType.element(sort: 1)
        let entry = CellType.tagged(
            name: "Pte",
            [
                CellCase(name: "none", fields: []),
                CellCase(name: "ro", fields: [CellField(name: "frame", type: frame)]),
                CellCase(name: "rw", fields: [CellField(name: "frame", type: frame)]),
                CellCase(name: "swapped", fields: [CellField(name: "slot", type: .element(sort: 2))]),
            ])
        let states = ["dead", "alive", "embryo"].map { CellCase(name: $0, fields: []) }
        let owners = ["free", "process", "evictor"].map { CellCase(name: $0, fields: []) }
        st = model.variable("st", [procs], .tagged(name: "Status", states))
        lk = model.variable("lk", [procs], .tagged(name: "Owner", owners))
        pte = model.variable("pte", [procs, numbers(pages)], entry)
        id = model.variable("id", [procs, numbers(pages)], .bool, role: .ghost)
        ref = model.variable("ref", [frames], .range(lower: 0, upper: 7))
        fd = model.variable("fd", [frames], .bool)
        da = model.variable("da", [frames], .bool)
        fr = model.variable("fr", [frames], .bool)
        sr = model.variable("sr", [slots], .range(lower: 0, upper: 7))
        sd = model.variable("sd", [slots], .bool)
        user = model.process("user", [procs], locations: 11)
        evictor = model.process("evictor", kind: .daemon, locations: 6)
        hv = model.variable("user.hv", [procs], .range(lower: 0, upper: Int64(pages) - 1), role: .local, process: user)
        hw = model.variable("user.hw", [procs], .bool, role: .local, process: user)
        hf = model.variable("user.hf", [procs], .optional(frame), role: .local, process: user)
        ho = model.variable("user.ho", [procs], .optional(frame), role: .local, process: user)
        hc = model.variable("user.hc", [procs], .optional(.element(sort: 0)), role: .local, process: user)
        ef = model.variable("evictor.ef", [], .optional(frame), role: .local, process: evictor)
        es = model.variable("evictor.es", [], .optional(.element(sort: 2)), role: .local, process: evictor)
        ep = model.variable("evictor.ep", [], .optional(.element(sort: 0)), role: .local, process: evictor)
        addIdle()
        addFault()
        addFork()
        addEvictor()
        addInvariants()
        model.initialRegisterCount = 1
        model.initial = [st(c(0), to: c(1))] + (0..<frameCount).map { fr(c($0), to: c(1)) }
        model.pack()
    }

    // MARK: Page-table entries

    private func tag(_ entry: Expr) -> Expr { .binary(.bitAnd, entry, c(3)) }
    private func payload(_ entry: Expr) -> Expr { .binary(.shiftRight, entry, c(2)) }
    private func made(_ tag: Int, _ payload: Expr) -> Expr {
        .binary(.bitOr, .binary(.shiftLeft, payload, c(2)), c(tag))
    }
    private func present(_ entry: Expr) -> Expr { or(eq(tag(entry), c(1)), eq(tag(entry), c(2))) }
    private func writable(_ entry: Expr) -> Expr { eq(tag(entry), c(2)) }
    private func swapped(_ entry: Expr) -> Expr { eq(tag(entry), c(3)) }
    private func optional(_ element: Expr) -> Expr { .binary(.bitOr, .binary(.shiftLeft, element, c(1)), c(1)) }
    private func wrapped(_ optional: Expr) -> Expr { .binary(.shiftRight, optional, c(1)) }
    private func maps(_ p: Expr, _ v: Expr, _ f: Expr) -> Expr {
        and(present(pte[p, v]), eq(payload(pte[p, v]), f))
    }

    // MARK: Parts of steps

    private func freeFrame(_ f: Expr) -> [Instruction] { [fr(f, to: c(1)), da(f, to: c(0)), fd(f, to: c(0))] }
    private func dropFrame(_ f: Expr) -> [Instruction] {
        [
            ref(f, to: sub(ref[f], c(1))),
            .branch(and(eq(ref[f], c(0)), ne(ef.value, optional(f))), freeFrame(f), []),
        ]
    }
    private func dropSlot(_ s: Expr) -> [Instruction] {
        [
            sr(s, to: sub(sr[s], c(1))),
            .branch(and(eq(sr[s], c(0)), ne(es.value, optional(s))), [sd(s, to: c(0))], []),
        ]
    }
    private func store(_ v: Expr, _ x: Expr) -> [Instruction] {
        [
            .set(register: 7, payload(pte[me, v])), da(r(7), to: x), fd(r(7), to: c(1)), id(me, v, to: x),
        ]
    }

    // MARK: Users

    private mutating func addIdle() {
        let alive = Instruction.require(eq(st[me], c(1)))
        model.action(
            user, at: At.idle,
            [
                alive, choose(0, pages, "page"), .require(not(present(pte[me, r(0)]))), hv(me, to: r(0)),
                .jump(location: At.lock),
            ])
        model.action(
            user, at: At.idle,
            [alive, choose(0, pages, "page"), .require(writable(pte[me, r(0)])), choose(1, 2, "value")]
                + store(r(0), r(1)) + [.jump(location: At.idle)])
        model.action(
            user, at: At.idle,
            [
                alive, choose(0, pages, "page"), .require(not(writable(pte[me, r(0)]))), hv(me, to: r(0)),
                hw(me, to: c(1)), .jump(location: At.lock),
            ])
        model.action(
            user, at: At.idle,
            [
                alive, .require(eq(lk[me], c(0))), choose(0, procs.count, "child"), .require(eq(st[r(0)], c(0))),
                lk(me, to: c(1)), st(r(0), to: c(2)), hc(me, to: optional(r(0))), .jump(location: At.copy),
            ])
        let others = some(0, procs.count, and(ne(r(0), me), eq(st[r(0)], c(1))))
        let release = (0..<pages).flatMap { page -> [Instruction] in
            [
                .set(register: 1, pte[me, c(page)]), .set(register: 2, payload(r(1))),
                .branch(present(r(1)), dropFrame(r(2)), [.branch(swapped(r(1)), dropSlot(r(2)), [])]),
                pte(me, c(page), to: c(0)), id(me, c(page), to: c(0)),
            ]
        }
        model.action(
            user, at: At.idle,
            [alive, .require(eq(lk[me], c(0))), .require(others)] + release
                + [st(me, to: c(0)), .jump(location: At.idle)])
    }

    private mutating func addFault() {
        model.action(
            user, at: At.lock, [.require(eq(lk[me], c(0))), lk(me, to: c(1)), .jump(location: At.look)])
        let unlocks: [Instruction] = bug == 2 ? [lk(me, to: c(0))] : []
        model.action(
            user, at: At.look,
            [
                .set(register: 0, pte[me, hv[me]]), .set(register: 1, payload(r(0))),
                .branch(
                    present(r(0)),
                    [
                        .branch(
                            or(not(hw[me]), writable(r(0))), [.jump(location: At.unlock)],
                            [
                                .branch(
                                    eq(ref[r(1)], c(1)),
                                    [pte(me, hv[me], to: made(2, r(1))), .jump(location: At.unlock)],
                                    [ho(me, to: optional(r(1)))] + unlocks + [.jump(location: At.alloc)])
                            ])
                    ], [.jump(location: At.alloc)]),
            ])
        model.action(
            user, at: At.alloc,
            [
                .branch(
                    some(1, frames.count, fr[r(1)]),
                    [
                        choose(0, frames.count, "frame"), .require(fr[r(0)]), fr(r(0), to: c(0)),
                        hf(me, to: optional(r(0))), .jump(location: At.fill),
                    ], [ho(me, to: c(0)), .jump(location: At.unlock)])
            ])
        model.action(
            user, at: At.fill,
            [
                .set(register: 0, pte[me, hv[me]]),
                da(
                    wrapped(hf[me]),
                    to: iff(
                        ne(ho[me], c(0)), da[wrapped(ho[me])],
                        iff(swapped(r(0)), sd[payload(r(0))], c(0)))), .jump(location: At.map),
            ])
        model.action(
            user, at: At.map,
            [
                .set(register: 0, pte[me, hv[me]]), .set(register: 1, wrapped(hf[me])),
                pte(me, hv[me], to: made(2, r(1))), ref(r(1), to: c(1)), hf(me, to: c(0)),
                .branch(
                    ne(ho[me], c(0)), [.jump(location: At.drop)],
                    [
                        .set(register: 2, payload(r(0))), .branch(swapped(r(0)), dropSlot(r(2)), []),
                        .jump(location: At.unlock),
                    ]),
            ])
        model.action(
            user, at: At.drop,
            [.set(register: 0, wrapped(ho[me]))] + dropFrame(r(0))
                + [ho(me, to: c(0)), .jump(location: At.unlock)])
        model.action(
            user, at: At.unlock,
            [.branch(eq(lk[me], c(1)), [lk(me, to: c(0))], []), .jump(location: At.retry)])
        let toIdle = [hv(me, to: c(0)), hw(me, to: c(0)), .jump(location: At.idle)]
        model.action(
            user, at: At.retry,
            [
                .set(register: 0, pte[me, hv[me]]),
                .branch(
                    iff(hw[me], writable(r(0)), present(r(0))),
                    [
                        .branch(
                            hw[me], [choose(1, 2, "value")] + store(hv[me], r(1)) + toIdle, toIdle)
                    ], [.jump(location: At.lock)]),
            ])
    }

    private mutating func addFork() {
        model.action(
            user, at: At.copy,
            [
                .set(register: 0, wrapped(hc[me])), .set(register: 1, hv[me]), .set(register: 2, pte[me, r(1)]),
                .set(register: 3, payload(r(2))),
                .branch(
                    present(r(2)),
                    [
                        pte(me, r(1), to: made(1, r(3))), pte(r(0), r(1), to: made(1, r(3))),
                        ref(r(3), to: add(ref[r(3)], c(1))),
                    ],
                    [
                        .branch(
                            swapped(r(2)), [pte(r(0), r(1), to: r(2)), sr(r(3), to: add(sr[r(3)], c(1)))], [])
                    ]),
                id(r(0), r(1), to: id[me, r(1)]),
                .branch(
                    eq(r(1), c(pages - 1)), [hv(me, to: c(0)), .jump(location: At.end)],
                    [hv(me, to: add(r(1), c(1))), .jump(location: At.copy)]),
            ])
        model.action(
            user, at: At.end,
            [
                st(wrapped(hc[me]), to: c(1)), hc(me, to: c(0)), lk(me, to: c(0)), .jump(location: At.idle),
            ])
    }

    // MARK: The evictor

    private mutating func addEvictor() {
        model.action(
            evictor, at: At.pick,
            [
                choose(0, frames.count, "frame"), .require(and(not(fr[r(0)]), ne(ref[r(0)], c(0)))),
                choose(1, slots.count, "slot"), .require(eq(sr[r(1)], c(0))), ef(to: optional(r(0))),
                es(to: optional(r(1))), .jump(location: At.clean),
            ])
        let (f, s, p) = (wrapped(ef.value), wrapped(es.value), wrapped(ep.value))
        model.action(evictor, at: At.clean, [fd(f, to: c(0)), .jump(location: At.write)])
        model.action(evictor, at: At.write, [sd(s, to: da[f]), .jump(location: At.walk)])
        model.action(
            evictor, at: At.walk,
            [
                .branch(
                    some(1, procs.count, some(2, pages, maps(r(1), r(2), f))),
                    [
                        choose(0, procs.count, "process"),
                        .require(and(some(1, pages, maps(r(0), r(1), f)), eq(lk[r(0)], c(0)))), lk(r(0), to: c(2)),
                        ep(to: optional(r(0))), .jump(location: At.unmap),
                    ], [.jump(location: At.finish)])
            ])
        let unmap = (0..<pages).map { page in
            Instruction.branch(
                maps(r(0), c(page), f),
                [
                    pte(r(0), c(page), to: made(3, s)), ref(f, to: sub(ref[f], c(1))), sr(s, to: add(sr[s], c(1))),
                ], [])
        }
        model.action(
            evictor, at: At.unmap,
            [
                .set(register: 0, p), lk(r(0), to: c(0)), ep(to: c(0)),
                .branch(
                    bug == 1 ? c(0) : fd[f], [.jump(location: At.finish)], unmap + [.jump(location: At.walk)]),
            ])
        model.action(
            evictor, at: At.finish,
            [
                .branch(eq(ref[f], c(0)), freeFrame(f), []), .branch(eq(sr[s], c(0)), [sd(s, to: c(0))], []),
                ef(to: c(0)), es(to: c(0)), .jump(location: At.pick),
            ])
    }

    // MARK: Properties

    private mutating func addInvariants() {
        let (p, v) = (r(0), r(1))
        func mappings(_ f: Expr) -> Expr {
            // One count for each page: a count over pairs is not in the language of the model.
            (0..<pages).map { page in count(3, procs.count, maps(r(3), c(page), f)) }.reduce(c(0), add)
        }
        func everywhere(_ body: Expr) -> Expr { all(0, procs.count, all(1, pages, body)) }
        model.property(
            "reads", everywhere(implies(present(pte[p, v]), eq(da[payload(pte[p, v])], id[p, v]))))
        model.property(
            "exclusive",
            everywhere(
                implies(
                    writable(pte[p, v]),
                    .bind(register: 2, payload(pte[p, v]), eq(mappings(r(2)), c(1))))))
        let counter = model.processes[user].programCounter
        let dropping = count(
            3, procs.count, and(eq(counter[r(3)], c(At.drop)), eq(ho[r(3)], optional(r(2)))))
        model.property("refs", all(2, frames.count, eq(ref[r(2)], add(mappings(r(2)), dropping))))
        model.property("free", all(2, frames.count, implies(fr[r(2)], eq(mappings(r(2)), c(0)))))
        let swaps = (0..<pages).map { page in
            count(3, procs.count, eq(pte[r(3), c(page)], made(3, r(2))))
        }.reduce(c(0), add)
        model.property("slots", all(2, slots.count, eq(sr[r(2)], swaps)))
    }
}

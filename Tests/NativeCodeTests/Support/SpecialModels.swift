import Model
import ModelTestSupport

/// Models for what random ones hardly ever have.
enum SpecialModels {
    static let models = [large(), wide(), leaking(), choosing(), empty(), splitting()]

    /// An array over several words, with indices that are computed.
    static func large() -> Model {
        var model = Model(name: "large")
        let process = model.process("p", [numbers(2)], locations: 2)
        let cell = model.variable("cell", [numbers(10), numbers(9)], .range(lower: 0, upper: 10))
        let row = model.variable("row", [numbers(40)], .bits(3))
        model.action(
            process, at: 0,
            [
                choose(0, 10), choose(1, 9), .require(eq(cell[r(0), r(1)], c(0))),
                cell(r(0), r(1), to: add(cell[r(0), c(0)], c(3))), .set(register: 2, add(r(0), r(1))),
                row(r(2), to: add(row[r(2)], me)), .jump(location: 1),
            ])
        model.action(process, at: 1, [choose(0, 41), row(r(0), to: c(5)), .jump(location: 0)])
        model.property("some", some(0, 10, all(1, 9, eq(cell[r(0), r(1)], c(0)))))
        model.property("few", .binary(.less, count(0, 40, row[r(0)]), c(4)))
        let moved = ne(.readOld(row, [.register(0)]), row[.register(0)])
        model.property("one", kind: .transition, .binary(.lessOrEqual, count(0, 40, moved), c(1)))
        return model.packed()
    }

    /// Cells of 64 bits and of none.
    static func wide() -> Model {
        var model = Model(name: "wide")
        let process = model.process("p", locations: 2)
        let word = model.variable("word", [numbers(2)], .bits(64))
        let unit = model.variable("unit", [numbers(2)], .unit)
        let narrow = model.variable("narrow", [], .bits(33))
        let shift = model.variable("shift", [], .bits(7))
        let shifted = Expr.binary(.bitXor, .binary(.shiftLeft, word[c(0)], shift.value), c(5))
        model.action(
            process, at: 0,
            [
                choose(0, 3), word(r(0), to: add(.binary(.shiftLeft, word[c(0)], r(0)), c(0x7FFF_1234))),
                unit(c(7), to: .binary(.shiftRight, r(0), c(1))), .jump(location: 1),
            ])
        model.action(
            process, at: 1,
            [
                narrow(to: .unary(.populationCount, word[c(1)])), .set(register: 0, unit[c(9)]),
                word(c(1), to: .binary(.multiply, word[c(0)], .unary(.complement, r(0)))),
                .check(.binary(.less, word[c(1)], c(0)), model.violation("sign", isResumable: true)),
                shift(to: .binary(.bitAnd, add(word[c(0)], c(60)), c(127))), word(c(0), to: shifted),
                .jump(location: 0),
            ])
        model.property(
            "right", all(0, 128, ne(.binary(.shiftRight, word[c(0)], add(r(0), shift.value)), c(0x7FFF))))
        return model.packed()
    }

    /// More than 64 locations, some with locks, and a process that is hardware.
    static func leaking() -> Model {
        var model = Model(name: "leaking")
        let sort = model.sort("Thread", 2)
        let lock = model.variable("lock", [], .exclusiveLock)
        let held = HeldLock(lock: lock, indices: [], isShared: false)
        let process = model.process("p", [sort], locations: 70, end: 69, held: [69: [held], 3: [held]])
        let other = model.process("q", locations: 3, end: 2, held: [2: [held]])
        let hardware = model.process("h", kind: .hardware, locations: 2)
        for location in 0..<69 {
            model.action(process, at: location, [choose(0, 2), .jump(location: (location * 7 + 1) % 70)])
        }
        model.action(other, at: 0, [.require(eq(lock.value, c(0))), lock(to: c(1)), .jump(location: 1)])
        model.action(other, at: 1, [.jump(location: 2)])
        model.action(hardware, at: 0, [.jump(location: 1)])
        model.property("rest", kind: .atRest, eq(lock.value, c(0)))
        return model.packed()
    }

    /// More choices than a label has room for, and choices of nothing.
    static func choosing() -> Model {
        var model = Model(name: "choosing")
        let process = model.process("p", locations: 2)
        let cell = model.variable("cell", [], .bits(16))
        model.action(
            process, at: 0,
            [choose(0, 5), choose(1, 20), .set(register: 0, add(r(0), r(1)))]
                + [100, 100, 100].map { .choose(register: 2, count: $0, label: "x", type: .bits(7)) }.flatMap {
                    [$0, .require(eq(r(2), c(99)))]
                } + [cell(to: add(r(0), r(2))), .jump(location: 1)])
        model.action(process, at: 1, [choose(0, 0), .jump(location: 0)])
        model.action(process, at: 1, [cell(to: c(0)), .jump(location: 0)])
        return model.packed()
    }

    /// No process, no property.
    static func empty() -> Model {
        var model = Model(name: "empty")
        _ = model.variable("cell", [], .bool)
        return model.packed()
    }

    /// Choices in arms of branches, with code behind them.
    static func splitting() -> Model {
        var model = Model(name: "splitting")
        let process = model.process("p", [numbers(2)], locations: 2)
        let cell = model.variable("cell", [numbers(4)], .range(lower: 0, upper: 3))
        model.action(
            process, at: 0,
            [
                .set(register: 1, c(1)), .set(register: 2, cell[me]),
                .branch(
                    eq(r(2), c(0)), [choose(0, 4), cell(r(0), to: c(1)), .set(register: 1, add(r(1), r(0)))],
                    [.branch(eq(r(2), c(1)), [.set(register: 1, c(3))], [choose(0, 2), .set(register: 1, r(0))])]),
                .branch(eq(r(1), c(2)), [cell(c(3), to: c(2))], [.require(ne(r(2), c(3)))]),
                choose(3, 2), .branch(r(3), [.jump(location: 1)], []),
                .branch(eq(r(3), c(1)), [], [cell(r(1), to: r(3))]), .set(register: 1, c(0)), .jump(location: 0),
            ])
        model.action(process, at: 1, [cell(me, to: .binary(.bitAnd, add(cell[me], c(1)), c(3))), .jump(location: 0)])
        return model.packed()
    }
}

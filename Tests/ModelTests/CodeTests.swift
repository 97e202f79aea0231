import Model
import ModelTestSupport
import Testing

@Suite("Codes, names and places")
struct CodeTests {
    private let sorts = [
        Sort(name: "vm.Frame", size: 3), Sort(name: "Fork", size: 2), Sort(name: "mm", size: 2),
        Sort(name: "Mmap", size: 2), Sort(name: "One", size: 1),
    ]
    private var pte: CellType {
        .tagged(
            name: "Pte",
            [
                CellCase(name: "none", fields: []),
                CellCase(
                    name: "mapped",
                    fields: [
                        CellField(name: "frame", type: .element(sort: 0)), CellField(name: "writable", type: .bool),
                    ]),
                CellCase(name: "swapped", fields: [CellField(name: "slot", type: .element(sort: 1))]),
            ])
    }

    @Test("have the width that their values need")
    func widths() {
        let expected: [(CellType, Int)] = [
            (.unit, 0), (.bool, 1), (.range(lower: -1, upper: 2), 2), (.range(lower: 5, upper: 5), 0),
            (.range(lower: .min, upper: .max), 64), (.rangeOrUnbounded(lower: 1, upper: 3), 2),
            (.rangeOrUnbounded(lower: 1, upper: 4), 3), (.bits(64), 64), (.element(sort: 0), 2),
            (.element(sort: 4), 0), (pte, 5), (.set(.element(sort: 0)), 3), (.set(.optional(.element(sort: 0))), 4),
            (.optional(.unit), 1), (.sharedLock(holders: 2), 2), (.sharedLock(holders: 3), 3),
            (.location(count: 1), 0), (.location(count: 9), 4),
        ]
        for (type, width) in expected { #expect(type.width(sorts: sorts) == width, "\(type)") }
        #expect(
            CellType.tuple(name: "Big", Array(repeating: CellField(name: "x", type: .bits(40)), count: 2))
                .width(sorts: sorts) == 80)
    }

    @Test("are numbered densely in ascending order, each within its width")
    func dense() throws {
        for type in [pte, .optional(pte), .set(.bool), .tuple(name: "P", [CellField(name: "p", type: pte)])] {
            let codes = try #require(type.codes(sorts: sorts))
            #expect(codes.count == type.valueCount(sorts: sorts))
            #expect(codes == codes.sorted() && Set(codes).count == codes.count)
            for (index, code) in codes.enumerated() {
                #expect(type.denseIndex(of: code, sorts: sorts) == index)
                #expect(code >> UInt64(type.width(sorts: sorts)) == 0)
                #expect(!type.describe(code, names: SortNames(sorts)).contains("invalid"))
            }
            #expect(type.denseIndex(of: 1 << 40, sorts: sorts) == nil)
        }
        #expect(CellType.bits(20).codes(sorts: sorts) == nil)
    }

    @Test("appear in the terms of the spec")
    func descriptions() {
        let names = SortNames(sorts)
        #expect(sorts.indices.map { names.element(0, of: $0) } == ["Fr0", "Fo0", "Mm0", "Mma0", "O0"])
        #expect(pte.describe(0, names: names) == "none")
        #expect(pte.describe(1 | 2 << 2 | 1 << 4, names: names) == "mapped(Fr2, true)")
        #expect(pte.describe(2 | 1 << 2, names: names) == "swapped(Fo1)")
        #expect(pte.describe(3, names: names) == "invalid(3)")
        #expect(CellType.range(lower: -1, upper: 2).describe(0, names: names) == "-1")
        #expect(CellType.rangeOrUnbounded(lower: 1, upper: 9).describe(9, names: names) == "unbounded")
        #expect(CellType.set(.element(sort: 0)).describe(0b101, names: names) == "{Fr0, Fr2}")
        #expect(CellType.optional(.bool).describe(3, names: names) == "some(true)")
        #expect(CellType.optional(.bool).describe(0, names: names) == "none")
        #expect(CellType.sharedLock(holders: 2).describe(2, names: names) == "shared by 2")
        #expect(CellType.sharedLock(holders: 2).describe(3, names: names) == "held")
    }

    @Test("of variables carry their indices behind the root of their name")
    func leaves() {
        var model = Model(name: "names")
        let frame = model.sort("Frame", 2)
        let refs = model.variable("frame.refs", [frame], .bool)
        let ideal = model.variable("std.memory.value", [frame, numbers(3)], .bool)
        let process = model.process("user", [frame], locations: 2)
        let local = model.variable("user.fault.orig", [frame], .bool, role: .local, process: process)
        let old = model.variables[ideal.index]
        model.variables[ideal.index] = Variable(
            name: old.name, root: "std.memory.value", role: old.role, dimensions: old.dimensions, type: old.type,
            process: nil)
        let names = model.sortNames
        #expect(model.leafName(refs, element: 1, names: names) == "frame[F1].refs")
        #expect(model.leafName(ideal, element: 4, names: names) == "std.memory.value[F1, 1]")
        #expect(model.leafName(local, element: 0, names: names) == "user[F0].fault.orig")
        #expect(model.instanceName(process: process, instance: 1, names: names) == "user[F1]")
    }

    @Test("of cells never overlap or straddle words, and small arrays stay in one word", arguments: 0..<100)
    func packing(seed: Int) {
        var random = SeededNumbers(UInt64(seed))
        var model = Model(name: "packing")
        for index in 0..<Int.random(in: 1...12, using: &random) {
            let width = Int.random(in: 0...40, using: &random)
            _ = model.variable("v\(index)", [numbers(Int.random(in: 1...9, using: &random))], .bits(width))
        }
        model.pack()
        #expect(model.validate().isEmpty)
        for variable in model.variables {
            let bits = variable.count * variable.type.width(sorts: [])
            #expect(bits > 64 || variable.placement.perWord >= variable.count)
        }
    }

    @Test("that no engine can run are refused with a reason")
    func validation() {
        func problems(_ change: (inout Model) -> Void) -> [String] {
            var model = FaultHandlerModel(2, 1, 1, 1).model
            change(&model)
            return model.validate().map(\.message)
        }
        func problem(_ body: [Instruction], registers: Int = 2) -> String? {
            problems { $0.action(0, at: 0, registers: registers, body) }.first
        }
        #expect(problems { _ in }.isEmpty)
        #expect(problem([]) == "a path does not end with a jump")
        #expect(problem([.jump(location: 99)]) == "location 99 does not exist")
        #expect(problem([.jump(location: 0), .require(c(1))]) == "instructions behind the end of a path")
        #expect(problem([.require(r(1)), .jump(location: 0)]) == "register 1 is read before it is set")
        #expect(problem([.set(register: 5, c(1)), .jump(location: 0)]) == "register 5 does not exist")
        #expect(
            problem([choose(0, 2), .require(all(0, 2, r(0))), .jump(location: 0)])
                == "register 0 is bound while it is in use")
        #expect(
            problem([.branch(c(1), [.set(register: 0, c(1))], []), .require(r(0)), .jump(location: 0)])
                == "register 0 is read before it is set")
        #expect(problem([.require(.read(VariableID(99), [])), .jump(location: 0)]) == "variable 99 does not exist")
        #expect(problem([.require(.processIndex(1)), .jump(location: 0)]) == "process index 1")
        #expect(problem([.check(c(0), ViolationID(7)), .jump(location: 0)]) == "violation 7 does not exist")
        #expect(
            problem([.require(.readOld(VariableID(0), [me])), .jump(location: 0)])
                == "reads the state before the step")
        #expect(problems { $0.sorts[0] = Sort(name: "Proc", size: -1) }.first?.contains("size -1") == true)
        #expect(problems { _ = $0.variable("late", [], .bits(64)) }.first?.contains("packed") == true)
        #expect(problems { _ = $0.variable("wide", [], .set(.bits(7))) }.first == "a set of more than 64 values")
    }
}

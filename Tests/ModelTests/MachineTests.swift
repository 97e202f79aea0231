import Model
import ModelTestSupport
import Testing

@Suite("The bytecode machine")
struct MachineTests {
    @Test("gives the same successors, in the same order, as an evaluator that walks the model", arguments: 0..<300)
    func successors(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        let code = try ModelCode(model)
        let machine = Machine(code)
        let naive = NaiveMachine(model)
        let buffer = SuccessorBuffer()
        machine.initialStates(into: buffer)
        #expect(outcomes(buffer, naive) == naive.initialStates())
        var queue = words(buffer)
        var seen = Set(queue)
        while let state = queue.popLast(), seen.count < 60 {
            machine.expand(state, into: buffer)
            #expect(outcomes(buffer, naive) == naive.successors(of: naive.unpacked(state)))
            for next in words(buffer) {
                try compareProperties(machine, naive, next, old: state)
                if seen.insert(next).inserted { queue.append(next) }
            }
        }
    }

    private func compareProperties(
        _ machine: Machine, _ naive: NaiveMachine, _ state: [UInt64], old: [UInt64]
    ) throws {
        let (new, before) = (naive.unpacked(state), naive.unpacked(old))
        for (number, property) in naive.model.properties.enumerated() {
            for (part, conjunct) in property.conjuncts.enumerated() {
                let found = try machine.holds(property: number, conjunct: part, in: state, old: old)
                #expect(found == naive.holds(conjunct.condition, in: new, old: before))
            }
        }
        for kind in PropertyKind.allCases {
            #expect(try machine.allHold(kind, in: state, old: old) == naive.failing(kind, in: new, old: before).isEmpty)
        }
    }

    private func words(_ buffer: SuccessorBuffer) -> [[UInt64]] {
        let contents = buffer.contents
        return (0..<contents.count).compactMap { number in
            let successor = contents.successors[number]
            guard successor.ending < 0 else { return nil }
            return Array(UnsafeBufferPointer(start: contents.words + successor.start, count: successor.length))
        }
    }

    private func outcomes(_ buffer: SuccessorBuffer, _ naive: NaiveMachine) -> [NaiveMachine.Outcome] {
        let contents = buffer.contents
        #expect(contents.fault == nil)
        return (0..<contents.count).map { number in
            let one = contents.successors[number]
            let words = Array(UnsafeBufferPointer(start: contents.words + one.start, count: one.length))
            var outcome = NaiveMachine.Outcome(state: naive.unpacked(words))
            outcome.action = Int(one.action)
            outcome.actor = Int(one.actor)
            outcome.choices = (0..<one.choiceCount).map { contents.choices[one.firstChoice + $0] }
            outcome.violations = (0..<one.violationCount).map { Int(contents.violations[one.firstViolation + $0]) }
            outcome.ending = one.ending < 0 ? nil : Int(one.ending)
            return outcome
        }
    }

    @Test("traces what a step reads and writes, which the static footprint covers", arguments: 0..<100)
    func footprints(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        let code = try ModelCode(model)
        let machine = Machine(code)
        let buffer = SuccessorBuffer()
        machine.initialStates(into: buffer)
        guard let state = words(buffer).first else { return }
        machine.expand(state, into: buffer)
        let contents = buffer.contents
        let naive = NaiveMachine(model)
        for number in 0..<contents.count {
            let one = contents.successors[number]
            let (actor, action) = (Int(one.actor), Int(one.action))
            let exact = machine.footprint(actor: actor, action: action, in: state)
            let outer = model.staticFootprint(action: action, instance: code.actors[actor].instance)
            #expect(Set(exact.reads).isSubset(of: outer.reads))
            #expect(Set(exact.writes).isSubset(of: outer.writes))
            let next = Array(UnsafeBufferPointer(start: contents.words + one.start, count: one.length))
            let (before, after) = (naive.unpacked(state), naive.unpacked(next))
            for (variable, cells) in before.enumerated() {
                for element in cells.indices where cells[element] != after[variable][element] {
                    #expect(exact.writes.contains(Cell(variable: VariableID(variable), element: element)))
                }
            }
        }
    }

    @Test("reports an index outside its array and a value too wide for its cell as a fault of the model")
    func faults() throws {
        var model = Model(name: "fault")
        let cell = model.variable("cell", [numbers(3)], .range(lower: 0, upper: 2))
        let process = model.process("p", locations: 2)
        model.action(process, at: 0, [choose(0, 4), cell(r(0), to: c(1)), .jump(location: 1)])
        model.action(process, at: 1, [cell(c(0), to: add(cell[c(0)], c(4))), .jump(location: 0)])
        let machine = Machine(try ModelCode(model.packed()))
        let buffer = SuccessorBuffer()
        machine.expand([0], into: buffer)
        #expect(buffer.contents.fault == .outOfRange(action: 0))
        let atOne = UInt64(1) << UInt64(model.packed().variables[1].placement.shift)
        machine.expand([atOne], into: buffer)
        #expect(buffer.contents.fault == .outOfRange(action: 1))
    }
}

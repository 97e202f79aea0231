import Analysis
import Model
import Testing

@testable import Exploration

/// What partial order takes for granted of single steps, held to all pairs of steps in all states.
@Suite("Steps that are passed")
struct MoverTests {
    private static let seeds: Range<UInt64> = RandomSpecTests.isSlow ? 0..<3000 : 0..<200

    @Test("commute with every step of every other process, and change nothing that a property sees")
    func commuting() throws {
        var pairs = 0
        for seed in Self.seeds {
            let text = SpecGenerator.spec(seed: seed).text
            guard let spec = Prepared(text) else { continue }
            for run in [spec.plain, spec.fused] {
                var check = try MoverCheck(run.model)
                check.run(limit: RandomSpecTests.isSlow ? 1500 : 150)
                pairs += check.pairs
                #expect(check.differences.isEmpty, "seed \(seed):\n\(text)")
            }
        }
        print("\(pairs) pairs of steps")
        #expect(pairs > 2_000)
    }
}

/// Goes through the states of a model, without reductions.
struct MoverCheck {
    private let code: ModelCode
    private let machine: Machine
    private let plan: PassPlan?
    private let buffer = SuccessorBuffer()
    private(set) var pairs = 0
    private(set) var differences: Set<String> = []

    private struct Step: Hashable {
        let action: Int
        let actor: Int
        let choices: [UInt64]
        let violations: [Int]
        let isEnded: Bool
        let state: [UInt64]

        /// All but the state.
        var label: [Int] { [action, actor, isEnded ? 1 : 0] + choices.map { Int($0) } + [-1] + violations }
    }

    init(_ model: LoweredModel) throws {
        code = try ModelCode(model)
        machine = Machine(code)
        plan = PassPlan(code)
    }

    mutating func run(limit: Int) {
        guard let plan else { return }
        machine.initialStates(into: buffer)
        var work = taken().filter { !$0.isEnded }.map(\.state)
        var seen = Set(work)
        while let state = work.popLast() {
            let steps = steps(from: state)
            for step in steps where !step.isEnded {
                check(step, among: steps, from: state, plan)
                if seen.count < limit, seen.insert(step.state).inserted { work.append(step.state) }
            }
        }
    }

    private mutating func check(_ step: Step, among steps: [Step], from state: [UInt64], _ plan: PassPlan) {
        let actor = code.actors[step.actor]
        let isRight = plan.pass(action: step.action, to: location(actor, step.state)) != .none
        let isLeft = plan.movesLeft(process: actor.process, from: location(actor, state))
        guard isRight || isLeft else { return }
        let others = steps.filter { $0.actor != step.actor }
        let after = self.steps(from: step.state).filter { $0.actor != step.actor }
        for property in code.model.properties.indices where value(property, state) != value(property, step.state) {
            if code.model.properties[property].kind != .atRest { differences.insert("a property sees \(step.label)") }
        }
        if isRight { for other in after { compare(step, then: other, first: others, from: state) } }
        if isLeft {
            for other in others {
                pairs += 1
                guard let same = after.first(where: { $0.label == other.label }) else {
                    differences.insert("\(step.label) disables \(other.label)")
                    continue
                }
                if other.isEnded { continue }
                let moved = self.steps(from: other.state).first { $0.label == step.label }
                if moved?.state != same.state { differences.insert("\(step.label) is no left mover of \(other.label)") }
            }
        }
    }

    /// `step` and then `other` is the same as `other` and then `step`.
    private mutating func compare(_ step: Step, then other: Step, first: [Step], from state: [UInt64]) {
        pairs += 1
        guard let earlier = first.first(where: { $0.label == other.label }) else {
            differences.insert("\(step.label) enables \(other.label)")
            return
        }
        if other.isEnded { return }
        let moved = steps(from: earlier.state).first { $0.label == step.label }
        if moved?.state != other.state { differences.insert("\(step.label) is no right mover of \(other.label)") }
    }

    private func value(_ property: Int, _ state: [UInt64]) -> [Bool?] {
        state.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return [] }
            return code.model.properties[property].conjuncts.indices.map {
                try? machine.holds(property: property, conjunct: $0, in: words, old: words)
            }
        }
    }

    private func location(_ actor: ModelCode.Actor, _ state: [UInt64]) -> Int {
        state.withUnsafeBufferPointer { words in words.baseAddress.map { code.location(of: actor, in: $0) } ?? 0 }
    }

    private func steps(from state: [UInt64]) -> [Step] {
        state.withUnsafeBufferPointer { words in
            if let words = words.baseAddress { machine.expand(words, into: buffer) }
        }
        return taken()
    }

    private func taken() -> [Step] {
        let all = buffer.contents
        return (0..<all.count).map { number in
            let one = all.successors[number]
            return Step(
                action: Int(one.action), actor: Int(one.actor),
                choices: (0..<one.choiceCount).map { all.choices[one.firstChoice + $0] },
                violations: (0..<one.violationCount).map { Int(all.violations[one.firstViolation + $0]) },
                isEnded: one.ending >= 0,
                state: Array(UnsafeBufferPointer(start: all.words + one.start, count: one.length)))
        }
    }
}

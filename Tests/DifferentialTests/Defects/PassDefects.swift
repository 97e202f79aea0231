import Analysis
import Model
import Reference
import Testing

@testable import Exploration

/// A mistake in what is passed.
private struct PassDefect: Sendable {
    let name: String
    let change: @Sendable (inout PassPlan, LoweredModel) -> Void

    static let all: [PassDefect] = [
        PassDefect(name: "every step moves right") { plan, model in
            pass(&plan, model) { _, _ in true }
        },
        PassDefect(name: "every step that ends away from rest moves right") { plan, model in
            pass(&plan, model) { !$0.isRest && !$1.isRest && !$1.isFinal }
        },
        PassDefect(name: "all steps from a location away from rest move left") { plan, model in
            for (process, of) in model.processes.enumerated() {
                for (number, location) in of.locations.enumerated() where !location.isRest && !location.isFinal {
                    plan.left[process][number] = true
                }
            }
        },
        PassDefect(name: "nobody who holds a lock has to wait") { plan, _ in
            plan.waits = plan.waits.map { $0.map { _ in false } }
        },
        PassDefect(name: "a lock that is taken is nothing that others can tell") { plan, _ in
            plan.right = plan.right.map { $0.map { $0 == .taking ? .free : $0 } }
        },
        PassDefect(name: "steps that release a lock move right") { plan, model in
            for (number, action) in model.actions.enumerated() {
                let locations = model.processes[action.process].locations
                for (target, location) in locations.enumerated()
                where location.held.count < locations[action.location].held.count {
                    plan.right[number][target] = .free
                }
            }
        },
    ]

    private static func pass(
        _ plan: inout PassPlan, _ model: LoweredModel, where isPassed: (Location, Location) -> Bool
    ) {
        for (number, action) in model.actions.enumerated() {
            let locations = model.processes[action.process].locations
            // Only forward: a chain must not go round.
            for target in locations.indices
            where target > action.location && isPassed(locations[action.location], locations[target]) {
                plan.right[number][target] = .free
            }
        }
    }
}

@Suite("Seeded defects of partial order")
struct PassDefectTests {
    private struct Case {
        let truth: OracleResult
        let code: ModelCode
        let plan: PassPlan
    }

    private let cases: [Case]

    init() {
        let specs = (RandomSpecTests.seeds.prefix(260).map { SpecGenerator.spec(seed: $0).text } + Self.specs)
        cases = specs.flatMap { text -> [Case] in
            guard let spec = Prepared(text), let truth = Comparison.oracle(spec.plain.program, limit: 200) else {
                return []
            }
            return [spec.plain, spec.fused].compactMap { run in
                guard let code = try? ModelCode(run.model), let plan = PassPlan(code) else { return nil }
                return Case(truth: truth, code: code, plan: plan)
            }
        }
    }

    /// Locks without an order, and what others do right behind an unlock.
    private static let specs: [String] = [
        """
        module small
        var a: lock
        var b: lock
        var x: 0..3 guarded by a
        var y: 0..3 guarded by b
        process p { lock a; lock b nested("on purpose"); y = 1; unlock b; x = 1; unlock a }
        process q { lock b; lock a nested("on purpose"); x = 2; unlock a; y = 2; unlock b }
        invariant seen { racy(x) <= 2 and racy(y) <= 2 }
        scenario s { }
        """,
        """
        module small
        var a: lock
        var x: 0..3 guarded by a
        var z: 0..3
        process p { lock a; x = 1; unlock a; z = 1 }
        process q { lock a; let s = z; assert late: s == 1 or x == 0; unlock a }
        scenario s { }
        """,
    ]

    /// Whether a search that passes states by a plan finds the same things violated as the oracle.
    private func isRight(_ one: Case, _ plan: PassPlan) -> Bool {
        var options = SearchOptions()
        options.property = Judge.nothing
        options.maximumStates = one.truth.states * 2 + 500
        guard case .result(let found) = PartialOrderSearch(one.code, plan, nil, options).verdict(options) else {
            return false
        }
        if found.outcome.isInconclusive { return true }
        return Set(found.passedOver.map(\.name)) == Set(one.truth.violations.keys)
            && Set(found.unwitnessed).isDisjoint(with: one.truth.witnesses.keys)
    }

    @Test("The random specs notice each mistake in what is passed")
    func noticed() {
        #expect(cases.allSatisfy { isRight($0, $0.plan) })
        for defect in PassDefect.all {
            let noticing = cases.firstIndex { one in
                var plan = one.plan
                defect.change(&plan, one.code.model)
                return !isRight(one, plan)
            }
            print("\(defect.name): \(noticing.map { "case \($0)" } ?? "not noticed")")
            #expect(noticing != nil, "not noticed: \(defect.name)")
        }
    }
}

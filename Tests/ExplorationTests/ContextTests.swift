import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Search by context switches")
struct ContextTests {
    private static func options(
        _ property: String? = "nothing", most: Int = 1000, symmetry: Bool = false
    ) -> SearchOptions {
        var options = SearchTests.options(property, symmetry: symmetry)
        options.maximumSwitches = most
        return options
    }

    private static func cost(_ run: Counterexample) -> NaiveContexts.Cost {
        NaiveContexts.Cost(run.switches, run.steps.count)
    }

    @Test("finds what a search of all runs finds where the bound is large", arguments: 0..<80)
    func exact(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let result = try explore(model, Self.options())
        #expect(result.isCompleted)
        #expect(result.states == naive.stateCount)
        #expect(result.transitions == naive.transitions)
        #expect(Set(result.unwitnessed) == naive.unwitnessed)
        let found = Dictionary(result.passedOver.map { ($0.name, $0.count) }, uniquingKeysWith: +)
        #expect(found == naive.violations)
    }

    @Test(
        "visits exactly the states that so many switches reach, and knows when there are no others", arguments: 0..<80)
    func bounded(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let contexts = NaiveContexts(naive)
        for most in 0..<contexts.most {
            let result = try explore(model, Self.options(most: most))
            #expect(result.reason == .switches(limit: most))
            #expect(result.completeSwitches == most)
            #expect(result.states == contexts.states.values.count { $0.switches <= most })
        }
        for most in [contexts.most, contexts.most + 1, 1000] {
            let result = try explore(model, Self.options(most: most))
            #expect(result.isCompleted)
            #expect(result.completeSwitches == contexts.most)
            #expect(result.states == naive.stateCount)
        }
    }

    @Test("finds the run with the fewest switches, and of those the shortest", arguments: 0..<80)
    func runs(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        for (name, cost) in NaiveContexts(naive).violations.sorted(by: { $0.key < $1.key }) {
            for symmetry in [false, true] {
                let options = Self.options(name, most: cost.switches, symmetry: symmetry)
                let run = try #require(try explore(model, options).counterexample)
                #expect(run.judgement.name == name)
                #expect(Self.cost(run) == cost, "symmetry: \(symmetry)")
                #expect(run.measure == .switches)
                #expect(run.isBest)
                expectReal(run, naive.machine)
                guard cost.switches > 0 else { continue }
                let fewer = Self.options(name, most: cost.switches - 1, symmetry: symmetry)
                #expect(try explore(model, fewer).reason == .switches(limit: cost.switches - 1))
            }
        }
    }

    /// Each step is one that the naive machine knows from there.
    private func expectReal(_ run: Counterexample, _ machine: NaiveMachine) {
        var state = machine.unpacked(run.initial)
        #expect(machine.initialStates().contains { $0.state == state })
        for step in run.steps {
            var outcome = NaiveMachine.Outcome(
                action: step.action, actor: step.actor, state: machine.unpacked(step.state))
            outcome.choices = step.choices
            outcome.violations = step.violations
            outcome.ending = step.ending
            #expect(machine.successors(of: state).contains(outcome))
            state = outcome.state
        }
    }

    @Test("reports the first of all violations at the least cost, in the order of the model", arguments: 0..<80)
    func first(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let costs = NaiveContexts(naive).violations
        let order = model.violations.map(\.name) + ["lock_leak"] + model.properties.map(\.name) + ["deadlock"]
        let least = costs.values.min()
        for symmetry in [false, true] {
            let run = try explore(model, Self.options(nil, symmetry: symmetry)).counterexample
            #expect(run?.judgement.name == order.first { least != nil && costs[$0] == least })
            #expect(run.map(Self.cost) == least)
        }
    }

    @Test("counts orbits under symmetry, and needs at most one switch more to know that it has all", arguments: 0..<80)
    func orbits(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed), sorts: 1 + seed % 2, largest: seed % 2 == 0 ? 3 : 4)
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let most = NaiveContexts(naive).most
        let all = try explore(model, SearchTests.options(symmetry: true))
        let result = try explore(model, Self.options(most: most + 1, symmetry: true))
        #expect(result.isCompleted)
        #expect(result.states == all.states)
        #expect(Set(result.unwitnessed) == Set(all.unwitnessed))
        #expect(result.passedOver.map(\.name) == all.passedOver.map(\.name))
    }

    @Test("gives the same for any number of threads")
    func threads() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        var options = Self.options(nil, symmetry: true)
        let one = try #require(try explore(model, options).counterexample)
        options.threads = 5
        #expect(try explore(model, options).counterexample == one)
    }

    @Test("finds in the page-fault handler the bug with no more switches, in more steps or as many")
    func handler() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let shortest = try #require(try explore(model, SearchTests.options(nil, symmetry: true)).counterexample)
        let run = try #require(try explore(model, Self.options(nil, symmetry: true)).counterexample)
        #expect(run.switches <= shortest.switches)
        #expect(run.steps.count >= shortest.steps.count)
    }
}

@Suite("Budgets of a search by context switches")
struct ContextBudgetTests {
    private let model = FaultHandlerModel(2, 1, 1, 1).model

    private func run(_ change: (inout SearchOptions) -> Void) throws -> SearchResult {
        var options = SearchTests.options(nil)
        options.maximumSwitches = 1000
        change(&options)
        return try explore(model, options)
    }

    @Test("stop at exactly the states that are allowed, with the switches that were covered")
    func states() throws {
        let whole = try run { $0.maximumStates = 11_503 }
        #expect(whole.isCompleted)
        #expect(whole.states == 11_503)
        let result = try run { $0.maximumStates = 1000 }
        #expect(result.reason == .states(limit: 1000))
        #expect(result.states == 1000)
        let covered = try #require(result.completeSwitches)
        #expect(covered >= 0 && covered < whole.completeSwitches ?? 0)
        // All states that so many switches reach are among those that were allowed; with one more they are not.
        #expect(try run { $0.maximumSwitches = covered }.states <= 1000)
        #expect(try run { $0.maximumSwitches = covered + 1 }.states > 1000)
        #expect(try run { $0.maximumStates = 11_502 }.reason == .states(limit: 11_502))
        #expect(try run { $0.maximumStates = 1 }.completeSwitches == -1)
    }

    @Test("stop before more memory is taken than is allowed")
    func memory() throws {
        let limit = 300_000
        let result = try run { $0.maximumMemory = limit }
        #expect(result.reason == .memory(limit: limit))
        #expect(result.memory <= limit)
        #expect(result.states > 1000)
        #expect(try run { $0.maximumMemory = 1 }.reason == .memory(limit: 1))
    }

    @Test("stop when the time is over, and when somebody says so")
    func time() throws {
        #expect(try run { $0.deadline = .now - .seconds(1) }.reason == .time)
        let result = try run { $0.isCancelled = { true } }
        #expect(result.reason == .cancelled)
        #expect(result.completeSwitches == -1)
    }

    @Test("do not hide a violation that was found before they ended")
    func violationFirst() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        var options = SearchTests.options(nil, symmetry: true)
        options.maximumSwitches = 10
        let whole = try explore(model, options)
        let run = try #require(whole.counterexample)
        options.maximumStates = whole.states - 1
        #expect(try explore(model, options).counterexample == run)
    }
}

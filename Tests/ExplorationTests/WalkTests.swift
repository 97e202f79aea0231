import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Random walks")
struct WalkTests {
    static func options(
        _ property: String? = nil, seed: UInt64 = 1, walks: Int = 100, depth: Int = 40, threads: Int = 1,
        searchStates: Int = 0, shorteningStates: Int = 2_000
    ) -> WalkOptions {
        var options = WalkOptions()
        options.property = property
        options.seed = seed
        options.walks = walks
        options.depth = depth
        options.threads = threads
        options.searchStates = searchStates
        options.shorteningStates = shorteningStates
        return options
    }

    @Test("any number of threads gives the same walks and the same counterexample", arguments: 0..<12)
    func threads(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        for property in ["nothing", nil] {
            let one = summary(try simulate(model, Self.options(property)))
            for threads in [2, 3] {
                let other = summary(try simulate(model, Self.options(property, threads: threads)))
                #expect(other == one, "\(threads) threads")
            }
        }
    }

    @Test("any number of threads reports the walk with the least number", arguments: 1...4)
    func leastWalk(seed: UInt64) throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let one = summary(try simulate(model, Self.options(seed: seed, walks: 3000, depth: 200)))
        #expect(one.contains("\"reads\""))
        for threads in [2, 3] {
            let options = Self.options(seed: seed, walks: 3000, depth: 200, threads: threads)
            #expect(summary(try simulate(model, options)) == one)
        }
    }

    @Test("the seed decides which walks are made")
    func seeds() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let found = try (1...4).map { seed in
            summary(try simulate(model, Self.options(seed: seed, walks: 3000, depth: 200)))
        }
        #expect(Set(found).count == found.count)
        #expect(summary(try simulate(model, Self.options(seed: 3, walks: 3000, depth: 200))) == found[2])
    }

    @Test("a model without violations has none on any walk")
    func holds() throws {
        let result = try simulate(FaultHandlerModel(2, 1, 1, 1).model, Self.options(walks: 50, depth: 200))
        #expect(result.isNothing && result.cut == nil && result.passedOver.isEmpty)
        #expect(result.walks == 50 && result.steps == 10_000 && result.deepest == 200)
    }

    @Test("what is found is violated in the model, after steps that it has", arguments: 0..<50)
    func sound(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let result = try simulate(model, Self.options())
        guard let found = result.violation else {
            #expect(!result.isFaulty)
            return
        }
        let name = found.counterexample.judgement.name
        let least = try #require(naive.lengths[name])
        #expect(found.counterexample.steps.count >= least)
        #expect(found.counterexample.steps.count <= found.steps + 1)
        #expect(naive.accepts(found.counterexample))
    }

    @Test("walks long and many enough find what a search of a small model finds", arguments: 0..<15)
    func complete(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 60) else { return }
        for name in naive.lengths.keys.sorted() {
            let result = try simulate(model, Self.options(name, walks: 1000))
            #expect(result.violation?.counterexample.judgement.name == name)
        }
        let nothing = try simulate(model, Self.options("nothing", walks: 1000))
        #expect(Set(nothing.passedOver) == Set(naive.lengths.keys))
    }

    @Test("where a search from the start meets the violation, its run is shown", arguments: 0..<30)
    func searched(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 400) else { return }
        let result = try simulate(model, Self.options(searchStates: 10_000))
        guard let found = result.violation?.counterexample else { return }
        #expect(found.isShortest)
        #expect(found.steps.count == naive.lengths[found.judgement.name])
    }

    @Test("every step that is enabled is equally likely")
    func uniform() throws {
        var model = Model(name: "die")
        let side = model.variable("side", [], .range(lower: 0, upper: 5))
        let process = model.process("p", locations: 2, end: 1)
        model.action(process, at: 0, [choose(0, 6), side(to: r(0)), .jump(location: 1)])
        model.property("six", ne(side.value, c(5)))
        let walks = try (1...600).map { seed in
            try #require(try simulate(model.packed(), Self.options(seed: seed)).violation?.walk)
        }
        let mean = Double(walks.reduce(0, +)) / 600
        #expect((5.2...6.8).contains(mean), "a six comes after six throws in the mean, not \(mean)")
    }

    @Test("a step with more results than fit in a part is taken to any of them")
    func manySuccessors() throws {
        var model = Model(name: "many")
        let number = model.variable("number", [], .range(lower: 0, upper: 4999))
        let process = model.process("p", locations: 1)
        model.action(process, at: 0, [choose(0, 5000), number(to: r(0)), .jump(location: 0)])
        model.property("low", or(ne(number.value, c(4990)), ne(number.value, c(4990))))
        let found = try #require(try simulate(model.packed(), Self.options(depth: 500)).violation)
        #expect(found.counterexample.steps.count == 1)
        #expect(found.steps > 1)
    }

    @Test("processes that wait for each other are a deadlock, found and shortened")
    func deadlock() throws {
        let found = try #require(try simulate(Self.philosophers(3), Self.options()).violation)
        #expect(found.counterexample.judgement.name == "deadlock")
        #expect(found.counterexample.steps.count == 3)
    }

    @Test("a walk ends where all processes have ended, and that is no deadlock")
    func ends() throws {
        var model = Model(name: "end")
        let process = model.process("p", [numbers(2)], locations: 2, startIsLoop: false, end: 1)
        model.action(process, at: 0, [.jump(location: 1)])
        let result = try simulate(model.packed(), Self.options(walks: 10))
        #expect(result.isNothing && result.walks == 10 && result.steps == 20 && result.deepest == 2)
    }

    @Test("a violation in an initial state needs no walk")
    func initial() throws {
        var model = Model(name: "init")
        let x = model.variable("x", [], .bool)
        model.initialRegisterCount = 1
        model.initial = [choose(0, 2), x(to: r(0))]
        let process = model.process("p", locations: 1)
        model.action(process, at: 0, [.jump(location: 0)])
        model.property("false", eq(x.value, c(0)))
        let result = try simulate(model.packed(), Self.options())
        let found = try #require(result.violation)
        #expect(found.walk == nil && found.counterexample.steps.isEmpty && found.counterexample.isShortest)
        #expect(found.counterexample.initialChoices == [1])
    }

    @Test("without an initial state there is no walk")
    func noStart() throws {
        var model = Model(name: "none")
        let x = model.variable("x", [], .bool)
        model.initial = [.require(eq(x.value, c(1)))]
        let process = model.process("p", locations: 1)
        model.action(process, at: 0, [.jump(location: 0)])
        let result = try simulate(model.packed(), Self.options())
        #expect(result.isNothing && result.initialStates == 0 && result.walks == 0)
    }

    @Test("time and the user end the walks, and it is said which")
    func cut() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        var options = Self.options(walks: 1_000_000_000, depth: 1_000_000)
        options.deadline = .now + .milliseconds(50)
        let late = try simulate(model, options)
        #expect(late.isNothing && late.cut == .time && late.steps > 0)
        options.deadline = nil
        options.threads = 2
        options.isCancelled = { true }
        #expect(try simulate(model, options).cut == .cancelled)
    }

    /// Each takes the fork at its left, then the one at its right.
    static func philosophers(_ count: Int) -> Model {
        var model = Model(name: "philosophers")
        let fork = model.variable("fork", [numbers(count)], .bool)
        let process = model.process("p", [numbers(count)], locations: 3)
        let right = iff(eq(me, c(count - 1)), c(0), add(me, c(1)))
        model.action(process, at: 0, [.require(eq(fork[me], c(0))), fork(me, to: c(1)), .jump(location: 1)])
        model.action(process, at: 1, [.require(eq(fork[right], c(0))), fork(right, to: c(1)), .jump(location: 2)])
        model.action(process, at: 2, [fork(me, to: c(0)), fork(right, to: c(0)), .jump(location: 0)])
        return model.packed()
    }
}

/// All that a result says but how long it took.
func summary(_ result: WalkResult) -> String {
    "\(result.outcome) \(result.walks) \(result.steps) \(result.deepest) \(result.initialStates) "
        + "\(result.passedOver) \(String(describing: result.cut))"
}

extension WalkResult {
    var violation: WalkViolation? { if case .violation(let found) = outcome { found } else { nil } }
    var isNothing: Bool { if case .nothing = outcome { true } else { false } }
    var isFaulty: Bool { if case .faulty = outcome { true } else { false } }
}

extension NaiveSearch {
    /// Whether a run starts in an initial state, has steps of the model, and ends with its violation.
    func accepts(_ run: Counterexample) -> Bool {
        var state = machine.unpacked(run.initial)
        guard let start = machine.initialStates().first(where: { $0.state == state }) else { return false }
        var violated = violations(of: start, from: nil)
        for step in run.steps {
            var wanted = NaiveMachine.Outcome(
                action: step.action, actor: step.actor, state: machine.unpacked(step.state))
            wanted.choices = step.choices
            wanted.violations = step.violations
            wanted.ending = step.ending
            guard machine.successors(of: state).contains(wanted) else { return false }
            violated = violations(of: wanted, from: state)
            state = wanted.state
        }
        return violated.contains(run.judgement.name) || (run.judgement.name == "deadlock" && isDeadlock(state))
    }
}

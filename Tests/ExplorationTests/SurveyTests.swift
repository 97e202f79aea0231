import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Surveys of states")
struct SurveyTests {
    private func search(
        _ model: Model, sampleSize: Int, symmetry: Bool = false, threads: Int = 1, store: StoreKind = .exact,
        mostStates: Int? = nil
    ) throws -> SearchResult {
        var options = SearchTests.options(symmetry: symmetry, threads: threads)
        options.sampleSize = sampleSize
        options.store = store
        options.maximumStates = mostStates
        return try explore(model, options)
    }

    private func states(_ sample: StateSample?) -> [[UInt64]] {
        var states: [[UInt64]] = []
        sample?.forEach { states.append(Array($0)) }
        return states.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test("a sample with room for all states has each of them once", arguments: 0..<60)
    func complete(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let result = try search(model, sampleSize: 1000)
        let sample = try #require(result.sample)
        #expect(sample.isComplete)
        let unpacked = Set(states(sample).map { naive.machine.unpacked($0) })
        #expect(unpacked == Set(naive.depths.keys) && sample.count == naive.stateCount)
        let layers = Dictionary(grouping: naive.depths.values) { $0 }.mapValues(\.count)
        #expect(result.layerSizes == layers.sorted { $0.key < $1.key }.map(\.value))
    }

    @Test("a smaller sample is the same for any number of threads, store and end of the search")
    func sampled() throws {
        let model = FaultHandlerModel(2, 1, 2, 1).model
        for mostStates in [nil, 50_000] {
            let one = try search(model, sampleSize: 1000, mostStates: mostStates)
            let sample = try #require(one.sample)
            let known = one.layerSizes.reduce(0, +)
            #expect(mostStates == nil ? known == 73_427 : known < 50_000)
            #expect(!sample.isComplete && (500...1000).contains(sample.count))
            for store in StoreKind.allCases {
                for threads in [1, 2, 5] {
                    let other = try search(
                        model, sampleSize: 1000, threads: threads, store: store, mostStates: mostStates)
                    #expect(other.layerSizes == one.layerSizes)
                    #expect(other.sample?.level == sample.level)
                    #expect(states(other.sample) == states(sample), "\(store), \(threads) threads")
                }
            }
        }
    }

    @Test("what is left without a variable is what a naive count finds", arguments: 0..<60)
    func variables(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed), sorts: seed % 3, largest: 3)
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let code = try ModelCode(model)
        let symmetry = seed % 2 == 0
        let sample = try #require(try search(model, sampleSize: 1000, symmetry: symmetry).sample)
        let all = states(sample).map { naive.machine.unpacked($0) }
        let renamings = NaiveRenaming.all(model)
        for survey in VariableSurvey.all(code, sample, usesSymmetry: symmetry) {
            let variable = survey.variable.index
            #expect(survey.values == Set(all.map { $0[variable] }).count)
            let elements = all.first?[variable].indices.map { element in Set(all.map { $0[variable][element] }).count }
            #expect(survey.elementValues == elements?.max())
            let left = all.map { state -> [[UInt64]] in
                var state = state
                state[variable] = state[variable].map { _ in 0 }
                return symmetry ? least(of: state, without: variable, renamings) : state
            }
            if !symmetry || renamings.count <= 12 {
                #expect(survey.statesWithout == Set(left).count, "\(model.variables[variable].name)")
            } else {
                #expect(survey.statesWithout >= Set(left).count)
            }
        }
    }

    /// The least of all renamings of a state; the variable that was taken out stays out.
    private func least(of state: [[UInt64]], without variable: Int, _ renamings: [NaiveRenaming]) -> [[UInt64]] {
        let all = renamings.map { renaming in
            var image = renaming.apply(state)
            image[variable] = state[variable]
            return image
        }
        return all.min { $0.flatMap { $0 }.lexicographicallyPrecedes($1.flatMap { $0 }) } ?? state
    }

    @Test("the shares of places and of processes under way are what a naive count finds", arguments: 0..<60)
    func places(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard NaiveSearch(model, limit: 1000) != nil else { return }
        let code = try ModelCode(model)
        let sample = try #require(try search(model, sampleSize: 1000).sample)
        let survey = StateSurvey(code, sample)
        let all = states(sample)
        #expect(survey.states == all.count && survey.underWay.reduce(0, +) == all.count)
        for place in survey.places {
            let process = model.processes[place.process]
            let same = process.locations.indices.filter {
                process.locations[$0].origin == process.locations[place.location].origin
                    && process.locations[$0].callStack.last == process.locations[place.location].callStack.last
            }
            let count = all.count { state in
                (0..<process.instanceCount).contains { instance in
                    let code = model.code(process.programCounter, element: instance, in: state)
                    let location = process.locations[Int(code)]
                    return same.contains(Int(code)) && !location.isRest && !location.isFinal
                }
            }
            #expect(place.states == count && count > 0)
        }
        for (number, states) in survey.underWay.enumerated() {
            let count = all.count { state in
                let busy = model.processes.filter { $0.kind != .hardware }.flatMap { process in
                    (0..<process.instanceCount).filter { instance in
                        let code = model.code(process.programCounter, element: instance, in: state)
                        return !process.locations[Int(code)].isRest && !process.locations[Int(code)].isFinal
                    }
                }
                return busy.count == number
            }
            #expect(states == count)
        }
    }

    @Test("a search by switches samples all that it has visited")
    func switches() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        var options = SearchTests.options()
        options.sampleSize = 1 << 15
        options.maximumSwitches = 2
        let result = try explore(model, options)
        #expect(result.sample?.count == result.states && result.layerSizes.isEmpty)
    }

    @Test("who asks for no sample gets none")
    func none() throws {
        #expect(try search(FaultHandlerModel(2, 1, 1, 1).model, sampleSize: 0).sample == nil)
    }
}

import Exploration
import Model
import Program
import Reports

/// Finds out what makes the states of a search so many, from a sample of them and from small searches.
struct ExplosionHelp {
    private let run: PreparedRun
    private let options: CheckOptions
    private let found: SearchResult
    private let code: ModelCode

    init(_ run: PreparedRun, _ options: CheckOptions, _ found: SearchResult, _ code: ModelCode) {
        self.run = run
        self.options = options
        self.found = found
        self.code = code
    }

    /// How many states a search keeps for it.
    static let sampleSize = 1 << 15

    /// Nil where there is nothing to explain.
    func explosion() -> Explosion? {
        guard options.explainsStates || found.outcome.isInconclusive, let sample = found.sample, sample.count > 0 else {
            return nil
        }
        let survey = StateSurvey(code, sample)
        var explosion = Explosion(
            extent: extent(sample, of: found), places: survey.places.map(place).sorted { $0.states > $1.states },
            underWay: survey.underWay, isFull: options.explainsStates)
        if !wasInterrupted { measure(&explosion) }
        return explosion
    }

    private var wasInterrupted: Bool {
        if case .inconclusive(.cancelled) = found.outcome { return true }
        return options.isCancelled()
    }

    private func extent(_ sample: StateSample, of found: SearchResult) -> Explosion.Extent {
        let known = found.layerSizes.reduce(0, +)
        let isPart = known > 0 && (known < found.states || found.outcome.isInconclusive)
        return Explosion.Extent(
            states: sample.count, among: isPart ? known : found.states,
            depth: isPart ? found.layerSizes.count - 1 : nil)
    }

    private func place(_ place: StateSurvey.Place) -> Explosion.Place {
        let process = code.model.processes[place.process]
        let location = process.locations[place.location]
        return Explosion.Place(
            process: process.name, handler: location.callStack.last, file: location.origin?.file ?? "",
            line: location.origin?.line ?? 0, text: location.origin?.text ?? "", states: place.states)
    }

    // MARK: Trials

    /// The most states of a trial that the user has asked for.
    private static let mostStates = 100_000
    /// At the end of a budget all trials together take one state for so many of the search.
    private static let thrift = 200
    /// With fewer states a trial shows nothing.
    private static let fewestStates = 1 << 14

    private func measure(_ explosion: inout Explosion) {
        let bounds = run.bounds
        let limit =
            options.explainsStates
            ? min(Self.mostStates, options.maximumStates ?? .max)
            : min(Self.mostStates, found.states / Self.thrift / (bounds.count + 1))
        guard options.explainsStates || limit >= Self.fewestStates else { return }
        let trials = Trials(run, options, mostStates: limit)
        guard let base = found.isWhole && found.states <= limit ? Trial(found, code) : trials.trial(run) else { return }
        if options.explainsStates { surveyVariables(base, &explosion) }
        let lowered = trials.lowered(bounds)
        explosion.trials = Explosion.Trials(
            mostStates: limit, count: base.count, bounds: trials.bounds(lowered, base),
            reductions: options.explainsStates ? trials.reductions(base, lowered) : nil)
    }

    private func surveyVariables(_ base: Trial, _ explosion: inout Explosion) {
        var surveyed = base
        if base.found.sample?.isComplete != true {
            guard let smaller = Trial(run, options, mostStates: Self.sampleSize, sampleSize: Self.sampleSize) else {
                return
            }
            surveyed = smaller
        }
        guard let sample = surveyed.found.sample, sample.isComplete, sample.count > 0 else { return }
        let usesSymmetry = !run.without.contains(.symmetry)
        explosion.variablesExtent = extent(sample, of: surveyed.found)
        explosion.variables = VariableSurvey.all(code, sample, usesSymmetry: usesSymmetry).map { survey in
            let variable = code.model[survey.variable]
            return Explosion.Variable(
                name: variable.name, elements: variable.count, values: survey.values,
                elementValues: survey.elementValues, statesWithout: survey.statesWithout)
        }
    }
}

extension SearchResult {
    /// Whether no budget has ended it, nor a violation.
    fileprivate var isWhole: Bool { if case .completed = outcome { true } else { false } }
}

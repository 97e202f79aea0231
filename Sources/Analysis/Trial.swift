import Exploration
import Model
import Program
import Reports

/// A search that is bounded by states and by nothing else, so that what it shows is the same wherever it runs.
///
/// It goes past every violation: only the states count.
struct Trial {
    let found: SearchResult
    let code: ModelCode

    /// Nil where the user has had enough, and for a model that no engine can run.
    init?(_ run: PreparedRun, _ options: CheckOptions, mostStates: Int, sampleSize: Int = 0) {
        var search = SearchOptions()
        search.property = ""
        search.maximumStates = mostStates
        search.maximumMemory = options.maximumMemory
        search.maximumSwitches = options.maximumSwitches
        search.threads = options.threads
        search.usesSymmetry = !run.without.contains(.symmetry)
        // As the search whose size is explained: see ``ModelCheck``.
        search.usesPartialOrder = run.expectedViolation == nil && !run.without.contains(.partialOrder)
        search.sampleSize = sampleSize
        search.isCancelled = options.isCancelled
        do throws(InvalidModel) {
            code = try ModelCode(run.model)
            found = try explore(code, search)
        } catch {
            return nil
        }
        guard !options.isCancelled(), isUsable else { return nil }
    }

    /// The search itself as a trial.
    init(_ found: SearchResult, _ code: ModelCode) {
        self.found = found
        self.code = code
    }

    private var isUsable: Bool {
        switch found.outcome {
        case .completed, .inconclusive(.states), .inconclusive(.switches), .inconclusive(.memory): true
        case .inconclusive(.time), .inconclusive(.cancelled), .inconclusive(.disk), .violation, .faulty: false
        }
    }

    /// Whether it has seen all states, or all within its number of switches.
    var isAll: Bool {
        switch found.outcome {
        case .completed, .inconclusive(.switches): true
        case .inconclusive(.states), .inconclusive(.memory), .inconclusive(.disk), .inconclusive(.time),
            .inconclusive(.cancelled),
            .violation, .faulty:
            false
        }
    }

    var count: Explosion.Count { Explosion.Count(states: found.states, isAll: isAll) }

    /// The last depth of which all states are known; nil where there is none.
    var depth: Int? { found.layerSizes.isEmpty ? nil : found.layerSizes.count - 1 }

    func states(upTo depth: Int) -> Int { found.layerSizes.prefix(depth + 1).reduce(0, +) }

    /// Whether the steps of two models are the same, so that equal depths mean the same.
    func hasSteps(of other: Trial) -> Bool {
        code.model.processes.map(\.locations.count) == other.code.model.processes.map(\.locations.count)
            && code.model.actions.map(\.origins) == other.code.model.actions.map(\.origins)
    }
}

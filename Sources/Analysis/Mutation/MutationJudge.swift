import Diagnostics
import Exploration
import Model
import Semantics

/// A configuration that holds for the spec as it is, and so can notice that a mutant does not.
final class MutationJudge: Sendable {
    /// `small`, `tight Frame=2`
    let name: String
    /// Which of the requests of the spec.
    let request: Int
    /// Of the spec.
    let states: Int
    /// Whether it was searched to its end. Another one notices nothing, and only keeps a mutant from being called
    /// equivalent.
    let isHeard: Bool
    /// Of the spec as it is searched, and without reductions.
    let reduced: Model
    let whole: Model
    private let baseline: Baseline

    init(
        name: String, request: Int, states: Int, isHeard: Bool, reduced: PreparedRun, whole: PreparedRun,
        _ options: BehaviourOptions
    ) {
        self.name = name
        self.request = request
        self.states = states
        self.isHeard = isHeard
        self.reduced = reduced.model.withoutPlaces
        self.whole = whole.model.withoutPlaces
        baseline = Baseline(whole.model, options)
    }

    /// How a mutant behaves beside the spec. The behaviour of the spec is recorded when it is first needed.
    func compared(with mutant: PreparedRun, _ options: BehaviourOptions) -> VisibleComparison {
        guard let code = try? ModelCode(mutant.model), let behaviour = baseline.behaviour() else { return .unknown }
        return behaviour.compared(with: code, options)
    }
}

/// The behaviour of the spec itself, recorded once, by whoever asks first.
private final class Baseline: Sendable {
    private let model: Model
    private let options: BehaviourOptions
    private let state = Guarded<Behaviour??>(nil)

    init(_ model: Model, _ options: BehaviourOptions) {
        self.model = model
        self.options = options
    }

    func behaviour() -> Behaviour? {
        state.with { known in
            if let known { return known }
            let recorded = (try? ModelCode(model)).flatMap { Behaviour.record($0, options) }
            known = .some(recorded)
            return recorded
        }
    }
}

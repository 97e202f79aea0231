import Model
import ModelTestSupport
import SMT

@testable import Symbolic

/// A random model in which a shared variable that was 0 at first has any value of its type, and what a search by
/// dictionaries says for each of its values.
struct FreedModel: Sendable {
    let seed: Int
    let model: Model
    /// The name of the cell that is free.
    private let name: String
    /// By its code.
    private let searches: [(code: UInt64, search: NaiveSearch)]

    /// States for each value.
    private static let limit = 400
    private static let mostStates = 2000

    static let all = (0..<60).compactMap { FreedModel(seed: $0) }

    /// Nil where there is no such variable, or there are too many states.
    private init?(seed: Int) {
        var model = RandomModel.make(seed: UInt64(seed))
        let number = model.variables.indices.first {
            let variable = model.variables[$0]
            let count = variable.type.valueCount(sorts: model.sorts)
            return variable.role == .shared && variable.count == 1 && (2...8).contains(count)
        }
        guard let number else { return nil }
        var searches: [(code: UInt64, search: NaiveSearch)] = []
        for code in model.variables[number].type.codes(sorts: model.sorts) ?? [] {
            var fixed = model
            let indices = model.variables[number].dimensions.map { _ in Expr.constant(0) }
            fixed.initial = [.assign(VariableID(number), indices, .constant(code))] + fixed.initial
            guard let search = NaiveSearch(fixed, limit: Self.limit) else { return nil }
            searches.append((code, search))
        }
        model.variables[number].isFree = true
        let layout = CellLayout(model)
        (self.seed, self.model, self.searches) = (seed, model, searches)
        name = layout.names[layout.cell(VariableID(number), element: 0)]
    }

    /// For how many judgements a search says that some values are wrong and others are not.
    func dividing(_ solver: any Solver) -> Int {
        model.judgements.count { judgement in
            let result = solve(model, solver, model.name(of: judgement))
            guard case .success(let answer) = result.constants.answer(result.findings) else { return false }
            return answer.extent == .somewhere
        }
    }

    private func solve(_ model: Model, _ solver: any Solver, _ name: String?) -> PathResult {
        search(model, solver) {
            $0.property = name
            $0.isExhaustive = true
            $0.maximumStates = Self.mostStates
        }
    }

    private func search(_ model: Model, _ solver: any Solver, _ change: (inout PathOptions) -> Void) -> PathResult {
        var options = PathOptions()
        change(&options)
        var search = PathSearch(model, solver, options)
        return search.run()
    }

    // MARK: Differences

    /// Where a search of symbolic states finds a violation after another number of steps, or another witness.
    ///
    /// - Parameter other: searched instead of the model.
    func differencesOfSearch(_ solver: any Solver, other: Model? = nil) -> [String] {
        var differences: [String] = []
        for judgement in model.judgements {
            let name = model.name(of: judgement)
            let length = searches.compactMap { $0.search.lengths[name] }.min()
            let result = search(other ?? model, solver) { $0.property = name }
            switch result.outcome {
            case .violated(let run) where run.stepCount == length: break
            case .complete where length == nil: break
            case .violated, .complete, .bounded, .states, .memory, .unknown:
                differences.append("\(name): \(result.outcome)")
            }
        }
        let witnesses = search(other ?? model, solver) { $0.property = "nothing" }
        let unwitnessed = searches.dropFirst().reduce(searches[0].search.unwitnessed) {
            $0.intersection($1.search.unwitnessed)
        }
        return Set(witnesses.unwitnessed) == unwitnessed ? differences : differences + ["witnesses"]
    }

    /// Where a search behind violations says that they are there for other values, or after another number of steps.
    ///
    /// - Parameter other: searched instead of the model.
    func differencesOfSolving(_ solver: any Solver, other: Model? = nil) -> [String] {
        var differences: [String] = []
        for name in [nil] + model.judgements.map({ model.name(of: $0) }) {
            let result = solve(other ?? model, solver, name)
            guard case .complete = result.outcome else {
                if case .states = result.outcome { return [] }
                return ["\(result.outcome)"]
            }
            let graph = result.constants.graph
            for (code, search) in searches {
                let point = Assignment([self.name: code])
                let met = result.findings.filter { graph.values(of: [graph.and($0.conditions)], point) == [1] }
                let least = name.map { search.lengths[$0] } ?? search.lengths.values.min()
                if met.map(\.steps).min() != least { differences.append("\(name ?? "anything") for \(code)") }
                let starts = result.starts.contains { graph.values(of: [graph.and($0)], point) == [1] }
                if starts != (search.stateCount > 0 || !search.lengths.isEmpty) {
                    differences.append("start for \(code)")
                }
            }
        }
        return differences
    }
}

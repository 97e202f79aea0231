import Model
import ModelTestSupport
import SMT
import Testing
import Z3

@testable import Symbolic

/// The search of symbolic states against a search by dictionaries.
@Suite("Search of symbolic states", .enabled(if: Solvers.z3 != nil))
struct PathSearchTests {
    private func search(_ model: Model, _ change: (inout PathOptions) -> Void = { _ in }) throws -> PathResult {
        var options = PathOptions()
        change(&options)
        var search = PathSearch(model, try #require(Solvers.z3), options)
        return search.run()
    }

    // MARK: Nothing symbolic

    @Test("without anything symbolic it visits each state once", arguments: 0..<30)
    func states(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let result = try search(model) { $0.property = "nothing" }
        guard case .complete = result.outcome else {
            Issue.record("seed \(seed): \(result.outcome)")
            return
        }
        #expect(result.states == naive.stateCount, "seed \(seed)")
        #expect(result.transitions == naive.transitions, "seed \(seed)")
        #expect(result.depth == naive.depth, "seed \(seed)")
        #expect(result.queries == 0, "seed \(seed)")
        #expect(Set(result.unwitnessed) == naive.unwitnessed, "seed \(seed)")
    }

    @Test("finds each violation after as many steps", arguments: 0..<24)
    func lengths(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        for judgement in model.judgements {
            let name = model.name(of: judgement)
            let result = try search(model) { $0.property = name }
            expect(result, naive.lengths[name], "seed \(seed), \(name)")
        }
    }

    private func expect(_ result: PathResult, _ length: Int?, _ title: String) {
        switch result.outcome {
        case .violated(let run): #expect(run.stepCount == length, "\(title)")
        case .complete: #expect(length == nil, "\(title)")
        case .bounded, .states, .memory, .unknown: Issue.record("\(title): \(result.outcome)")
        }
    }

    // MARK: Free constants

    /// States for each value.
    private static let limit = 400
    private static let mostStates = 2000

    /// The same model where a shared variable that was 0 at first has any value of its type.
    private static func freed(_ model: Model) -> (model: Model, variable: Int)? {
        let number = model.variables.indices.first {
            let variable = model.variables[$0]
            let count = variable.type.valueCount(sorts: model.sorts)
            return variable.role == .shared && variable.count == 1 && (2...8).contains(count)
        }
        guard let number else { return nil }
        var free = model
        free.variables[number].isFree = true
        return (free, number)
    }

    /// The same where it has certain values at first.
    private static func fixed(_ model: Model, _ variable: Int, _ codes: [UInt64]) -> Model {
        var fixed = model
        fixed.variables[variable].isFree = false
        let indices = NaiveIndices(model.variables[variable].dimensions)
        let first = codes.enumerated().map { element, code in
            Instruction.assign(VariableID(variable), indices.of(element), .constant(code))
        }
        fixed.initial = first + fixed.initial
        return fixed
    }

    private struct NaiveIndices {
        let dimensions: [Dimension]
        init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

        func of(_ element: Int) -> [Expr] {
            var rest = element
            return dimensions.reversed().map { dimension in
                defer { rest /= max(1, dimension.count) }
                return Expr.constant(UInt64(rest % max(1, dimension.count)))
            }.reversed()
        }
    }

    private static func values(_ variable: Variable, _ sorts: [Sort]) -> [[UInt64]] {
        let codes = variable.type.codes(sorts: sorts) ?? []
        return (0..<variable.count).reduce([[]]) { all, _ in all.flatMap { one in codes.map { one + [$0] } } }
    }

    @Test("with a free variable it agrees with a search for each of its values", arguments: 0..<60)
    func free(seed: Int) throws {
        guard let (model, variable) = Self.freed(RandomModel.make(seed: UInt64(seed))) else { return }
        let values = Self.values(model.variables[variable], model.sorts)
        let naive = values.map { NaiveSearch(Self.fixed(model, variable, $0), limit: Self.limit) }
        guard !naive.contains(where: { $0 == nil }) else { return }
        let all = naive.compactMap { $0 }
        for judgement in model.judgements {
            let name = model.name(of: judgement)
            let length = all.compactMap { $0.lengths[name] }.min()
            expect(try search(model) { $0.property = name }, length, "seed \(seed), \(name)")
        }
        let whole = try search(model) { $0.property = "nothing" }
        #expect(
            Set(whole.unwitnessed) == all.dropFirst().reduce(all[0].unwitnessed) { $0.intersection($1.unwitnessed) })
    }

    /// By value: what is violated, after how many steps at least. Nil where there are too many states.
    private static func lengths(_ model: Model, _ variable: Int) -> [[UInt64]: [String: Int]]? {
        var result: [[UInt64]: [String: Int]] = [:]
        for codes in values(model.variables[variable], model.sorts) {
            guard let naive = NaiveSearch(fixed(model, variable, codes), limit: limit) else { return nil }
            result[codes] = naive.lengths
        }
        return result
    }

    private func solve(_ model: Model, _ name: String?) throws -> PathResult {
        try search(model) {
            $0.property = name
            $0.isExhaustive = true
            $0.maximumStates = Self.mostStates
        }
    }

    @Test("says for which values something is violated, as a search for each says", arguments: 0..<60)
    func solved(seed: Int) throws {
        guard let (model, variable) = Self.freed(RandomModel.make(seed: UInt64(seed))),
            let lengths = Self.lengths(model, variable)
        else { return }
        let layout = CellLayout(model)
        for name in [nil] + model.judgements.map({ model.name(of: $0) }) {
            let result = try solve(model, name)
            guard case .complete = result.outcome else {
                if case .states = result.outcome { return }
                Issue.record("seed \(seed): \(result.outcome)")
                return
            }
            let graph = result.constants.graph
            for (codes, known) in lengths {
                let names = codes.indices.map { layout.names[layout.cell(VariableID(variable), element: $0)] }
                let point = Assignment(Dictionary(uniqueKeysWithValues: zip(names, codes)))
                let met = result.findings.filter { graph.values(of: [graph.and($0.conditions)], point) == [1] }
                let least = name.map { known[$0] } ?? known.values.min()
                #expect(met.map(\.steps).min() == least, "seed \(seed), \(name ?? "anything"), \(codes)")
            }
        }
    }

    @Test("enough random models have a free variable, and some of its values are wrong where others are not")
    func coverage() throws {
        var (some, all) = (0, 0)
        for seed in 0..<60 {
            guard let (model, _) = Self.freed(RandomModel.make(seed: UInt64(seed))) else { continue }
            all += 1
            for judgement in model.judgements {
                let result = try solve(model, model.name(of: judgement))
                guard case .success(let answer) = result.constants.answer(result.findings) else { continue }
                if answer.extent == .somewhere { some += 1 }
            }
        }
        #expect(all > 20 && some > 4, "\(some) of \(all)")
    }
}

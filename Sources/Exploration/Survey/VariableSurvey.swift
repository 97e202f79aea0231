import Model

/// What the values of one variable of a model contribute to the states of a sample.
public struct VariableSurvey: Sendable {
    public let variable: VariableID
    /// Values of the whole variable, all its elements taken together.
    public let values: Int
    /// The most values that one element has.
    public let elementValues: Int
    /// How many states are left where the variable has one value only. Symmetric ones count once; in a large group some
    /// of them may count more than once.
    public let statesWithout: Int

    /// Surveys all variables but program counters: those first that leave the fewest states.
    ///
    /// Cost: for each variable a copy of each state in the sample, renamed again where there is symmetry.
    public static func all(_ code: ModelCode, _ sample: StateSample, usesSymmetry: Bool) -> [VariableSurvey] {
        let model = code.model
        let surveys = model.variables.indices.map(VariableID.init).filter {
            model[$0].role != .programCounter && model[$0].count > 0 && model[$0].type.width(sorts: model.sorts) > 0
        }.map { survey($0, code, sample, usesSymmetry: usesSymmetry) }
        return surveys.enumerated()
            .sorted { ($0.element.statesWithout, $0.offset) < ($1.element.statesWithout, $1.offset) }.map(\.element)
    }

    private static func survey(
        _ id: VariableID, _ code: ModelCode, _ sample: StateSample, usesSymmetry: Bool
    ) -> VariableSurvey {
        let model = code.model
        var normaliser = usesSymmetry ? ProjectionNormaliser(code, without: id) : nil
        let masks = model.masks(of: id)
        var values: Set<UInt64> = []
        var left: Set<UInt64> = []
        var elements = ElementValues(model, id)
        var scratch = Array(repeating: UInt64(0), count: sample.width)
        sample.forEach { state in
            for word in scratch.indices { scratch[word] = state[word] & masks[word] }
            if values.insert(scratch.withUnsafeBufferPointer { Exploration.hash($0) }).inserted {
                elements.add(scratch)
            }
            for word in scratch.indices { scratch[word] = state[word] & ~masks[word] }
            normaliser?.normalise(&scratch)
            left.insert(scratch.withUnsafeBufferPointer { Exploration.hash($0) })
        }
        return VariableSurvey(
            variable: id, values: values.count, elementValues: elements.most, statesWithout: left.count)
    }
}

/// The values that each element of a variable has had.
private struct ElementValues {
    private let model: Model
    private let id: VariableID
    private var values: [Set<UInt64>]

    init(_ model: Model, _ id: VariableID) {
        self.model = model
        self.id = id
        values = Array(repeating: [], count: model[id].count)
    }

    mutating func add(_ words: [UInt64]) {
        for element in values.indices { values[element].insert(model.code(id, element: element, in: words)) }
    }

    var most: Int { values.map(\.count).max() ?? 0 }
}

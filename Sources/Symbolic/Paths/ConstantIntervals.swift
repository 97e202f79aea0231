import SMT

/// The values of one constant with which a condition holds, as intervals with exact ends.
struct ConstantIntervals {
    private let conditions: PathConditions
    private let graph: TermGraph
    private let variable: Term
    private let largest: UInt64

    private static let mostIntervals = 32
    /// Values that are tried by calculation before a solver is asked for the least one.
    private static let mostTried: UInt64 = 256
    /// No more is asked behind so many queries.
    private let lastQuery: Int

    /// - Parameter largest: the largest code of the constant, which `variable` stands for.
    init(_ conditions: PathConditions, _ graph: TermGraph, _ variable: Term, largest: UInt64, until lastQuery: Int) {
        (self.conditions, self.graph, self.variable, self.largest) = (conditions, graph, variable, largest)
        self.lastQuery = lastQuery
    }

    /// Ascending; nil where there are too many. Costs some twice as many questions for each end as the constant has bits.
    func all(_ condition: Term) throws(PathStop) -> [ClosedRange<UInt64>]? {
        var result: [ClosedRange<UInt64>] = []
        var start: UInt64? = 0
        while let from = start, let low = try least(condition, from) {
            guard result.count < Self.mostIntervals, conditions.queries < lastQuery else {
                return nil
            }
            let end = try least(graph.not(condition), low)
            result.append(low...(end.map { $0 - 1 } ?? largest))
            start = end
        }
        return result
    }

    /// The least value from a number on with which a condition holds.
    private func least(_ condition: Term, _ from: UInt64) throws(PathStop) -> UInt64? {
        if condition == graph.yes { return from }
        if condition == graph.no { return nil }
        var from = from
        if conditions.variables(of: condition) == [variable], let name = graph.name(of: variable) {
            let last = largest - from < Self.mostTried ? largest : from + Self.mostTried
            for value in from...last where graph.values(of: [condition], Assignment([name: value])) == [1] {
                return value
            }
            if last == largest { return nil }
            from = last + 1
        }
        guard var high = try some(condition, from, largest) else { return nil }
        var low = from
        while low < high {
            let middle = low + (high - low) / 2
            if let found = try some(condition, low, middle) { high = found } else { low = middle + 1 }
        }
        return high
    }

    private func some(_ condition: Term, _ low: UInt64, _ high: UInt64) throws(PathStop) -> UInt64? {
        func number(_ value: UInt64) -> Term { graph.bits(value, width: variable.width) }
        let question = graph.and([
            condition, graph.compare(.belowOrEqual, number(low), variable),
            graph.compare(.belowOrEqual, variable, number(high)),
        ])
        if question == graph.no { return nil }
        guard let values = try conditions.values(question) else { return nil }
        guard graph.values(of: [question], values) == [1] else { throw .unknown(.other("a value is none")) }
        return values.values[graph.name(of: variable) ?? "", default: 0]
    }
}

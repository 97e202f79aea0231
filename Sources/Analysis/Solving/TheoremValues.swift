import Diagnostics
import Program
import Reference
import Reports

/// What a refuted theorem is shown with: its parameters, and what the functions that it calls give, bit by bit where a
/// function says which bits are what.
struct TheoremValues {
    typealias NamedValue = Reports.Counterexample.NamedValue

    private let run: PreparedRun
    private let naming: Naming
    private let labels: StatementLabels

    init(_ run: PreparedRun, _ naming: Naming, _ labels: StatementLabels) {
        self.run = run
        self.naming = naming
        self.labels = labels
    }

    /// - Parameter read: binders of quantifiers, and parameters.
    func values(_ read: [NamedValue], _ why: Explanation, of theorem: String) -> [NamedValue] {
        let prefix = theorem + "."
        let parameters = read.map { value in
            value.name.hasPrefix(prefix)
                ? NamedValue(name: String(value.name.dropFirst(prefix.count)), value: value.value) : value
        }
        return parameters + why.calls.flatMap { call in shown(call.span, run.program[call.function], call.value) }
    }

    private func shown(_ span: Span, _ function: Function, _ value: Value) -> [NamedValue] {
        let name = labels.label(span).text
        guard case .record(let id, let parts) = value else {
            return [NamedValue(name: name, value: naming.text(value))]
        }
        let places = BitPlaces(of: function)
        return zip(run.program[id].fields, parts).enumerated().map { number, field in
            let place = places[number].map { " (\($0))" } ?? ""
            return NamedValue(name: "\(name).\(field.0.name)\(place)", value: naming.text(field.1))
        }
    }
}

/// Which bits of its only parameter each field of a function's record is made of.
private struct BitPlaces {
    private let fields: [Expr]
    private let parameter: LocalID?

    init(of function: Function) {
        parameter = function.scope.parameterCount == 1 ? function.scope.parameters.first : nil
        if case .makeRecord(_, let parts) = function.body.kind { fields = parts } else { fields = [] }
    }

    /// `bit 3`, `bits 51:12`; nil where a field is more than one slice.
    subscript(number: Int) -> String? {
        guard fields.indices.contains(number) else { return nil }
        var slices: [(high: Int, low: Int)] = []
        collect(fields[number], &slices)
        guard slices.count == 1, let slice = slices.first else { return nil }
        return slice.high == slice.low ? "bit \(slice.low)" : "bits \(slice.high):\(slice.low)"
    }

    private func collect(_ expr: Expr, _ slices: inout [(high: Int, low: Int)]) {
        if case .slice(let base, let high, let low) = expr.kind, case .local(let id) = base.kind, id == parameter {
            slices.append((high, low))
            return
        }
        for child in expr.children { collect(child, &slices) }
    }
}

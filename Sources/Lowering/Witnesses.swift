import Diagnostics
import Model
import Program

import struct Program.Program

/// Lowers the conditions that some state or step should meet: the premises of properties, and the largest values of
/// variables that wrap around.
struct WitnessLowering {
    var properties: PropertyLowering

    mutating func lower(_ program: Program) throws(Diagnostic) -> [Witness] {
        var result: [Witness] = []
        for property in program.properties {
            switch property.kind {
            case .invariant(atRest: let atRest, let conjuncts):
                result += conjuncts.flatMap { premises(of: $0, property.name, atRest ? .rest : .state) }
            case .transition(let conjuncts):
                result += conjuncts.flatMap { premises(of: $0, property.name, .step) }
            case .reachable, .progress: break
            }
        }
        result += program.variables.indices.compactMap { wrap(SourceVariableID($0), program) }
        if let failure = properties.evaluator.failure { throw failure }
        return result
    }

    private mutating func premises(of e: SourceExpr, _ name: String, _ moment: Witness.Moment) -> [Witness] {
        e.premises.map { premise in
            var condition = properties.conjunct(premise.witnessed)
            condition = Conjunct(
                condition: condition.condition, registerCount: condition.registerCount,
                origin: properties.evaluator.origins.origin(premise.span))
            return Witness(kind: .premise, name: name, moment: moment, condition: condition)
        }
    }

    /// Some element of a counter that wraps around has its largest value.
    private mutating func wrap(_ id: SourceVariableID, _ program: Program) -> Witness? {
        let variable = program[id]
        guard !variable.isVanished, !variable.isConstant, variable.role != .symbolicConstant,
            case .range(_, let upper, wraps: true) = variable.type
        else { return nil }
        var evaluator = properties.evaluator
        evaluator.begin()
        let registers = variable.indexTypes.map { _ in evaluator.register() }
        let cell = evaluator.layout.cell(id, leaf: 0)
        let isLargest = evaluator.read(cell, registers.map { .register($0) })
            .equals(.constant(evaluator.layout.code(.int(upper), variable.type)))
        let condition = zip(registers, variable.indexTypes).reversed().reduce(isLargest) { body, index in
            Code.quantified(
                .some, register: index.0, count: evaluator.layout.valueCount(index.1), body)
        }
        return Witness(
            kind: .bound, name: variable.name, moment: .state,
            condition: Conjunct(
                condition: condition, registerCount: evaluator.registerCount,
                origin: evaluator.origins.origin(variable.span)))
    }
}

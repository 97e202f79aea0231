import Diagnostics
import Flow
import Model
import Program

/// Builds the instructions that make the initial states.
struct InitialStates {
    var builder: StepBuilder

    private let freesConstants: Bool

    init(_ graph: FlowGraph, _ evaluator: Evaluator, freesConstants: Bool) {
        self.freesConstants = freesConstants
        builder = StepBuilder(graph, StepRules(graph: graph), nil, evaluator)
        builder.choosesWidely = freesConstants
    }

    /// The statements of `init`, in textual order.
    private(set) var statements: [Span] = []

    var layout: Layout { builder.layout }
    var program: Program { builder.program }

    /// Symbolic constants first, then initial values, then the body of `init`.
    mutating func build() -> [Instruction] {
        var result: [Instruction] = []
        let variables = program.variables.indices.map { SourceVariableID($0) }.filter { !program[$0].isVanished }
        if !freesConstants {
            for id in variables where program[id].role == .symbolicConstant { result += choices(id) }
        }
        for id in variables where program[id].role != .symbolicConstant { result += initial(id) }
        for id in variables { result += normalized(id) }
        let graph = builder.graph
        builder.assignSlots(Set(graph.nodes.indices.map { NodeID($0) }), kept: [])
        statements = Set(graph.nodes.filter { $0.statement != nil }.map(\.span)).sorted()
        builder.statements = Dictionary(uniqueKeysWithValues: statements.enumerated().map { ($1, $0) })
        let code = builder.walk(graph.start, .happened, [], [])
        return CertainEnds(violations: builder.evaluator.violations).trimmed(result + code.finished)
    }

    private func elements(_ id: SourceVariableID) -> [[UInt64]] {
        var result: [[UInt64]] = [[]]
        for type in program[id].indexTypes {
            let count = UInt64(layout.valueCount(type))
            result = result.flatMap { prefix in (0..<count).map { prefix + [$0] } }
        }
        return result
    }

    private mutating func choices(_ id: SourceVariableID) -> [Instruction] {
        let isInParts = layout.leaves[id.raw].contains { builder.isChosenInParts($0.type) }
        if isInParts || layout.pieces(of: program[id].type).contains(where: layout.isSplit) { return values(id) }
        var result: [Instruction] = []
        for element in elements(id) {
            let indices = element.map { Code.constant($0) }
            for (number, leaf) in layout.leaves[id.raw].enumerated() {
                let count = layout.valueCount(leaf.type)
                if count > 1 << 16 {
                    builder.evaluator.fail(
                        Diagnostic(
                            .tooLarge, "`\(program[id].name)` has too many values to visit them one by one",
                            at: program[id].span, notes: [Note("`--engine bmc` leaves symbolic constants free")]))
                    return []
                }
                let register = builder.evaluator.register()
                let shown = element.isEmpty ? "" : "[\(element.map(String.init).joined(separator: ", "))]"
                result.append(
                    .choose(
                        register: register, count: count, label: program[id].name + shown + leaf.suffix,
                        type: layout.cellType(leaf.type)))
                let code = builder.evaluator.undense(.register(register), leaf.type)
                result.append(.assign(layout.cell(id, leaf: number), indices, code))
            }
        }
        return result
    }

    /// Choices of whole values.
    private mutating func values(_ id: SourceVariableID) -> [Instruction] {
        var result: [Instruction] = []
        for element in elements(id) {
            let value = builder.chosen(program[id].type, program[id].name, program[id].span, &result)
            for (leaf, part) in value.parts.enumerated() {
                result.append(.assign(layout.cell(id, leaf: leaf), element.map { .constant($0) }, part))
            }
        }
        return result
    }

    private mutating func initial(_ id: SourceVariableID) -> [Instruction] {
        var result: [Instruction] = []
        for element in elements(id) {
            let cells = cells(id, element)
            let value = builder.evaluator.initialValue(id, cells)
            for (leaf, part) in zip(cells.leaves, value.parts) where part != .zero {
                result.append(.assign(layout.cell(id, leaf: leaf), cells.indices, part))
            }
        }
        return result
    }

    /// What is dead from the beginning holds the initial value of its field.
    private mutating func normalized(_ id: SourceVariableID) -> [Instruction] {
        guard layout.leaves[id.raw].contains(where: { !$0.conditions.isEmpty }) else { return [] }
        let dead = DeadCells(layout)
        var result: [Instruction] = []
        for element in elements(id) {
            let cells = cells(id, element)
            result += dead.reset(&builder.evaluator, id, cells.indices)
            result += dead.resets(&builder.evaluator, after: cells)
        }
        return result
    }

    private func cells(_ id: SourceVariableID, _ element: [UInt64]) -> Cells {
        Cells(variable: id, indices: element.map { .constant($0) }, leaves: layout.leaves[id.raw].indices)
    }
}

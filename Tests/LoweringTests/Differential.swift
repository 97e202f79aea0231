import Diagnostics
import Lowering
import Program
import Reference

/// The reference interpreter's view of the same search.
func referenceExploration(_ program: Program, limit: Int = 20_000, wideCodes: [UInt64] = []) -> Explored {
    let interpreter = Interpreter(program, wideCodes: wideCodes)
    var result = Explored()
    var seen = Set(interpreter.initialStates())
    var level = Array(seen)
    while !level.isEmpty && seen.count < limit {
        var next: [State] = []
        var found: Set<String> = []
        for state in level {
            for instance in interpreter.processInstances {
                for step in interpreter.steps(of: instance, in: state) {
                    result.transitions += 1
                    switch step.outcome {
                    case .next(let after, let violations):
                        found.formUnion(violations.map(\.name))
                        if seen.insert(after).inserted { next.append(after) }
                    case .violation(let violation, let violations):
                        found.formUnion(violations.map(\.name) + [violation.name])
                    }
                }
            }
        }
        result.violations.append(found.sorted())
        level = next
    }
    result.states = seen.count
    return result
}

let withoutFusions = LoweringOptions(fuseUnlock: false, fuseGuardedReads: false)

extension Builder {
    /// The finished program as a model to run.
    func runner(_ options: LoweringOptions = withoutFusions) throws -> ModelRunner {
        var sources = SourceMap()
        _ = sources.add(SourceText(name: "test.fl", text: "test"))
        return ModelRunner(model: try lower(finished, options: options, sources: sources))
    }
}

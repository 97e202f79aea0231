import Analysis
import Reference

/// One spec through the whole pipeline in all its forms, against the oracle.
struct Comparison {
    var differences: [String] = []
    /// Of the oracle.
    let states: Int
    /// By partial order, in all forms.
    let statesSaved: Int

    /// The oracle's view of everything that is reachable; nil where that is too much.
    static func oracle(_ program: CheckedProgram, limit: Int) -> OracleResult? {
        let result = Oracle(Interpreter(program)).explore(limit: limit, expecting: Judge.nothing)
        return result.isComplete ? result : nil
    }

    /// Nil where the spec has more states than the limit.
    init?(_ spec: Prepared, limit: Int) {
        guard let truth = Self.oracle(spec.plain.program, limit: limit) else { return nil }
        states = truth.states
        var plain = Judge(truth, spec.plain.model)
        plain.compareCounts()
        plain.compareViolations()
        plain.compareSymmetry()
        var fused = Judge(truth, spec.fused.model)
        fused.compareFusions()
        var whole = Judge(truth, spec.whole.model)
        whole.compareSlicing()
        plain.comparePartialOrder(symmetry: false)
        fused.comparePartialOrder(symmetry: true)
        whole.comparePartialOrder(symmetry: false)
        statesSaved = plain.statesSaved + fused.statesSaved + whole.statesSaved
        differences = plain.differences + fused.differences + whole.differences
        replay(spec.plain, without: [.symmetry])
        replay(spec.fused, without: [])
    }

    /// The interpreter follows what the search has found.
    private mutating func replay(_ run: PreparedRun, without: Set<Reduction>) {
        var options = CheckOptions()
        options.without = without
        do throws(InternalError) {
            _ = try ModelCheck(run, options).result()
        } catch {
            differences.append(error.message)
        }
    }
}

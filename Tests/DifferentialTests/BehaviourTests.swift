import Analysis
import Diagnostics
import Exploration
import Foundation
import Model
import Program
import Reference
import Semantics
import Testing

/// Whether two models behave alike, against sets that the reference interpreter makes.
@Suite("Behaviour")
struct BehaviourTests {
    static let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] != nil
    static let seeds: Range<UInt64> = isSlow ? 0..<2000 : 0..<120
    static let limit = isSlow ? 3000 : 300
    static let mutants = 6

    /// All that claims can see, as the interpreter finds it.
    private struct Visible: Hashable {
        let shared: [[Value]]
        let started: [Bool]
        let finished: [Bool]
        let isAtRest: Bool
    }

    private struct Sets: Equatable {
        var states: Set<Visible> = []
        var steps: Set<[Visible]> = []
    }

    @Test("A mutant behaves as its spec exactly when the interpreter finds the same states and steps")
    func agreement() throws {
        var counts: [String: Int] = [:]
        for seed in Self.seeds {
            let text = SpecGenerator.spec(seed: seed).text
            guard let spec = whole(text), let known = sets(spec), let code = try? ModelCode(spec.model),
                let behaviour = Behaviour.record(code, BehaviourOptions(maximumStates: 100_000))
            else { continue }
            let source = SourceText(name: "random.fl", text: text)
            let tree = Workspace(root: source, library: NoModules()).root
            let all = Mutant.all(of: tree, in: source)
            let stride = max(1, all.count / Self.mutants)
            for index in Swift.stride(from: 0, to: all.count, by: stride) {
                let changed = String(decoding: all[index].source.utf8, as: UTF8.self)
                guard let mutant = whole(changed), let other = sets(mutant), let code = try? ModelCode(mutant.model)
                else { continue }
                let found = behaviour.compared(with: code, BehaviourOptions(maximumStates: 100_000))
                counts[Self.kind(found), default: 0] += 1
                #expect(Self.kind(found) == Self.kind(known, other), "seed \(seed), mutant \(index):\n\(changed)")
            }
        }
        print("behaviour: \(counts.sorted { $0.key < $1.key })")
        for kind in ["same", "less", "more"] { #expect(counts[kind, default: 0] > 0, "\(kind) never occurs") }
    }

    @Test("A spec behaves as itself, and not as one whose step was split")
    func seeded() throws {
        let text = """
            module m
            var a: 0..1
            var b: 0..1
            process user { atomic("both") { a = 1; b = 1 } }
            invariant both { a <= 1 and b <= 1 }
            scenario s {}
            """
        let spec = try #require(whole(text))
        let behaviour = try #require(
            Behaviour.record(try ModelCode(spec.model), BehaviourOptions(maximumStates: 100)))
        let options = BehaviourOptions(maximumStates: 100)
        #expect(behaviour.compared(with: try ModelCode(spec.model), options) == .same)
        let split = try #require(whole(text.replacing("atomic(\"both\") { a = 1; b = 1 }", with: "a = 1; b = 1")))
        #expect(behaviour.compared(with: try ModelCode(split.model), options) == .more(depth: 1, isState: true))
        #expect(
            behaviour.compared(with: try ModelCode(spec.model), BehaviourOptions(maximumStates: 1)) == .unknown)
    }

    // MARK: The interpreter's sets

    private static func kind(_ comparison: VisibleComparison) -> String {
        switch comparison {
        case .same: "same"
        case .less: "less"
        case .more: "more"
        case .incomparable: "incomparable"
        case .unknown: "unknown"
        }
    }

    private static func kind(_ spec: Sets, _ mutant: Sets) -> String {
        if spec == mutant { return "same" }
        return mutant.states.isSubset(of: spec.states) && mutant.steps.isSubset(of: spec.steps) ? "less" : "more"
    }

    private func whole(_ text: String) -> PreparedRun? {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        guard !workspace.diagnostics.hasErrors, let request = Configurations(of: workspace.root).requests.first else {
            return nil
        }
        return Preparation.prepare(workspace, request, path: "random.fl", without: Set(Reduction.allCases)).run
    }

    /// Nil where there are too many states, or a step ends in a violation.
    private func sets(_ run: PreparedRun) -> Sets? {
        let interpreter = Interpreter(run.program)
        var result = Sets()
        var seen: Set<State> = []
        var waiting: [State] = []
        for outcome in interpreter.initialOutcomes() {
            guard case .next(let state, _) = outcome else { return nil }
            if seen.insert(state).inserted { waiting.append(state) }
        }
        while let state = waiting.popLast() {
            guard seen.count <= Self.limit else { return nil }
            let before = visible(state, interpreter)
            result.states.insert(before)
            for step in interpreter.steps(in: state) {
                guard case .next(let next, _) = step.outcome else { return nil }
                result.steps.insert([before, visible(next, interpreter)])
                if seen.insert(next).inserted { waiting.append(next) }
            }
        }
        return result
    }

    private func visible(_ state: State, _ interpreter: Interpreter) -> Visible {
        Visible(
            shared: state.shared.map { $0.map(withoutMode) }, started: state.controls.map { $0 != .start },
            finished: state.controls.map { $0 == .finished }, isAtRest: interpreter.isAtRest(state))
    }

    /// Claims can tell whether a lock is held, and not how.
    private func withoutMode(_ value: Value) -> Value {
        switch value {
        case .lockShared: .lockExclusive
        case .record(let id, let fields): .record(id, fields.map(withoutMode))
        case .unit, .bool, .int, .unbounded, .bits, .element, .enumeration, .set, .none, .some, .lockFree,
            .lockExclusive:
            value
        }
    }
}

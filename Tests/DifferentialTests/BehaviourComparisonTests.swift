import Diagnostics
import Model
import Reference
import Reports
import Semantics
import Testing

@testable import Analysis

/// What `diff` says of behaviours, against all traces up to a length of the reference interpreter, on random specs and
/// small changes of them.
@Suite("Comparisons of behaviours")
struct BehaviourComparisonTests {
    private static let seeds: Range<UInt64> = RandomSpecTests.isSlow ? 0..<3000 : 0..<150
    private static let length = 4

    @Test("A changed spec is compared as the interpreter sees both, and equal, refining and other changes occur")
    func changes() throws {
        var counts: [ConfigurationDiff.Verdict: Int] = [:]
        for seed in Self.seeds {
            let text = SpecGenerator.spec(seed: seed).text
            guard let old = Compared(text), let new = Compared(changed(text, seed)),
                let before = old.traces(Self.length),
                let after = new.traces(Self.length)
            else { continue }
            let diff = try ConfigurationComparison(old.fused, new.fused, DiffOptions()).result()
            counts[diff.verdict, default: 0] += 1
            check(diff.behaviours.new, after.subtracting(before), "new, seed \(seed)")
            check(diff.behaviours.gone, before.subtracting(after), "gone, seed \(seed)")
            // Events that are first seen behind longer traces are not counted here.
            let unseen = Self.events(after).subtracting(diff.behaviours.newEvents.map(\.event))
            #expect(unseen.isSubset(of: Self.events(before).union(Self.later(old))), "events, seed \(seed)")
        }
        print(counts.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", "))
        #expect((counts[.equal] ?? 0) > 0 && (counts[.refines] ?? 0) > 0 && (counts[.differs] ?? 0) > 0)
    }

    @Test("Slicing and fusions change nothing that can be seen, and a spec is equal to itself")
    func reductions() throws {
        for seed in Self.seeds {
            guard let spec = Compared(SpecGenerator.spec(seed: seed).text), spec.traces(1) != nil else { continue }
            for (a, b) in [(spec.fused, spec.whole), (spec.fused, spec.fused)] {
                let diff = try BehaviourComparison(a.observed, b.observed, DiffOptions()).result()
                #expect(diff.new == .included && diff.gone == .included, "seed \(seed)")
                #expect(diff.newEvents.isEmpty && diff.goneEvents.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test("Seeded defects: a model that forgets its commits, or doubles them, is told apart or refuted")
    func seededDefects() {
        var (specs, forgotten, doubled) = (0, 0, 0)
        for seed in Self.seeds {
            guard let spec = Compared(SpecGenerator.spec(seed: seed).text),
                spec.events?.contains(where: { $0.text.contains("(") }) == true
            else { continue }
            let right = spec.fused.observed
            specs += 1
            if isNoticed(right, right.observing { _ in [] }) { forgotten += 1 }
            if isNoticed(right, right.observing { [$0, $0] }) { doubled += 1 }
        }
        // Where a process repeats an event for ever, once more is nothing new.
        #expect(specs > 0 && forgotten == specs && doubled * 2 > specs)
    }

    private func isNoticed(_ right: PreparedRun, _ wrong: PreparedRun) -> Bool {
        do throws(InternalError) {
            let diff = try BehaviourComparison(right, wrong, DiffOptions()).result()
            return diff.new != .included || diff.gone != .included
        } catch {
            return true
        }
    }

    // MARK: Parts

    private static func events(_ traces: Set<[BehaviourDiff.Event]>) -> Set<BehaviourDiff.Event> {
        Set(traces.flatMap { $0 })
    }

    /// All events of a spec, however late.
    private static func later(_ spec: Compared) -> Set<BehaviourDiff.Event> { spec.events ?? [] }

    /// What the engine says, against the traces that the interpreter finds on one side only.
    private func check(_ found: BehaviourDiff.Inclusion, _ missing: Set<[BehaviourDiff.Event]>, _ what: String) {
        switch found {
        case .included: #expect(missing.isEmpty, "\(what)")
        case .unknown(let reason): Issue.record("\(what): \(reason)")
        case .missing(let trace, let witness):
            #expect(witness?.events.map(\.event).starts(with: trace) == true, "\(what)")
            guard trace.count <= Self.length else {
                #expect(missing.isEmpty, "\(what)")
                return
            }
            #expect(missing.contains(trace), "\(what)")
            #expect(trace.count == missing.map(\.count).min(), "\(what)")
        }
    }

    /// The text with up to three changes, where that is still a spec: a line less, two lines swapped, another number, the
    /// opposite of a condition. What processes show, and where they wait, is changed more often than the rest.
    private func changed(_ text: String, _ seed: UInt64) -> String {
        var random = Randomness(seed: seed &+ 77)
        var best = text
        for _ in 0..<40 where best == text || random.percent(60) {
            var lines = best.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let telling = lines.indices.filter { lines[$0].contains("commit ") || lines[$0].contains("await ") }
            let index =
                random.percent(50) && !telling.isEmpty
                ? telling[random.below(telling.count)] : random.below(lines.count)
            guard lines[index].hasPrefix("    "), !lines[index].contains("}") else { continue }
            change(&lines, index, &random)
            let result = lines.joined(separator: "\n")
            if result != best, Compared(result) != nil { best = result }
        }
        return best
    }

    private func change(_ lines: inout [String], _ index: Int, _ random: inout Randomness) {
        let isBlock = lines[index].contains("{")
        switch random.below(4) {
        case 0: if !isBlock { lines.remove(at: index) }
        case 1: if !isBlock, index + 1 < lines.count, !lines[index + 1].contains("}") { lines.swapAt(index, index + 1) }
        case 2:
            let others = [" == ": " != ", " != ": " == ", " < ": " >= ", "true": "false", "false": "true"]
            guard
                let (old, new) = others.sorted(by: { $0.key < $1.key }).first(where: { lines[index].contains($0.key) })
            else { return }
            lines[index] = lines[index].replacing(old, with: new)
        default:
            guard let digit = lines[index].lastIndex(where: \.isNumber) else { return }
            lines[index].replaceSubrange(digit...digit, with: "\(random.below(3))")
        }
    }
}

extension PreparedRun {
    /// The same with other instructions for each event.
    fileprivate func observing(_ change: (Instruction) -> [Instruction]) -> PreparedRun {
        func changed(_ body: [Instruction]) -> [Instruction] {
            body.flatMap { instruction -> [Instruction] in
                switch instruction {
                case .observe: change(instruction)
                case .branch(let condition, let yes, let no): [.branch(condition, changed(yes), changed(no))]
                case .require, .assign, .set, .choose, .check, .statement, .way, .jump: [instruction]
                }
            }
        }
        var model = model
        model.actions = model.actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins, ways: action.ways,
                callStack: action.callStack, registerCount: action.registerCount, body: changed(action.body))
        }
        return PreparedRun(
            path: path, program: program, model: model, sources: sources, overrides: overrides, sweep: sweep,
            without: without, workspace: workspace)
    }
}

/// A spec ready to be compared, in two forms.
private struct Compared {
    let fused: ComparedRun
    /// No fusions, no slicing.
    let whole: ComparedRun

    init?(_ text: String) {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        guard !workspace.diagnostics.hasErrors, let request = Configurations(of: workspace.root).requests.first else {
            return nil
        }
        func prepared(_ without: Set<Reduction>) -> ComparedRun? {
            ComparedRun.prepare(workspace, request, path: "random.fl", overrides: [], without: without).run
        }
        guard let fused = prepared([]), let whole = prepared([.slicing, .unlockFusion, .guardedReadFusion]) else {
            return nil
        }
        (self.fused, self.whole) = (fused, whole)
    }

    /// What each step of the unreduced program shows, as the interpreter has it; nil where there are too many states.
    private func steps() -> (starts: [State], steps: [State: [(next: State, events: [BehaviourDiff.Event])]])? {
        let run = whole.observed
        let interpreter = Interpreter(run.program)
        let names = Set(run.program.handlers.filter(\.isGhost).map(\.name))
        guard let teller = try? EventTeller(run, beside: run, EventSelection(), shared: names) else { return nil }
        var steps: [State: [(next: State, events: [BehaviourDiff.Event])]] = [:]
        let starts = interpreter.initialStates()
        var work = starts
        while let state = work.popLast() {
            guard steps[state] == nil else { continue }
            guard steps.count < 400 else { return nil }
            let shown = interpreter.steps(in: state).compactMap { step in
                step.next.map { (next: $0, events: teller.events([step], interpreter)) }
            }
            steps[state] = shown
            work += shown.map(\.next)
        }
        return (starts, steps)
    }

    var events: Set<BehaviourDiff.Event>? {
        steps().map { Set($0.steps.values.flatMap { $0 }.flatMap(\.events)) }
    }

    /// All traces of the unreduced program up to a length, by following single states of the interpreter; nil where there
    /// are too many states.
    func traces(_ length: Int) -> Set<[BehaviourDiff.Event]>? {
        guard let (starts, steps) = steps() else { return nil }
        struct Place: Hashable {
            let state: State
            let trace: [BehaviourDiff.Event]
        }
        var result: Set<[BehaviourDiff.Event]> = [[]]
        var seen = Set(starts.map { Place(state: $0, trace: []) })
        var places = Array(seen)
        while let place = places.popLast() {
            for step in steps[place.state] ?? [] {
                let trace = place.trace + step.events
                for count in 0...min(length, trace.count) { result.insert(Array(trace.prefix(count))) }
                let next = Place(state: step.next, trace: trace)
                if trace.count <= length, seen.insert(next).inserted { places.append(next) }
                if seen.count > 20_000 { return nil }
            }
        }
        return result
    }
}

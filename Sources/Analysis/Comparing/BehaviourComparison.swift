import Exploration
import Reports

/// Compares what two versions of a configuration show: single events, and all traces of them.
struct BehaviourComparison {
    private let old: ObservedSide
    private let new: ObservedSide
    private let names: EventNames
    private let options: DiffOptions
    private let leftOut: [String]

    init(_ old: PreparedRun, _ new: PreparedRun, _ options: DiffOptions) throws(InternalError) {
        let (names, words) = (EventNames(), LabelWords())
        let (oldHandlers, newHandlers) = (old.committedHandlers, new.committedHandlers)
        let shared = old.ghostHandlers.intersection(new.ghostHandlers)
        leftOut = oldHandlers.union(newHandlers).subtracting(shared).filter { options.events.contains(handler: $0) }
            .sorted()
        self.old = try ObservedSide(
            old, EventTeller(old, beside: new, options.events, shared: shared), names, words, options.behaviourBudget)
        self.new = try ObservedSide(
            new, EventTeller(new, beside: old, options.events, shared: shared), names, words, options.behaviourBudget)
        self.names = names
        self.options = options
    }

    var sides: (old: Behaviours, new: Behaviours) { (old.behaviours, new.behaviours) }

    func result() throws(InternalError) -> BehaviourDiff {
        let (oldLabels, newLabels) = (Set(old.behaviours.labels), Set(new.behaviours.labels))
        let oldGraph = old.behaviours.graph.reduced(options.behaviourBudget)
        let newGraph = new.behaviours.graph.reduced(options.behaviourBudget)
        return BehaviourDiff(
            newEvents: try changes(newLabels.subtracting(oldLabels), of: new, from: old),
            goneEvents: try changes(oldLabels.subtracting(newLabels), of: old, from: new),
            new: try inclusion(of: new, newGraph, in: old, oldGraph),
            gone: try inclusion(of: old, oldGraph, in: new, newGraph), leftOut: leftOut,
            eventCount: oldLabels.union(newLabels).count)
    }

    // MARK: Single events

    private func changes(
        _ labels: Set<Int32>, of side: ObservedSide, from other: ObservedSide
    ) throws(InternalError) -> [BehaviourDiff.EventChange] {
        let runs = labels.compactMap { label in side.behaviours.run(to: label).map { (label: label, run: $0) } }
        let sorted = runs.sorted { a, b in
            let (first, second) = (names[a.label], names[b.label])
            return (first.process, first.text) < (second.process, second.text)
        }
        let shown = options.showsAllWitnesses ? Set(labels) : shortest(sorted)
        var result: [BehaviourDiff.EventChange] = []
        for (label, run) in sorted {
            let witness = shown.contains(label) ? try side.witness(run) : nil
            result.append(
                BehaviourDiff.EventChange(
                    event: names[label], isCertain: other.behaviours.cut == nil, witness: witness))
        }
        return result
    }

    /// Of each handler the event that is reached first; in symmetric processes all look the same.
    private func shortest(_ runs: [(label: Int32, run: BehaviourRun)]) -> Set<Int32> {
        var best: [Substring: (label: Int32, run: BehaviourRun)] = [:]
        for candidate in runs {
            let handler = names[candidate.label].text.prefix { $0 != "(" }
            if let known = best[handler], known.run.steps.count <= candidate.run.steps.count { continue }
            best[handler] = candidate
        }
        return Set(best.values.map(\.label))
    }

    // MARK: Traces

    private func inclusion(
        of side: ObservedSide, _ graph: LabelledGraph, in other: ObservedSide, _ otherGraph: LabelledGraph
    ) throws(InternalError) -> BehaviourDiff.Inclusion {
        // What a part of the other side has not, the rest of it may have.
        if let cut = other.behaviours.cut { return .unknown(cut.reported) }
        var search = TraceInclusion(of: graph, in: otherGraph, options.behaviourBudget)
        switch search.run() {
        case .cut(let reason): return .unknown(reason.reported)
        case .included: return side.behaviours.cut.map { .unknown($0.reported) } ?? .included
        case .missing(let trace):
            guard let run = side.behaviours.run(along: trace) else {
                throw InternalError("a trace was found that no run has")
            }
            return .missing(trace.map { names[$0] }, try side.witness(run))
        }
    }
}

extension DiffOptions {
    var behaviourBudget: BehaviourBudget {
        var budget = BehaviourBudget()
        budget.maximumStates = maximumStates
        budget.maximumMemory = maximumMemory
        budget.deadline = maximumTime.map { ContinuousClock.now + $0 }
        budget.isCancelled = isCancelled
        return budget
    }
}

extension PreparedRun {
    /// Whatever a `commit` may name.
    fileprivate var ghostHandlers: Set<String> { Set(program.handlers.filter(\.isGhost).map(\.name)) }

    /// Whatever some `commit` names.
    fileprivate var committedHandlers: Set<String> {
        var result: Set<String> = []
        for body in program.processes.map(\.body) + program.handlers.map(\.body) {
            body.forEachStatement { statement in
                if case .commit(let handler, _) = statement.kind { result.insert(program[handler].name) }
            }
        }
        return result
    }
}

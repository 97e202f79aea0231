import Exploration
import Program
import Reports

/// Small searches of a configuration with other bounds and other reductions, all with the same limit on states.
struct Trials {
    private let run: PreparedRun
    private let options: CheckOptions
    private let mostStates: Int

    init(_ run: PreparedRun, _ options: CheckOptions, mostStates: Int) {
        self.run = run
        self.options = options
        self.mostStates = mostStates
    }

    func trial(_ run: PreparedRun) -> Trial? {
        Trial(run, options, mostStates: mostStates, sampleSize: min(mostStates, ExplosionHelp.sampleSize))
    }

    // MARK: Bounds

    /// A bound that was lowered, and what came of it.
    struct Lowered {
        let name: String
        let value: String
        let lowered: String
        let trial: Trial
    }

    func lowered(_ bounds: [(name: String, value: String, lowered: String)]) -> [Lowered] {
        bounds.compactMap { name, value, lowered in
            guard let varied = run.varied([(name, lowered)], without: run.without), let trial = trial(varied) else {
                return nil
            }
            return Lowered(name: name, value: value, lowered: lowered, trial: trial)
        }
    }

    /// What to lower first comes first: the fewest states of those that came to their end, then the fewest up to the
    /// depth that all of the others have reached.
    func bounds(_ lowered: [Lowered], _ base: Trial) -> [Explosion.Bound] {
        let cut = ([base] + lowered.map(\.trial)).filter { !$0.isAll }
        let depth = base.isAll || cut.contains { $0.depth == nil } ? nil : cut.compactMap(\.depth).min()
        let ranked = lowered.enumerated().sorted { a, b in
            key(a.element.trial, depth, a.offset) < key(b.element.trial, depth, b.offset)
        }
        return ranked.map { _, bound in
            let atDepth = bound.trial.isAll ? nil : depth.map { bound.trial.compared(after: base, at: $0) }
            return Explosion.Bound(
                name: bound.name, value: bound.value, lowered: bound.lowered, count: bound.trial.count,
                atDepth: atDepth,
                command: run.command(
                    setting: bound.name, to: bound.lowered, mostSwitches: options.maximumSwitches))
        }
    }

    private func key(_ trial: Trial, _ depth: Int?, _ offset: Int) -> (Int, Int, Int) {
        (trial.isAll ? 0 : 1, trial.isAll ? trial.found.states : depth.map { trial.states(upTo: $0) } ?? 0, offset)
    }

    // MARK: Reductions

    /// What each reduction gives: in this run, or where neither this run nor the one without it comes to its end, in
    /// the largest run with a lowered bound that does.
    func reductions(_ base: Trial, _ lowered: [Lowered]) -> [Explosion.Reduction] {
        let smaller = lowered.filter { $0.trial.isAll }.max { $0.trial.found.states < $1.trial.found.states }
        return Reduction.allCases.compactMap { reduction in
            guard let measured = measured(reduction, base, []) else { return nil }
            if measured.with.isAll || measured.without.isAll || measured.atDepth != nil { return measured }
            guard let smaller, let inSmaller = self.measured(reduction, smaller.trial, [smaller]) else {
                return measured
            }
            return inSmaller
        }
    }

    private func measured(_ reduction: Reduction, _ base: Trial, _ scope: [Lowered]) -> Explosion.Reduction? {
        let isOn = !run.without.contains(reduction)
        let settings = scope.map { ($0.name, $0.lowered) }
        guard let varied = run.varied(settings, without: run.without.symmetricDifference([reduction])),
            let other = trial(varied)
        else { return nil }
        let (with, without) = isOn ? (base, other) : (other, base)
        let isComparable = with.hasSteps(of: without) && !(with.isAll && without.isAll)
        let depth = with.depth.flatMap { first in without.depth.map { min(first, $0) } }
        return Explosion.Reduction(
            name: reduction.rawValue, isOn: isOn, with: with.count, without: without.count,
            atDepth: isComparable ? depth.map { without.compared(after: with, at: $0) } : nil,
            scope: scope.first.map { RunResult.Setting(name: $0.name, value: $0.lowered) })
    }
}

extension Trial {
    fileprivate func compared(after first: Trial, at depth: Int) -> Explosion.AtDepth {
        Explosion.AtDepth(depth: depth, states: first.states(upTo: depth), other: states(upTo: depth))
    }
}

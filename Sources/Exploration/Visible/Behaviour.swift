// Unsafe code: see the rows it is made of.

import Model

/// All that claims can see of the runs of a model: the reachable visible states, and the steps between them.
///
/// Nothing is reduced: neither symmetry nor partial order, and the model should have no fusions. The sets are exact.
/// Read-only once it is recorded, so threads may share it.
public final class Behaviour: @unchecked Sendable {
    let view: VisibleState
    let states: RowSet
    /// Pairs of numbers of visible states.
    let steps: RowSet

    /// How many visible states and steps there are.
    public var stateCount: Int { states.count }
    public var stepCount: Int { steps.count }

    private init(_ view: VisibleState, _ states: RowSet, _ steps: RowSet) {
        self.view = view
        self.states = states
        self.steps = steps
    }

    /// Walks through all states of a model; nil where there are more than so many, something goes wrong, or the user
    /// has had enough.
    ///
    /// Cost: time and memory of a search without reductions.
    public static func record(_ code: ModelCode, _ options: BehaviourOptions) -> Behaviour? {
        let view = VisibleState(code)
        guard let states = RowSet(width: view.width, mostRows: options.maximumStates),
            let steps = RowSet(width: 1, mostRows: 64 * options.maximumStates),
            let walk = BehaviourWalk(code, view, options)
        else { return nil }
        var number: [StateID] = []
        let end = walk.run(
            state: { words in
                number.append(states.insert(words).id)
                return states.count < states.capacity
            },
            step: { old, new in steps.insert(pair: number[old], number[new]) })
        guard case .whole = end else { return nil }
        return Behaviour(view, states, steps)
    }

    /// Whether another model behaves in the same way.
    public func compared(with code: ModelCode, _ options: BehaviourOptions) -> VisibleComparison {
        let view = VisibleState(code)
        guard view.shape == self.view.shape else { return .incomparable }
        guard let seen = RowSet(width: 1, mostRows: states.count), let passed = RowSet(width: 1, mostRows: steps.count),
            let walk = BehaviourWalk(code, view, options)
        else { return .unknown }
        var number: [StateID] = []
        let end = walk.run(
            state: { words in
                guard let id = self.states.find(words) else { return false }
                number.append(id)
                seen.insert(pair: 0, id)
                return true
            },
            step: { old, new in
                guard self.steps.contains(pair: number[old], number[new]) else { return false }
                passed.insert(pair: number[old], number[new])
                return true
            })
        switch end {
        case .whole:
            return seen.count == states.count && passed.count == steps.count ? .same : .less
        case .ended(let depth, let isState): return .more(depth: depth, isState: isState)
        case .cut: return .unknown
        }
    }
}

/// How much the recording of a behaviour may take.
public struct BehaviourOptions: Sendable {
    /// States of the model, without reductions.
    public var maximumStates: Int
    /// Asked now and then.
    public var isCancelled: @Sendable () -> Bool

    public init(maximumStates: Int, isCancelled: @escaping @Sendable () -> Bool = { false }) {
        self.maximumStates = maximumStates
        self.isCancelled = isCancelled
    }
}

/// How a model behaves beside another one.
public enum VisibleComparison: Hashable, Sendable {
    /// No claim can tell the two apart.
    case same
    /// All that it does the other one does, too, but not the other way round.
    case less
    /// It does something that the other one never does, after so many steps: it reaches a visible state, or makes a
    /// step between two that both have.
    case more(depth: Int, isState: Bool)
    /// Their variables or processes are not the same.
    case incomparable
    /// A budget ended the comparison.
    case unknown
}

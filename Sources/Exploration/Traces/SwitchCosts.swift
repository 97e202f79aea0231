import Model

/// For the states of one layer from which the violation is reached in exactly the steps that are left: by the actor of
/// the next step, how few context switches the rest of the run needs.
struct SwitchCosts {
    static let impossible = UInt16.max
    private var rows: [StateID: Int] = [:]
    private var costs: [UInt16] = []
    private let actorCount: Int

    init(actorCount: Int) { self.actorCount = max(1, actorCount) }

    var isEmpty: Bool { rows.isEmpty }

    /// In no order.
    var states: [StateID] { Array(rows.keys) }

    /// About what it holds.
    var bytes: Int { costs.capacity * 2 + rows.capacity * 24 }

    /// A state at which the run may end: no more switches, whoever came last.
    mutating func addEnd(_ id: StateID) {
        rows[id] = costs.count
        costs += Array(repeating: 0, count: actorCount)
    }

    /// A state with the costs of each next actor.
    mutating func add(_ id: StateID, _ row: [UInt16]) {
        rows[id] = costs.count
        costs += row
    }

    /// The fewest switches from a state on, for a run whose step into it was by `actor` (in the names of the state);
    /// nil where no run of the right length leads on.
    func rest(_ id: StateID, after actor: Int?) -> UInt16? {
        guard let row = rows[id] else { return nil }
        let own = costs[row..<row + actorCount]
        guard let least = own.min(), least != Self.impossible else { return nil }
        guard let actor, own.indices.contains(row + actor) else { return least }
        return min(own[row + actor], least + 1)
    }
}

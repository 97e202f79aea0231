import Model

/// What became of one walk.
struct WalkSummary {
    /// From 0.
    let number: Int
    var steps = 0
    /// The violation under search that ended it.
    var hit: WalkHit?
    /// Judgements that were violated and not looked for.
    var passedOver: [Int] = []
}

/// A violation at the state that a walk has reached, or in a step that it could take from there.
struct WalkHit {
    let judgement: Int
    /// How many steps the walk has taken.
    let steps: Int
}

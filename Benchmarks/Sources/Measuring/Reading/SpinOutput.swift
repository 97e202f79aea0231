/// SPIN counts the initial state as a transition; it is taken off.
func readSpin(_ text: String, breadthFirst: Bool) -> Outcome? {
    guard let summary = text.firstMatch(of: /depth reached (\d+), errors: (\d+)/),
        let states = text.firstMatch(of: /([0-9.e+]+) states, stored/), let stored = Figure(states.1),
        let transitions = text.firstMatch(of: /([0-9.e+]+) transitions \(= stored\+matched\)/),
        let moves = Figure(transitions.1)
    else { return nil }
    let depth = breadthFirst ? Figure(summary.1) : nil
    let steps = Figure(moves.value - 1, tolerance: moves.tolerance)
    if text.contains("max search depth too small") { return Outcome(.incomplete("its depth limit is too small")) }
    if text.contains("assertion violated") {
        return Outcome(.violated(nil), states: stored, transitions: steps, steps: depth)
    }
    if summary.2 != "0" { return Outcome(.violated("no deadlock")) }
    if text.contains("Search not completed") { return Outcome(.incomplete("search not completed")) }
    return Outcome(.holds, states: stored, transitions: steps, depth: depth)
}

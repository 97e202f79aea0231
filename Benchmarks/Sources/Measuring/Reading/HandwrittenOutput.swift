/// The output of `peers/cpp/search.cpp` and `peers/cpp/trace.cpp`.
func readHandwritten(_ text: String) -> Outcome? {
    guard let counts = text.firstMatch(of: /states (\d+) transitions (\d+)(?: depth (\d+))?/) else { return nil }
    let states = Figure(counts.1)
    let transitions = Figure(counts.2)
    if let failure = text.firstMatch(of: /violated: ([^,\n]*)(?:, (\d+) steps)?/) {
        return Outcome(
            .violated(String(failure.1)), states: states, transitions: transitions,
            steps: failure.2.flatMap { Figure($0) })
    }
    return Outcome(.holds, states: states, transitions: transitions, depth: counts.3.flatMap { Figure($0) })
}

/// Rumur and CMurphi print the same lines, with other capitals. They don't print the depth.
func readMurphi(_ text: String) -> Outcome? {
    guard let counts = text.matches(of: /(\d+) states, (\d+) rules fired in/).last else { return nil }
    let states = Figure(counts.1)
    let transitions = Figure(counts.2)
    if let failure = text.firstMatch(of: /[Ii]nvariant "([^"]*)" failed/) {
        return Outcome(.violated(String(failure.1)), states: states, transitions: transitions)
    }
    if text.contains("No error found") { return Outcome(.holds, states: states, transitions: transitions) }
    return Outcome(.incomplete("it says neither that no error was found nor which invariant failed"))
}

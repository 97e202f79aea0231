import Diagnostics

/// Where a proof goes, for others to check: the invariant in the terms of the spec, and the questions that show it.
public struct ProofFiles: Sendable {
    /// Writes a file of the proof of a run, given by its title. What keeps it from that, if anything.
    public var write: @Sendable (_ title: String, _ file: String, _ text: String) -> Diagnostic?

    /// Removes what an earlier proof of the run has left.
    public var clear: @Sendable (_ title: String) -> Void

    public init(
        clear: @escaping @Sendable (_ title: String) -> Void,
        write: @escaping @Sendable (_ title: String, _ file: String, _ text: String) -> Diagnostic?
    ) {
        (self.clear, self.write) = (clear, write)
    }
}

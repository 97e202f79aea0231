/// How a search keeps states. The raw values are the names of the command line.
public enum StoreKind: String, CaseIterable, Sendable {
    /// Whole.
    case exact
    /// Whole, with parts that recur kept once.
    case tree
    /// As fingerprints: a state may be missed.
    case hash
}

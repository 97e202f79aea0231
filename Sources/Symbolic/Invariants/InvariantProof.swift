/// Where an instance is, for a proof.
public struct ProofPlace: Hashable, Sendable {
    /// The number of the instance, over all processes.
    let actor: Int
    let location: Int
}

/// An inductive invariant, and how it may be shown to be one.
public struct InvariantProof: Sendable {
    /// With the claims of the model they hold at first, and every step keeps them.
    public let lemmas: [StateLemma]
    /// Which lemmas are enough before the steps from a place; all of them where nothing is said.
    let grounds: [ProofPlace: [Int]]

    public init(lemmas: [StateLemma]) { self.init(lemmas: lemmas, grounds: [:]) }

    init(lemmas: [StateLemma], grounds: [ProofPlace: [Int]]) { (self.lemmas, self.grounds) = (lemmas, grounds) }
}

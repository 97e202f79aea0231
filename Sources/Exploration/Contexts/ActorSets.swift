/// For each state, which process instances have had their turn in it, or wait for it.
struct ActorSets {
    private var bytesOfSets = Chunks<UInt8>()
    private let stride: Int

    init(actorCount: Int) { stride = max(1, (actorCount + 7) / 8) }

    func free() { bytesOfSets.free() }

    var bytes: Int { bytesOfSets.bytes }

    /// The empty set of the next state.
    mutating func addState() {
        for _ in 0..<stride { bytesOfSets.append(0) }
    }

    func contains(_ actor: Int, at state: StateID) -> Bool {
        bytesOfSets[Int(state) * stride + actor / 8] >> UInt8(actor % 8) & 1 == 1
    }

    /// False where it is in the set already.
    func insert(_ actor: Int, at state: StateID) -> Bool {
        let index = Int(state) * stride + actor / 8
        let bit = UInt8(1) << UInt8(actor % 8)
        let old = bytesOfSets[index]
        guard old & bit == 0 else { return false }
        bytesOfSets[index] = old | bit
        return true
    }
}

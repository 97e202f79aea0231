/// Chooses mutants by operator, line, number, and at random.
struct MutantSelection {
    let options: MutationOptions

    func selected(_ mutants: [Mutant]) -> [Mutant] {
        let wanted = mutants.filter { mutant in
            options.operators?.contains(mutant.operatorName) ?? true
                && options.lines?.contains(mutant.line) ?? true
                && options.numbers?.contains(mutant.number) ?? true
        }
        guard let sample = options.sample, sample < wanted.count else { return wanted }
        // The first steps of a shuffle; then the order of the text again.
        var left = wanted
        var random = SplitMix64(seed: options.seed)
        var drawn: [Mutant] = []
        for _ in 0..<sample {
            drawn.append(left.remove(at: Int(random.next() % UInt64(left.count))))
        }
        return drawn.sorted { $0.number < $1.number }
    }
}

/// Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
private struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

import Model

/// Removes what stands behind a check that fails for certain, or a requirement that is never met.
struct CertainEnds {
    let violations: ViolationTable

    func trimmed(_ body: [Instruction]) -> [Instruction] {
        var result: [Instruction] = []
        for instruction in body {
            let (kept, goesOn) = trimmed(instruction)
            result.append(kept)
            if !goesOn { break }
        }
        return result
    }

    private func trimmed(_ instruction: Instruction) -> (Instruction, goesOn: Bool) {
        switch instruction {
        case .require(let condition): return (instruction, condition != .zero)
        case .check(let condition, let violation):
            return (instruction, condition != .zero || violations[violation].isResumable)
        case .branch(let condition, let a, let b):
            let (first, second) = (trimmed(a), trimmed(b))
            return (.branch(condition, first, second), goesOn(first) || goesOn(second))
        case .jump: return (instruction, false)
        case .assign, .set, .choose, .statement, .way, .observe: return (instruction, true)
        }
    }

    private func goesOn(_ trimmedBody: [Instruction]) -> Bool {
        trimmedBody.last.map { trimmed($0).goesOn } ?? true
    }
}

import Model

/// All violations of a model, each once.
struct ViolationTable {
    private(set) var all: [Violation] = []
    private var numbers: [Violation: Int] = [:]

    mutating func add(_ violation: Violation) -> ViolationID {
        if let known = numbers[violation] { return ViolationID(known) }
        numbers[violation] = all.count
        all.append(violation)
        return ViolationID(all.count - 1)
    }

    subscript(id: ViolationID) -> Violation { all[id.index] }
}

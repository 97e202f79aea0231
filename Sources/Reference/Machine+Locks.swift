import Diagnostics
import Program

// Locks. The state of a lock is in its cell; who holds it is in the control of the holder.
extension Machine {
    mutating func lock(_ place: Place, _ mode: LockMode) throws(Stop) {
        let element = try evaluator.locate(place)
        guard heldIndex(element) == nil else {
            let message = "`\(name(element))` is locked by its holder"
            throw .violation(evaluator.violation(.doubleLock, message, place.span))
        }
        guard try take(place, element, mode) else { throw .blocked }
    }

    /// Whether the lock could be had.
    mutating func tryLock(_ place: Place, _ mode: LockMode) throws(Stop) -> Bool {
        try take(place, evaluator.locate(place), mode)
    }

    mutating func unlock(_ place: Place) throws(Stop) {
        let element = try evaluator.locate(place)
        guard let number = heldIndex(element) else { return stranger(place, element, "released") }
        held.remove(at: number)
        let state = try evaluator.load(place, at: element)
        if case .lockShared(let holders) = state, holders > 1 {
            return try evaluator.store(.lockShared(holders - 1), to: place, at: element)
        }
        try evaluator.store(.lockFree, to: place, at: element)
    }

    mutating func downgrade(_ place: Place) throws(Stop) {
        let element = try evaluator.locate(place)
        guard let number = heldIndex(element), held[number].mode == .exclusive else {
            return stranger(place, element, "downgraded")
        }
        held[number].mode = .shared
        try evaluator.store(.lockShared(1), to: place, at: element)
    }

    private mutating func take(_ place: Place, _ element: Element, _ mode: LockMode) throws(Stop) -> Bool {
        switch (mode, try evaluator.load(place, at: element)) {
        case (.exclusive, .lockFree): try evaluator.store(.lockExclusive, to: place, at: element)
        case (.shared, .lockFree): try evaluator.store(.lockShared(1), to: place, at: element)
        case (.shared, .lockShared(let holders)):
            try evaluator.store(.lockShared(holders + 1), to: place, at: element)
        default: return false  // a pair: all other combinations exclude each other
        }
        let depth = activations.count - 1
        let reads = place.indices.reduce(into: Set<LocalID>()) { $0.formUnion(ExprFacts($1).reads) }
        held.append(
            HeldLock(
                variable: element.variable, indices: element.indices, mode: mode,
                dependencies: reads.sorted().map { LocalReference(depth: depth, local: $0) }))
        held.sort { a, b in
            a.variable == b.variable ? a.indices.lexicographicallyPrecedes(b.indices) : a.variable < b.variable
        }
        return true
    }

    private mutating func stranger(_ place: Place, _ element: Element, _ verb: String) {
        let message = "`\(name(element))` is \(verb) by a process that does not hold it"
        evaluator.pass(evaluator.violation(.strangerUnlock, message, place.span, resumable: true))
    }

    private func heldIndex(_ element: Element) -> Int? {
        held.firstIndex { $0.variable == element.variable && $0.indices == element.indices }
    }

    private func name(_ element: Element) -> String { tables.naming.place(element.variable, element.indices) }
}

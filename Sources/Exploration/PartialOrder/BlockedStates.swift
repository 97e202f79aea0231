// Unsafe code: runs for every successor of a search.

/// States in which a process must wait in the middle of a chain, having changed nothing that others can tell.
///
/// Nobody needs such a state but a deadlock: everybody else is as able to move in it as in the state where the chain
/// began. So it is kept only where no other process, hardware not counted, is sure to be able to.
struct BlockedStates {
    private let width: Int
    private let isHardware: [Bool]
    /// By actor: whether it has a step, and whether one of its chains is blocked.
    private var hasStep: [Bool]
    private var isBlocked: [Bool]
    private var words: [UInt64] = []
    private var labels: [(action: Int, actor: Int)] = []

    init(width: Int, hardware: [Bool]) {
        self.width = width
        isHardware = hardware
        hasStep = hardware.map { _ in false }
        isBlocked = hasStep
    }

    mutating func removeAll() {
        for actor in hasStep.indices {
            hasStep[actor] = false
            isBlocked[actor] = false
        }
        words.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    mutating func noteStep(_ actor: Int) { hasStep[actor] = true }

    mutating func append(_ state: UnsafePointer<UInt64>, action: Int, actor: Int) {
        isBlocked[actor] = true
        words += UnsafeBufferPointer(start: state, count: width)
        labels.append((action, actor))
    }

    /// Those that may be a deadlock, or lead to one.
    func forEachKept(_ body: (UnsafePointer<UInt64>, _ action: Int, _ actor: Int) -> Void) {
        guard !labels.isEmpty else { return }
        let movers = hasStep.indices.filter { hasStep[$0] && !isBlocked[$0] && !isHardware[$0] }
        words.withUnsafeBufferPointer { words in
            guard let base = words.baseAddress else { return }
            for (number, label) in labels.enumerated() where movers.allSatisfy({ $0 == label.actor }) {
                body(base + number * width, label.action, label.actor)
            }
        }
    }
}

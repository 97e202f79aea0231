import Model

/// What the locations of all actors say about rest, deadlock and leaked locks.
struct RestTable {
    private let actors: [ModelCode.Actor]
    private let code: ModelCode
    /// By actor and location.
    private let isRest: [[Bool]]
    private let isUnderWay: [[Bool]]
    private let isLeak: [[Bool]]
    private let hardware: [Bool]
    /// Whether some location at rest holds a lock: never, in most models.
    let canLeak: Bool

    init(_ code: ModelCode) {
        self.code = code
        actors = code.actors
        let processes = code.actors.map { code.model.processes[$0.process] }
        hardware = processes.map { $0.kind == .hardware }
        isRest = processes.map { process in process.locations.indices.map(process.isAtRest) }
        isUnderWay = processes.map { process in process.locations.indices.map(process.isUnderWay) }
        isLeak = processes.map { process in process.locations.indices.map(process.leaks) }
        canLeak = isLeak.contains { $0.contains(true) }
    }

    func isHardware(actor: Int) -> Bool { hardware.indices.contains(actor) && hardware[actor] }

    /// Every process is at rest.
    func allRest(_ words: UnsafePointer<UInt64>) -> Bool { !contains(words) { !isRest[$0][$1] } }

    /// At most one process, hardware not counted, is not at rest: one step may bring all to rest.
    func isNearRest(_ words: UnsafePointer<UInt64>) -> Bool {
        var busy = 0
        return !contains(words) { actor, location in
            if !isRest[actor][location] { busy += 1 }
            return busy > 1
        }
    }

    /// Some process that should end, or come back to its loop, is in the middle of something.
    func someOrdinaryIsUnderWay(_ words: UnsafePointer<UInt64>) -> Bool { contains(words) { isUnderWay[$0][$1] } }

    func leaks(_ words: UnsafePointer<UInt64>) -> Bool { contains(words) { isLeak[$0][$1] } }

    @inline(__always)
    private func contains(_ words: UnsafePointer<UInt64>, where test: (Int, Int) -> Bool) -> Bool {
        for number in actors.indices {
            let location = code.location(of: actors[number], in: words)
            // A location that does not exist is found by the machine as a fault of the model.
            if location < isRest[number].count, test(number, location) { return true }
        }
        return false
    }
}

/// An event that a step tells of.
public struct ObservedEvent: Hashable, Sendable {
    /// Counts in ``Model/events``.
    public let event: Int
    /// The codes of its cells.
    public let arguments: [UInt64]

    public init(event: Int, arguments: [UInt64]) {
        self.event = event
        self.arguments = arguments
    }
}

extension Machine {
    /// Fills the buffer as ``expand(_:into:)`` does; `events` has the events of each successor, in their order.
    ///
    /// The code must mark events. For comparisons of behaviours, not for searches: each action is run on its own.
    public func expand(
        _ state: UnsafePointer<UInt64>, into buffer: SuccessorBuffer, events: inout [[ObservedEvent]]
    ) {
        events = []
        buffer.removeAll()
        for (number, actor) in code.actors.enumerated() {
            let location = code.location(of: actor, in: state)
            guard location < actor.locationCount else {
                buffer.storage.pointee.fault = .noSuchLocation(process: actor.process, instance: actor.instance)
                break
            }
            let place = actor.firstLocation + location
            for entry in Int(code.locationStarts[place])..<Int(code.locationStarts[place + 1]) {
                var tracing = EventTracing()
                trace(state, actor: number, action: Int(code.entries[entry].action), buffer, &tracing)
                events += tracing.ways
            }
        }
    }
}

/// Collects the events of each way that comes to an end.
private struct EventTracing: AccessTracer {
    private(set) var ways: [[ObservedEvent]] = []
    private var way: [ObservedEvent] = []
    private var arguments: [UInt64] = []
    /// How long the way was at each choice.
    private var lengths: [Int] = []

    mutating func argument(_ code: UInt64) { arguments.append(code) }

    mutating func event(_ number: Int) {
        way.append(ObservedEvent(event: number, arguments: arguments))
        arguments = []
    }

    mutating func choose() { lengths.append(way.count) }
    mutating func finish() { ways.append(way) }

    mutating func resume(depth: Int) {
        lengths.removeLast(lengths.count - depth)
        way.removeLast(way.count - (lengths.last ?? 0))
    }
}

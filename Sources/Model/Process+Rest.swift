extension Process {
    /// Whether it is at its start, at its end, or at the head of an outermost loop; hardware always is. False for a location
    /// that does not exist.
    public func isAtRest(at location: Int) -> Bool {
        kind == .hardware || locations.indices.contains(location) && locations[location].isAtRest
    }

    /// Whether it should go on: an ordinary process that has begun, and is in the middle of something. It is stuck there where
    /// nothing moves.
    public func isUnderWay(at location: Int) -> Bool {
        guard kind == .ordinary, locations.indices.contains(location) else { return false }
        let place = locations[location]
        return !place.isFinal && !place.isLoopHead && !(place.isRest && location != 0)
    }

    /// Whether it holds a lock where it is at rest.
    public func leaks(at location: Int) -> Bool {
        locations.indices.contains(location) && locations[location].isAtRest && !locations[location].held.isEmpty
    }
}

extension Location {
    /// Whether a process that is here has nothing under way, if it is no hardware.
    public var isAtRest: Bool { isRest || isFinal }
}

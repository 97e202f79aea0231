/// What a command used, with all the processes that it started and waited for.
public struct Usage: Equatable, Sendable {
    /// Seconds by the clock.
    public var wall: Double
    /// Seconds of processor time, of the user and of the system.
    public var cpu: Double
    /// The largest resident memory of one of the processes.
    public var peakBytes: Int

    public init(wall: Double, cpu: Double, peakBytes: Int) {
        self.wall = wall
        self.cpu = cpu
        self.peakBytes = peakBytes
    }

    public static let zero = Usage(wall: 0, cpu: 0, peakBytes: 0)

    /// One command after another: times add up, memory does not.
    public static func + (first: Usage, second: Usage) -> Usage {
        Usage(
            wall: first.wall + second.wall, cpu: first.cpu + second.cpu,
            peakBytes: max(first.peakBytes, second.peakBytes))
    }
}

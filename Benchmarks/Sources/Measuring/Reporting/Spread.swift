/// Several measurements of the same thing.
public struct Spread: Equatable, Sendable {
    public let median: Double
    public let least: Double
    public let most: Double
    public let count: Int

    /// `nil` where nothing was measured.
    public init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let least = sorted.first, let most = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        self.least = least
        self.most = most
        count = sorted.count
    }

    /// `1.95 (1.90-2.10)`, or `1.95` alone for one measurement.
    public var text: String {
        count == 1 ? decimal(median) : "\(decimal(median)) (\(decimal(least))-\(decimal(most)))"
    }
}

import Foundation

/// A number that a tool has printed. SPIN rounds large ones: `1.0221686e+08` stands for anything near it.
public struct Figure: Equatable, Sendable {
    public let value: Int
    /// How far the true number may be away.
    public let tolerance: Int

    public init(_ value: Int, tolerance: Int = 0) {
        self.value = value
        self.tolerance = tolerance
    }

    public init?(_ text: some StringProtocol) {
        if let exact = Int(text) {
            self.init(exact)
            return
        }
        guard let parts = String(text).firstMatch(of: /^(\d)(?:\.(\d+))?e\+(\d+)$/), let power = Int(parts.3),
            power < 18,
            let rounded = Double(text)
        else { return nil }
        let unit = pow(10, Double(power - (parts.2?.count ?? 0)))
        self.init(Int(rounded.rounded()), tolerance: max(1, Int(unit)))
    }

    public func agrees(with expected: Int) -> Bool { abs(value - expected) <= tolerance }
}

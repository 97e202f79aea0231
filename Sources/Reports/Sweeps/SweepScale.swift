import Foundation

/// The vertical scale of one panel of a plot.
struct SweepScale {
    private let low: Double
    private let high: Double
    private let isLogarithmic: Bool

    /// From 0 or a power of ten below the values up to what is above them.
    init(_ values: [Double], isLogarithmic: Bool) {
        self.isLogarithmic = isLogarithmic
        let most = values.filter(\.isFinite).max() ?? 1
        guard isLogarithmic else {
            low = 0
            high = max(1, most)
            return
        }
        let positive = values.filter { $0 > 0 && $0.isFinite }
        low = log10(max(1e-3, positive.min() ?? 1)).rounded(.down)
        high = max(log10(max(1e-3, most)).rounded(.up), low + 1)
    }

    /// From 0 at the bottom to 1 at the top.
    func position(of value: Double) -> Double {
        let scaled = isLogarithmic ? log10(max(value, 1e-3)) : value
        return min(1, max(0, (scaled - low) / (high - low)))
    }

    var ticks: [(value: Double, label: String)] {
        guard isLogarithmic else {
            return [0, 0.5, 1].map { share in
                let value = (share * high).rounded()
                return (value, Int(value).grouped)
            }
        }
        return (Int(low)...Int(high)).map { exponent in
            let label = exponent < 0 ? "0." + String(repeating: "0", count: -exponent - 1) + "1" : nil
            return (pow(10, Double(exponent)), label ?? Int(pow(10, Double(exponent))).grouped)
        }
    }
}

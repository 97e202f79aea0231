import Foundation

/// A number with about three digits that say something.
public func decimal(_ value: Double) -> String {
    switch abs(value) {
    case ..<10: String(format: "%.2f", value)
    case ..<100: String(format: "%.1f", value)
    case _: grouped(Int(value.rounded()))
    }
}

/// `20890833` as `20,890,833`.
public func grouped(_ value: Int) -> String {
    var groups: [String] = []
    var rest = value.magnitude
    while rest >= 1000 {
        groups.append(String(format: "%03d", Int(rest % 1000)))
        rest /= 1000
    }
    groups.append(String(rest))
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

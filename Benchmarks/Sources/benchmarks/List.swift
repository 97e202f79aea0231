import ArgumentParser
import Contenders

/// Several values of an option, with commas between.
struct List<Value: RawRepresentable & Sendable>: ExpressibleByArgument, Sendable where Value.RawValue == String {
    let values: [Value]

    init?(argument: String) {
        let values = argument.lowercased().split(separator: ",").map { Value(rawValue: String($0)) }
        self.values = values.compactMap { $0 }
        if values.isEmpty || self.values.count < values.count { return nil }
    }
}

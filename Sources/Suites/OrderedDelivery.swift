/// Takes values in any order, and gives them on in the order of their numbers.
public struct OrderedDelivery<Value> {
    private var waiting: [Int: Value] = [:]
    private var next = 0

    public init() {}

    /// The values that can be given on now.
    public mutating func add(_ value: Value, at number: Int) -> [(number: Int, value: Value)] {
        waiting[number] = value
        var ready: [(number: Int, value: Value)] = []
        while let value = waiting.removeValue(forKey: next) {
            ready.append((next, value))
            next += 1
        }
        return ready
    }
}

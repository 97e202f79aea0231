/// A total order, so that sets have one form and output is deterministic. Within one type it is the natural order.
extension Value {
    public static func < (a: Value, b: Value) -> Bool { order(a, b) < 0 }

    private static func order(_ a: Value, _ b: Value) -> Int {
        switch (a, b) {
        case (.bool(let x), .bool(let y)): compare(x ? 1 : 0, y ? 1 : 0)
        case (.int(let x), .int(let y)): compare(x, y)
        case (.bits(let x), .bits(let y)): compare(x, y)
        case (.element(let d, let x), .element(let e, let y)): d == e ? compare(x, y) : compare(d.raw, e.raw)
        case (.enumeration(_, let c, let x), .enumeration(_, let d, let y)): c == d ? order(x, y) : compare(c, d)
        case (.record(_, let x), .record(_, let y)): order(x, y)
        case (.set(let x), .set(let y)): order(x, y)
        case (.some(let x), .some(let y)): order(x, y)
        case (.lockShared(let x), .lockShared(let y)): compare(x, y)
        default: compare(a.rank, b.rank)  // a pair of pairs: the ranks tell the rest
        }
    }

    private static func order(_ a: [Value], _ b: [Value]) -> Int {
        for (x, y) in zip(a, b) {
            let result = order(x, y)
            if result != 0 { return result }
        }
        return compare(a.count, b.count)
    }

    private static func compare<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : (a == b ? 0 : 1) }

    private var rank: Int {
        switch self {
        case .unit: 0
        case .bool: 1
        case .int: 2
        case .unbounded: 3
        case .bits: 4
        case .element: 5
        case .enumeration: 6
        case .record: 7
        case .set: 8
        case .none: 9
        case .some: 10
        case .lockFree: 11
        case .lockExclusive: 12
        case .lockShared: 13
        }
    }
}

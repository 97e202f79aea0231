/// A value of the language, independent of any engine's encoding. Equal values have one form: sets are sorted.
public indirect enum Value: Hashable, Comparable, Sendable {
    case unit
    case bool(Bool)
    case int(Int64)
    /// The value of a `rangeOrUnbounded` that is no number.
    case unbounded
    case bits(UInt64)
    case element(DomainID, Int)
    case enumeration(EnumID, case: Int, [Value])
    case record(RecordID, [Value])
    /// Ascending, without repetition.
    case set([Value])
    case none
    case some(Value)
    /// A lock: free, held exclusively, or shared by `n` holders.
    case lockFree
    case lockExclusive
    case lockShared(Int)

    /// A set from values in any order.
    public static func set(of values: some Sequence<Value>) -> Value { .set(Array(Swift.Set(values)).sorted()) }
}

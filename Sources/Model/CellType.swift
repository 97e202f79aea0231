/// A field of a tuple or of a tagged case.
public struct CellField: Hashable, Sendable {
    public let name: String
    public let type: CellType

    public init(name: String, type: CellType) {
        self.name = name
        self.type = type
    }
}

public struct CellCase: Hashable, Sendable {
    public let name: String
    public let fields: [CellField]

    public init(name: String, fields: [CellField]) {
        self.name = name
        self.fields = fields
    }
}

/// What one cell of the state can hold, and how it is encoded as a *code*: an unsigned number of `width` bits.
/// Every value has exactly one code, so equal codes are equal values.
///
/// Expressions of the model compute with codes; where the meaning is a number, lowering adds the lower bound itself.
public indirect enum CellType: Hashable, Sendable {
    /// 0 bits.
    case unit
    /// 1 bit.
    case bool
    /// `value - lower`.
    case range(lower: Int64, upper: Int64)
    /// As `range`; `unbounded` is the code `upper - lower + 1`.
    case rangeOrUnbounded(lower: Int64, upper: Int64)
    case bits(Int)
    /// The number of an element of a sort (a symmetric domain).
    case element(sort: Int)
    /// The number of the case in the low bits, above it the fields of that case, first field lowest. Bits above are 0.
    case tagged(name: String, [CellCase])
    /// A word record: first field lowest.
    case tuple(name: String, [CellField])
    /// One bit per value of the element type, by ``CellType/denseIndex``.
    case set(CellType)
    /// 0 for none; else `1 | code << 1`.
    case optional(CellType)
    /// 0 free, 1 held.
    case exclusiveLock
    /// 0 free, 1...holders shared by so many, `holders + 1` held exclusively.
    case sharedLock(holders: Int)
    /// A location of a process.
    case location(count: Int)
}

public enum VariableRole: String, Hashable, Sendable, CaseIterable {
    case shared, ghost
    /// Chosen in the initial state, never written.
    case constant
    case programCounter
    /// A local of a process.
    case local
}

/// The size of a dimension, and the sort where it is one.
public struct Dimension: Hashable, Sendable {
    public let count: Int
    public let sort: Int?
    /// How an index is shown: the type of the index.
    public let type: CellType

    public init(count: Int, sort: Int?, type: CellType) {
        self.count = count
        self.sort = sort
        self.type = type
    }
}

/// Where the elements of a variable lie in the packed state: element `i` (row-major) is in word
/// `word + i / perWord`, from bit `shift + (i % perWord) * width`. No element straddles two words.
public struct Placement: Hashable, Sendable {
    public let word: Int
    public let shift: Int
    public let perWord: Int

    public init(word: Int, shift: Int, perWord: Int) {
        self.word = word
        self.shift = shift
        self.perWord = perWord
    }
}

/// A cell variable: a scalar or an array of cells of one type. Plain records are one variable a field.
public struct Variable: Hashable, Sendable {
    /// `pte`, `frame.refs`, `user.pc`, `user.fault.orig`.
    public let name: String
    /// The front part of ``name`` that the indices follow: `frame` makes `frame.refs` appear as `frame[F0].refs`.
    public let root: String
    public let role: VariableRole
    public let dimensions: [Dimension]
    public let type: CellType
    /// The process whose local or program counter this is; its dimensions are then the indices of the process.
    public let process: Int?
    public var placement: Placement
    /// Its cells have any values of their type from the beginning, and ``Model/initial`` does not write them. Engines that
    /// visit states one by one can't take that.
    public var isFree: Bool
    /// Set where its cells are parts of the payloads of values.
    public let payload: Payload?

    public init(
        name: String, root: String? = nil, role: VariableRole, dimensions: [Dimension], type: CellType, process: Int?,
        placement: Placement = Placement(word: 0, shift: 0, perWord: 1), isFree: Bool = false, payload: Payload? = nil
    ) {
        self.isFree = isFree
        self.payload = payload
        self.name = name
        self.root = root ?? String(name.prefix { $0 != "." })
        self.role = role
        self.dimensions = dimensions
        self.type = type
        self.process = process
        self.placement = placement
    }

    /// How many cells.
    public var count: Int { dimensions.reduce(1) { $0.saturatingProduct($1.count) } }
}

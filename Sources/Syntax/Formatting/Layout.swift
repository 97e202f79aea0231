/// What the parser knows about tokens and the formatter needs: where things begin that have a line of their own, and
/// which of two uses a symbol has. Places are byte offsets.
struct Layout: Sendable {
    enum Item: Sendable {
        /// A declaration, statement, field, case, condition or setting.
        case plain
        /// A statement of an arm of a `match`, one level further in.
        case underArm
    }

    /// The first token of each item.
    var items: [Int: Item] = [:]
    /// The `{` of sets, which are written without inner spaces.
    var setOpeners: Set<Int> = []
    /// The `}` of sets.
    var setClosers: Set<Int> = []
    /// The `:` of slices (`x[7:0]`), which is written without spaces.
    var sliceColons: Set<Int> = []
}

/// The types of the generator's vocabulary.
enum Kind: String, CaseIterable {
    case bool, small, ring, third, bound, word, half, element, op, leaf, maybeElement, maybeSmall, elements, smalls,
        pair, outer

    var text: String {
        switch self {
        case .bool: "bool"
        case .small: "Small"
        case .ring: "Ring"
        case .third: "Third"
        case .bound: "Bound"
        case .word: "Word"
        case .half: "bits<2>"
        case .element: "D"
        case .op: "Op"
        case .leaf: "Leaf"
        case .maybeElement: "D?"
        case .maybeSmall: "Small?"
        case .elements: "set<D>"
        case .smalls: "set<Small>"
        case .pair: "Pair"
        case .outer: "Outer"
        }
    }

    var construct: Construct {
        switch self {
        case .bool: .typeBool
        case .small: .typeRange
        case .ring: .typeWrap
        case .third: .typeWrapThree
        case .bound: .typeUnbounded
        case .word, .half: .typeBits
        case .element: .typeDomain
        case .op: .typeEnum
        case .leaf: .typeWordRecord
        case .maybeElement: .typeOptional
        case .maybeSmall: .typeOptionalRange
        case .elements: .typeSetOfDomain
        case .smalls: .typeSetOfRange
        case .pair, .outer: .typeRecord
        }
    }
}

/// A shared or ghost variable of the spec.
struct Cell {
    let name: String
    var index: [Kind] = []
    let kind: Kind
    /// The locks that guard it; `[i]` after a name stands for its own index.
    var guards: [String] = []
    var isAtomic = false
    /// `when` some flag.
    var isConditional = false
}

struct Local {
    let name: String
    let kind: Kind
    let isMutable: Bool
}

/// What is in sight at a place of the generated code.
struct Scope {
    var locals: [Local] = []
    /// Lock texts such as `ml` or `ll[d1]`, and whether in shared mode.
    var held: [String: Bool] = [:]
    /// Shared accesses that the statement may still make.
    var budget = 0
    var isAtomic = false
    var isProperty = false
    var isGhost = false
    var isInLoop = false
    var isHandler = false
    var result: Kind?
    var labels: [(name: String, isLoop: Bool)] = []
    var depth = 0
    /// Nobody may wait here: a spinlock is held.
    var mayWait: Bool { !held.keys.contains { $0.hasPrefix("ll") || $0.hasPrefix("ls") } || isAtomic }
    /// Ways out of here would leave with a lock, or out of the spec's rules.
    var mayLeave: Bool { held.isEmpty }
}

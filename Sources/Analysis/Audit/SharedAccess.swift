import Diagnostics
import Flow
import Program

/// One access of a statement of a process to a shared cell, with the locks that are held for certain.
struct SharedAccess {
    let cell: SharedCell
    /// What each index of the cell is.
    let indices: [IndexForm]
    let process: ProcessID
    let span: Span
    let isWrite: Bool
    let isRacy: Bool
    /// Inside an `atomic`: then the claim orders it.
    let isClaimed: Bool
    let held: [HeldForm]
}

/// A variable, or the field of one: the parts of one record are different cells.
struct SharedCell: Hashable {
    let variable: VariableID
    let fields: [Int]

    func overlaps(_ other: SharedCell) -> Bool {
        variable == other.variable && (fields.starts(with: other.fields) || other.fields.starts(with: fields))
    }
}

/// An index, as far as it can be compared with that of another process.
enum IndexForm: Hashable {
    case constant(Value)
    /// The index of the process itself, by its number.
    case own(Int)
    case other
}

/// A lock that is held at an access.
struct HeldForm: Hashable {
    /// An index of a lock, as far as it can be compared with that of another process.
    enum Index: Hashable {
        case constant(Value)
        /// It is that index of the accessed cell.
        case ofCell(Int)
        case other
    }

    let variable: VariableID
    let fields: [Int]
    let indices: [Index]
    let isShared: Bool
    /// As it is shown.
    let text: String

    /// Whether both are the same lock whenever the cells are the same, and not both shared.
    func orders(_ other: HeldForm) -> Bool {
        variable == other.variable && fields == other.fields && indices == other.indices
            && !indices.contains(.other) && !(isShared && other.isShared)
    }
}

import Diagnostics
import Program

/// A loop through a set inside `atomic`: its elements have no order, so the order may not matter.
struct UnorderedLoop {
    struct Touch {
        let cell: Cell
        let text: String
        let span: Span
        /// Adding to it, or taking from it, gives the same in any order.
        let commutes: Bool
    }

    /// The loop's element.
    let element: Term
    let name: String
    var reads: [Touch] = []
    var writes: [Touch] = []
    /// Locals of the body at hand that the loop itself binds, and how deep in calls it stands.
    var ownLocals: Set<LocalID> = []
    let callDepth: Int
    /// The statements inside: jumps to them, and to the loop itself for its next element, do not leave it.
    let inner: Set<StmtID>
    var localWrites: [(text: String, span: Span)] = []
    /// `break` or `return` out of the loop.
    var leaves: [Span] = []

    /// The first place at which the order matters, and why.
    var problem: (span: Span, message: String)? {
        if let write = writes.first(where: { !isOwn($0.cell) && !$0.commutes }) {
            return (
                write.span,
                "the result depends on the order of the elements: `\(write.text)` is written and has no index `\(name)`"
            )
        }
        if let local = localWrites.first {
            return (local.span, "the result depends on the order of the elements: `\(local.text)` keeps the last one")
        }
        let written = Set(writes.map(\.cell.variable))
        if let read = reads.first(where: { !isOwn($0.cell) && written.contains($0.cell.variable) }) {
            return (
                read.span,
                "the result depends on the order of the elements: `\(read.text)` may be written for another element"
            )
        }
        if let span = leaves.first, !writes.isEmpty {
            return (span, "the result depends on the order of the elements: this leaves before all were done")
        }
        return nil
    }

    private func isOwn(_ cell: Cell) -> Bool { cell.indices.contains(element) }
}

extension Walker {
    mutating func noteRead(_ cell: Cell, _ place: Place) {
        if unordered.isEmpty { return }
        let touch = UnorderedLoop.Touch(
            cell: cell, text: program.text(place, scope), span: place.span, commutes: false)
        for index in unordered.indices { unordered[index].reads.append(touch) }
    }

    mutating func noteWrite(_ cell: Cell, _ place: Place, commutes: Bool) {
        if unordered.isEmpty { return }
        let touch = UnorderedLoop.Touch(
            cell: cell, text: program.text(place, scope), span: place.span,
            commutes: commutes)
        for index in unordered.indices { unordered[index].writes.append(touch) }
    }
}

extension Walker {
    /// An assignment to a local that lives longer than the loop's round.
    mutating func noteLocalWrite(_ local: LocalID, _ operation: AssignOperation, _ span: Span) {
        let name = scope.locals.indices.contains(local.raw) ? scope.locals[local.raw].name : "_"
        for index in unordered.indices
        where unordered[index].callDepth == calls.count && !unordered[index].ownLocals.contains(local) {
            if operation == .set { unordered[index].localWrites.append((name, span)) }
        }
    }

    mutating func noteBinding(_ local: LocalID) {
        for index in unordered.indices where unordered[index].callDepth == calls.count {
            unordered[index].ownLocals.insert(local)
        }
    }
}

/// A kind of small mistake, and where it can be made.
///
/// Each is a file of its own, declared in ``MutationOperator/all``. The documents list its name and summary.
public struct MutationOperator: Sendable {
    /// As `--operators` takes it.
    public let name: String
    /// What it does, for the documents: a phrase without a full stop.
    public let summary: String
    let mutations: @Sendable (StatementSite) -> [SiteMutation]

    init(_ name: String, _ summary: String, mutations: @escaping @Sendable (StatementSite) -> [SiteMutation]) {
        self.name = name
        self.summary = summary
        self.mutations = mutations
    }

    /// In the order in which they are tried. Where two make the same text, the first one counts.
    public static let all: [MutationOperator] = [
        dropLock, dropUnlock, moveLock, weakenLock, dropCall, moveCall, dropAssignment, dropCount, countSign,
        countOffByOne, dropClaim, conditionTrue, conditionFalse, dropConjunct, dropAwait, dropWhere, dropLeave,
        swapNeighbours, splitAtomic,
    ]
}

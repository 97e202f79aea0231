/// Which judgements are under search. Violations of others are passed over.
struct Selection {
    let isSelected: [Bool]
    let deadlock: Int?

    /// - Parameter property: a name; nil for all judgements.
    init(_ judgements: [Judgement], property: String?) {
        isSelected = judgements.map { property == nil || $0.name == property }
        deadlock = judgements.firstIndex { $0.source == .deadlock }
    }

    /// No judgement at all.
    static let none = Selection([], property: nil)
}

/// Which judgements walks look for.
struct WalkSelection {
    let isSelected: [Bool]
    let deadlock: Int?

    init(_ judgements: [Judgement], property: String?) {
        isSelected = judgements.map { property == nil || $0.name == property }
        deadlock = judgements.firstIndex { $0.source == .deadlock }
    }
}

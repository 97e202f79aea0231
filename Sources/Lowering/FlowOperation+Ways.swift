import Flow

extension FlowOperation {
    /// What a way out of a statement is called, for statements whose ways should all be taken; nil for others.
    func label(ofWay number: Int) -> String? {
        switch self {
        case .branch: number == 0 ? "true" : "false"
        case .match: "arm \(number + 1)"
        case .either: "branch \(number + 1)"
        case .tryLock: number == 0 ? "taken" : "else"
        case .choose: number == 0 ? "found" : "else"
        case .end, .pass, .eitherEnd, .evaluate, .bind, .assignLocal, .assign, .readModifyWrite, .call, .commit, .lock,
            .unlock, .downgrade, .loopEntry, .loopTest, .countDown, .loopHead, .eachEntry, .eachTake, .eachMember,
            .await, .atomic, .assert, .fail:
            nil
        }
    }
}

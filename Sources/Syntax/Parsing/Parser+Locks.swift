import Diagnostics

/// `lock`, `unlock`, `try lock`, `downgrade`.
extension Parser {
    mutating func lockStatement(_ keyword: Keyword?) -> StmtTree.Kind {
        advance()
        switch keyword {
        case .try: return tryLock()
        case .downgrade: return .downgrade(place("a lock after `downgrade`"))
        case .unlock:
            let lock = place("a lock after `unlock`")
            return .unlock(lock, condition: whenCondition())
        default: return lock()
        }
    }

    /// `lock x [shared] [nested("why")] [when c]`
    private mutating func lock() -> StmtTree.Kind {
        let lock = place("a lock after `lock`")
        let shared = acceptLoosely(.shared)
        let nested = nestedReason()
        return .lock(lock, shared: shared, nested: nested, condition: whenCondition())
    }

    private mutating func nestedReason() -> String? {
        guard acceptLoosely(.nested) else { return nil }
        guard at(.leftParen), peek().kind == .string else {
            fail("expected the reason: `nested(\"why two of these locks may be held\")`")
            return nil
        }
        let opener = advance()
        let reason = stringValue(advance())
        close(.rightParen, openedBy: opener)
        return reason
    }

    private mutating func whenCondition() -> ExprTree? {
        accept(.when) || acceptMisspelt([.when]) != nil ? expression("a constant condition after `when`") : nil
    }

    /// `try lock x [shared] else { … }`
    private mutating func tryLock() -> StmtTree.Kind {
        expect(.lock, "after `try`")
        let lock = place("a lock after `try lock`")
        let shared = acceptLoosely(.shared)
        expect(.else, "and a block for the case that the lock is taken")
        recoverAtBrace()
        return .tryLock(lock, shared: shared, otherwise: block("after `else`"))
    }
}

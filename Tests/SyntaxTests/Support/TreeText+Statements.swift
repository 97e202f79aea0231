import Syntax

extension TreeText {
    static func of(_ block: BlockTree) -> String { "{\(block.statements.map { of($0) }.joined(separator: "; "))}" }

    static func of(_ statement: StmtTree) -> String {
        switch statement.kind {
        case .assign(let place, let assign, let value): "\(of(place)) \(assign.rawValue) \(of(value))"
        case .letBinding(let name, let type, let value): "let \(name.text)\(annotation(type)) = \(of(value))"
        case .varBinding(let name, let type, let value):
            "var \(name.text)\(annotation(type))\(value.map { " = " + of($0) } ?? "")"
        case .expression(let value): of(value)
        case .lock(let lock, let shared, let nested, let condition):
            "lock \(of(lock))\(shared ? " shared" : "")\(nested.map { " nested(\($0))" } ?? "")\(when(condition))"
        case .unlock(let lock, let condition): "unlock \(of(lock))\(when(condition))"
        case .tryLock(let lock, let shared, let otherwise):
            "try lock \(of(lock))\(shared ? " shared" : "") else \(of(otherwise))"
        case .downgrade(let lock): "downgrade \(of(lock))"
        case .ifElse(let condition, let body, let otherwise):
            "if \(of(condition)) \(of(body))\(orElse(otherwise))"
        case .match(let subject, let arms):
            "match \(of(subject)) [\(arms.map { "\(of($0.pattern)): \(of($0.body))" }.joined(separator: " "))]"
        case .loop(let label, let limit, let body):
            "loop\(name(label))\(limit.map { " at most " + of($0) } ?? "") \(of(body))"
        case .whileLoop(let condition, let body): "while \(of(condition)) \(of(body))"
        case .each(let binders, let body): "each \(self.binders(binders)) \(of(body))"
        case .choose(let binders, let then, let otherwise):
            "choose \(self.binders(binders))\(then.map { " then " + of($0) } ?? "")\(orElse(otherwise))"
        case .either(let branches): "either \(branches.map { of($0) }.joined(separator: " or "))"
        case .await(let condition): "await \(of(condition))"
        case .guardElse(let condition, let otherwise): "guard \(of(condition))\(orElse(otherwise))"
        case .doBlock(let label, let body): "do\(name(label)) \(of(body))"
        case .breakOut(let label): "break\(name(label))"
        case .continueLoop(let label): "continue\(name(label))"
        case .atomic(let reason, let body): "atomic(\(reason ?? "")) \(of(body))"
        case .commit(let event): "commit \(of(event))"
        case .assert(let label, let condition): "assert\(name(label)) \(of(condition))"
        case .fail(let label, let text): "fail\(name(label)) \"\(text)\""
        case .returnValue(let value): "return\(value.map { " " + of($0) } ?? "")"
        case .bump(let place): "bump \(of(place))"
        case .error: "<error>"
        }
    }

    private static func name(_ name: Name?) -> String { name.map { " \($0.text):" } ?? "" }
    private static func annotation(_ type: TypeTree?) -> String { type.map { ": " + of($0) } ?? "" }
    private static func when(_ condition: ExprTree?) -> String { condition.map { " when " + of($0) } ?? "" }
    private static func orElse(_ block: BlockTree?) -> String { block.map { " else " + of($0) } ?? "" }
}

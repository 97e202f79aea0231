import Diagnostics
import Syntax

/// A block below a statement, and the way by which it is entered.
struct TreeWay {
    /// The number of the way in the model; nil for a block that is entered with the statement.
    let number: Int?
    /// Nil where the way goes on behind the statement.
    let block: BlockTree?
    /// Where a finding about the way is shown.
    let span: Span
    /// Why the way was never taken.
    let reason: String
}

extension StmtTree {
    /// The ways out of a statement in the order of the model, and the blocks that are no ways.
    func ways(_ sources: SourceMap) -> [TreeWay] {
        func quoted(_ span: Span) -> String { "`\(sources.folded(span))`" }
        func way(_ number: Int?, _ block: BlockTree?, _ span: Span, _ reason: String) -> TreeWay {
            TreeWay(number: number, block: block, span: span, reason: reason)
        }
        func plain(_ block: BlockTree) -> [TreeWay] { [way(nil, block, block.span, "")] }
        func either(_ condition: ExprTree, _ what: String, _ yes: BlockTree?, _ no: BlockTree?) -> [TreeWay] {
            let text = quoted(condition.span)
            return [
                way(0, yes, condition.span, "\(text) held in no state in which this `\(what)` was executed"),
                way(1, no, condition.span, "\(text) held in every state in which this `\(what)` was executed"),
            ]
        }
        switch kind {
        case .ifElse(let condition, let yes, let no): return either(condition, "if", yes, no)
        case .whileLoop(let condition, let body): return either(condition, "while", body, nil)
        case .guardElse(let condition, let no): return either(condition, "guard", nil, no)
        case .match(_, let arms):
            return arms.enumerated().map { number, arm in
                way(
                    number, arm.body, arm.pattern.span,
                    "no value that this `match` was given was \(quoted(arm.pattern.span))")
            }
        case .either(let branches):
            return branches.enumerated().map { number, block in
                way(
                    number, block, sources.firstLine(block.span),
                    "branch \(number + 1) of this `either` was never taken")
            }
        case .tryLock(_, shared: _, let otherwise):
            return [
                way(
                    0, nil, sources.firstLine(span),
                    "the lock was taken in every state in which this `try` was executed"),
                way(
                    1, otherwise, sources.firstLine(span),
                    "the lock was free in every state in which this `try` was executed"),
            ]
        case .choose(_, then: _, let otherwise?):
            let head = sources.firstLine(span)
            return [
                way(0, nil, head, "there was nothing to choose in any state in which this `choose` was executed"),
                way(
                    1, otherwise, head,
                    "there was something to choose in every state in which this `choose` was executed"),
            ]
        case .loop(label: _, atMost: _, let body), .each(_, let body), .doBlock(label: _, let body),
            .atomic(_, let body):
            return plain(body)
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .downgrade, .choose, .await, .breakOut,
            .continueLoop, .commit, .assert, .fail, .returnValue, .bump, .error:
            return []
        }
    }

    /// Whether the statement can make its process wait.
    var waits: Bool {
        switch kind {
        case .await, .lock, .choose(_, then: _, otherwise: nil), .either: true
        case .assign, .letBinding, .varBinding, .expression, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop,
            .whileLoop, .each, .choose, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail,
            .returnValue, .bump, .error:
            false
        }
    }
}

extension BlockTree {
    /// Whether the block is there in the hope that it is never executed.
    var endsInFail: Bool {
        if case .fail? = statements.last?.kind { return true }
        return false
    }
}

extension SourceMap {
    /// The part of a span on its first line, without a block that is left open there.
    func firstLine(_ span: Span) -> Span {
        let text = text(span).prefix { $0 != "\n" }
        let head = text.reversed().drop { $0 == " " || $0 == "{" || $0 == "\r" }
        return Span(span.source, span.start, span.start + max(1, String(head).utf8.count))
    }

    /// The text of a span, white space folded.
    func folded(_ span: Span) -> String { text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

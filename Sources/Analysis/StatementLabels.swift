import Diagnostics
import Program
import Reports

/// The source text of statements as the labels of a trace.
struct StatementLabels {
    private let sources: SourceMap
    private let statements: [StmtID: Stmt]
    /// Those of ghost handlers: the `commit` that calls them says enough.
    private let ghostStatements: Set<StmtID>

    init(_ program: Program, _ sources: SourceMap) {
        self.sources = sources
        var all: [StmtID: Stmt] = [:]
        for body in program.processes.map(\.body) + program.handlers.map(\.body) + [program.initialization.body] {
            body.forEachStatement { all[$0.id] = $0 }
        }
        statements = all
        var ghosts: Set<StmtID> = []
        for handler in program.handlers where handler.isGhost {
            handler.body.forEachStatement { ghosts.insert($0.id) }
        }
        ghostStatements = ghosts
    }

    /// The labels of what a step executed: the accesses and choices, not the control flow around them.
    func labels(_ executed: [StmtID], callStack: [String]) -> [Reports.Counterexample.Label] {
        let told = executed.filter { !ghostStatements.contains($0) }.compactMap { statements[$0] }.filter(isTold)
        let last = executed.last.flatMap { statements[$0] }.map { [$0] } ?? []
        var shown: [Span] = []
        for span in (told.isEmpty ? last : told).map(headSpan) {
            // A claim is part of its `choose`; the rounds of a loop inside a step say the same again and again.
            if let before = shown.last, before.contains(span) { continue }
            if shown.contains(span) { continue }
            shown.append(span)
        }
        return shown.map { label($0, callStack) }
    }

    func label(_ id: StmtID) -> Reports.Counterexample.Label? { statements[id].map { label(headSpan($0), []) } }

    func label(_ span: Span) -> Reports.Counterexample.Label { label(span, []) }

    private func label(_ span: Span, _ callStack: [String]) -> Reports.Counterexample.Label {
        let text = sources.text(span).split(whereSeparator: { $0 == "\n" || $0 == "\t" || $0 == " " })
            .joined(separator: " ")
        return Reports.Counterexample.Label(
            file: sources[span.source].name, line: sources.start(span).line, text: text, callStack: callStack)
    }

    private func isTold(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .assign, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .choose, .await, .assert, .fail, .commit,
            .each:
            true
        case .ifElse, .match, .whileLoop, .guardElse, .bind, .returnValue, .call: statement.role == .access
        case .assignLocal: statement.role == .access
        case .atomic(_, let body): body.statements.isEmpty
        case .loop, .either, .doBlock, .breakOut, .continueLoop: false
        }
    }

    /// The statement without the blocks inside it.
    private func headSpan(_ statement: Stmt) -> Span {
        guard let block = statement.blocks.first(where: { $0.span.start > statement.span.start }) else {
            return statement.span
        }
        let head = sources[statement.span.source].text(statement.span.start, block.span.start)
        let line = head.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let text = line.split(separator: "{", omittingEmptySubsequences: false)
        let kept = text.count > 1 && !line.contains("\"") ? text[0] : line
        return Span(statement.span.source, statement.span.start, statement.span.start + kept.utf8.count)
    }
}

extension Span {
    fileprivate func contains(_ other: Span) -> Bool {
        source == other.source && start <= other.start && other.end <= end
    }
}

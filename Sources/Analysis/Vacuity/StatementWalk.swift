import Diagnostics
import Syntax

/// Finds the statements that are never executed and the ways that are never taken: of what follows from one another
/// only the first.
struct StatementWalk {
    let marks: PlacedMarks
    let sources: SourceMap
    private(set) var findings: [Diagnostic] = []

    init(_ marks: PlacedMarks, _ sources: SourceMap) {
        self.marks = marks
        self.sources = sources
    }

    /// Looks at a block that is entered. What follows a statement that is never executed needs no finding.
    ///
    /// - Parameter entry: why the first statement might not be executed though the block is entered.
    mutating func walk(_ block: BlockTree, entry: Note? = nil) {
        var before = entry
        var isBehind = false
        for (number, statement) in block.statements.enumerated() {
            switch marks.fate(of: statement.span) {
            case .absent: _ = walkBlocks(of: statement)
            case .reached:
                isBehind = walkBlocks(of: statement)
                before = Note(
                    "this is executed, and no run goes on behind it", at: sources.firstLine(statement.span))
            case .unreached, .touched:
                if !isBehind { report(block.statements[number...], before) }
                isBehind = true
            }
        }
    }

    /// Whether a way that goes on behind the statement is never taken.
    private mutating func walkBlocks(of statement: StmtTree) -> Bool {
        var isBarred = false
        let head = sources.firstLine(statement.span)
        for way in statement.ways(sources) {
            if way.block?.endsInFail == true { continue }
            if let number = way.number, [.unreached, .touched].contains(marks.fate(ofWay: number, of: statement.span)) {
                untaken(way, of: statement)
                isBarred = isBarred || way.block == nil
            } else if let block = way.block {
                walk(block, entry: Note("this is executed, and its block never is", at: head))
            }
        }
        guard case .loop(label: _, atMost: let bound?, _) = statement.kind,
            marks.fate(ofWay: 0, of: statement.span) == .unreached
        else { return isBarred }
        findings.append(
            Diagnostic(
                .boundNeverHit, "no run needs `\(sources.folded(bound.span))` rounds of this loop", at: bound.span,
                notes: [Note("every run that comes here leaves the loop before its last round")]))
        return isBarred
    }

    private mutating func untaken(_ way: TreeWay, of statement: StmtTree) {
        var notes: [Note] = []
        if case .either = statement.kind, let first = way.block?.statements.first,
            marks.fate(of: first.span) == .touched
        {
            notes.append(Note("its first statement was never able to go on", at: sources.firstLine(first.span)))
        }
        let what = way.block == nil ? "the way past this is never taken" : "this branch is never taken"
        findings.append(
            Diagnostic(.branchNeverTaken, "\(what): \(way.reason)", at: way.span, notes: notes))
    }

    /// A statement that is never executed. Where a process comes to it, what keeps it there is the last wait that it
    /// comes to in the same step.
    private mutating func report(_ statements: ArraySlice<StmtTree>, _ before: Note?) {
        guard let first = statements.first else { return }
        let come = touched(statements)
        if let wait = come.last(where: \.waits) {
            findings.append(
                Diagnostic(.waitNeverOver, never(wait), at: sources.firstLine(wait.span)))
        } else if come.isEmpty {
            findings.append(
                Diagnostic(
                    .neverExecuted, "no run of any scenario comes to this statement",
                    at: sources.firstLine(first.span), notes: before.map { [$0] } ?? []))
        } else {
            findings.append(
                Diagnostic(
                    .neverExecuted, "no step of any scenario executes this statement",
                    at: sources.firstLine(first.span),
                    notes: [Note("processes come here, and the step from here is never possible")]))
        }
    }

    private func never(_ wait: StmtTree) -> String {
        switch wait.kind {
        case .await(let condition):
            "this wait is never over: `\(sources.folded(condition.span))` held in no state in it"
        case .lock: "this wait is never over: the lock was free in no state in it"
        case .choose: "this wait is never over: there was nothing to choose in any state in it"
        case .assign, .letBinding, .varBinding, .expression, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop,
            .whileLoop, .each, .either, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail,
            .returnValue, .bump, .error:
            "this wait is never over: no branch of it was ever possible"
        }
    }

    /// All statements, inner ones too, that processes have come to without a step.
    private func touched(_ statements: ArraySlice<StmtTree>) -> [StmtTree] {
        statements.flatMap { statement -> [StmtTree] in
            let inner = statement.ways(sources).compactMap(\.block).flatMap { touched($0.statements[...]) }
            return (marks.fate(of: statement.span) == .touched ? [statement] : []) + inner
        }
    }
}

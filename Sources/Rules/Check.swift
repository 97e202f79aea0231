import Diagnostics
import Program

/// The static discipline: accesses, guards, locks, waits and ghost flow of one configuration.
///
/// Each process is executed abstractly with its handlers inlined; what is followed is the set of locks that it holds.
/// The program should have its constants folded and its constant variables marked: `slice(_:removingUnread: false)` does
/// both. Otherwise code that is switched off counts, and so do reads of variables that nobody writes.
/// `init` runs alone; only the order in loops of one step is looked at, there as in ghost handlers. The result is ordered by place, without repetition; all findings are errors.
/// Cost: one walk over every process with its handlers inlined.
public func check(_ program: Program) -> [Diagnostic] {
    var walker = Walker(program)
    for process in program.processes { walker.run(process) }
    for handler in program.handlers where handler.isGhost { walker.run(ghost: handler) }
    walker.run(program.initialization)
    let all = walker.diagnostics + walker.lockOrder.cycles() + checkGhostFlow(program)
    var seen: Set<Finding> = []
    return all.filter { seen.insert(Finding(code: $0.code, span: $0.span)).inserted }.sorted(by: isBefore)
}

/// Handlers are walked once per call; the same finding is told once.
private struct Finding: Hashable {
    let code: DiagnosticCode
    let span: Span?
}

private func isBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    switch (a.span, b.span) {
    case (let x?, let y?): x == y ? a.code.rawValue < b.code.rawValue : x < y
    case (nil, _?): true
    case (_?, nil): false
    case (nil, nil): a.code.rawValue < b.code.rawValue
    }
}

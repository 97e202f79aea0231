import Diagnostics
import Exploration
import Model

/// Which statements were executed, over one search or several.
public struct StatementCoverage: Sendable {
    /// In any search.
    private var executed: Set<Origin> = []
    /// Those that searches with all reachable states could have executed.
    private var possible: Set<Origin> = []
    /// Whether a search was cut off: then nothing is known to be unreachable.
    private var isCut = false

    public init() {}

    init(_ model: LoweredModel, _ found: SearchResult) {
        guard let statements = found.executedStatements else {
            isCut = true
            return
        }
        for (action, numbers) in zip(model.actions, statements) {
            executed.formUnion(numbers.map { action.origins[$0] })
            guard case .completed = found.outcome else { continue }
            possible.formUnion(action.markedStatements.map { action.origins[$0] })
        }
    }

    /// That of an engine that does not look for it.
    static var unknown: StatementCoverage {
        var coverage = StatementCoverage()
        coverage.cut()
        return coverage
    }

    /// A configuration was not searched: then nothing is known to be unreachable.
    public mutating func cut() { isCut = true }

    public mutating func merge(_ other: StatementCoverage) {
        executed.formUnion(other.executed)
        possible.formUnion(other.possible)
        isCut = isCut || other.isCut
    }

    /// A warning for each statement that no search has executed.
    public func diagnostics(_ sources: SourceMap) -> [Diagnostic] {
        guard !isCut else { return [] }
        return possible.subtracting(executed).compactMap { sources.span(of: $0) }.sorted().map { span in
            Diagnostic(
                .neverExecuted, "this statement is never executed in any scenario", at: span, severity: .warning)
        }
    }
}

extension SourceMap {
    /// The first line of what an origin names.
    fileprivate func span(of origin: Origin) -> Span? {
        guard let index = sources.firstIndex(where: { $0.name == origin.file }) else { return nil }
        let source = sources[index]
        guard source.lineStarts.indices.contains(origin.line - 1) else { return nil }
        let line = source.lineStarts[origin.line - 1]
        let next = source.lineStarts.indices.contains(origin.line) ? source.lineStarts[origin.line] : source.utf8.count
        let text = source.text(line, next)
        let start = line + text.prefix(max(0, origin.column - 1)).utf8.count
        let end = line + (text.last == "\n" ? text.dropLast() : text[...]).utf8.count
        return Span(SourceID(index: index), start, end)
    }
}

import Diagnostics
import Exploration
import Model

/// Which statements at control points were executed, over one search or several.
public struct StatementCoverage: Sendable {
    private var executed: Set<Origin> = []
    private var all: Set<Origin> = []
    /// Whether every search has seen all it could: otherwise nothing is known to be unreachable.
    private var isComplete = true

    public init() {}

    init(_ model: LoweredModel, _ found: SearchResult) {
        let untaken = Set(found.untakenActions)
        for (number, action) in model.actions.enumerated() {
            let locations = model.processes[action.process].locations
            guard locations.indices.contains(action.location), let origin = locations[action.location].origin else {
                continue
            }
            all.insert(origin)
            if !untaken.contains(number) { executed.insert(origin) }
        }
        if case .inconclusive = found.outcome { isComplete = false }
    }

    public mutating func merge(_ other: StatementCoverage) {
        executed.formUnion(other.executed)
        all.formUnion(other.all)
        isComplete = isComplete && other.isComplete
    }

    /// A warning for each statement that no search has executed.
    public func diagnostics(_ sources: SourceMap) -> [Diagnostic] {
        guard isComplete else { return [] }
        return all.subtracting(executed).compactMap { sources.span(of: $0) }.sorted().map { span in
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

import Diagnostics
import Model
import Semantics
import Syntax

/// What says that a pass of a spec means less than its author believes.
public struct Vacuity {
    private let coverage: Coverage
    private let workspace: Workspace

    /// - Parameter coverage: that of all configurations of the spec.
    public init(_ coverage: Coverage, _ workspace: Workspace) {
        self.coverage = coverage
        self.workspace = workspace
    }

    /// The findings that the spec does not allow, and the allowances that allow nothing. Nothing, where a search was cut
    /// off: then nothing is known.
    public func diagnostics() -> [Diagnostic] {
        guard !coverage.isCut, let annotations = workspace.annotations.first else { return [] }
        let findings = (statements() + conditions() + rest()).sorted { ($0.span, $0.code) < ($1.span, $1.code) }
        var used: Set<Span> = []
        let kept = findings.filter { finding in
            let allowing = annotations.allowances.filter { $0.allows(finding) }
            used.formUnion(allowing.map(\.span))
            return allowing.isEmpty
        }
        let unsought = coverage.unsought.compactMap { sources.span(of: $0.origin) }
        let idle = annotations.allowances.filter { allowance in
            allowance.finding.code != nil && !used.contains(allowance.span)
                && !unsought.contains { allowance.covers($0) }
        }.map { allowance in
            Diagnostic(
                .allowsNothing, "there is no `\(allowance.finding.rawValue)` here that this allows", at: allowance.span,
                severity: .warning)
        }
        return kept.map(\.withHint) + idle
    }

    private var sources: SourceMap { workspace.sources }
    private var file: String { sources[workspace.root.source].name }

    private func statements() -> [Diagnostic] {
        var walk = StatementWalk(PlacedMarks(coverage, file: file, sources), sources)
        for declaration in workspace.root.declarations {
            switch declaration.kind {
            case .handler(_, _, result: _, holding: _, body: let body?, isGhost: _): walk.walk(body)
            case .process(_, _, _, on: _, interrupts: _, interruptsWhen: _, let body): walk.walk(body)
            case .domain, .typeAlias, .enumeration, .record, .constant, .variable, .function, .initial, .handler,
                .property, .scenario, .variant, .error:
                break
            }
        }
        return walk.findings
    }

    private func conditions() -> [Diagnostic] {
        coverage.unmet.filter { $0.origin.file == file }.compactMap { condition in
            guard let span = sources.span(of: condition.origin) else { return nil }
            switch condition.kind {
            case .premise:
                let text = "`\(condition.origin.text)` holds in no \(condition.moment.words)"
                return Diagnostic(.premiseNeverHeld, "`\(condition.name)` claims nothing here: \(text)", at: span)
            case .bound:
                return Diagnostic(
                    .neverWraps, "`\(condition.name)` never reaches its largest value", at: span,
                    notes: [Note("nothing has shown what happens when it wraps around")])
            }
        }
    }

    private func rest() -> [Diagnostic] {
        guard coverage.comesToRest == false else { return [] }
        return workspace.root.declarations.compactMap { declaration in
            guard case .property(let name, .invariant(atRest: true, _, _)) = declaration.kind else { return nil }
            return Diagnostic(
                .neverAtRest, "`\(name.text)` was asked in initial states only: no step ends where all are at rest",
                at: name.span,
                notes: [Note("at rest is a process at its start, at its end, or at the head of an outermost loop")])
        }
    }
}

extension Witness.Moment {
    fileprivate var words: String {
        switch self {
        case .state: "state"
        case .rest: "state at rest"
        case .step: "step"
        }
    }
}

extension Annotations.Allowance {
    fileprivate func allows(_ diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.span, diagnostic.code.allowance == finding else { return false }
        return covers(place)
    }

    fileprivate func covers(_ place: Span) -> Bool {
        place.source == target.source && target.start <= place.start && place.start <= target.end
    }
}

extension Diagnostic {
    /// The same with the way out.
    fileprivate var withHint: Diagnostic {
        guard let allowance = code.allowance else { return self }
        let hint = Note("where that is as it should be, `@allow(\(allowance.rawValue), \"why\")` before it says so")
        return Diagnostic(code, message, at: span, severity: severity, notes: notes + [hint], fixIts: fixIts)
    }
}

extension DiagnosticCode {
    /// What allows a finding about a pass that means nothing; nil for other codes.
    public var allowance: AllowedFinding? { AllowedFinding.allCases.first { $0.code == self } }
}

extension AllowedFinding {
    /// Nil for what other commands find.
    fileprivate var code: DiagnosticCode? {
        switch self {
        case .unreached: .neverExecuted
        case .untaken: .branchNeverTaken
        case .premise: .premiseNeverHeld
        case .rest: .neverAtRest
        case .wait: .waitNeverOver
        case .bound: .boundNeverHit
        case .wrap: .neverWraps
        case .survivor, .race: nil
        }
    }
}

private func < (a: (Span?, DiagnosticCode), b: (Span?, DiagnosticCode)) -> Bool {
    guard let first = a.0, let second = b.0, first != second else { return a.1.rawValue < b.1.rawValue }
    return first < second
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
        let most = line + (text.last == "\n" ? text.dropLast() : text[...]).utf8.count
        // White space was folded; on one line mostly there is none to fold.
        return Span(SourceID(index: index), start, min(most, start + max(1, origin.text.utf8.count)))
    }
}

extension PreparedRun {
    /// What the author says no run comes by, and what would end a run with a violation: not worth a look at millions of
    /// states.
    func unwantedMarks(for survey: ReachDemand) -> Set<Mark> {
        switch survey {
        case .nothing, .everything: []
        case .findings: model.failingMarks.union(allowedMarks)
        }
    }

    private var allowedMarks: Set<Mark> {
        let allowances = workspace.annotations.first?.allowances.filter { $0.finding.code != nil } ?? []
        guard !allowances.isEmpty else { return [] }
        let allowed = model.marks.filter { mark in
            sources.span(of: mark.origin).map { place in allowances.contains { $0.covers(place) } } ?? false
        }
        return Set(allowed)
    }
}

extension Mark {
    fileprivate var origin: Origin {
        switch self {
        case .statement(let origin), .way(let origin, _): origin
        }
    }
}

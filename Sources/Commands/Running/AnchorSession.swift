import Anchors
import Diagnostics
import Reports
import Semantics
import Syntax

/// Compares what one spec after the other cites with a source tree.
struct AnchorSession {
    let accepts: Bool
    let function: String?
    let console: Console
    private var check: AnchorCheck
    private(set) var results: [AnchorResult] = []
    private(set) var reported: [ReportDiagnostic] = []
    private var hasBadInput = false

    init(tree: FolderTree, accepts: Bool, function: String?, console: Console) {
        self.accepts = accepts
        self.function = function
        self.console = console
        check = AnchorCheck(tree)
    }

    var status: ExitStatus {
        hasBadInput ? .badInput : results.allSatisfy(\.isFine) ? .asExpected : .violated
    }

    mutating func add(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        report(diagnostics, sources, console)
        reported += diagnostics.map { ReportDiagnostic($0, in: sources) }
        let citations: Set<DiagnosticCode> = [
            .citedFileGone, .citedFunctionGone, .citedFunctionChanged, .citationNotReviewed,
        ]
        if diagnostics.contains(where: { $0.severity == .error && !citations.contains($0.code) }) { hasBadInput = true }
    }

    /// A spec that can't be read is said; the others are still compared.
    mutating func check(_ path: String) {
        let text: SourceText
        switch readSource(path) {
        case .success(let source): text = source
        case .failure(let diagnostic): return add([diagnostic], SourceMap())
        }
        var sources = SourceMap()
        let id = sources.add(text)
        let parsed = parse(id, text)
        let annotations = Annotations(parsed.tree)
        let wrong = parsed.diagnostics + annotations.diagnostics
        add(wrong, sources)
        guard !wrong.hasErrors else { return }
        let cited = annotations.anchors.filter { function == nil || $0.function == function }
        let states = cited.map { ($0, check.state(of: $0)) }
        let isWritten = accepts && accept(states, in: text)
        for (anchor, state) in states {
            let line = sources.start(anchor.span).line
            results.append(AnchorResult(anchor, state, spec: path, line: line, isAccepted: isWritten))
            guard !(isWritten && state.acceptable != nil), let diagnostic = state.diagnostic(anchor) else { continue }
            add([diagnostic], sources)
        }
    }

    /// Whether the spec could be written; where nothing is to be written it is left alone.
    private mutating func accept(_ states: [(Annotations.Anchor, AnchorState)], in text: SourceText) -> Bool {
        let acceptances = states.compactMap { anchor, state in
            state.acceptable.map { Acceptance(anchor, digest: $0) }
        }
        guard !acceptances.isEmpty else { return true }
        do throws(Diagnostic) {
            try InPlaceFile(path: text.name).replace(with: text.accepting(acceptances))
            return true
        } catch {
            add([error], SourceMap())
            return false
        }
    }
}

extension AnchorResult {
    fileprivate init(
        _ anchor: Annotations.Anchor, _ state: AnchorState, spec: String, line: Int, isAccepted: Bool
    ) {
        var result = AnchorResult(
            spec: spec, line: line, file: anchor.file, function: anchor.function, state: .fine, definedAt: [],
            reviewed: anchor.digest, now: nil, movedTo: [])
        switch state {
        case .fine(let lines): (result.definedAt, result.now) = (lines, anchor.digest)
        case .changed(let now, let lines):
            (result.state, result.definedAt, result.now) = (isAccepted ? .accepted : .changed, lines, now)
        case .unreviewed(let now, let lines):
            (result.state, result.definedAt, result.now) = (isAccepted ? .accepted : .unreviewed, lines, now)
        case .fileGone: result.state = .fileGone
        case .functionGone(let holders): (result.state, result.movedTo) = (.functionGone, holders)
        }
        self = result
    }
}

import Diagnostics
import Program
import Reports
import Semantics

/// What the configurations of a spec have in claims, accesses and scopes, put together.
struct AuditSurvey {
    private let sources: SourceMap
    private let allowances: [Annotations.Allowance]
    private(set) var claims: [AtomicClaim] = []
    private(set) var racyReads: [AuditResult.Place] = []
    private(set) var conflicts: [AuditResult.Conflict] = []
    private(set) var scopes: [AuditResult.Scope] = []
    private var cells: [String: Cell] = [:]
    private var knownProcesses: [String] = []
    private var racySpans: Set<Span> = []
    private var conflictSpans: Set<[Span]> = []
    private var usedAllowances: Set<Span> = []

    private struct Cell {
        let isAtomic: Bool
        var reads: Set<Span> = []
        var writes: Set<Span> = []
    }

    init(_ workspace: Workspace) {
        sources = workspace.sources
        allowances = workspace.annotations.flatMap(\.allowances).filter { $0.finding == .race }
        for name in workspace.processNames { knownProcesses.append(name) }
    }

    /// - Parameter whole: the same configuration with all that nothing reads.
    mutating func add(_ run: PreparedRun, _ whole: PreparedRun) {
        let program = whole.program
        add(AtomicClaims(program).all)
        let accesses = AccessSurvey(program, sources).accesses
        let search = ConflictSearch(program, instances: whole.model.processes.map(\.instanceCount))
        for access in accesses { add(access, program, search) }
        for pair in search.pairs(accesses) { add(pair, program) }
        let names = program.processes.map(\.name)
        scopes.append(
            AuditResult.Scope(
                name: run.judgeName,
                settings: program.configuration.settings.map { RunResult.Setting(name: $0.name, value: $0.value) },
                processes: names, excluded: knownProcesses.filter { !names.contains($0) },
                vanished: run.program.vanished))
    }

    func place(_ span: Span) -> AuditResult.Place {
        let text = sources.text(span).split(separator: "\n", maxSplits: 1).first ?? ""
        var words = text.split(separator: " ")
        if words.last == "{" { words.removeLast() }
        return AuditResult.Place(
            file: sources[span.source].name, line: sources.start(span).line, text: words.joined(separator: " "))
    }

    var unguarded: [AuditResult.Cell] {
        cells.sorted { $0.key < $1.key }.map { name, cell in
            AuditResult.Cell(
                name: name, isAtomic: cell.isAtomic, reads: cell.reads.count, writes: cell.writes.count)
        }
    }

    /// Allowances that no pair needs.
    var staleAllowances: [Diagnostic] {
        allowances.filter { !usedAllowances.contains($0.span) }.map { allowance in
            Diagnostic(
                .staleAllowance, "no accesses race here that this allows", at: allowance.span, severity: .warning)
        }
    }

    // MARK: Adding

    private mutating func add(_ found: [AtomicClaim]) {
        for claim in found {
            if let index = claims.firstIndex(where: { $0.span == claim.span }) {
                claims[index].reads.formUnion(claim.reads)
                claims[index].writes.formUnion(claim.writes)
            } else {
                claims.append(claim)
            }
        }
        claims.sort { $0.span < $1.span }
    }

    private mutating func add(_ access: SharedAccess, _ program: Program, _ search: ConflictSearch) {
        if access.isRacy, racySpans.insert(access.span).inserted { racyReads.append(place(access.span)) }
        guard program[access.cell.variable].guards.isEmpty else { return }
        let name = program.name(of: access.cell)
        var cell = cells[name] ?? Cell(isAtomic: search.isAtomic(access.cell))
        if !access.isClaimed {
            if access.isWrite { cell.writes.insert(access.span) } else { cell.reads.insert(access.span) }
        }
        cells[name] = cell
    }

    private mutating func add(_ pair: ConflictSearch.Pair, _ program: Program) {
        let spans = [pair.first.span, pair.second.span]
        guard conflictSpans.insert(spans).inserted else { return }
        let allowance = allowances.filter { one in spans.contains { one.target.covers($0) } }
            .min { $0.target.end - $0.target.start < $1.target.end - $1.target.start }
        if let allowance { usedAllowances.insert(allowance.span) }
        conflicts.append(
            AuditResult.Conflict(
                cell: program.name(of: pair.first.cell), first: side(pair.first, program),
                second: side(pair.second, program), allowed: allowance?.reason))
    }

    private func side(_ access: SharedAccess, _ program: Program) -> AuditResult.Side {
        AuditResult.Side(
            process: program[access.process].name, place: place(access.span), isWrite: access.isWrite,
            held: access.held.map(\.text))
    }
}

extension Workspace {
    /// The processes of the root file.
    fileprivate var processNames: [String] {
        root.declarations.compactMap { declaration in
            if case .process(let name, _, _, on: _, interrupts: _, interruptsWhen: _, _) = declaration.kind {
                return name.text
            }
            return nil
        }
    }
}

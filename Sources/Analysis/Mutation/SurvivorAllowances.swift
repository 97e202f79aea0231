import Diagnostics
import Semantics

/// Which survivors the author of a spec accepts: `@allow(survivor, "why")`.
struct SurvivorAllowances {
    private let allowances: [Annotations.Allowance]

    init(_ annotations: Annotations?, in source: SourceText) {
        allowances = annotations?.allowances.filter { $0.finding == .survivor } ?? []
    }

    /// That of the innermost statement or declaration.
    func reason(for mutant: Mutant) -> String? {
        allowances.filter { $0.target.covers(mutant.span) }
            .min { $0.target.end - $0.target.start < $1.target.end - $1.target.start }?.reason
    }

    /// Allowances that no survivor needs any more.
    func stale(_ survivors: [Mutant]) -> [Diagnostic] {
        allowances.filter { allowance in !survivors.contains { allowance.target.covers($0.span) } }.map { allowance in
            Diagnostic(
                .staleAllowance, "no mutant survives here that this allows", at: allowance.span, severity: .warning)
        }
    }
}

extension Span {
    func covers(_ other: Span) -> Bool { source == other.source && start <= other.start && other.end <= end }
}

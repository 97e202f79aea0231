import Diagnostics
import Model
import Slicing

import struct Model.Origin

extension PreparedRun {
    /// What slicing has left no trace of, though no constant asks for it.
    var settled: SettledParts { unsliced.map { SettledParts(of: $0) } ?? SettledParts() }

    /// Marks that no model has, because what they stand for can't happen.
    func marks(of settled: SettledParts) -> Set<Mark> {
        let ways = settled.ways.map { Mark.way(origin($0.statement), $0.number) }
        return Set(ways + settled.statements.map { .statement(origin($0)) })
    }

    /// Premises that no model has, because they can't hold.
    func conditions(of settled: SettledParts) -> Set<Coverage.Condition> {
        Set(
            settled.premises.compactMap { premise in
                let moment: Witness.Moment
                switch premise.kind {
                case .invariant(atRest: let atRest, _): moment = atRest ? .rest : .state
                case .transition: moment = .step
                case .reachable, .progress: return nil
                }
                return Coverage.Condition(
                    kind: .premise, name: premise.property, moment: moment, origin: origin(premise.span))
            })
    }

    private func origin(_ span: Span) -> Origin {
        let start = sources.start(span)
        return Origin(
            file: sources[span.source].name, line: start.line, column: start.column, text: sources.folded(span))
    }
}

extension Coverage.Condition {
    /// Whether it is what folding has left of another one.
    func isPart(of whole: Coverage.Condition) -> Bool {
        (kind, name, moment, origin.file) == (whole.kind, whole.name, whole.moment, whole.origin.file)
            && whole.origin.text.contains(origin.text)
    }
}

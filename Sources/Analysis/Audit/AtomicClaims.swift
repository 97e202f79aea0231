import Diagnostics
import Program

/// An `atomic` block with the shared cells that it covers.
struct AtomicClaim {
    let span: Span
    let reason: String
    var reads: Set<String>
    var writes: Set<String>
}

/// The `atomic` blocks of a program, each once, with what they and the handlers that they call touch.
struct AtomicClaims {
    private let program: Program
    private(set) var all: [AtomicClaim] = []

    init(_ program: Program) {
        self.program = program
        let bodies = program.processes.map(\.body) + program.handlers.filter { !$0.isGhost }.map(\.body)
        for body in bodies {
            body.forEachStatement { statement in
                guard case .atomic(let reason, let inner) = statement.kind, !statement.isEmptyStep else { return }
                var claim = AtomicClaim(span: statement.span, reason: reason, reads: [], writes: [])
                touch(inner, &claim, depth: 0)
                all.append(claim)
            }
        }
        all.sort { $0.span < $1.span }
    }

    private func touch(_ block: Block, _ claim: inout AtomicClaim, depth: Int) {
        block.forEachStatement { statement in
            switch statement.kind {
            case .commit, .assert: return
            case .call(let handler, _, result: _):
                if depth < 100 { touch(program[handler].body, &claim, depth: depth + 1) }
            case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
                .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
                .atomic, .fail, .returnValue:
                break
            }
            if let place = statement.writtenPlace { write(place, &claim) }
            if case .assign(let place, let operation, _) = statement.kind, operation != .set { read(place, &claim) }
            for e in statement.headExpressions { read(e, &claim) }
        }
    }

    private func write(_ place: Place, _ claim: inout AtomicClaim) {
        guard program.isShared(place.variable) else { return }
        claim.writes.insert(program.name(of: SharedCell(variable: place.variable, fields: place.fields)))
    }

    private func read(_ place: Place, _ claim: inout AtomicClaim) {
        guard program.isShared(place.variable) else { return }
        claim.reads.insert(program.name(of: SharedCell(variable: place.variable, fields: place.fields)))
    }

    private func read(_ e: Expr, _ claim: inout AtomicClaim) {
        if case .read(let place, racy: _) = e.kind { read(place, &claim) }
        if case .call(let function, _) = e.kind { read(program[function].body, &claim) }
        for child in e.children { read(child, &claim) }
    }
}

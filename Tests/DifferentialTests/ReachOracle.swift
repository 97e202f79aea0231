import Analysis
import Diagnostics
import Program
import Reference

/// What runs come by, found with the interpreter alone: every state, every step, nothing clever.
struct ReachOracle {
    /// Where a way goes out of a statement.
    struct PlacedWay: Hashable {
        let start: LineColumn
        let number: Int
    }

    /// The places of statements that some step executes, and all whose execution can be told for certain.
    private(set) var executed: Set<LineColumn> = []
    private(set) var told: Set<LineColumn> = []
    private(set) var taken: Set<PlacedWay> = []
    private(set) var toldWays: Set<PlacedWay> = []
    /// By property, in the order of its premises.
    private(set) var premises: [String: [Bool]] = [:]
    private(set) var comesToRest = false

    private let interpreter: Interpreter
    private let sources: SourceMap
    private var statements: [StmtID: Stmt] = [:]

    /// Nil where there are too many states.
    init?(_ run: PreparedRun, limit: Int) {
        interpreter = Interpreter(run.program)
        sources = run.sources
        for body in run.program.processes.map(\.body) + run.program.handlers.map(\.body) {
            body.forEachStatement { statements[$0.id] = $0 }
        }
        for property in run.program.properties {
            premises[property.name] = property.conditions.flatMap(\.premises).map { _ in false }
        }
        guard explore(limit) else { return nil }
    }

    private mutating func explore(_ limit: Int) -> Bool {
        var seen: Set<State> = []
        var next = interpreter.initialStates()
        seen.formUnion(next)
        for state in next { meet(state, old: nil) }
        while let state = next.popLast() {
            for step in interpreter.steps(in: state) {
                note(step)
                guard let result = step.next else { continue }
                if interpreter.isAtRest(result) { comesToRest = true }
                meet(result, old: state)
                guard seen.insert(result).inserted else { continue }
                next.append(result)
            }
            if seen.count > limit { return false }
        }
        return true
    }

    private mutating func meet(_ state: State, old: State?) {
        for property in interpreter.program.properties {
            switch property.kind {
            case .invariant(let atRest, _): if atRest && !interpreter.isAtRest(state) { continue }
            case .transition: if old == nil { continue }
            case .reachable, .progress: continue
            }
            for (number, premise) in property.conditions.flatMap(\.premises).enumerated()
            where premises[property.name]?[number] == false {
                let holds = interpreter.evaluate(premise.witnessed, of: property, in: state, old: old)
                premises[property.name]?[number] = holds
            }
        }
    }

    // MARK: Statements

    private mutating func note(_ step: Step) {
        let end = step.next.flatMap { interpreter.controlPoint(of: step.instance, in: $0)?.statement }
        let ids: [StmtID?] = step.statements.map { $0 } + [end]
        for (number, id) in step.statements.enumerated() {
            guard let statement = statements[id] else { continue }
            executed.insert(sources.start(statement.span))
            guard let after = ids[number + 1].flatMap({ statements[$0] }) else { continue }
            for (way, block) in statement.blockWays where block.span.contains(after.span) {
                taken.insert(PlacedWay(start: sources.start(statement.span), number: way))
            }
        }
    }

    /// Statements and ways of which the list of what a step executed tells all.
    mutating func findTold() {
        for statement in statements.values where statement.isTold {
            told.insert(sources.start(statement.span))
            for (way, _) in statement.blockWays {
                toldWays.insert(PlacedWay(start: sources.start(statement.span), number: way))
            }
        }
    }
}

extension Property {
    /// What it claims, one condition a conjunct.
    var conditions: [Expr] {
        switch kind {
        case .invariant(atRest: _, let conjuncts), .transition(let conjuncts): conjuncts
        case .reachable, .progress: []
        }
    }
}

extension Stmt {
    /// The ways into its blocks that are not empty, by the numbers of the model.
    fileprivate var blockWays: [(Int, Block)] {
        let all: [(Int, Block)] =
            switch kind {
            case .ifElse(_, let yes, let no): [(0, yes), (1, no)]
            case .guardElse(_, otherwise: let no): [(1, no)]
            case .match(_, let arms): arms.enumerated().map { ($0.offset, $0.element.body) }
            case .tryLock(_, _, otherwise: let no): [(1, no)]
            default: []  // the first statement of the others may be executed for another reason
            }
        return all.filter { way in
            // A `fail` has no mark, and a block is no statement.
            switch way.1.statements.first?.kind {
            case nil, .fail, .doBlock: false
            default: true
            }
        }
    }

    fileprivate var isTold: Bool {
        switch kind {
        case .assign, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match, .choose, .await,
            .guardElse:
            true
        case .assignLocal, .bind, .call, .loop, .whileLoop, .each, .either, .doBlock, .breakOut, .continueLoop, .atomic,
            .commit, .assert, .fail, .returnValue:
            false
        }
    }
}

extension Span {
    fileprivate func contains(_ other: Span) -> Bool {
        source == other.source && start <= other.start && other.end <= end
    }
}

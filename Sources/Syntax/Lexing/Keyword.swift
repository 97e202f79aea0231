/// The words that mean something at certain places. Everywhere else they are ordinary names.
public enum Keyword: String, Sendable, CaseIterable {
    // Declarations and their parts
    case module, `import`, `as`, open, domain, type, `enum`, record, word, const, symbolic, `var`, ghost, fun
    case `init`, handler, process, daemon, hardware, on, interrupts, holding, place
    case guarded, by, except, owned, when
    case invariant, lemma, transition, reachable, progress, theorem, at, rest, leads, to
    case scenario, variant, with, fair, strong, check, without, only, expect, violated, holds
    // Types
    case set, bits, wrap, unbounded
    // Statements
    case `let`, lock, unlock, shared, nested, `try`, downgrade, `if`, `else`, match, loop, most, `while`, each, choose
    case `where`, then, either, or, await, `guard`, `do`, `break`, `continue`, atomic, commit, assert, fail, `return`
    case bump
    // Expressions
    case and, not, implies, `in`, `is`, all, some, count, old, racy
    case `true`, `false`

    /// Words that are never the name of a value: reading them as one would hide the mistake before them.
    var isReservedInExpressions: Bool { Keyword.reservedInExpressions.contains(self) }

    private static let reservedInExpressions: Set<Keyword> = [
        .and, .or, .not, .implies, .in, .is, .if, .else, .match, .where, .then, .when, .with, .let, .var, .return,
        .guard, .each, .while, .choose, .either, .await, .unlock, .commit, .assert, .break, .continue, .module,
        .import, .fun, .handler, .invariant, .scenario, .variant, .enum, .const,
    ]

    /// The words that begin a declaration.
    static let declarationStarts: [Keyword] = [
        .module, .import, .open, .domain, .type, .enum, .record, .word, .const, .symbolic, .var, .ghost, .atomic, .fun,
        .`init`, .handler, .process, .daemon, .hardware, .invariant, .lemma, .transition, .reachable, .progress,
        .theorem, .scenario, .variant,
    ]

    /// The words that begin a statement.
    static let statementStarts: [Keyword] = [
        .let, .var, .lock, .unlock, .try, .downgrade, .if, .match, .loop, .while, .each, .choose, .either, .await,
        .guard, .do, .break, .continue, .atomic, .commit, .assert, .fail, .return, .bump,
    ]
}

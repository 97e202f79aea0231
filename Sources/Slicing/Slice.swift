import Diagnostics
import Program

/// Removes from a configuration what its constants have switched off.
///
/// Constants are folded, unreachable code is dropped, variables that nothing writes after `init` become constants, and
/// (unless `removingUnread` is false) variables, fields of plain records, locals and writes that no remaining statement and no property reads go
/// away. What may be a violation stays, and so do steps that somebody can tell. Tables keep their numbers: what went away stays in its table with
/// ``Variable/isVanished`` or ``Field/isVanished`` set, and its name is added to ``Program/vanished``. Roles are decided anew.
///
/// With `keepingCommits` every `commit` stays with all its arguments, and so does whatever tells when a process comes to
/// rest: the events that a program shows are the same then.
///
/// Slicing twice gives the same as slicing once. Cost: a few walks over the program.
public func slice(_ program: Program, removingUnread: Bool = true, keepingCommits: Bool = false) -> Program {
    var result = program
    toFixpoint(&result) { program in
        // All constants are found first: a statement that reads constants only is no step, and needs none.
        toFixpoint(&program) { program in
            foldBodies(&program)
            markConstants(&program)
        }
        program.assignRoles()
        if removingUnread { removeUnread(&program, keepingCommits: keepingCommits) }
    }
    result.vanished += vanishedNames(program, result)
    result.assignRoles()
    return result
}

/// Repeats a change until it makes nothing smaller.
func toFixpoint(_ program: inout Program, _ change: (inout Program) -> Void) {
    var before = Size(of: program)
    while true {
        change(&program)
        let after = Size(of: program)
        if after == before { return }
        before = after
    }
}

private func vanishedNames(_ before: Program, _ after: Program) -> [String] {
    let variables = zip(before.variables, after.variables).filter { $1.isVanished && !$0.isVanished }.map { $1.name }
    let fields = zip(before.records, after.records).flatMap { old, new in
        zip(old.fields, new.fields).filter { $1.isVanished && !$0.isVanished }.map { "\(new.name).\($1.name)" }
    }
    return variables + fields
}

/// What slicing makes smaller. Every round that changes anything that matters to the next one changes it.
private struct Size: Equatable {
    var statements = 0
    var blocks = 0
    var expressions = 0
    var constantExpressions = 0
    var constants = 0
    var vanished = 0

    init(of program: Program) {
        for body in program.allBodies {
            body.forEachStatement { statement in
                statements += 1
                blocks += statement.blocks.count
                for expression in statement.headExpressions { add(expression) }
            }
        }
        for function in program.functions { add(function.body) }
        constants = program.variables.count { $0.isConstant }
        vanished =
            program.variables.count { $0.isVanished }
            + program.records.reduce(0) { $0 + $1.fields.count { $0.isVanished } }
    }

    private mutating func add(_ e: Expr) {
        expressions += 1
        if e.constant != nil { constantExpressions += 1 }
        for child in e.children { add(child) }
    }
}

extension Program {
    /// The bodies of all processes, of all handlers, and of `init`.
    var allBodies: [Block] { processes.map(\.body) + handlers.map(\.body) + [initialization.body] }

    /// The handlers that some of the bodies call or commit, directly or not, in ascending order.
    func handlersReachable(from bodies: [Block]) -> [HandlerID] {
        var found: Set<HandlerID> = []
        var waiting = bodies
        while let body = waiting.popLast() {
            body.forEachStatement { statement in
                guard let handler = statement.calledHandler, found.insert(handler).inserted else { return }
                waiting.append(self[handler].body)
            }
        }
        return found.sorted()
    }
}

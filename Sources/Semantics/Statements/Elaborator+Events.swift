import Diagnostics
import Program
import Syntax

/// What ghost code and properties are told: `commit`, `assert`, `fail`.
extension Elaborator {
    func commit(_ tree: ExprTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard case .call(let callee, let arguments) = tree.kind, let parts = callee.pathParts else {
            report(.expected, "`commit` calls a ghost handler", at: tree.span)
            return nil
        }
        guard let symbol = lookUp(parts.map(\.text), in: body.instance) else {
            if !isInError(parts.map(\.text), in: body.instance) { reportUnknownGhostHandler(parts, body) }
            return nil
        }
        guard case .handler(let id) = symbol, program[id].isGhost else {
            report(
                .wrongKindOfName,
                "`commit` calls a ghost handler, and `\(parts.map(\.text).joined(separator: "."))` is none",
                at: callee.span)
            return nil
        }
        let handler = program[id]
        let types = handler.scope.parameters.map { handler.scope.locals[$0.raw].type }
        guard arguments.count == types.count else {
            report(
                .wrongArguments, "`\(handler.name)` takes \(types.count) arguments, and gets \(arguments.count)",
                at: span)
            return nil
        }
        var values: [Expr] = []
        for (tree, type) in zip(arguments, types) {
            guard let value = body.withoutCalls({ check(tree, expecting: type, body) }) else { return nil }
            values.append(value)
        }
        return make(.commit(id, values), span)
    }

    func assertion(_ name: Name?, _ condition: ExprTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard let checked = body.inFrame({ check(condition, expecting: .bool, body) }) else { return nil }
        return make(.assert(name: assertionName(name, "assert", body), checked), span)
    }

    /// `module.name`; asserts without a name share the name `assert`.
    func assertionName(_ name: Name?, _ standard: String, _ body: BodyScope) -> String {
        let qualified = name.map { body.instance.qualified($0.text) } ?? standard
        assertionNames.insert(qualified)
        return qualified
    }
}

import Diagnostics
import Program

extension Elaborator {
    /// Functions and handlers are inlined, so they may not call themselves, directly or through others.
    func checkRecursion() {
        var colors: [HandlerID: Bool] = [:]
        for index in program.handlers.indices { visit(HandlerID(index), &colors, []) }
        var functions: [FunctionID: Bool] = [:]
        for index in program.functions.indices { visit(FunctionID(index), &functions, []) }
    }

    /// `false` while a handler is being visited, `true` afterwards.
    private func visit(_ id: HandlerID, _ colors: inout [HandlerID: Bool], _ path: [HandlerID]) {
        if colors[id] == true { return }
        if colors[id] == false {
            let cycle = path.drop { $0 != id } + [id]
            report(
                .recursion, "handlers are inlined, so they can't call themselves: "
                    + cycle.map { program[$0].name }.joined(separator: " → "), at: program[id].span)
            return
        }
        colors[id] = false
        for callee in program[id].body.calledHandlers { visit(callee, &colors, path + [id]) }
        colors[id] = true
    }

    private func visit(_ id: FunctionID, _ colors: inout [FunctionID: Bool], _ path: [FunctionID]) {
        if colors[id] == true { return }
        if colors[id] == false {
            let cycle = path.drop { $0 != id } + [id]
            report(
                .recursion, "a function can't call itself: "
                    + cycle.map { program[$0].name }.joined(separator: " → "), at: program[id].span)
            return
        }
        colors[id] = false
        for callee in program[id].body.calledFunctions { visit(callee, &colors, path + [id]) }
        colors[id] = true
    }
}

extension Block {
    fileprivate var calledHandlers: [HandlerID] {
        statements.flatMap { statement -> [HandlerID] in
            let inner = statement.blocks.flatMap(\.calledHandlers)
            switch statement.kind {
            case .call(let id, _, _), .commit(let id, _): return [id] + inner
            default: return inner  // only these two call
            }
        }
    }
}

extension Expr {
    fileprivate var calledFunctions: [FunctionID] {
        let inner = children.flatMap(\.calledFunctions)
        if case .call(let id, _) = kind { return [id] + inner }
        return inner
    }
}

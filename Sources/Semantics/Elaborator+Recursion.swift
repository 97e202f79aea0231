import Diagnostics
import Program

/// Functions and handlers are inlined, so they may not call themselves, directly or through others.
extension Elaborator {
    /// Calls in calls at most; deeper ones would exhaust the stack of whatever walks them.
    private static let maximumCallDepth = 100

    func checkRecursion() {
        var search = CallSearch(limit: Self.maximumCallDepth)
        for index in program.handlers.indices {
            search.visit(.handler(HandlerID(index)), []) { program.callees(of: $0) }
        }
        for index in program.functions.indices {
            search.visit(.function(FunctionID(index)), []) { program.callees(of: $0) }
        }
        for cycle in search.cycles {
            guard let first = cycle.first else { continue }
            let names = cycle.map { program.name(of: $0) }.joined(separator: " → ")
            let what =
                if case .handler = first { "handlers are inlined, so they can't call themselves" } else {
                    "a function can't call itself"
                }
            report(.recursion, "\(what): \(names)", at: program.span(of: first))
        }
        if let deep = search.tooDeep {
            report(
                .tooLarge, "calls nest deeper than \(Self.maximumCallDepth) at `\(program.name(of: deep))`",
                at: program.span(of: deep))
        }
    }
}

private enum Callee: Hashable {
    case handler(HandlerID)
    case function(FunctionID)
}

/// Depth first over the calls.
private struct CallSearch {
    let limit: Int
    private(set) var cycles: [[Callee]] = []
    private(set) var tooDeep: Callee?
    /// `false` while it is being visited, `true` afterwards.
    private var isDone: [Callee: Bool] = [:]
    /// How deep the calls below go.
    private var heights: [Callee: Int] = [:]

    init(limit: Int) { self.limit = limit }

    mutating func visit(_ callee: Callee, _ path: [Callee], _ calls: (Callee) -> [Callee]) {
        if isDone[callee] == true { return }
        if isDone[callee] == false {
            cycles.append(Array(path.drop { $0 != callee }) + [callee])
            return
        }
        guard path.count < limit else {
            tooDeep = tooDeep ?? callee
            return
        }
        isDone[callee] = false
        var height = 0
        for next in calls(callee) {
            visit(next, path + [callee], calls)
            height = max(height, (heights[next] ?? 0) + 1)
        }
        if height > limit { tooDeep = tooDeep ?? callee }
        heights[callee] = height
        isDone[callee] = true
    }
}

extension Program {
    fileprivate func callees(of callee: Callee) -> [Callee] {
        switch callee {
        case .handler(let id):
            var result: [Callee] = []
            self[id].body.forEachStatement { if let called = $0.calledHandler { result.append(.handler(called)) } }
            return result
        case .function(let id): return self[id].body.calledFunctions.map { .function($0) }
        }
    }

    fileprivate func name(of callee: Callee) -> String {
        switch callee {
        case .handler(let id): self[id].name
        case .function(let id): self[id].name
        }
    }

    fileprivate func span(of callee: Callee) -> Span {
        switch callee {
        case .handler(let id): self[id].span
        case .function(let id): self[id].span
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

import Diagnostics
import Program

/// Handlers and functions are inlined at every call. Calls in calls multiply, so the size of the result has a limit.
extension Elaborator {
    private static let maximumStatements = 50_000
    private static let maximumNodes = 100_000

    func checkInlinedSize() {
        var sizes = InlinedSizes(program)
        for (number, function) in program.functions.enumerated()
        where sizes.nodes(of: FunctionID(number)) > Self.maximumNodes {
            report(
                .tooLarge, "with the functions that it calls, `\(function.name)` is too large to evaluate",
                at: function.span)
            return
        }
        for process in program.processes where sizes.statements(of: process.body) > Self.maximumStatements {
            report(
                .tooLarge,
                "with its handlers inlined, `\(process.name)` has more than \(Self.maximumStatements) statements",
                at: process.span)
        }
        if sizes.statements(of: program.initialization.body) > Self.maximumStatements {
            report(
                .tooLarge, "with its handlers inlined, `init` has more than \(Self.maximumStatements) statements",
                at: program.initialization.body.span)
        }
    }
}

/// Sizes of inlined bodies; each handler and function is looked at once. Nothing calls itself.
private struct InlinedSizes {
    private let program: Program
    private var handlers: [HandlerID: Int] = [:]
    private var functions: [FunctionID: Int] = [:]

    init(_ program: Program) { self.program = program }

    mutating func statements(of block: Block) -> Int {
        var count = 0
        var called: [HandlerID] = []
        block.forEachStatement { statement in
            count += 1
            if let handler = statement.calledHandler { called.append(handler) }
        }
        for handler in called { count = sum(count, statements(of: handler)) }
        return count
    }

    private mutating func statements(of id: HandlerID) -> Int {
        if let known = handlers[id] { return known }
        let count = statements(of: program[id].body)
        handlers[id] = count
        return count
    }

    mutating func nodes(of id: FunctionID) -> Int {
        if let known = functions[id] { return known }
        let count = nodes(of: program[id].body)
        functions[id] = count
        return count
    }

    private mutating func nodes(of expr: Expr) -> Int {
        var count = 1
        if case .call(let id, _) = expr.kind { count = sum(count, nodes(of: id)) }
        for child in expr.children { count = sum(count, nodes(of: child)) }
        return count
    }

    private func sum(_ a: Int, _ b: Int) -> Int {
        let (result, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : result
    }
}

import Model
import SMT

/// One way through the code of a step.
struct ExecutedPath {
    /// The state behind it, and that before it in the same variables.
    var values: PathValues
    /// What is known of the variables.
    var conditions: [Term]
    /// What it asks of the state before it beyond what was known there, in the variables of that state.
    var asked: [Term] = []
    /// What it chose and which ways it took, in order: enough to take it again.
    var decisions: [UInt64] = []
    /// Violations that it has gone on from.
    var met: [Int] = []
    /// The violation that has ended it.
    var ending: Int?
    fileprivate(set) var wideChoices = 0
}

/// Executes the code of a step on cells that may be terms. Where a condition can be true and false, both ways are taken.
/// Choices among few values are taken one by one; one among too many becomes a variable.
struct PathExecutor {
    /// What is left to do when a branch is done.
    private final class Rest {
        let body: ArraySlice<Instruction>
        let next: Rest?

        init(_ body: ArraySlice<Instruction>, _ next: Rest?) { (self.body, self.next) = (body, next) }
    }

    /// More values are not tried one by one.
    private static let mostTried = 4096

    private let context: PathContext
    private let conditions: PathConditions
    /// A variable for a wide choice, given how many came before it in the step.
    private let choice: (_ number: Int, _ width: Int) -> Term
    /// Decisions of a path that is taken again: then nothing is asked of the solver, and no variable replaced.
    private let guide: [UInt64]?
    private var counter: Int?
    private var ends: [ExecutedPath] = []
    /// What is left to do, the next one last: so paths end in the order of their decisions.
    private var waiting: [Task] = []

    /// A path at a place in the code; where it makes a choice, with one of its values.
    private struct Task {
        var path: ExecutedPath
        var body: ArraySlice<Instruction>
        var rest: Rest?
        var choice: Choice?
    }

    private struct Choice {
        let register: Int
        let count: UInt64
        var value: UInt64
    }

    init(
        _ context: PathContext, _ conditions: PathConditions, along guide: [UInt64]? = nil,
        choice: @escaping (Int, Int) -> Term
    ) {
        (self.context, self.conditions, self.guide, self.choice) = (context, conditions, guide, choice)
    }

    private var graph: TermGraph { context.graph }

    mutating func initial(_ cells: PathCells, _ known: [Term]) throws(PathStop) -> [ExecutedPath] {
        let values = PathValues(context, cells, old: cells, registers: context.model.initialRegisterCount)
        return try run(context.model.start, ExecutedPath(values: values, conditions: known), counter: nil)
    }

    mutating func step(
        _ action: Int, actor: Int, _ cells: PathCells, _ known: [Term]
    ) throws(PathStop) -> [ExecutedPath] {
        let action = context.model.actions[action]
        let values = PathValues(
            context, cells, old: cells, indices: context.indices[actor], registers: action.registerCount)
        return try run(
            action.body, ExecutedPath(values: values, conditions: known), counter: context.counters[actor])
    }

    private mutating func run(
        _ body: [Instruction], _ start: ExecutedPath, counter: Int?
    ) throws(PathStop) -> [ExecutedPath] {
        (ends, self.counter) = ([], counter)
        waiting = [Task(path: start, body: body[...])]
        while let task = waiting.popLast() { try run(task) }
        return ends
    }

    private mutating func run(_ task: Task) throws(PathStop) {
        var (path, body, rest) = (task.path, task.body, task.rest)
        if let choice = task.choice, try !take(choice, task, &path) { return }
        while true {
            guard let instruction = body.popFirst() else {
                guard let next = rest else { return ends.append(path) }
                (body, rest) = (next.body, next.next)
                continue
            }
            switch instruction {
            case .require(let condition):
                guard try assume(path.values.truth(condition), is: true, &path) else { return }
            case .assign(let id, let place, let expr): path.values.assign(id, place, expr)
            case .set(let register, let expr): path.values.set(register, path.values.value(expr))
            case .choose(let register, let count, _, let type):
                if count > Self.mostTried {
                    guard try chooseWidely(register, count, type, &path) else { return }
                    continue
                }
                let choice = Choice(register: register, count: UInt64(count), value: 0)
                return waiting.append(Task(path: path, body: body, rest: rest, choice: choice))
            case .branch(let condition, let yes, let no):
                let after = body.isEmpty ? rest : Rest(body, rest)
                return try fork(path.values.truth(condition), path, yes: (yes[...], after), no: (no[...], after))
            case .check(let condition, let violation):
                guard try check(path.values.truth(condition), violation, &path, body, rest) else { return }
            case .statement, .way, .observe: break
            case .jump(let location):
                if let counter, context.layout.widths[counter] > 0 {
                    path.values.cells.codes[counter] = UInt64(location)
                }
                return ends.append(path)
            }
        }
    }

    // MARK: Choices

    /// Takes one value of a choice, and leaves the others for later. False where another one is meant.
    private mutating func take(_ choice: Choice, _ task: Task, _ path: inout ExecutedPath) throws(PathStop) -> Bool {
        try conditions.poll()
        let value = guide.map { $0[path.decisions.count] } ?? choice.value
        guard value < choice.count else { return false }
        if guide == nil, choice.value + 1 < choice.count {
            var next = task
            next.choice?.value += 1
            waiting.append(next)
        }
        path.decisions.append(value)
        path.values.set(choice.register, .code(value))
        return true
    }

    private func chooseWidely(
        _ register: Int, _ count: Int, _ type: CellType, _ path: inout ExecutedPath
    ) throws(PathStop) -> Bool {
        let isWhole = count == .max
        let width = isWhole ? type.width(sorts: context.model.sorts) : 64 - UInt64(count - 1).leadingZeroBitCount
        let value = choice(path.wideChoices, width)
        path.wideChoices += 1
        path.values.set(register, .term(value))
        let isChosen =
            isWhole
            ? graph.isCode(value, of: type, context.model.sorts)
            : graph.compare(.belowOrEqual, value, graph.bits(UInt64(count - 1), width: width))
        return try assume(isChosen == graph.yes ? .known(true) : .term(isChosen), is: true, &path)
    }

    // MARK: Ways

    private mutating func fork(
        _ truth: PathValues.Truth, _ path: ExecutedPath, yes: (ArraySlice<Instruction>, Rest?),
        no: (ArraySlice<Instruction>, Rest?)
    ) throws(PathStop) {
        for (value, way) in [(false, no), (true, yes)] {
            guard let own = try taken(value, truth, path) else { continue }
            waiting.append(Task(path: own, body: way.0, rest: way.1))
        }
    }

    /// Goes on where a claim holds; where it does not, that is left for later. False where it can't hold.
    private mutating func check(
        _ truth: PathValues.Truth, _ violation: ViolationID, _ path: inout ExecutedPath,
        _ body: ArraySlice<Instruction>, _ rest: Rest?
    ) throws(PathStop) -> Bool {
        if var failed = try taken(false, truth, path) {
            if context.model[violation].isResumable {
                failed.met.append(violation.index)
                waiting.append(Task(path: failed, body: body, rest: rest))
            } else {
                failed.ending = violation.index
                waiting.append(Task(path: failed, body: [], rest: nil))
            }
        }
        guard let own = try taken(true, truth, path) else { return false }
        path = own
        return true
    }

    /// The path on which a condition is true, or false; nil where there is none, or another is meant.
    private func taken(
        _ value: Bool, _ truth: PathValues.Truth, _ path: ExecutedPath
    ) throws(PathStop) -> ExecutedPath? {
        if let guide, guide[path.decisions.count] != (value ? 1 : 0) { return nil }
        var own = path
        own.decisions.append(value ? 1 : 0)
        return try assume(truth, is: value, &own) ? own : nil
    }

    /// Goes on where a condition is true, or false. False where that is not possible.
    private func assume(
        _ truth: PathValues.Truth, is value: Bool, _ path: inout ExecutedPath
    ) throws(PathStop) -> Bool {
        switch truth {
        case .known(let known): return known == value
        case .term(let term):
            let condition = value ? term : graph.not(term)
            if guide != nil {
                path.conditions.append(condition)
                return true
            }
            guard try conditions.isPossible(condition, with: path.conditions) else { return false }
            guard try conditions.isPossible(graph.not(condition), with: path.conditions) else { return true }
            path.asked.append(condition)
            try add(graph.conjuncts(of: condition), &path)
            return true
        }
    }

    /// An equation says what a variable is: then it is that everywhere.
    private func add(_ parts: [Term], _ path: inout ExecutedPath) throws(PathStop) {
        var left = parts
        while let condition = left.popLast() {
            guard let (variable, term) = equation(condition) else {
                path.conditions = try conditions.adding(condition, to: path.conditions)
                continue
            }
            path.values.replace([variable: term])
            path.conditions = replaced(path.conditions, variable, term)
            left = replaced(left, variable, term)
        }
    }

    private func replaced(_ parts: [Term], _ variable: Term, _ term: Term) -> [Term] {
        PathConditions.ordered(parts.flatMap { graph.conjuncts(of: graph.replacing([variable: term], in: $0)) })
    }

    private func equation(_ condition: Term) -> (Term, Term)? {
        guard let (a, b) = graph.sides(ofEquation: condition) else { return nil }
        for (variable, term) in [(b, a), (a, b)]
        where graph.name(of: variable) != nil && !conditions.isConstant(variable)
            && !graph.contains(variable, in: term)
        {
            return (variable, term)
        }
        return nil
    }
}

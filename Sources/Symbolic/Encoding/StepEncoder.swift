import Model
import SMT

/// An element of a symmetric sort that is the first one of its sort to be chosen.
struct TakenElement: Hashable, Comparable {
    let sort: Int
    let element: Int

    static func < (a: Self, b: Self) -> Bool { (a.sort, a.element) < (b.sort, b.element) }
}

/// What a stretch of code makes of a state, on all its paths at once.
struct StepOutcome {
    /// Under which choices and in which states the code comes to its end.
    var completes: Term
    /// The cells there; they mean something only where it completes.
    var cells: [Term]
    /// By violation: where the code meets it.
    var violations: [Int: Term]
    /// By element: where the code chooses it before any other choice that may name one of its sort.
    var taken: [TakenElement: Term] = [:]
    /// By cell: where the code reads or writes it, if it completes.
    var reads: [Int: Term] = [:]
    var writes: [Int: Term] = [:]

    /// Whether something happens: a step, or a violation that ends it.
    func happens(_ graph: TermGraph) -> Term {
        graph.or([completes] + violations.sorted { $0.key < $1.key }.map(\.value))
    }

    /// The same, and another one where a condition holds that excludes those of what was joined before. So a cell that the
    /// other one leaves as it was needs no choice.
    ///
    /// - Parameter before: the cells that both begin with.
    func joined(_ other: StepOutcome, where condition: Term, _ before: [Term], _ graph: TermGraph) -> StepOutcome {
        var result = self
        result.completes = graph.or(completes, graph.and(condition, other.completes))
        for cell in cells.indices where other.cells[cell] != before[cell] {
            result.cells[cell] = graph.conditional(condition, other.cells[cell], cells[cell])
        }
        result.violations.add(other.violations, where: condition, graph)
        result.taken.add(other.taken, where: condition, graph)
        result.reads.add(other.reads, where: condition, graph)
        result.writes.add(other.writes, where: condition, graph)
        return result
    }
}

extension Dictionary where Key: Comparable, Value == Term {
    /// Each key of some others holds where it did, and where they do under a condition.
    fileprivate mutating func add(_ others: Self, where condition: Term, _ graph: TermGraph) {
        // In order: the numbers of terms must not depend on that of a dictionary.
        for (key, term) in others.sorted(by: { $0.key < $1.key }) {
            self[key] = graph.or(self[key] ?? graph.no, graph.and(condition, term))
        }
    }
}

/// Executes the code of steps symbolically. Paths that meet again are joined.
struct StepEncoder {
    private let graph: TermGraph
    private let model: Model
    private let layout: CellLayout
    /// What a choice is called, given how many came before it in the step.
    private let choice: (_ number: Int, _ width: Int) -> Term

    fileprivate struct Path {
        /// Where execution comes to the branch that it is in, and what it has been asked there since.
        var context: Term
        var condition: Term
        var encoder: ExprEncoder
        var choices = 0
        /// Sorts that values chosen so far may name.
        var named: Set<Int> = []
        /// Violations that execution has come by and gone on from: they count where there is a step in the end.
        var met: [Int: Term] = [:]
    }

    private var ends: [Path] = []
    private var violations: [Int: Term] = [:]
    private var taken: [TakenElement: Term] = [:]
    private var reads: [Int: Term] = [:]
    private var writes: [Int: Term] = [:]
    private var counter: (cell: Int, width: Int)?

    init(_ graph: TermGraph, _ model: Model, _ layout: CellLayout, choice: @escaping (Int, Int) -> Term) {
        self.graph = graph
        self.model = model
        self.layout = layout
        self.choice = choice
    }

    /// The code of `init`.
    mutating func initial(_ cells: [Term]) -> StepOutcome { outcome(of: model.start, cells, [], counter: nil) }

    /// A step of an instance, wherever it is.
    mutating func step(_ action: Action, instance: Int, _ cells: [Term]) -> StepOutcome {
        let process = model.processes[action.process]
        let cell = layout.counter(of: (action.process, instance), model)
        return outcome(
            of: action.body, cells, process.indices(of: instance), counter: (cell, layout.widths[cell]))
    }

    private mutating func outcome(
        of body: [Instruction], _ cells: [Term], _ indices: [UInt64], counter: (cell: Int, width: Int)?
    ) -> StepOutcome {
        (ends, violations, taken, self.counter) = ([], [:], [:], counter)
        (reads, writes) = ([:], [:])
        var encoder = ExprEncoder(
            graph: graph, model: model, layout: layout, cells: cells, old: cells, indices: indices)
        if let counter {
            (reads[counter.cell], writes[counter.cell]) = (graph.yes, graph.yes)
            encoder.noteReads()
        }
        if let path = run(body, Path(context: graph.yes, condition: graph.yes, encoder: encoder)) { end(path) }
        var result = StepOutcome(
            completes: graph.or(ends.map(\.condition)), cells: cells, violations: violations, taken: taken,
            reads: reads,
            writes: writes)
        guard let last = ends.last else { return result }
        result.cells = ends.dropLast().reversed().reduce(last.encoder.cells) { rest, path in
            zip(path.encoder.cells, rest).map { $0 == $1 ? $0 : graph.conditional(path.condition, $0, $1) }
        }
        return result
    }

    /// Nil where no path falls through to what follows.
    private mutating func run(_ body: [Instruction], _ start: Path) -> Path? {
        var path = start
        for instruction in body {
            switch instruction {
            case .require(let condition): path.restrict(truth(condition, &path), graph)
            case .assign(let id, let place, let expr): assign(id, place, expr, &path)
            case .set(let register, let expr):
                path.encoder.registers[register] = path.encoder.value(expr)
                noteReads(&path)
            case .choose(let register, let count, _, let type): choose(register, count, type, &path)
            case .branch(let condition, let yes, let no):
                guard let joined = branch(condition, yes, no, path) else { return nil }
                path = joined
            case .check(let condition, let violation): check(condition, violation, &path)
            case .statement, .way, .observe: break
            case .jump(let location):
                if let counter, counter.width > 0 {
                    path.encoder.cells[counter.cell] = graph.bits(UInt64(location), width: counter.width)
                }
                end(path)
                return nil
            }
            if path.condition == graph.no { return nil }
        }
        return path
    }

    private mutating func truth(_ condition: Expr, _ path: inout Path) -> Term {
        let truth = path.encoder.truth(condition)
        noteReads(&path)
        return truth
    }

    private mutating func assign(_ id: VariableID, _ place: [Expr], _ expr: Expr, _ path: inout Path) {
        let places = path.encoder.assign(id, place, expr)
        noteReads(&path)
        for (cell, condition) in places {
            writes.add([cell: condition], where: path.whole(graph), graph)
        }
    }

    /// Notes what the path has read since it was asked last.
    private mutating func noteReads(_ path: inout Path) {
        guard let new = path.encoder.reads else { return }
        reads.add(new, where: path.whole(graph), graph)
        path.encoder.noteReads()
    }

    private mutating func end(_ path: Path) {
        var path = path
        path.condition = path.whole(graph)
        ends.append(path)
        note(path.met, where: path.condition)
    }

    private mutating func note(_ met: [Int: Term], where condition: Term) {
        for (violation, isMet) in met.sorted(by: { $0.key < $1.key }) {
            violations[violation] = graph.or(violations[violation] ?? graph.no, graph.and(condition, isMet))
        }
    }

    private mutating func choose(_ register: Int, _ count: Int, _ type: CellType, _ path: inout Path) {
        if count == .max {
            path.encoder.registers[register] = choice(path.choices, type.width(sorts: model.sorts))
            path.choices += 1
            return
        }
        let width = max(1, 64 - UInt64(max(0, count - 1)).leadingZeroBitCount)
        let value = count == 1 ? graph.bits(0, width: 1) : choice(path.choices, width)
        path.choices += 1
        path.encoder.registers[register] = value
        guard count > 0 else { return path.restrict(graph.no, graph) }
        path.restrict(graph.compare(.belowOrEqual, value, graph.bits(UInt64(count - 1), width: width)), graph)
        note(value, type, &path)
    }

    /// Notes which element is chosen, where it is the first one of its sort.
    private mutating func note(_ value: Term, _ type: CellType, _ path: inout Path) {
        let named = model.sorts.indices.filter { type.names($0) }
        if case .element(let sort) = type, !path.named.contains(sort) {
            for element in 0..<model.sorts[sort].size {
                let isTaken = graph.and(path.whole(graph), graph.isNumber(value, UInt64(element)))
                let key = TakenElement(sort: sort, element: element)
                taken[key] = graph.or(taken[key] ?? graph.no, isTaken)
            }
        }
        path.named.formUnion(named)
    }

    private mutating func check(_ condition: Expr, _ violation: ViolationID, _ path: inout Path) {
        let holds = truth(condition, &path)
        guard holds != graph.yes else { return }
        if model[violation].isResumable {
            path.met[violation.index] = graph.or(path.met[violation.index] ?? graph.no, graph.not(holds))
            return
        }
        note(
            path.met.merging([violation.index: graph.yes]) { $1 }, where: graph.and(path.whole(graph), graph.not(holds))
        )
        path.restrict(holds, graph)
    }

    private mutating func branch(
        _ condition: Expr, _ yes: [Instruction], _ no: [Instruction], _ path: Path
    ) -> Path? {
        var path = path
        let truth = self.truth(condition, &path)
        if truth == graph.yes { return run(yes, path) }
        if truth == graph.no { return run(no, path) }
        let one = inner(yes, where: truth, path)
        let other = inner(no, where: graph.not(truth), path)
        guard var joined = one ?? other else { return nil }
        if let one, let other { joined = self.joined(truth, one, other) }
        joined.context = path.context
        let falls = graph.conditional(truth, one?.condition ?? graph.no, other?.condition ?? graph.no)
        joined.condition = graph.and(path.condition, falls)
        return joined
    }

    /// Runs an arm of a branch.
    private mutating func inner(_ body: [Instruction], where truth: Term, _ path: Path) -> Path? {
        var inner = path
        inner.context = graph.and(path.whole(graph), truth)
        inner.condition = graph.yes
        return inner.context == graph.no ? nil : run(body, inner)
    }

    private func joined(_ truth: Term, _ one: Path, _ other: Path) -> Path {
        var result = one
        result.choices = max(one.choices, other.choices)
        result.named.formUnion(other.named)
        result.encoder.cells = zip(one.encoder.cells, other.encoder.cells).map { graph.conditional(truth, $0, $1) }
        for violation in Set(one.met.keys).union(other.met.keys).sorted() {
            result.met[violation] = graph.conditional(
                truth, one.met[violation] ?? graph.no, other.met[violation] ?? graph.no)
        }
        // In order: the numbers of terms must not depend on that of a dictionary.
        for (register, term) in other.encoder.registers.sorted(by: { $0.key < $1.key }) {
            let (a, b) = graph.evened(one.encoder.registers[register] ?? term, term)
            result.encoder.registers[register] = graph.conditional(truth, a, b)
        }
        return result
    }
}

extension StepEncoder.Path {
    fileprivate func whole(_ graph: TermGraph) -> Term { graph.and(context, condition) }

    fileprivate mutating func restrict(_ condition: Term, _ graph: TermGraph) {
        self.condition = graph.and(self.condition, condition)
    }
}

import Diagnostics
import Program

/// How a statement changes a cell.
enum StoreKind {
    /// It stores a new value.
    case store
    /// It loads and stores: two accesses, where others may come between.
    case loadAndStore
    /// A read-modify-write in one access.
    case readModifyWrite
    /// The `then` of a `choose`: what `where` reads of the same cell belongs to the access.
    case claim
}

extension Walker {
    // MARK: Reads

    mutating func read(_ place: Place, racy: Bool, _ state: inout LockState) -> Evaluated {
        let (cell, indexPaths) = evalCell(place, &state)
        noteRead(cell, place)
        let variable = program[place.variable]
        guard program.isShared(place.variable) else {
            let label = "v\(place.variable.raw) \(place.fields)"
            return Evaluated(term: place.inner.reduce(.node(label, cell.indices)) { part($0, $1) }, paths: indexPaths)
        }
        let term = place.inner.reduce(Term.cell(cell)) { part($0, $1) }
        let guards = guards(of: cell, variable)
        let isHeld = guards.contains { state.holding($0.lock) != nil }
        if !guards.isEmpty && !isHeld && !racy && !inAtomic { reportUnguardedRead(place, guards, state) }
        if isHeld && program.exception(of: place) == .none { return Evaluated(term: term, paths: indexPaths) }
        let accesses = cells(place, cell).map { cell, text in
            Paths.one(Access(cell: cell, text: text, isWrite: false, isProtected: isHeld, span: place.span))
        }
        return Evaluated(term: term, paths: accesses.reduce(indexPaths) { $0.then($1) })
    }

    mutating func readLock(_ place: Place, _ state: inout LockState) -> Evaluated {
        let (cell, paths) = evalCell(place, &state)
        let access = Access(
            cell: cell, text: program.text(place, scope), isWrite: false, isProtected: false, span: place.span)
        return Evaluated(term: freshToken(), paths: paths.then(.one(access)))
    }

    private func part(_ term: Term, _ step: InnerField) -> Term {
        switch step {
        case .record(let index): term.field(index)
        case .payload(case: let enumCase, field: let index): term.payload(case: enumCase, field: index)
        case .some: term.content
        }
    }

    /// The cell, or the record of cells, that a place names, and the accesses that its indices make.
    mutating func evalCell(_ place: Place, _ state: inout LockState) -> (Cell, Paths) {
        var indices: [Term] = []
        var paths = Paths.free
        for index in place.indices {
            let value = eval(index, &state)
            indices.append(value.term)
            paths = paths.then(value.paths)
        }
        return (Cell(variable: place.variable, indices: indices, fields: place.fields), paths)
    }

    /// A plain record is one cell per field; everything else is one cell.
    private func cells(_ place: Place, _ cell: Cell) -> [(Cell, String)] {
        cells(place.type, place.inner.isEmpty, cell, program.text(place, scope))
    }

    private func cells(_ type: Type, _ isWhole: Bool, _ cell: Cell, _ text: String) -> [(Cell, String)] {
        guard isWhole, case .record(let id) = type, !program[id].isWord else { return [(cell, text)] }
        return program[id].fields.enumerated().filter { !$0.element.isVanished }.flatMap { index, field in
            var part = cell
            part.fields.append(index)
            return cells(field.type, true, part, text + "." + field.name)
        }
    }

    // MARK: Guards

    /// A lock that guards a cell.
    struct Guard {
        let lock: Cell
        let text: String
        let declaration: Span
    }

    private mutating func guards(of cell: Cell, _ variable: Variable) -> [Guard] {
        if variable.guards.isEmpty { return [] }
        var state = LockState()
        for (parameter, index) in zip(variable.scope.parameters, cell.indices) { state.locals[parameter] = index }
        var result: [Guard] = []
        for place in variable.guards {
            let lock = inScope(variable.scope) { $0.evalCell(place, &state).0 }
            result.append(
                Guard(lock: lock, text: program.text(place, variable.scope), declaration: variable.span))
        }
        return result
    }

    private mutating func reportUnguardedRead(_ place: Place, _ guards: [Guard], _ state: LockState) {
        if guards.contains(where: { state.unsure.contains($0.lock) }) { return }
        let text = program.text(place, scope)
        let locks = guards.map { "`\($0.text)`" }.joined(separator: " nor ")
        report(
            .guardNotHeld,
            "`\(text)` is read here but \(locks) is not held; take the lock, or write `racy(\(text))`", at: place.span,
            notes: guards.map { guardNote($0, state) })
    }

    private func guardNote(_ lock: Guard, _ state: LockState) -> Note {
        if let held = state.holding(lock.lock) {
            return Note("`\(held.text)` was taken in shared mode here", at: held.span)
        }
        if let span = state.released[lock.lock] { return Note("it was released here", at: span) }
        return Note("`\(lock.text)` guards it by this declaration", at: lock.declaration)
    }

    /// Whether the guards of a place allow to write it; reports where they do not.
    private mutating func checkGuards(_ place: Place, _ cell: Cell, _ state: LockState) -> Bool {
        let guards = guards(of: cell, program[place.variable])
        if guards.isEmpty { return false }
        let missing = guards.filter { state.holding($0.lock)?.mode != .exclusive }
        if missing.isEmpty { return true }
        if program.exception(of: place) == .isField { return false }
        for lock in missing where !state.unsure.contains(lock.lock) {
            let isShared = state.holding(lock.lock) != nil
            report(
                .guardNotHeld,
                "`\(program.text(place, scope))` is written here but `\(lock.text)` is "
                    + (isShared ? "held in shared mode only" : "not held"),
                at: place.span, notes: [guardNote(lock, state)])
        }
        return true
    }

    // MARK: Writes

    /// Checks a write; `value` is what the statement has evaluated for it. Gives all accesses of the statement.
    mutating func write(
        _ place: Place, _ kind: StoreKind, gathering: GatheringUpdate? = nil, value: Evaluated,
        _ state: inout LockState, span: Span
    ) -> Paths {
        let (cell, indexPaths) = evalCell(place, &state)
        let before = indexPaths.then(value.paths)
        noteWrite(cell, place, gathering)
        guard program.isShared(place.variable) else { return before }
        let isProtected = checkGuards(place, cell, state)
        let text = program.text(place, scope)
        checkLoads(place, cell, kind, before, value.term, isProtected: isProtected, span: span)
        let stored = isProtected ? [(cell, text)] : cells(place, cell)
        return stored.reduce(before) { paths, part in
            paths.then(
                .one(Access(cell: part.0, text: part.1, isWrite: true, isProtected: isProtected, span: place.span)))
        }
    }

    /// A load and a store of one cell: somebody else may write it in between.
    private mutating func checkLoads(
        _ place: Place, _ cell: Cell, _ kind: StoreKind, _ before: Paths, _ value: Term, isProtected: Bool, span: Span
    ) {
        if inAtomic || kind == .claim { return }
        let text = program.text(place, scope)
        let load = before.access(to: cell)
        // A store inside a cell stores the whole cell, an excepted field included.
        let exception = program.exception(of: place, inCell: false)
        if isProtected {
            guard exception != .none, kind != .readModifyWrite else { return }
            if kind == .loadAndStore || load != nil {
                return reportUnlockedWriter(text, place, load?.span, span)
            }
            for (number, origin) in origins.sorted(by: { $0.key < $1.key })
            where origin.cell == cell && value.contains({ $0 == number }) {
                return reportUnlockedWriter(text, place, origin.span, span)
            }
            return
        }
        if kind == .loadAndStore || load != nil {
            report(
                .loadAndStore,
                "this is a load and a store of `\(text)`, and another process may come between; use `exchange`, "
                    + "`cmpxchg` or an `atomic` cell, or take a lock", at: span,
                notes: load.map { [Note("it is read here", at: $0.span)] } ?? [])
        }
    }

    private mutating func reportUnlockedWriter(_ text: String, _ place: Place, _ load: Span?, _ span: Span) {
        let variable = program[place.variable]
        let fields = variable.except.map { "`\($0)`" }.joined(separator: ", ")
        var notes = load.map { [Note("the old value was read here", at: $0)] } ?? []
        notes.append(Note("\(fields) is excepted from the guard here", at: variable.span))
        report(
            .unlockedWriter, "another writer may change \(fields) of `\(text)` between load and store; use `exchange`",
            at: span, notes: notes)
    }

    // MARK: Counting

    /// Reports two accesses in one statement.
    mutating func count(_ paths: Paths, at span: Span) {
        guard !inAtomic, let (first, second) = paths.conflict else { return }
        let message: String
        if first.text == second.text && first.isWrite == second.isWrite {
            message = "this statement \(first.verb) `\(first.text)` of several elements; no held lock protects them"
        } else if first.isWrite == second.isWrite {
            message = "this statement \(first.verb) `\(first.text)` and `\(second.text)`; \(protection(first, second))"
        } else {
            message =
                "this statement \(first.verb) `\(first.text)` and \(second.verb) `\(second.text)`; "
                + protection(first, second)
        }
        report(
            .twoAccesses, message + ". Split it, or write `atomic(\"reason\") { … }`", at: span,
            notes: [first, second].filter { $0.span != span }.map { Note("`\($0.text)` is accessed here", at: $0.span) }
        )
    }

    private func protection(_ a: Access, _ b: Access) -> String {
        if a.isProtected && b.isProtected { return "each is an access of its own" }
        if a.isProtected { return "no held lock protects `\(b.text)`" }
        return b.isProtected ? "no held lock protects `\(a.text)`" : "no held lock protects either"
    }
}

extension Access {
    var verb: String { isWrite ? "writes" : "reads" }
}

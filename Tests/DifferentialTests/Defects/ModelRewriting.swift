import Model

/// Changes of models that imitate mistakes of the lowering.
extension Model {
    /// The same with every list of instructions changed, inner ones first. `isInitial` tells those of the initial state.
    func rewriting(_ change: (_ body: [Instruction], _ isInitial: Bool) -> [Instruction]) -> Self {
        var result = self
        result.initial = Self.rewrite(initial) { change($0, true) }
        result.actions = actions.map { action in
            action.with(Self.rewrite(action.body) { change($0, false) })
        }
        return result
    }

    private static func rewrite(_ body: [Instruction], _ change: ([Instruction]) -> [Instruction]) -> [Instruction] {
        change(
            body.map { instruction in
                guard case .branch(let condition, let a, let b) = instruction else { return instruction }
                return .branch(condition, rewrite(a, change), rewrite(b, change))
            })
    }

    /// Without the instructions for which a test holds.
    func dropping(_ test: (Instruction) -> Bool) -> Self { rewriting { body, _ in body.filter { !test($0) } } }

    /// Every instruction of the steps replaced.
    func replacing(_ change: (Instruction) -> Instruction) -> Self { rewriting { body, _ in body.map(change) } }

    /// Every expression of the steps changed, inner ones first.
    func replacingCode(_ change: (Expr) -> Expr) -> Self {
        replacing { instruction in
            switch instruction {
            case .require(let e): .require(e.rewriting(change))
            case .assign(let cell, let indices, let e):
                .assign(cell, indices.map { $0.rewriting(change) }, e.rewriting(change))
            case .set(register: let register, let e): .set(register: register, e.rewriting(change))
            case .branch(let e, let a, let b): .branch(e.rewriting(change), a, b)
            case .check(let e, let violation): .check(e.rewriting(change), violation)
            case .choose, .statement, .way, .observe, .jump: instruction
            }
        }
    }

    /// Every expression of the properties of some kinds changed.
    func replacingConditions(_ kinds: Set<PropertyKind>, _ change: (Expr) -> Expr) -> Self {
        var result = self
        result.properties = properties.map { property in
            guard kinds.contains(property.kind) else { return property }
            let conjuncts = property.conjuncts.map {
                Conjunct(condition: change($0.condition), registerCount: $0.registerCount, origin: $0.origin)
            }
            return Property(name: property.name, kind: property.kind, conjuncts: conjuncts)
        }
        return result
    }

    func changingProcesses(_ change: (Process) -> Process) -> Self {
        var result = self
        result.processes = processes.map(change)
        return result
    }

    func isLock(_ id: VariableID) -> Bool {
        switch self[id].type {
        case .exclusiveLock, .sharedLock: true
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .tagged, .tuple, .set, .optional, .location:
            false
        }
    }
}

extension Action {
    func with(_ body: [Instruction], registers: Int? = nil) -> Action {
        Action(
            process: process, location: location, origins: origins, ways: ways, callStack: callStack,
            registerCount: registers ?? registerCount, body: body)
    }
}

extension Process {
    func with(kind: ProcessKind? = nil, _ change: (Location) -> Location = { $0 }) -> Process {
        Process(
            name: name, kind: kind ?? self.kind, dimensions: dimensions, programCounter: programCounter,
            locations: locations.map(change))
    }
}

extension Location {
    func with(isRest: Bool? = nil, isLoopHead: Bool? = nil) -> Location {
        Location(
            origin: origin, callStack: callStack, isRest: isRest ?? self.isRest, isFinal: isFinal,
            isLoopHead: isLoopHead ?? self.isLoopHead, held: held)
    }
}

extension Expr {
    func rewriting(_ change: (Expr) -> Expr) -> Expr {
        let inner: Expr =
            switch self {
            case .constant, .processIndex, .register: self
            case .read(let cell, let indices): .read(cell, indices.map { $0.rewriting(change) })
            case .readOld(let cell, let indices): .readOld(cell, indices.map { $0.rewriting(change) })
            case .unary(let operation, let e): .unary(operation, e.rewriting(change))
            case .binary(let operation, let a, let b): .binary(operation, a.rewriting(change), b.rewriting(change))
            case .conditional(let a, let b, let c):
                .conditional(a.rewriting(change), b.rewriting(change), c.rewriting(change))
            case .bind(register: let register, let a, let b):
                .bind(register: register, a.rewriting(change), b.rewriting(change))
            case .quantified(let quantifier, register: let register, count: let count, let e):
                .quantified(quantifier, register: register, count: count, e.rewriting(change))
            }
        return change(inner)
    }

    /// Whether a variable for which a test holds is read.
    func reads(_ test: (VariableID) -> Bool) -> Bool {
        var found = false
        _ = rewriting { e in
            if case .read(let cell, _) = e, test(cell) { found = true }
            return e
        }
        return found
    }
}

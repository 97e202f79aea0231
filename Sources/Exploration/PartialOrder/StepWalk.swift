import Model

/// How a step looks at a cell.
enum ReadUse {
    /// It waits until the cell is true.
    case awaited
    /// It waits until the lock is free.
    case awaitedFree
    case other
}

/// What a ``StepWalk`` tells of a step. Indices and values are in terms of the state before it.
protocol StepVisitor {
    mutating func read(_ id: VariableID, _ indices: [Expr], _ use: ReadUse, _ point: inout StepPoint)
    mutating func write(_ id: VariableID, _ indices: [Expr], _ value: Expr, _ point: inout StepPoint)
    mutating func take(_ lock: LockName, _ point: inout StepPoint)
    mutating func release(_ lock: LockName, _ point: inout StepPoint)
    /// The step may have to wait.
    mutating func wait(_ point: inout StepPoint)
    mutating func choose(_ point: inout StepPoint)
    mutating func check(_ violation: ViolationID, _ point: inout StepPoint)
    mutating func jump(to location: Int, _ point: StepPoint)
}

/// Goes through an action, and follows values as expressions over the state before the step. What differs on two ways
/// that meet is unknown behind them: so it takes time that is linear in the size of the action.
struct StepWalk<Visitor: StepVisitor> {
    let model: Model
    let process: Int
    var visitor: Visitor
    private let own: [Expr]
    private let unknown = Unknown()

    /// Values that nothing is known of; no two are equal.
    private final class Unknown {
        private var count = 0
        func next() -> Expr {
            count += 1
            return .register(1 << 32 + count)
        }
    }

    init(_ model: Model, process: Int, _ visitor: Visitor) {
        self.model = model
        self.process = process
        self.visitor = visitor
        own = model.processes[process].dimensions.indices.map { .processIndex($0) }
    }

    mutating func walk(_ action: Action) {
        var start = StepPoint()
        for lock in model.processes[process].locations[action.location].held {
            if let name = name(lock, start) { start.held.insert(name) }
        }
        // With the branches that decide nothing but which statements were come by: that is looked at, too.
        _ = walk(action.body, start)
    }

    /// The name of a lock that is held at a location, at a point that leads there; nil where it can't be told.
    func name(_ held: HeldLock, _ point: StepPoint) -> LockName? {
        guard !held.isShared, isLock(held.lock) else { return nil }
        var indices: [Expr] = []
        for index in held.indices {
            guard let value = pure(index, point) else { return nil }
            indices.append(value)
        }
        return LockName(lock: held.lock, indices: indices)
    }

    private func isLock(_ id: VariableID) -> Bool { model[id].type == .exclusiveLock }

    private func isOwn(_ id: VariableID, _ indices: [Expr]) -> Bool {
        (model[id].role == .local || model[id].role == .programCounter) && model[id].process == process
            && indices == own
    }

    // MARK: Instructions

    /// What is known behind the instructions; nil where no way leads there.
    private mutating func walk(_ body: [Instruction], _ start: StepPoint) -> StepPoint? {
        var point = start
        for instruction in body {
            switch instruction {
            case .require(let condition):
                visitor.wait(&point)
                require(condition, &point)
            case .assign(let id, let place, let expr): assign(id, place, expr, &point)
            case .set(let register, let expr): point.registers[register] = value(expr, &point)
            case .choose(let register, _, _, _):
                visitor.choose(&point)
                point.registers[register] = unknown.next()
            case .branch(let condition, let yes, let no):
                _ = value(condition, &point)
                switch (walk(yes, point), walk(no, point)) {
                case (let a?, let b?): point = .meet(a, b, fresh: unknown.next)
                case (let only?, nil), (nil, let only?): point = only
                case (nil, nil): return nil
                }
            case .check(let condition, let violation):
                _ = value(condition, &point)
                visitor.check(violation, &point)
                if condition == .constant(0), !model[violation].isResumable { return nil }
            case .statement, .way, .observe: break
            case .jump(let location):
                visitor.jump(to: location, point)
                return nil
            }
        }
        return point
    }

    private mutating func require(_ condition: Expr, _ point: inout StepPoint) {
        switch condition {
        case .binary(.and, let a, let b):
            require(a, &point)
            require(b, &point)
        case .read(let id, let place) where model[id].type == .bool && !isOwn(id, place):
            visitor.read(id, values(place, &point), .awaited, &point)
        case .binary(.equal, .read(let id, let place), .constant(0)) where isLock(id):
            let lock = LockName(lock: id, indices: values(place, &point))
            visitor.read(id, lock.indices, .awaitedFree, &point)
            point.free.insert(lock)
            point.tested.insert(lock)
        default: _ = value(condition, &point)
        }
    }

    private mutating func assign(_ id: VariableID, _ place: [Expr], _ expr: Expr, _ point: inout StepPoint) {
        let new = value(expr, &point)
        let indices = values(place, &point)
        if isOwn(id, indices) {
            point.locals[id] = new
            return
        }
        let lock = LockName(lock: id, indices: indices)
        if isLock(id), new == .constant(1), point.free.contains(lock) {
            point.free.remove(lock)
            point.tested.remove(lock)
            point.held.insert(lock)
            visitor.take(lock, &point)
        } else if isLock(id), new == .constant(0), point.held.contains(lock) {
            point.held.remove(lock)
            visitor.release(lock, &point)
        } else {
            visitor.write(id, indices, new, &point)
        }
    }

    // MARK: Values

    private mutating func values(_ place: [Expr], _ point: inout StepPoint) -> [Expr] {
        var result: [Expr] = []
        for index in place { result.append(value(index, &point)) }
        return result
    }

    private mutating func value(_ expr: Expr, _ point: inout StepPoint) -> Expr {
        let result = substituted(expr, &point)
        return result.isSmall ? result : unknown.next()
    }

    private mutating func substituted(_ expr: Expr, _ point: inout StepPoint) -> Expr {
        switch expr {
        case .constant, .processIndex: return expr
        case .register(let register): return point.registers[register] ?? expr
        case .read(let id, let place), .readOld(let id, let place):
            let indices = values(place, &point)
            if isOwn(id, indices) { return point.locals[id] ?? .read(id, indices) }
            if model[id].role == .constant { return .read(id, indices) }
            visitor.read(id, indices, .other, &point)
            return unknown.next()
        case .unary(let operation, let inner): return .unary(operation, value(inner, &point))
        case .binary(let operation, let a, let b):
            return .binary(operation, value(a, &point), value(b, &point))
        case .conditional(let condition, let yes, let no):
            return .conditional(value(condition, &point), value(yes, &point), value(no, &point))
        case .bind(let register, let inner, let body):
            point.registers[register] = value(inner, &point)
            return value(body, &point)
        case .quantified(_, let register, _, let body):
            point.registers[register] = unknown.next()
            _ = value(body, &point)
            return unknown.next()
        }
    }

    /// The value of an index that reads nothing but constants and locals of the process; nil for others.
    private func pure(_ expr: Expr, _ point: StepPoint) -> Expr? {
        switch expr {
        case .constant, .processIndex: return expr
        case .read(let id, let place):
            if isOwn(id, place) { return point.locals[id] ?? expr }
            var indices: [Expr] = []
            for index in place {
                guard let value = pure(index, point) else { return nil }
                indices.append(value)
            }
            return model[id].role == .constant ? .read(id, indices) : nil
        case .unary(let operation, let inner): return pure(inner, point).map { .unary(operation, $0) }
        case .binary(let operation, let a, let b):
            guard let a = pure(a, point), let b = pure(b, point) else { return nil }
            return .binary(operation, a, b)
        case .register, .readOld, .conditional, .bind, .quantified: return nil
        }
    }
}

extension Expr {
    /// Values that grow beyond this are not followed.
    private static var mostParts: Int { 48 }

    fileprivate var isSmall: Bool {
        var left = Self.mostParts
        return fits(&left)
    }

    private func fits(_ left: inout Int) -> Bool {
        left -= 1
        guard left > 0 else { return false }
        switch self {
        case .constant, .processIndex, .register: return true
        case .read(_, let place), .readOld(_, let place):
            for index in place { guard index.fits(&left) else { return false } }
            return true
        case .unary(_, let inner), .quantified(_, _, _, let inner): return inner.fits(&left)
        case .binary(_, let a, let b), .bind(_, let a, let b): return a.fits(&left) && b.fits(&left)
        case .conditional(let a, let b, let c): return a.fits(&left) && b.fits(&left) && c.fits(&left)
        }
    }
}

import Model

/// A lock that is held at every write of a variable; each index of the lock is the index of the variable in a dimension.
struct Guard: Hashable {
    let lock: VariableID
    let dimensions: [Int]
}

/// Who writes a variable, and how.
struct WriteFacts {
    var processes: Set<Int> = []
    /// Whether all writes make the cell true.
    var onlySets = true
    /// Locks that are held at every write.
    var guards: Set<Guard>
    /// For each dimension of the process, one of the variable that has its index at every write: then each instance
    /// writes cells of its own.
    var own: Set<[Int]>
}

/// What all processes and properties do with the variables of a model.
struct AccessFacts {
    private(set) var writes: [VariableID: WriteFacts] = [:]
    /// Of truth values: who looks at them otherwise than by waiting until they are true.
    private(set) var deniers: [VariableID: Set<Int>] = [:]
    /// What properties look at.
    private(set) var visible: Set<VariableID> = []
    /// Processes whose locals or locations others or properties look at.
    private(set) var exposed: Set<Int> = []
    /// Whether somebody writes what belongs to another process.
    private(set) var hasForeignWrites = false
    /// Locks that are not used as locks, or whose state somebody can tell.
    private var unclean: Set<VariableID> = []
    private var model: Model

    init(_ model: Model) {
        self.model = model
        for property in model.properties {
            for conjunct in property.conjuncts { conjunct.condition.forEachRead { look($0) } }
        }
        for (process, of) in model.processes.enumerated() {
            unclean.formUnion((of.locations.first?.held ?? []).map(\.lock))
            for action in model.actions where action.process == process {
                var walk = StepWalk(model, process: process, Gathering(facts: self, process: process))
                walk.walk(action)
                self = walk.visitor.facts
            }
        }
    }

    private mutating func look(_ id: VariableID) {
        if let process = model[id].process { exposed.insert(process) }
        visible.insert(id)
    }

    /// Whether a variable is a lock that one process holds at a time, which only lock steps touch, and which nobody can
    /// look at without waiting.
    func isClean(_ lock: VariableID) -> Bool {
        model[lock].type == .exclusiveLock && !unclean.contains(lock) && !visible.contains(lock)
    }

    /// Tells facts of one process.
    private struct Gathering: StepVisitor {
        var facts: AccessFacts
        let process: Int
        private var model: Model { facts.model }

        init(facts: AccessFacts, process: Int) {
            self.facts = facts
            self.process = process
        }

        mutating func read(_ id: VariableID, _ indices: [Expr], _ use: ReadUse, _ point: inout StepPoint) {
            if let owner = model[id].process { facts.exposed.insert(owner) }
            switch use {
            case .awaited, .awaitedFree: break
            case .other:
                facts.deniers[id, default: []].insert(process)
                // Whoever holds a lock knows that it is held.
                if !point.held.contains(LockName(lock: id, indices: indices)) { facts.unclean.insert(id) }
            }
        }

        mutating func write(_ id: VariableID, _ indices: [Expr], _ value: Expr, _ point: inout StepPoint) {
            switch model[id].role {
            case .local, .programCounter, .constant: facts.hasForeignWrites = true
            case .shared, .ghost: break
            }
            facts.unclean.insert(id)
            let guards = guards(indices, point.held)
            let own = own(indices)
            var all = facts.writes[id] ?? WriteFacts(guards: guards, own: own)
            all.processes.insert(process)
            all.onlySets = all.onlySets && value == .constant(1) && model[id].type == .bool
            all.guards.formIntersection(guards)
            all.own.formIntersection(own)
            facts.writes[id] = all
        }

        private func guards(_ indices: [Expr], _ held: Set<LockName>) -> Set<Guard> {
            Set(
                held.flatMap { lock in Self.ways(lock.indices, indices).map { Guard(lock: lock.lock, dimensions: $0) } }
            )
        }

        private func own(_ indices: [Expr]) -> Set<[Int]> {
            Set(Self.ways(model.processes[process].dimensions.indices.map { .processIndex($0) }, indices))
        }

        /// All ways to find the parts among the indices.
        private static func ways(_ parts: [Expr], _ indices: [Expr]) -> [[Int]] {
            parts.reduce([[]]) { ways, part in
                ways.flatMap { way in indices.indices.filter { indices[$0] == part }.map { way + [$0] } }
            }
        }

        mutating func take(_ lock: LockName, _ point: inout StepPoint) {}
        mutating func release(_ lock: LockName, _ point: inout StepPoint) {}
        mutating func wait(_ point: inout StepPoint) {}
        mutating func choose(_ point: inout StepPoint) {}
        mutating func check(_ violation: ViolationID, _ point: inout StepPoint) {}

        /// What the location says about locks must be so on every way to it.
        mutating func jump(to location: Int, _ point: StepPoint) {
            let walk = StepWalk(model, process: process, self)
            for lock in model.processes[process].locations[location].held {
                if let name = walk.name(lock, point), point.held.contains(name) { continue }
                facts.unclean.insert(lock.lock)
            }
        }
    }
}

extension Expr {
    fileprivate func forEachRead(_ body: (VariableID) -> Void) {
        switch self {
        case .constant, .processIndex, .register: break
        case .read(let id, let place), .readOld(let id, let place):
            body(id)
            for index in place { index.forEachRead(body) }
        case .unary(_, let inner), .quantified(_, _, _, let inner): inner.forEachRead(body)
        case .binary(_, let a, let b), .bind(_, let a, let b):
            a.forEachRead(body)
            b.forEachRead(body)
        case .conditional(let a, let b, let c):
            a.forEachRead(body)
            b.forEachRead(body)
            c.forEachRead(body)
        }
    }
}

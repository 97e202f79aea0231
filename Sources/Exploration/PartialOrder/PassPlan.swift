import Model

/// Which states a search passes through, instead of taking them in: what others would do there they can as well do
/// before the process came there, or after it has gone on.
///
/// From movers to transactions: R. J. Lipton, *Reduction: A Method of Proving Properties of Parallel Programs* (CACM
/// 1975); C. Flanagan and S. Qadeer, *Transactions for Software Model Checking* (SoftMC 2003). Why properties and
/// deadlocks are kept: `docs/decisions/012-partial-order.md`.
struct PassPlan: Sendable {
    enum Pass: UInt8, Sendable {
        case none
        /// The step has changed nothing that others can tell.
        case free
        /// It has taken a lock.
        case taking
    }

    /// By action and location: how a step to it that moves right is passed.
    var right: [[Pass]]
    /// By process and location: whether all steps from there move left.
    var left: [[Bool]]
    /// By process and location: whether a step from there may have to wait.
    var waits: [[Bool]]
    /// By process and location: whether a state there may be passed.
    private var passed: [[Bool]]

    /// Nil where nothing is passed.
    init?(_ code: ModelCode) {
        let model = code.model
        let facts = AccessFacts(model)
        // The label of a successor has 16 bits for its actor.
        guard !facts.hasForeignWrites, code.actors.count <= 1 << 16 else { return nil }
        let moves = model.actions.map { MoverJudging.moves(of: $0, model, facts) }
        right = model.actions.map { model.processes[$0.process].locations.map { _ in .none } }
        left = model.processes.map { $0.locations.map { _ in false } }
        waits = Self.waits(model)
        passed = left
        var isEmpty = true
        for process in model.processes.indices
        where model.processes[process].kind != .hardware && !facts.exposed.contains(process) {
            var ways = Ways(model, process, moves)
            for location in ways.leftLocations() {
                left[process][location] = true
                passed[process][location] = true
                isEmpty = false
            }
            for (action, target, takes) in ways.rightSteps() {
                right[action][target] = takes ? .taking : .free
                passed[process][target] = true
                isEmpty = false
            }
        }
        if isEmpty { return nil }
    }

    @inline(__always)
    func pass(action: Int, to location: Int) -> Pass { right[action][location] }

    @inline(__always)
    func movesLeft(process: Int, from location: Int) -> Bool { left[process][location] }

    @inline(__always)
    func waits(process: Int, at location: Int) -> Bool { waits[process][location] }

    /// Whether some state with the process at the location is passed.
    func passes(process: Int, at location: Int) -> Bool { passed[process][location] }

    private static func waits(_ model: Model) -> [[Bool]] {
        model.processes.enumerated().map { process, of in
            of.locations.indices.map { location in
                let bodies = model.actions.filter { $0.process == process && $0.location == location }.map(\.body)
                return bodies.isEmpty || bodies.contains { $0.mayWait }
            }
        }
    }
}

extension [Instruction] {
    fileprivate var mayWait: Bool {
        contains { instruction in
            switch instruction {
            case .require: true
            case .branch(_, let yes, let no): yes.mayWait || no.mayWait
            case .choose(_, let count, _, _): count == 0
            case .assign, .set, .check, .statement, .way, .observe, .jump: false
            }
        }
    }
}

/// The ways of one process, and which of them can be passed without going round for ever.
private struct Ways {
    private let model: Model
    private let process: Int
    private let moves: [ActionMoves]
    /// By location: where those lead that are passed.
    private var passed: [Set<Int>]

    init(_ model: Model, _ process: Int, _ moves: [ActionMoves]) {
        self.model = model
        self.process = process
        self.moves = moves
        passed = model.processes[process].locations.map { _ in [] }
    }

    private var actions: [Int] { model.actions.indices.filter { model.actions[$0].process == process } }
    private func location(_ number: Int) -> Location { model.processes[process].locations[number] }

    mutating func leftLocations() -> [Int] {
        var result: [Int] = []
        for number in model.processes[process].locations.indices where !isRest(number) {
            let here = actions.filter { model.actions[$0].location == number }
            guard !here.isEmpty, here.allSatisfy({ moves[$0].movesLeft && !moves[$0].ways.isEmpty }) else { continue }
            let targets = Set(here.flatMap { moves[$0].ways.keys })
            guard !targets.contains(where: { leads(from: $0, to: number) }) else { continue }
            passed[number].formUnion(targets)
            result.append(number)
        }
        return result
    }

    mutating func rightSteps() -> [(action: Int, target: Int, takes: Bool)] {
        var result: [(action: Int, target: Int, takes: Bool)] = []
        for action in actions {
            let source = model.actions[action].location
            for (target, way) in moves[action].ways.sorted(by: { $0.key < $1.key }) {
                guard way.movesRight, isAlike(source, target), !leads(from: target, to: source) else { continue }
                passed[source].insert(target)
                result.append((action, target, way.takes))
            }
        }
        return result
    }

    private func isRest(_ number: Int) -> Bool { location(number).isAtRest }

    /// Whether what is asked of locations can't be violated at the target of a step unless it is at the source.
    private func isAlike(_ source: Int, _ target: Int) -> Bool {
        if location(target).isFinal { return false }
        return !isRest(target) || (isRest(source) && location(target).held.isEmpty)
    }

    private func leads(from start: Int, to end: Int) -> Bool {
        var seen: Set<Int> = [start]
        var work = [start]
        while let next = work.popLast() {
            if next == end { return true }
            for target in passed[next] where seen.insert(target).inserted { work.append(target) }
        }
        return false
    }
}

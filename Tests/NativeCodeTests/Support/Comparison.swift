import Model
import ModelTestSupport

/// The compiled functions of a model against the bytecode machine, over reachable states and over damaged ones.
struct Comparison {
    private(set) var differences: [String] = []
    private(set) var states = 0
    private(set) var successors = 0
    /// Expansions with a fault, and with a violation.
    private(set) var faults = 0
    private(set) var violations = 0
    /// Violations of the compiled code that are none: a step that has to wait behind a failed check.
    private(set) var cautious = 0
    /// Judgements that found something.
    private(set) var judged = 0
    private let code: ModelCode
    private let functions: NativeFunctions
    private let machine: Machine
    private let buffer = SuccessorBuffer()
    private var random: SeededNumbers

    init(_ code: ModelCode, _ functions: NativeFunctions, limit: Int, damaged: Int = 0, seed: UInt64 = 0) {
        self.code = code
        self.functions = functions
        machine = Machine(code)
        random = SeededNumbers(seed)
        run(limit: limit, damaged: damaged)
    }

    private mutating func run(limit: Int, damaged: Int) {
        machine.initialStates(into: buffer)
        var found = results
        var seen = Set(found)
        var next = 0
        while next < found.count, next < limit, differences.count < 5 {
            let state = found[next]
            next += 1
            compareExpansion(state)
            for new in results where seen.insert(new).inserted { found.append(new) }
            compareJudgement(state)
            if let other = results.first { compareStep(state, other) }
        }
        let reached = found.isEmpty ? [Array(repeating: UInt64(0), count: code.wordCount)] : found
        for _ in 0..<damaged where differences.count < 5 {
            var state = reached[Int.random(in: reached.indices, using: &random)]
            for _ in 0...Int.random(in: 0...3, using: &random) {
                let word = Int.random(in: state.indices, using: &random)
                state[word] ^= 1 << UInt64.random(in: 0..<64, using: &random)
            }
            compareExpansion(state)
            compareJudgement(state)
            compareStep(reached[Int.random(in: reached.indices, using: &random)], state)
        }
    }

    private var results: [[UInt64]] {
        let contents = buffer.contents
        return (0..<contents.count).compactMap { number in
            let one = contents.successors[number]
            guard one.ending < 0 else { return nil }
            return Array(UnsafeBufferPointer(start: contents.words + one.start, count: one.length))
        }
    }

    private mutating func differ(_ what: String, _ state: [UInt64]) {
        differences.append("\(what) in \(state.map { String($0, radix: 16) }.joined(separator: " "))")
    }

    // MARK: Steps

    private mutating func compareExpansion(_ state: [UInt64]) {
        states += 1
        machine.expand(state, into: buffer)
        let contents = buffer.contents
        let rows = Rows(code.wordCount + 1, room: contents.count + 1)
        let (count, flags) = rows.expand(functions, state)
        let all = UnsafeBufferPointer(start: contents.successors, count: contents.count)
        let isViolation = all.contains { $0.ending >= 0 || $0.violationCount > 0 }
        if contents.fault != nil { faults += 1 }
        if isViolation { violations += 1 }
        if flags.contains(.fault), contents.fault == nil { return differ("a fault that is none", state) }
        if flags.contains(.violation), !isViolation, contents.fault == nil {
            cautious += 1
            if !code.model.violations.contains(where: \.isResumable) { differ("a violation that is none", state) }
        }
        if contents.fault != nil || isViolation {
            if flags.isDisjoint(with: [.fault, .violation]) { differ("a fault or violation is missing", state) }
            return
        }
        guard flags.isDisjoint(with: [.fault, .violation]) else { return }
        successors += count
        guard count == contents.count else { return differ("\(count) successors for \(contents.count)", state) }
        let moves = all.contains { code.model.processes[code.actors[Int($0.actor)].process].kind != .hardware }
        if flags.contains(.moves) != moves { differ("moves", state) }
        for (number, one) in all.enumerated() { compare(rows.row(number), one, state) }
        compareRoom(state, rows)
        for actor in code.actors.indices { compare(actor, state, rows) }
    }

    /// One actor alone has its part of all successors.
    private mutating func compare(_ actor: Int, _ state: [UInt64], _ all: Rows) {
        let rows = Rows(code.wordCount + 1, room: all.count)
        let (count, flags) = rows.expand(functions, state, actor: actor)
        let expected = (0..<all.count).map { all.row($0) }.filter { SuccessorLabel(word: $0.last ?? 0).actor == actor }
        if (0..<count).map({ rows.row($0) }) != expected || !flags.isEmpty { differ("actor \(actor)", state) }
        if !rows.isIntact { differ("an actor writes behind the room", state) }
    }

    private mutating func compare(_ row: [UInt64], _ one: Successor, _ state: [UInt64]) {
        let words = UnsafeBufferPointer(start: buffer.contents.words + one.start, count: one.length)
        if !row.dropLast().elementsEqual(words) { differ("another successor", state) }
        let label = SuccessorLabel(word: row.last ?? 0)
        if label.action != Int(one.action) || label.actor != Int(one.actor) { differ("another label", state) }
        let choices = (0..<one.choiceCount).map { buffer.contents.choices[one.firstChoice + $0] }
        let counts = code.model.actions[Int(one.action)].body.countsOfChoices
        guard let counts, counts.count >= choices.count else { return }
        let number = zip(choices, counts).reduce(UInt64(0)) { $0 &* UInt64($1.1) &+ $1.0 }
        if label.choices != number & 0xFF_FFFF { differ("other choices", state) }
    }

    /// With too little room the number is the same, and nothing is written behind the room.
    private mutating func compareRoom(_ state: [UInt64], _ full: Rows) {
        for room in Set([0, full.count / 2, max(0, full.count - 1)]) {
            let rows = Rows(code.wordCount + 1, room: room)
            let (count, _) = rows.expand(functions, state)
            if count != full.count { differ("\(count) successors with room for \(room)", state) }
            if !rows.isIntact { differ("writes behind the room", state) }
            if (0..<room).contains(where: { rows.row($0) != full.row($0) }) { differ("other successors", state) }
        }
    }

    // MARK: Judgements

    private mutating func compareJudgement(_ state: [UInt64]) {
        let isWrong = leaks(state) || fails(.invariant, state) || (allRest(state) && fails(.atRest, state))
        if isWrong { judged += 1 }
        if (functions.judge(state) != 0) != isWrong { differ("judge", state) }
        for (number, property) in code.model.properties.enumerated() where property.kind == .reachable {
            if functions.witness(state, UInt32(number)) != witness(number, state) { differ("witness", state) }
        }
    }

    private mutating func compareStep(_ old: [UInt64], _ state: [UInt64]) {
        let isWrong = fails(.transition, state, old: old)
        if isWrong { judged += 1 }
        if (functions.judgeStep(old, state) != 0) != isWrong { differ("judgeStep", state) }
    }

    private func fails(_ kind: PropertyKind, _ state: [UInt64], old: [UInt64]? = nil) -> Bool {
        (try? machine.allHold(kind, in: state, old: old ?? state)) != true
    }

    private func witness(_ number: Int, _ state: [UInt64]) -> UInt32 {
        for conjunct in code.model.properties[number].conjuncts.indices {
            guard let holds = try? machine.holds(property: number, conjunct: conjunct, in: state, old: state) else {
                return 2
            }
            if !holds { return 0 }
        }
        return 1
    }

    private func contains(_ state: [UInt64], _ test: (Process, Location) -> Bool) -> Bool {
        code.actors.contains { actor in
            let process = code.model.processes[actor.process]
            let location = code.location(of: actor, in: state)
            return process.locations.indices.contains(location) && test(process, process.locations[location])
        }
    }

    private func allRest(_ state: [UInt64]) -> Bool {
        !contains(state) { $0.kind != .hardware && !$1.isRest && !$1.isFinal }
    }

    private func leaks(_ state: [UInt64]) -> Bool {
        contains(state) { ($1.isRest || $1.isFinal) && !$1.held.isEmpty }
    }
}

/// Memory for successors, with a mark behind it.
private final class Rows {
    private let memory: UnsafeMutablePointer<UInt64>
    private let width: Int
    private let room: Int
    private(set) var count = 0
    private static let mark: UInt64 = 0xdead_beef_dead_beef

    init(_ width: Int, room: Int) {
        self.width = width
        self.room = room
        memory = .allocate(capacity: width * (room + 1))
        memory.initialize(repeating: Self.mark, count: width * (room + 1))
    }

    deinit { memory.deallocate() }

    func expand(_ functions: NativeFunctions, _ state: [UInt64]) -> (Int, NativeFunctions.Flags) {
        var flags: UInt32 = 0
        count = Int(functions.expand(state, memory, UInt64(room), &flags))
        return (count, NativeFunctions.Flags(rawValue: flags))
    }

    func expand(
        _ functions: NativeFunctions, _ state: [UInt64], actor: Int
    ) -> (Int, NativeFunctions.Flags) {
        var flags: UInt32 = 0
        count = Int(functions.expandActor(state, UInt32(actor), memory, UInt64(room), &flags))
        return (count, NativeFunctions.Flags(rawValue: flags))
    }

    func row(_ number: Int) -> [UInt64] {
        Array(UnsafeBufferPointer(start: memory + number * width, count: width))
    }

    var isIntact: Bool { row(room).allSatisfy { $0 == Self.mark } }
}

extension [Instruction] {
    /// How many values the choices have, where all ways have the same.
    fileprivate var countsOfChoices: [Int]? {
        var counts: [Int] = []
        for instruction in self {
            switch instruction {
            case .choose(_, let count, _, _): counts.append(count)
            case .branch(_, let yes, let no):
                guard let first = yes.countsOfChoices, let second = no.countsOfChoices else { return nil }
                if first.isEmpty && second.isEmpty { continue }
                guard first == second else { return nil }
                counts += first
            case .require, .assign, .set, .check, .statement, .way, .observe, .jump: break
            }
        }
        return counts
    }
}

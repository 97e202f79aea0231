import Model

/// A compiled model as a transition system.
///
/// Its judgements are the violations of the model in the order of its table, `lock_leak`, its properties but
/// `reachable` ones, and `deadlock`.
public struct ModelSystem: TransitionSystem {
    public let code: ModelCode
    public let judgements: [Judgement]
    let machine: Machine
    private var canonicaliser: Canonicaliser?
    private let rest: RestTable
    /// Judgements of a kind of property, and the numbers of the properties.
    private let invariants: [(judgement: Int, property: Int)]
    private let restProperties: [(judgement: Int, property: Int)]
    private let transitions: [(judgement: Int, property: Int)]
    private let lockLeak: Int
    /// `reachable` properties without a witness so far.
    private var unseen: [Int]
    /// Compiled functions, where there are any; they do what the machine does.
    private(set) var native: NativeFunctions?
    /// Passes through states, where the search is reduced so.
    private var passing: Passing?

    /// - Parameter looksForWitnesses: whether states are asked for `reachable` properties, too.
    public init(_ code: ModelCode, usesSymmetry: Bool, looksForWitnesses: Bool = true) {
        self.init(code, usesSymmetry: usesSymmetry, looksForWitnesses: looksForWitnesses, passes: nil)
    }

    init(_ code: ModelCode, usesSymmetry: Bool, looksForWitnesses: Bool = true, passes: PassPlan?) {
        self.code = code
        passing = passes.map { Passing($0, code) }
        machine = Machine(code)
        let model = code.model
        var judgements = model.violations.map { Judgement(name: $0.name, source: .inStep) }
        lockLeak = judgements.count
        judgements.append(Judgement(name: "lock_leak", source: .lockLeak))
        var byKind: [PropertyKind: [(judgement: Int, property: Int)]] = [:]
        for (number, property) in model.properties.enumerated() {
            byKind[property.kind, default: []].append((judgements.count, number))
            guard property.kind != .reachable else { continue }
            judgements.append(Judgement(name: property.name, source: .property(number)))
        }
        judgements.append(Judgement(name: "deadlock", source: .deadlock))
        self.judgements = judgements
        invariants = byKind[.invariant] ?? []
        restProperties = byKind[.atRest] ?? []
        transitions = byKind[.transition] ?? []
        unseen = looksForWitnesses ? (byKind[.reachable] ?? []).map(\.property) : []
        rest = RestTable(code)
        canonicaliser = usesSymmetry ? Canonicaliser(code) : nil
    }

    public var fixedWidth: Int? { code.wordCount }
    public var actorCount: Int { code.actors.count }
    public func place(of actor: Int) -> (process: Int, instance: Int) {
        guard code.actors.indices.contains(actor) else { return (actor, 0) }
        return (code.actors[actor].process, code.actors[actor].instance)
    }
    public var isReducedBySymmetry: Bool { canonicaliser != nil }
    public var symmetryOrder: Int { canonicaliser?.order ?? 1 }
    public var unwitnessed: [String] { unseen.map { code.model.properties[$0].name } }

    public func initialStates(into buffer: SuccessorBuffer) { machine.initialStates(into: buffer) }

    public func expand(_ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer) {
        guard let words = state.baseAddress else { return }
        machine.expand(words, into: buffer)
    }

    /// Successors in a part: as many as the caches hold.
    private static var part: Int { 1 << 10 }

    public func initialStates(into buffer: SuccessorBuffer, from position: inout ExpansionPosition) -> Bool {
        machine.initialStates(into: buffer, from: &position, most: Self.part)
    }

    /// Those in which free cells have the codes that they have in a state.
    func initialStates(
        into buffer: SuccessorBuffer, free state: [UInt64]?, from position: inout ExpansionPosition
    ) -> Bool {
        machine.initialStates(into: buffer, free: state, from: &position, most: Self.part)
    }

    public mutating func expand(
        _ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer, from position: inout ExpansionPosition
    ) -> Bool {
        guard let words = state.baseAddress else { return false }
        let isWhole = position.isStart
        let hasMore = machine.expand(words, into: buffer, from: &position, most: Self.part)
        if isWhole, !hasMore { passing?.expand(words, machine, in: buffer) }
        return hasMore
    }

    /// Fills the buffer with the steps of one actor, in parts; false where there are no more.
    func expand(
        _ state: UnsafeBufferPointer<UInt64>, actor: Int, into buffer: SuccessorBuffer,
        from position: inout ExpansionPosition
    ) -> Bool {
        guard let words = state.baseAddress else { return false }
        return machine.expand(words, actor: actor, into: buffer, from: &position, most: Self.part)
    }

    public mutating func adopt(_ functions: NativeFunctions) { native = functions }

    @inline(__always)
    public mutating func expandQuickly(
        _ state: UnsafeBufferPointer<UInt64>, into pending: inout PendingStates
    ) -> QuickExpansion? {
        guard let native, let words = state.baseAddress else { return nil }
        if passing != nil { return passing?.expand(words, native, into: &pending) }
        let width = state.count
        var flags: UInt32 = 0
        var place = pending.reserve(words: 16 * (width + 1))
        var room = pending.freeWords / (width + 1)
        var count = Int(truncatingIfNeeded: native.expand(words, place, UInt64(room), &flags))
        if flags & (NativeFunctions.Flags.violation.rawValue | NativeFunctions.Flags.fault.rawValue) != 0 { return nil }
        // So many are taken in parts.
        if count > 1 << 14 { return nil }
        if count > room {
            place = pending.reserve(words: count * (width + 1))
            room = count
            count = Int(truncatingIfNeeded: native.expand(words, place, UInt64(room), &flags))
        }
        // Behind the words of each state is its label.
        for _ in 0..<count { _ = pending.take(length: width, gap: 1) }
        return QuickExpansion(count: count, moves: flags & NativeFunctions.Flags.moves.rawValue != 0)
    }

    public func isStuck(_ state: UnsafeBufferPointer<UInt64>) -> Bool {
        guard let words = state.baseAddress else { return false }
        return rest.someOrdinaryIsUnderWay(words)
    }

    public var judgesSteps: Bool { !transitions.isEmpty }

    // MARK: Judging

    public mutating func examine(
        _ state: UnsafeBufferPointer<UInt64>, failures: inout [Int]
    ) throws(MachineFault) {
        guard let words = state.baseAddress else { return }
        if let native, native.judge(words) == 0 {
            if !unseen.isEmpty { try lookForWitnesses(words) }
            return
        }
        if rest.canLeak, rest.leaks(words) { failures.append(lockLeak) }
        if !invariants.isEmpty, try !machine.allHold(.invariant, in: words, old: words) {
            try appendFailures(of: invariants, words, words, &failures)
        }
        if !restProperties.isEmpty, rest.allRest(words), try !machine.allHold(.atRest, in: words, old: words) {
            try appendFailures(of: restProperties, words, words, &failures)
        }
        if !unseen.isEmpty { try lookForWitnesses(words) }
        if failures.count > 1 { failures.sort() }
    }

    public func examine(
        _ state: UnsafeBufferPointer<UInt64>, after old: UnsafeBufferPointer<UInt64>, failures: inout [Int]
    ) throws(MachineFault) {
        guard !transitions.isEmpty, let words = state.baseAddress, let oldWords = old.baseAddress else { return }
        if let native, native.judgeStep(oldWords, words) == 0 { return }
        guard try !machine.allHold(.transition, in: words, old: oldWords)
        else { return }
        try appendFailures(of: transitions, words, oldWords, &failures)
    }

    public func isDeadlock(
        _ state: UnsafeBufferPointer<UInt64>, _ successors: SuccessorBuffer.Contents
    ) -> Bool {
        for number in 0..<successors.count
        where !rest.isHardware(actor: Int(successors.successors[number].actor)) {
            return false
        }
        return isStuck(state)
    }

    public func failingPart(of judgement: Int, in state: [UInt64], after old: [UInt64]) -> Int? {
        guard case .property(let property) = judgements[judgement].source, state.count == code.wordCount,
            old.count == code.wordCount
        else { return nil }
        return state.withUnsafeBufferPointer { state in
            old.withUnsafeBufferPointer { old in
                guard let state = state.baseAddress, let old = old.baseAddress else { return nil }
                return code.model.properties[property].conjuncts.indices.first { conjunct in
                    (try? machine.holds(property: property, conjunct: conjunct, in: state, old: old)) == false
                }
            }
        }
    }

    private func appendFailures(
        of properties: [(judgement: Int, property: Int)], _ words: UnsafePointer<UInt64>,
        _ old: UnsafePointer<UInt64>, _ failures: inout [Int]
    ) throws(MachineFault) {
        for (judgement, property) in properties where try !holds(property, words, old) { failures.append(judgement) }
    }

    private func holds(
        _ property: Int, _ words: UnsafePointer<UInt64>, _ old: UnsafePointer<UInt64>
    ) throws(MachineFault) -> Bool {
        for conjunct in code.model.properties[property].conjuncts.indices
        where try !machine.holds(property: property, conjunct: conjunct, in: words, old: old) {
            return false
        }
        return true
    }

    private mutating func lookForWitnesses(_ words: UnsafePointer<UInt64>) throws(MachineFault) {
        var left: [Int] = []
        for property in unseen where try !holds(property, words, words) { left.append(property) }
        if left.count < unseen.count { unseen = left }
    }

    // MARK: Symmetry

    @inline(__always)
    public func isPlainlyCanonical(_ state: UnsafeMutableBufferPointer<UInt64>) -> Bool {
        guard let words = state.baseAddress, let canonicaliser else { return true }
        return canonicaliser.isPlainlyCanonical(words)
    }

    public mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>) {
        guard let words = state.baseAddress else { return }
        canonicaliser?.canonicalise(words)
    }

    public mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>, renaming: inout [Int]) {
        guard let words = state.baseAddress, canonicaliser != nil else {
            renaming = Array(0..<actorCount)
            return
        }
        canonicaliser?.canonicalise(words, renaming: &renaming)
    }

    // MARK: Printing

    public func describe(_ state: [UInt64]) -> String {
        let names = code.model.sortNames
        return code.model.variables.indices.flatMap { index in
            (0..<code.model.variables[index].count).map { element in
                let id = VariableID(index)
                let value = code.model[id].type.describe(code.model.code(id, element: element, in: state), names: names)
                return "\(code.model.leafName(id, element: element, names: names)) = \(value)"
            }
        }.joined(separator: "\n")
    }
}

import Exploration
import Model

/// A mistake that the engine could make, as a system that lies to a correct search.
struct EngineDefect: Sendable {
    let name: String
    let change: @Sendable (inout LyingSystem) -> Void

    static let all: [EngineDefect] = [
        .init(name: "a successor is lost") { $0.losesSuccessor = true },
        .init(name: "equal states are not recognised") { $0.marksStates = true },
        .init(name: "states that are not symmetric are merged") { $0.mergesStates = true },
        .init(name: "the wrong property is asked") { $0.rotatesJudgements() },
        .init(name: "the depth is one less") { $0.skipsLayer = true },
        .init(name: "a transition property is asked with the wrong old state") { $0.forgetsOld = true },
        .init(name: "no state is a deadlock") { $0.deadlock = false },
        .init(name: "every state without a step is a deadlock") { $0.countsAllAsStuck = true },
        .init(name: "violations that have a result are lost") { $0.losesViolations = true },
        .init(name: "steps without a result are lost") { $0.losesEndings = true },
        .init(name: "a witness is not noticed") { $0.losesWitnesses = true },
    ]
}

/// A model's system with one lie.
struct LyingSystem: TransitionSystem {
    var inner: ModelSystem
    var judgements: [Judgement]
    var losesSuccessor = false
    var marksStates = false
    var mergesStates = false
    var skipsLayer = false
    var forgetsOld = false
    var deadlock: Bool?
    var countsAllAsStuck = false
    var losesViolations = false
    var losesEndings = false
    var losesWitnesses = false
    private let scratch = SuccessorBuffer()
    private let width: Int

    init(_ inner: ModelSystem, width: Int) {
        self.inner = inner
        self.width = width
        judgements = inner.judgements
    }

    mutating func rotatesJudgements() {
        let places = judgements.indices.filter { if case .property = judgements[$0].source { true } else { false } }
        guard let first = places.first, let last = places.last else { return }
        judgements.swapAt(first, last)
    }

    var fixedWidth: Int? { width + (marksStates ? 1 : 0) }
    var actorCount: Int { inner.actorCount }
    var unwitnessed: [String] {
        losesWitnesses ? inner.code.model.properties.filter { $0.kind == .reachable }.map(\.name) : inner.unwitnessed
    }
    func place(of actor: Int) -> (process: Int, instance: Int) { inner.place(of: actor) }
    func describe(_ state: [UInt64]) -> String { inner.describe(state) }
    func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>) {
        if mergesStates, !state.isEmpty { state[0] &= ~3 }
    }

    func initialStates(into buffer: SuccessorBuffer) {
        inner.initialStates(into: scratch)
        guard skipsLayer else { return copy(into: buffer, mark: 0) }
        let first = SuccessorBuffer()
        inner.initialStates(into: first)
        buffer.removeAll()
        let contents = first.contents
        for number in 0..<contents.count {
            let one = contents.successors[number]
            inner.expand(UnsafeBufferPointer(start: contents.words + one.start, count: width), into: scratch)
            copy(into: buffer, mark: 0, clearing: false)
        }
    }

    func expand(_ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer) {
        inner.expand(UnsafeBufferPointer(rebasing: state[..<width]), into: scratch)
        copy(into: buffer, mark: marksStates ? state[width] ^ 1 : 0)
    }

    private func copy(into buffer: SuccessorBuffer, mark: UInt64, clearing: Bool = true) {
        if clearing { buffer.removeAll() }
        let contents = scratch.contents
        for number in 0..<contents.count {
            if losesSuccessor, number > 0, number == contents.count - 1 { continue }
            let one = contents.successors[number]
            if losesEndings, one.ending >= 0 { continue }
            let words = (0..<one.length).map { contents.words[one.start + $0] } + (marksStates ? [mark] : [])
            let found = (0..<one.violationCount).map { Int(contents.violations[one.firstViolation + $0]) }
            buffer.append(
                words, action: Int(one.action), actor: Int(one.actor),
                choices: (0..<one.choiceCount).map { contents.choices[one.firstChoice + $0] },
                violations: losesViolations ? [] : found, ending: one.ending < 0 ? nil : Int(one.ending))
        }
    }

    mutating func examine(_ state: UnsafeBufferPointer<UInt64>, failures: inout [Int]) throws(MachineFault) {
        try inner.examine(UnsafeBufferPointer(rebasing: state[..<width]), failures: &failures)
    }

    mutating func examine(
        _ state: UnsafeBufferPointer<UInt64>, after old: UnsafeBufferPointer<UInt64>, failures: inout [Int]
    ) throws(MachineFault) {
        let new = UnsafeBufferPointer(rebasing: state[..<width])
        try inner.examine(
            new, after: forgetsOld ? new : UnsafeBufferPointer(rebasing: old[..<width]), failures: &failures)
    }

    mutating func isDeadlock(_ state: UnsafeBufferPointer<UInt64>, _ successors: SuccessorBuffer.Contents) -> Bool {
        if countsAllAsStuck { return successors.count == 0 }
        return deadlock ?? inner.isDeadlock(UnsafeBufferPointer(rebasing: state[..<width]), successors)
    }
}

import Exploration
import Foundation
import Model
import ModelTestSupport
import Testing

@Suite("Symmetry")
struct SymmetryTests {
    private static let isSlow = ProcessInfo.processInfo.environment["FAULTLINE_SLOW"] != nil

    @Test("gives all renamings of a state one representative, which is one of them", arguments: 0..<160)
    func representatives(seed: Int) throws {
        let code = try ModelCode(SymmetricModel.make(seed: UInt64(seed)))
        guard let check = OrbitCheck(code, limit: 150) else { return }
        var form = CanonicalForm(code)
        var random = SeededNumbers(UInt64(seed))
        for _ in 0..<(Self.isSlow ? 40 : 4) {
            let state = SymmetricModel.state(of: code.model, &random)
            #expect(check.differences(state) { form.apply(&$0) } == [])
        }
        #expect(form.mistakes == [])
    }

    @Test("gives all renamings of a reachable state one representative", arguments: 0..<60)
    func reachable(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed), sorts: 1 + seed % 3, largest: 3 + seed % 2)
        let code = try ModelCode(model)
        guard let naive = NaiveSearch(model, limit: 200), let check = OrbitCheck(code, limit: 150) else { return }
        var form = CanonicalForm(code)
        let states = naive.depths.keys.sorted { check.words($0).lexicographicallyPrecedes(check.words($1)) }
        for state in states.prefix(20) { #expect(check.differences(state) { form.apply(&$0) } == []) }
        #expect(form.mistakes == [])
    }

    @Test("leaves a state with pinned elements as it is, at one look")
    func pinned() throws {
        var model = Model(name: "pinned")
        let procs = model.sort("Proc", 3)
        _ = model.variable("number", [procs], .range(lower: 0, upper: 7))
        let count = model.variable("count", [procs], .range(lower: 0, upper: 7))
        let process = model.process("p", [procs], locations: 2)
        model.action(process, at: 0, [count(me, to: c(1)), .jump(location: 1)])
        let code = try ModelCode(model.packed())
        let system = ModelSystem(code, usesSymmetry: true)
        let check = try #require(OrbitCheck(code, limit: 6))
        var form = CanonicalForm(system)
        for count in 0..<8 {
            var words = check.words([[0, 1, 2], [UInt64(count), 0, 5], [0, 1, 0]])
            let before = words
            let isPlain = words.withUnsafeMutableBufferPointer { system.isPlainlyCanonical($0) }
            #expect(isPlain == (count > 0))
            _ = form.apply(&words)
            #expect(words == before)
        }
    }

    @Test("looks again where an element that nobody named is named now")
    func namedTwin() throws {
        var model = Model(name: "named")
        let procs = model.sort("Proc", 2)
        let frames = model.sort("Frame", 2)
        // Settles the processes by itself, so that where they are is not looked at for their sake.
        _ = model.variable("number", [procs], .range(lower: 0, upper: 1))
        let place = model.variable("place", [procs], .optional(.element(sort: 1)))
        // So many bits give the frames the first turn.
        _ = model.variable("data", [frames], .range(lower: 0, upper: 63))
        let process = model.process("p", [procs], locations: 2)
        model.action(process, at: 0, [place(me, to: c(0)), .jump(location: 1)])
        let code = try ModelCode(model.packed())
        let system = ModelSystem(code, usesSymmetry: true)
        let check = try #require(OrbitCheck(code, limit: 4))
        var form = CanonicalForm(system)
        var unnamed = check.words([[0, 1], [0, 0], [0, 0], [0, 0]])
        _ = form.apply(&unnamed)
        var named = check.words([[0, 1], [0, 0b11], [0, 0], [0, 0]])
        _ = form.apply(&named)
        #expect(form.mistakes == [])
        #expect(named == check.words([[0, 1], [0, 0b01], [0, 0], [0, 0]]))
    }
}

/// The canonical form of a system.
struct CanonicalForm {
    private var system: ModelSystem
    /// States that were taken for representatives at one look, and are none.
    private(set) var mistakes: [[UInt64]] = []

    init(_ code: ModelCode) { self.init(ModelSystem(code, usesSymmetry: true)) }

    init(_ system: ModelSystem) { self.system = system }

    /// Gives the actor of the representative for each actor.
    mutating func apply(_ words: inout [UInt64]) -> [Int] {
        let before = words
        let isPlain = words.withUnsafeMutableBufferPointer { system.isPlainlyCanonical($0) }
        var copy = words
        copy.withUnsafeMutableBufferPointer { system.canonicalise($0) }
        var renaming: [Int] = []
        words.withUnsafeMutableBufferPointer { system.canonicalise($0, renaming: &renaming) }
        if copy != words || isPlain && words != before { mistakes.append(before) }
        return renaming
    }
}

import Analysis
import Exploration
import Model
import ModelTestSupport
import Semantics
import Testing

/// The representatives of states that real specs reach, against the whole group of renamings.
@Suite("Canonical form")
struct CanonicalFormTests {
    @Test("is the same for all renamings of a state", arguments: RepositorySpecTests.specs)
    func repository(path: String) throws {
        let workspace = try RepositorySpecTests.workspace(path)
        var states = 0
        for request in Configurations(of: workspace.root).requests {
            guard let spec = Prepared(workspace, request) else { continue }
            states += try compare(spec.fused.model, most: RandomSpecTests.isSlow ? 2000 : 6, path)
        }
        print("\(path): \(states) states")
    }

    @Test("is the same for all renamings of a state of a random spec")
    func random() throws {
        var states = 0
        for seed in RandomSpecTests.isSlow ? 0..<2000 : 0..<60 {
            guard let spec = Prepared(SpecGenerator.spec(seed: UInt64(seed)).text) else { continue }
            states += try compare(spec.fused.model, most: RandomSpecTests.isSlow ? 50 : 4, "seed \(seed)")
        }
        print("\(states) states")
    }

    /// States on random ways through a model. Gives how many.
    private func compare(_ model: Model, most: Int, _ name: String) throws -> Int {
        let code = try ModelCode(model)
        guard let check = OrbitCheck(code, limit: 300) else { return 0 }
        let naive = NaiveMachine(model)
        var system = ModelSystem(code, usesSymmetry: true)
        var random = SeededNumbers(1)
        for number in 0..<most {
            let state = naive.unpacked(walk(system, length: number * 3 % 40, &random))
            let differences = check.differences(state) { words in
                var renaming: [Int] = []
                words.withUnsafeMutableBufferPointer { system.canonicalise($0, renaming: &renaming) }
                return renaming
            }
            #expect(differences == [], "\(name)")
        }
        return most
    }

    /// A state that some steps reach, or fewer where there are no more.
    private func walk(_ system: ModelSystem, length: Int, _ random: inout SeededNumbers) -> [UInt64] {
        let buffer = SuccessorBuffer()
        system.initialStates(into: buffer)
        var state: [UInt64] = []
        for _ in 0...length {
            let contents = buffer.contents
            let ways = (0..<contents.count).map { contents.successors[$0] }.filter { $0.ending < 0 }
            guard let way = ways.randomElement(using: &random) else { return state }
            state = Array(UnsafeBufferPointer(start: contents.words + way.start, count: way.length))
            state.withUnsafeBufferPointer { system.expand($0, into: buffer) }
        }
        return state
    }
}

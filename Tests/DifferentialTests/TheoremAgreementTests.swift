import Analysis
import Diagnostics
import Reference
import Reports
import Semantics
import Testing

/// Random claims over a few small parameters: what the solver says, against the interpreter for all values.
@Suite("Theorems and the interpreter", .enabled(if: Solvers.z3 != nil, "there is no libz3"))
struct TheoremAgreementTests {
    @Test("a theorem is proved where the interpreter finds it true for all values, and refuted elsewhere")
    func random() throws {
        var (proved, refuted) = (0, 0)
        for seed in RandomSpecTests.isSlow ? 0..<1000 : 0..<100 {
            let text = RandomTheorem(seed: UInt64(seed)).text
            let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
            #expect(workspace.diagnostics.isEmpty, "seed \(seed)")
            let request = try #require(Configurations(of: workspace.root).requests.first)
            let prepared = Preparation.prepare(workspace, request, path: "random.fl")
            let run = try #require(prepared.run, "seed \(seed): \(prepared.diagnostics.map(\.message))\n\(text)")
            let theorems = try #require(run.theorems)
            let isTrue = holdsForAll(theorems)
            var options = CheckOptions()
            options.solver = Solvers.supply
            let result = try ModelCheck(run, options).result()
            #expect(result.verdict == (isTrue ? .proved : .violated), "seed \(seed)\n\(text)")
            if isTrue { proved += 1 } else { refuted += 1 }
        }
        print("\(proved) random theorems are proved, \(refuted) refuted")
        #expect(proved > 8 && refuted > 20)
    }

    private func holdsForAll(_ run: PreparedRun) -> Bool {
        let interpreter = Interpreter(run.program)
        return interpreter.initialStates().allSatisfy { state in
            run.program.properties.allSatisfy { interpreter.failingConjuncts($0, in: state).isEmpty }
        }
    }
}

/// A module with one theorem over bits, a range, an enum and an optional.
private struct RandomTheorem {
    private var random: Randomness

    init(seed: UInt64) { random = Randomness(seed: seed) }

    var text: String {
        var copy = self
        return copy.make()
    }

    private mutating func make() -> String {
        """
        module random
        enum Kind { empty, resident(frame: bits<1>), swapped(slot: 0..2, clean: bool) }
        fun twisted(b: bits<3>): bits<3> = \(bits(2, ["b"]))
        fun small(n: 0..2): 0..2 = if n < 2 { n + 1 } else { n - 1 }
        theorem claim(a: bits<3>, b: bits<3>, n: 0..2, k: Kind, o: bits<3>?) {
            \(truth(3))
            \(truth(2)) or \(truth(2))
        }
        scenario s {}
        """
    }

    private mutating func truth(_ depth: Int) -> String {
        if depth == 0 {
            switch random.below(6) {
            case 0: return "k is empty"
            case 1: return "k is swapped(_, true)"
            case 2: return "o == none"
            case 3: return "n > \(random.below(3))"
            case 4: return "a[\(random.below(2)):0] == 0"
            default: return "k is resident(_)"
            }
        }
        switch random.below(8) {
        case 0: return "(\(truth(depth - 1)) implies \(truth(depth - 1)))"
        case 1: return "(\(truth(depth - 1)) and \(truth(depth - 1)))"
        case 2: return "(\(truth(depth - 1)) or \(truth(depth - 1)))"
        case 3: return "not \(truth(depth - 1))"
        case 4: return "(\(bits(depth, ["a", "b"])) == \(bits(depth, ["a", "b"])))"
        case 5: return "(\(bits(depth, ["a", "b"])) <= \(bits(depth, ["a", "b"])))"
        case 6: return "(k is resident(f) implies (f ++ a[1:0]) != \(bits(depth - 1, ["a", "b"])))"
        default: return "(small(n) != n and int(a) + n >= \(random.below(4)))"
        }
    }

    private mutating func bits(_ depth: Int, _ names: [String]) -> String {
        if depth == 0 {
            return random.percent(70) ? names[random.below(names.count)] : "bits<3>(\(random.below(8)))"
        }
        let (x, y) = (bits(depth - 1, names), bits(depth - 1, names))
        switch random.below(9) {
        case 0: return "(\(x) + \(y))"
        case 1: return "(\(x) - \(y))"
        case 2: return "(\(x) & \(y))"
        case 3: return "(\(x) | \(y))"
        case 4: return "(\(x) ^ \(y))"
        case 5: return "(\(x) << \(random.below(5)))"
        case 6: return "(\(x) >> \(random.below(5)))"
        case 7: return "~\(x)"
        default: return names.contains("a") ? "twisted(\(x))" : "(\(x) * \(y))"
        }
    }
}

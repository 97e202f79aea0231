import Analysis
import Diagnostics
import Reports
import Semantics
import Testing

/// What `solve` says of constants, read as code of the language: it must say of each value what a search with this value says.
@Suite("Formulas of solve", .enabled(if: Solvers.z3 != nil, "there is no libz3"))
struct SolvedFormulaTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    // MARK: Random specs

    private static let types = """
        module formulas
        type V = bits<8>
        type N = 0..99
        enum Mode { off, slow, fast }

        """

    private static let constants: [(name: String, type: String)] = [
        ("a", "V"), ("b", "V"), ("n", "N"), ("o", "N?"), ("mode", "Mode"), ("flag", "bool"),
        ("k", "V?"),
    ]

    private static func value(_ type: String, _ random: inout Numbers) -> String {
        switch type {
        case "V": "\([0, 1, 7, 8, 15, 100, 200, 255].randomElement(using: &random) ?? 0)"
        case "N": "\([0, 1, 3, 7, 50, 99].randomElement(using: &random) ?? 0)"
        case "N?": Bool.random(using: &random) ? "none" : "some(\(value("N", &random)))"
        case "V?": Bool.random(using: &random) ? "none" : "some(\(value("V", &random)))"
        case "Mode": ["off", "slow", "fast"].randomElement(using: &random) ?? "off"
        default: Bool.random(using: &random) ? "true" : "false"
        }
    }

    private static func atom(_ random: inout Numbers) -> String {
        let order = ["<", "<=", "==", "!=", ">"].randomElement(using: &random) ?? "<"
        switch Int.random(in: 0...10, using: &random) {
        case 0: return "a \(order) \(value("V", &random))"
        case 1: return "b \(order) \(value("V", &random))"
        case 2: return "a \(order) b"
        case 3: return "n \(order) \(value("N", &random))"
        case 4: return "o == \(value("N?", &random))"
        case 5: return "(o is none or o! \(order) \(value("N", &random)))"
        case 6: return "mode is \(value("Mode", &random))"
        case 8: return "(k is none or k! \(order) \(value("V", &random)))"
        case 9: return "(k is none or o is none or k! \(order) a)"
        case 7: return "a[1:0] == \(Int.random(in: 0...3, using: &random))"
        default: return "flag"
        }
    }

    private static func condition(_ depth: Int, _ random: inout Numbers) -> String {
        if depth == 0 { return atom(&random) }
        let (a, b) = (condition(depth - 1, &random), condition(depth - 1, &random))
        switch Int.random(in: 0...4, using: &random) {
        case 0, 1: return "((\(a)) and (\(b)))"
        case 2, 3: return "((\(a)) or (\(b)))"
        default: return "not (\(a))"
        }
    }

    /// But for the constants.
    private static func code(seed: Int) -> String {
        var random = Numbers(state: UInt64(seed) &* 7919 &+ 5)
        var code = "var x: V = 0\n"
        if Int.random(in: 0...2, using: &random) == 0 {
            code += "init { choose v in V where \(condition(1, &random)) and v <= 1\n x = v }\n"
        }
        let asserts = (0..<Int.random(in: 1...3, using: &random)).map { number in
            "assert a\(number): x > 1 or \(condition(Int.random(in: 1...2, using: &random), &random))"
        }
        return code + "process p { \(asserts.joined(separator: "\n  ")) }\nscenario s {}\n"
    }

    // MARK: Judging

    private static func run(
        _ text: String, freesConstants: Bool = false, widestCode: Int = 64
    ) throws -> PreparedRun {
        let workspace = Workspace(root: SourceText(name: "random.fl", text: text), library: NoModules())
        let request = try #require(Configurations(of: workspace.root).requests.first)
        let prepared = Preparation.prepare(
            workspace, request, path: "random.fl", freesConstants: freesConstants, widestCode: widestCode)
        return try #require(prepared.run, "\(prepared.diagnostics.map(\.message)) in\n\(text)")
    }

    private static func fixed(_ values: [String: String]) -> String {
        types + constants.map { "const \($0.name): \($0.type) = \(values[$0.name] ?? "")\n" }.joined()
    }

    /// Nil where `init` has no outcome.
    private static func holds(_ code: String, _ values: [String: String]) throws -> Bool? {
        var options = CheckOptions()
        options.engine = .explicit
        let finding = try ModelCheck(run(fixed(values) + code), options).finding()
        if finding.diagnostics.contains(where: { $0.code == .neverEvaluated }) { return nil }
        return finding.result.verdict == .holds
    }

    private static func isTrue(_ formula: String, _ values: [String: String]) throws -> Bool {
        try holds("process p { assert formula: \(formula) }\nscenario s {}\n", values) ?? false
    }

    private struct Seen {
        var exact = 0
        var loose = 0
        var idle = 0
        var points = 0
    }

    private static func compare(seed: Int, widestCode: Int, _ seen: inout Seen) throws {
        let code = code(seed: seed)
        let free = types + constants.map { "symbolic const \($0.name): \($0.type)\n" }.joined() + code
        var options = CheckOptions()
        options.solver = Solvers.supply
        let solving = ConstantSolving(try run(free, freesConstants: true, widestCode: widestCode), options)
        guard solving.hasConstants, case .success(let solved) = try solving.result() else { return }
        if solved.isExact { seen.exact += 1 } else { seen.loose += 1 }
        if solved.neverStarts != nil { seen.idle += 1 }
        #expect(solved.reason == nil && solved.answer != .unknown, "seed \(seed): \(solved)")
        guard !solved.violated.contains("…") else { return }
        var random = Numbers(state: UInt64(seed))
        for _ in 0..<12 {
            let values = Dictionary(uniqueKeysWithValues: constants.map { ($0.name, value($0.type, &random)) })
            let truth = try holds(code, values)
            seen.points += 1
            let said = try (holds: isTrue(solved.holds, values), violated: isTrue(solved.violated, values))
            let place = "seed \(seed), \(values): \(solved.holds); \(solved.violated)\n\(code)"
            #expect(said.holds == (truth == true), "\(place)")
            #expect(said.violated == (truth == false), "\(place)")
            if let never = solved.neverStarts { #expect(try isTrue(never, values) == (truth == nil), "\(place)") }
            for one in solved.violations where try isTrue(one.violated, values) { #expect(truth == false, "\(place)") }
        }
    }

    /// Of codes that are wider each is in several cells.
    @Test("say of each value what a search with it says, in one cell and in several", arguments: [64, 0])
    func random(widestCode: Int) throws {
        var seen = Seen()
        for seed in RandomSpecTests.isSlow ? 0..<600 : 0..<40 {
            try Self.compare(seed: seed, widestCode: widestCode, &seen)
        }
        print("\(seen.exact) exact, \(seen.loose) loose, \(seen.idle) without a start; \(seen.points) values")
        #expect(seen.exact > 1 && seen.loose > 20 && seen.idle > 1)
    }
}

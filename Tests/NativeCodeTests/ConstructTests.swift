import Model
import ModelTestSupport
import Testing

@testable import NativeCode

@Suite("Models that are compared")
struct ConstructTests {
    @Test("contain every construct of expressions and instructions")
    func constructs() throws {
        var found: [String: Int] = [:]
        var models = (0..<50).map { CarelessModel(seed: 10_000 + UInt64($0)).model } + SpecialModels.models
        models += try RepositorySpecs.models("Benchmarks/models/page_fault.fl").map(\.model)
        for model in models {
            for action in model.actions { count(action.body, &found) }
            for conjunct in model.properties.flatMap(\.conjuncts) { count(conjunct.condition, &found) }
        }
        let all =
            ["constant", "read", "readOld", "processIndex", "register", "conditional", "bind"]
            + ["require", "assign", "set", "choose", "branch", "check", "statement", "jump"]
            + BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue)
            + Quantifier.allCases.map(\.rawValue)
        for construct in all { #expect(found[construct] != nil, "\(construct)") }
        print(all.map { "\($0) \(found[$0] ?? 0)" }.joined(separator: ", "))
    }

    private func count(_ body: [Instruction], _ found: inout [String: Int]) {
        for instruction in body {
            switch instruction {
            case .require(let test):
                found["require", default: 0] += 1
                count(test, &found)
            case .assign(_, let indices, let value):
                found["assign", default: 0] += 1
                for expr in indices + [value] { count(expr, &found) }
            case .set(_, let value):
                found["set", default: 0] += 1
                count(value, &found)
            case .choose: found["choose", default: 0] += 1
            case .branch(let test, let yes, let no):
                found["branch", default: 0] += 1
                count(test, &found)
                count(yes + no, &found)
            case .check(let test, _):
                found["check", default: 0] += 1
                count(test, &found)
            case .statement: found["statement", default: 0] += 1
            case .observe: found["observe", default: 0] += 1
            case .way: found["way", default: 0] += 1
            case .jump: found["jump", default: 0] += 1
            }
        }
    }

    private func count(_ expr: Expr, _ found: inout [String: Int]) {
        let (name, parts): (String, [Expr]) =
            switch expr {
            case .constant: ("constant", [])
            case .read(_, let indices): ("read", indices)
            case .readOld(_, let indices): ("readOld", indices)
            case .processIndex: ("processIndex", [])
            case .register: ("register", [])
            case .unary(let symbol, let inner): (symbol.rawValue, [inner])
            case .binary(let symbol, let left, let right): (symbol.rawValue, [left, right])
            case .conditional(let test, let yes, let no): ("conditional", [test, yes, no])
            case .bind(_, let inner, let body): ("bind", [inner, body])
            case .quantified(let quantifier, _, _, let body): (quantifier.rawValue, [body])
            }
        found[name, default: 0] += 1
        for part in parts { count(part, &found) }
    }
}

import Model
import Reference
import Testing

/// A mistake in how values are kept in several cells.
private struct SplitDefect: Sendable {
    let name: String
    /// - Parameter parts: the cells that values are split into, but for their tags.
    let apply: @Sendable (_ model: Model, _ parts: Set<VariableID>) -> Model

    static let all: [SplitDefect] = [
        SplitDefect(name: "the parts of a value are not written") { model, parts in
            model.dropping { instruction in
                if case .assign(let cell, _, let value) = instruction, parts.contains(cell) {
                    value != .constant(0)
                } else {
                    false
                }
            }
        },
        SplitDefect(name: "what belongs to another case is kept") { model, parts in
            model.rewriting { body, isInitial in
                body.filter { instruction in
                    guard !isInitial, case .assign(let cell, _, .constant(0)) = instruction else { return true }
                    return !parts.contains(cell)
                }
            }
        },
        SplitDefect(name: "what belongs to another case is not 0 at first") { model, parts in
            model.rewriting { body, isInitial in
                guard isInitial else { return body }
                return body.map { instruction in
                    guard case .assign(let cell, let indices, .constant(0)) = instruction, parts.contains(cell) else {
                        return instruction
                    }
                    return .assign(cell, indices, .constant(1))
                }
            }
        },
        SplitDefect(name: "only tags are compared") { model, parts in
            func blind(_ e: Expr) -> Expr {
                guard case .binary(.equal, let a, let b) = e else { return e }
                let isOfParts = a.reads(parts.contains) || b.reads(parts.contains)
                return isOfParts ? .constant(1) : e
            }
            return model.replacingCode(blind)
                .replacingConditions([.invariant, .transition, .atRest, .reachable]) { $0.rewriting(blind) }
        },
        SplitDefect(name: "a part is read from its neighbour") { model, parts in
            let neighbours = Dictionary(
                uniqueKeysWithValues: parts.compactMap { part -> (VariableID, VariableID)? in
                    let others = parts.filter {
                        $0 != part && model[$0].type == model[part].type
                            && model[$0].dimensions == model[part].dimensions
                            && model[$0].role == model[part].role
                    }
                    return others.min { $0.index < $1.index }.map { (part, $0) }
                })
            func astray(_ e: Expr) -> Expr {
                guard case .read(let cell, let indices) = e, let other = neighbours[cell] else { return e }
                return .read(other, indices)
            }
            return model.replacingCode(astray)
                .replacingConditions([.invariant, .transition, .atRest, .reachable]) { $0.rewriting(astray) }
        },
    ]
}

/// Mistakes are planted into models with split values, one at a time; ``SplitTests`` must notice each.
@Suite("Seeded defects of split values")
struct SplitDefectTests {
    private struct Case {
        let truth: OracleResult
        let model: Model
        let parts: Set<VariableID>
    }

    private static func cases() -> [Case] {
        let random = RandomSpecTests.seeds.prefix(260).map { SpecGenerator.spec(seed: $0).text }
        return (random + SplitTests.specs).compactMap { text in
            guard let whole = Prepared(text), let split = Prepared(text, widestCode: 0) else { return nil }
            let model = split.plain.model
            let names = Set(whole.plain.model.variables.map(\.name))
            let parts = model.variables.indices.filter {
                !names.contains(model.variables[$0].name) && !model.variables[$0].name.hasSuffix(".some")
            }
            guard !parts.isEmpty, let truth = Comparison.oracle(split.plain.program, limit: 200) else { return nil }
            return Case(truth: truth, model: model, parts: Set(parts.map { VariableID($0) }))
        }
    }

    @Test("The comparison of specs with split values notices each of the seeded defects")
    func defects() {
        let cases = Self.cases()
        for defect in SplitDefect.all {
            let noticing = cases.firstIndex { one in
                let wrong = defect.apply(one.model, one.parts)
                guard wrong != one.model else { return false }
                var judge = Judge(one.truth, wrong)
                judge.compareCounts()
                if judge.differences.isEmpty { judge.compareViolations() }
                return !judge.differences.isEmpty && !judge.differences.contains { $0.hasPrefix("invalid model") }
            }
            print("\(defect.name): \(noticing.map { "case \($0)" } ?? "not noticed")")
            #expect(noticing != nil, "not noticed: \(defect.name)")
        }
    }
}

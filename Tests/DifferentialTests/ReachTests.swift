import Analysis
import Diagnostics
import Exploration
import Model
import Testing

/// What a search says that runs come by, against the interpreter: so that no finding of vacuity is wrong, and none is
/// missing.
@Suite("Reach")
struct ReachTests {
    private struct Case {
        let seed: UInt64
        let oracle: ReachOracle
        let prepared: Prepared
    }

    private static let limit = RandomSpecTests.isSlow ? 1500 : 250
    private static let seeds: Range<UInt64> = RandomSpecTests.isSlow ? 0..<2000 : 0..<200

    private let cases: [Case] = Self.seeds.compactMap { seed in
        guard let prepared = Prepared(SpecGenerator.spec(seed: seed).text),
            var oracle = ReachOracle(prepared.plain, limit: Self.limit)
        else { return nil }
        oracle.findTold()
        return Case(seed: seed, oracle: oracle, prepared: prepared)
    }

    private func reach(_ model: LoweredModel, symmetry: Bool = false, partialOrder: Bool = false) throws -> Reach? {
        var options = SearchOptions()
        options.property = Judge.nothing
        options.usesSymmetry = symmetry
        options.usesPartialOrder = partialOrder
        options.surveysReach = true
        return try explore(model, options).reach
    }

    /// Each difference is a sentence.
    private func differences(_ one: Case, _ model: LoweredModel) throws -> [String] {
        guard let reach = try reach(model) else { return ["nothing is known"] }
        var result: [String] = []
        for mark in reach.possible {
            let isReached = reach.marks.contains(mark)
            switch mark {
            case .statement(let origin):
                let place = LineColumn(line: origin.line, column: origin.column)
                guard one.oracle.told.contains(place), isReached != one.oracle.executed.contains(place) else {
                    continue
                }
                result.append("`\(origin.text)` in line \(origin.line): \(isReached ? "" : "not ")executed")
            case .way(let origin, let number):
                let place = LineColumn(line: origin.line, column: origin.column)
                let way = ReachOracle.PlacedWay(start: place, number: number)
                guard one.oracle.toldWays.contains(way), isReached != one.oracle.taken.contains(way) else { continue }
                result.append(
                    "way \(number) of `\(origin.text)` in line \(origin.line): \(isReached ? "" : "not ")taken")
            }
        }
        var met: [String: [Bool]] = one.oracle.premises.mapValues { _ in [] }
        for (witness, isMet) in zip(model.witnesses, reach.witnesses) where witness.kind == .premise {
            met[witness.name, default: []].append(isMet)
        }
        if met != one.oracle.premises { result.append("premises \(met), the interpreter says \(one.oracle.premises)") }
        if let rests = reach.comesToRest, rests != one.oracle.comesToRest { result.append("rest: \(rests)") }
        return result
    }

    @Test("what a search comes by is what the interpreter comes by")
    func agreement() throws {
        var (unreached, untaken, unmet) = (0, 0, 0)
        for one in cases {
            let found = try differences(one, one.prepared.plain.model)
            #expect(found == [], "seed \(one.seed):\n\(SpecGenerator.spec(seed: one.seed).text)")
            unreached += one.oracle.told.subtracting(one.oracle.executed).count
            untaken += one.oracle.toldWays.subtracting(one.oracle.taken).count
            unmet += one.oracle.premises.values.joined().count { !$0 }
        }
        print("\(cases.count) specs; \(unreached) statements, \(untaken) branches, \(unmet) premises are never reached")
        #expect(cases.count > 50 && unreached > 20 && untaken > 20 && unmet > 5)
    }

    @Test("symmetry, partial order and fusions hide nothing that runs come by")
    func reductions() throws {
        for one in cases {
            let model = one.prepared.plain.model
            let all = try reach(model)
            #expect(try reach(model, symmetry: true) == all, "symmetry, seed \(one.seed)")
            #expect(try reach(model, partialOrder: true)?.isLike(all) == true, "partial order, seed \(one.seed)")
            let fused = try reach(one.prepared.fused.model, symmetry: true, partialOrder: true)
            #expect(fused?.isLike(try reach(one.prepared.fused.model)) == true, "fused, seed \(one.seed)")
        }
    }

    private static let defects: [(name: String, apply: @Sendable (LoweredModel) -> LoweredModel)] = [
        ("statements change their names", { $0.renamingStatements() }),
        ("ways are swapped", { $0.rewriting { body, _ in body.map(\.withOtherWay) } }),
        ("premises hold always", { $0.replacingWitnesses { _ in .constant(1) } }),
        ("premises hold never", { $0.replacingWitnesses { _ in .constant(0) } }),
        ("everybody rests", { model in model.changingProcesses { $0.with { $0.with(isRest: true) } } }),
    ]

    @Test("the comparison notices each of the seeded defects")
    func seededDefects() throws {
        for defect in Self.defects {
            let seed = try cases.first { one in
                let wrong = defect.apply(one.prepared.plain.model)
                guard wrong != one.prepared.plain.model, wrong.validate().isEmpty else { return false }
                return try !differences(one, wrong).isEmpty
            }?.seed
            print("\(defect.name): \(seed.map { "seed \($0)" } ?? "not noticed")")
            #expect(seed != nil, "not noticed: \(defect.name)")
        }
    }
}

extension Reach {
    /// The same but for waits: which of them a search comes to depends on the order of steps.
    fileprivate func isLike(_ other: Reach?) -> Bool {
        marks == other?.marks && possible == other?.possible && witnesses == other?.witnesses
            && comesToRest == other?.comesToRest
    }
}

extension Instruction {
    /// A branch whose marks of ways have changed places.
    fileprivate var withOtherWay: Instruction {
        guard case .branch(let condition, let yes, let no) = self, case .way(let a)? = yes.first,
            case .way(let b)? = no.first
        else { return self }
        return .branch(condition, [.way(b)] + yes.dropFirst(), [.way(a)] + no.dropFirst())
    }
}

extension Model {
    fileprivate func renamingStatements() -> Self {
        var result = self
        result.actions = actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins.reversed(),
                ways: action.ways, callStack: action.callStack, registerCount: action.registerCount, body: action.body)
        }
        return result
    }

    fileprivate func replacingWitnesses(_ change: (Expr) -> Expr) -> Self {
        var result = self
        result.witnesses = witnesses.map { witness in
            let old = witness.condition
            return Witness(
                kind: witness.kind, name: witness.name, moment: witness.moment,
                condition: Conjunct(
                    condition: change(old.condition), registerCount: old.registerCount, origin: old.origin))
        }
        return result
    }
}

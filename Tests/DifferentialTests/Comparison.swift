import Analysis
import Exploration
import Model
import Reference

/// Compares the engine with the oracle on one spec. Each difference is a sentence.
struct Comparison {
    /// A name that no violation has: everything is searched.
    static let nothing = "nothing"

    let spec: Prepared
    let limit: Int
    var differences: [String] = []
    var states = 0

    init(_ spec: Prepared, limit: Int) {
        self.spec = spec
        self.limit = limit
    }

    /// The oracle's view of everything that is reachable; nil where that is too much.
    static func oracle(_ program: CheckedProgram, limit: Int) -> OracleResult? {
        let result = Oracle(Interpreter(program)).explore(limit: limit, expecting: nothing)
        return result.isComplete ? result : nil
    }

    /// False where the spec has too many states.
    mutating func run() -> Bool {
        guard let truth = Self.oracle(spec.plain.program, limit: limit) else { return false }
        states = truth.states
        compareCounts(truth, spec.plain.model)
        compareViolations(truth, spec.plain.model)
        compareFirst(truth)
        compareSymmetry(truth)
        compareFusions(truth)
        compareSlicing(truth)
        replay(spec.plain, without: [.symmetry])
        replay(spec.fused, without: [])
        return true
    }

    // MARK: Without reductions

    private mutating func compareCounts(_ truth: OracleResult, _ model: LoweredModel) {
        guard let found = search(model, for: Self.nothing) else { return }
        expect("states", found.states, truth.states)
        expect("transitions", found.transitions, truth.transitions)
        expect("depth", found.depth, truth.depth)
        let properties = model.properties.filter { $0.kind == .reachable }.map(\.name)
        let unwitnessed = properties.filter { truth.witnesses[$0] == nil }
        expect("unwitnessed", found.unwitnessed.sorted(), unwitnessed.sorted())
    }

    /// Each thing that can go wrong, one at a time: whether, and after how many steps.
    mutating func compareViolations(_ truth: OracleResult, _ model: LoweredModel) {
        for name in names(model) {
            guard let found = search(model, for: name) else { return }
            expect("length of \(name)", length(found), truth.violations[name])
        }
        for name in truth.violations.keys.sorted() where !names(model).contains(name) {
            differences.append("the model has no \(name)")
        }
    }

    /// The first violation of any.
    private mutating func compareFirst(_ truth: OracleResult) {
        guard let found = search(spec.plain.model, for: nil) else { return }
        let shortest = truth.violations.values.min()
        expect("shortest length", length(found), shortest)
        if case .violation(let trace) = found.outcome {
            expect("length of the first, \(trace.judgement.name)", truth.violations[trace.judgement.name], shortest)
        }
    }

    // MARK: Reductions

    private mutating func compareSymmetry(_ truth: OracleResult) {
        let model = spec.plain.model
        guard let all = search(model, for: Self.nothing, symmetry: true) else { return }
        if all.states > truth.states { differences.append("more orbits than states") }
        let unwitnessed = model.properties.filter { $0.kind == .reachable && truth.witnesses[$0.name] == nil }
        expect("unwitnessed with symmetry", all.unwitnessed.sorted(), unwitnessed.map(\.name).sorted())
        let violated: [String?] = truth.violations.keys.sorted()
        for name in violated + [nil] {
            guard let full = search(model, for: name), let reduced = search(model, for: name, symmetry: true) else {
                return
            }
            guard case .violation(let a) = full.outcome, case .violation(let b) = reduced.outcome else {
                expect("verdict with symmetry", length(reduced), length(full))
                continue
            }
            if a != b { differences.append("another counterexample of \(name ?? "anything") with symmetry") }
        }
    }

    private mutating func compareFusions(_ truth: OracleResult) {
        let model = spec.fused.model
        guard let all = search(model, for: Self.nothing) else { return }
        if all.states > truth.states { differences.append("more states with fusions") }
        let names = Set(names(model)).union(truth.violations.keys)
        for name in names.sorted() {
            guard let found = search(model, for: name, symmetry: true) else { return }
            let (fused, plain) = (length(found), truth.violations[name])
            expect("\(name) violated with fusions", fused != nil, plain != nil)
            if let fused, let plain, fused > plain { differences.append("\(name) takes longer with fusions") }
        }
    }

    private mutating func compareSlicing(_ truth: OracleResult) {
        for name in Set(names(spec.whole.model)).union(truth.violations.keys).sorted() {
            guard let found = search(spec.whole.model, for: name, symmetry: true) else { return }
            expect("\(name) violated without slicing", length(found) != nil, truth.violations[name] != nil)
        }
    }

    /// The interpreter follows what the search has found.
    private mutating func replay(_ run: PreparedRun, without: Set<Reduction>) {
        var options = CheckOptions()
        options.without = without
        do throws(InternalError) {
            _ = try ModelCheck(run, options).result()
        } catch {
            differences.append(error.message)
        }
    }

    // MARK: Searching

    func names(_ model: LoweredModel) -> [String] {
        var names: Set<String> = ["deadlock", "lock_leak"]
        for violation in model.violations { names.insert(violation.name) }
        for property in model.properties where property.kind != .reachable { names.insert(property.name) }
        return names.sorted()
    }

    private mutating func search(_ model: LoweredModel, for name: String?, symmetry: Bool = false) -> SearchResult? {
        var options = SearchOptions()
        options.property = name
        options.usesSymmetry = symmetry
        do throws(InvalidModel) {
            let result = try explore(model, options)
            if case .faulty(let fault) = result.outcome {
                differences.append("fault: \(fault)")
                return nil
            }
            return result
        } catch {
            differences.append("invalid model: \(error)")
            return nil
        }
    }

    private func length(_ result: SearchResult) -> Int? {
        if case .violation(let trace) = result.outcome { return trace.steps.count }
        return nil
    }

    private mutating func expect<T: Equatable>(_ what: String, _ found: T, _ wanted: T) {
        if found != wanted { differences.append("\(what): \(found), the oracle says \(wanted)") }
    }
}

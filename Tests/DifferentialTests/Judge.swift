import Analysis
import Exploration
import Model
import Reference

/// Holds what a search says about a model to the oracle. Each difference is a sentence.
struct Judge {
    /// A name that no violation has: everything is searched.
    static let nothing = "nothing"
    typealias Search = (LoweredModel, SearchOptions) throws(InvalidModel) -> SearchResult

    let truth: OracleResult
    let model: LoweredModel
    let search: Search
    private(set) var differences: [String] = []
    /// By partial order.
    private(set) var statesSaved = 0

    init(_ truth: OracleResult, _ model: LoweredModel, search: @escaping Search = explore) {
        self.truth = truth
        self.model = model
        self.search = search
    }

    /// States, transitions, depth and witnesses, without reductions.
    mutating func compareCounts() {
        guard let found = run(for: Self.nothing) else { return }
        expect("states", found.states, truth.states)
        expect("transitions", found.transitions, truth.transitions)
        expect("depth", found.depth, truth.depth)
        expect("unwitnessed", found.unwitnessed.sorted(), unwitnessed)
    }

    /// Each thing that can go wrong, one at a time: whether, and after how many steps. Then the first of all.
    mutating func compareViolations() {
        for name in names {
            guard let found = run(for: name) else { return }
            expect("length of \(name)", found.length, truth.violations[name])
        }
        guard let found = run(for: nil) else { return }
        let shortest = truth.violations.values.min()
        expect("shortest length", found.length, shortest)
        if case .violation(let trace) = found.outcome {
            expect("length of the first, \(trace.judgement.name)", truth.violations[trace.judgement.name], shortest)
        }
    }

    /// Symmetry: fewer states, the same witnesses, and the very same counterexamples.
    mutating func compareSymmetry() {
        guard let all = run(for: Self.nothing, symmetry: true) else { return }
        if all.states > truth.states { differences.append("more orbits than states") }
        expect("unwitnessed with symmetry", all.unwitnessed.sorted(), unwitnessed)
        let violated: [String?] = truth.violations.keys.sorted()
        for name in violated + [nil] {
            guard let full = run(for: name), let reduced = run(for: name, symmetry: true) else { return }
            guard case .violation(let a) = full.outcome, case .violation(let b) = reduced.outcome else {
                expect("verdict with symmetry", reduced.length, full.length)
                continue
            }
            if a != b { differences.append("another counterexample of \(name ?? "anything") with symmetry") }
        }
    }

    /// Fusions: fewer states, the same things violated, in no more steps.
    mutating func compareFusions() {
        guard let all = run(for: Self.nothing) else { return }
        if all.states > truth.states { differences.append("more states with fusions") }
        for name in names {
            guard let found = run(for: name, symmetry: true) else { return }
            expect("\(name) violated with fusions", found.length != nil, truth.violations[name] != nil)
            if let fused = found.length, let plain = truth.violations[name], fused > plain {
                differences.append("\(name) takes longer with fusions")
            }
        }
    }

    /// Partial order: no more states, the same things violated, in as many steps, and the same witnesses.
    mutating func comparePartialOrder(symmetry: Bool) {
        guard let full = run(for: Self.nothing, symmetry: symmetry),
            let all = run(for: Self.nothing, symmetry: symmetry, partialOrder: true)
        else { return }
        if case .inconclusive = full.outcome { return }
        if all.states > full.states { differences.append("more states with partial order") }
        statesSaved += full.states - all.states
        expect("unwitnessed with partial order", all.unwitnessed.sorted(), full.unwitnessed.sorted())
        expect("reached with partial order", all.reach?.marks, full.reach?.marks)
        expect("met with partial order", all.reach?.witnesses, full.reach?.witnesses)
        expect("rest with partial order", all.reach?.comesToRest, full.reach?.comesToRest)
        let violated = Set(full.passedOver.map(\.name))
        expect("passed over with partial order", Set(all.passedOver.map(\.name)), violated)
        for name in names {
            guard let found = run(for: name, symmetry: symmetry, partialOrder: true) else { return }
            if case .inconclusive = found.outcome { return }
            expect("\(name) violated with partial order", found.length != nil, truth.violations[name] != nil)
        }
    }

    /// Slicing: the same things violated.
    mutating func compareSlicing() {
        for name in names {
            guard let found = run(for: name, symmetry: true) else { return }
            if case .inconclusive = found.outcome { return }
            expect("\(name) violated without slicing", found.length != nil, truth.violations[name] != nil)
        }
    }

    // MARK: Parts

    private var unwitnessed: [String] {
        model.properties.filter { $0.kind == .reachable && truth.witnesses[$0.name] == nil }.map(\.name).sorted()
    }

    /// All that can be violated.
    private var names: [String] {
        var names: Set<String> = [BuiltinName.deadlock, BuiltinName.lockLeak]
        for violation in model.violations { names.insert(violation.name) }
        for property in model.properties where property.kind != .reachable { names.insert(property.name) }
        return names.union(truth.violations.keys).sorted()
    }

    private mutating func run(
        for name: String?, symmetry: Bool = false, partialOrder: Bool = false
    ) -> SearchResult? {
        var options = SearchOptions()
        options.property = name
        options.usesSymmetry = symmetry
        options.usesPartialOrder = partialOrder
        options.surveysReach = true
        options.maximumStates = truth.states * 8 + 500
        do throws(InvalidModel) {
            let result = try search(model, options)
            guard case .faulty(let fault) = result.outcome else { return result }
            differences.append("fault: \(fault)")
        } catch {
            differences.append("invalid model: \(error)")
        }
        return nil
    }

    private mutating func expect<T: Equatable>(_ what: String, _ found: T, _ wanted: T) {
        if found != wanted { differences.append("\(what): \(found), the oracle says \(wanted)") }
    }
}

enum BuiltinName {
    static let deadlock = "deadlock"
    static let lockLeak = "lock_leak"
}

extension SearchResult {
    /// Steps to the violation that was found.
    var length: Int? {
        if case .violation(let trace) = outcome { return trace.steps.count }
        return nil
    }
}

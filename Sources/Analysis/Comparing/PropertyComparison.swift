import Exploration
import Model
import Reports

/// Judges every property of both versions, each for itself: the searches go past all violations.
struct PropertyComparison {
    let old: JudgedSide
    let new: JudgedSide
    private let options: DiffOptions

    init(_ old: PreparedRun, _ new: PreparedRun, _ options: DiffOptions) throws(InternalError) {
        self.old = try JudgedSide(old, options)
        self.new = try JudgedSide(new, options)
        self.options = options
    }

    /// Those whose standing differs, and those that can't be told, in order of their names.
    func changes() throws(InternalError) -> [PropertyDiff] {
        var result: [PropertyDiff] = []
        for name in Set(old.names + new.names).sorted() {
            let (before, after) = (old.standing(of: name), new.standing(of: name))
            // That a check is new and holds is seen in the text.
            guard before != after || after == .unknown, !(after == .holds && before == .absent) else { continue }
            // A step that could be a violation and is gone tells nothing; a claim that is gone does.
            guard after != .absent || before == .fails || old.claims(name) else { continue }
            var change = PropertyDiff(name: name, old: before, new: after, counterexample: nil)
            if change.newlyFails { change.counterexample = try new.counterexample(of: name) }
            result.append(change)
        }
        return result
    }
}

/// One version, searched once for everything that it violates.
struct JudgedSide {
    let run: PreparedRun
    let found: SearchResult
    private let code: ModelCode
    private let options: DiffOptions

    init(_ run: PreparedRun, _ options: DiffOptions) throws(InternalError) {
        self.run = run
        self.options = options
        do throws(InvalidModel) {
            code = try ModelCode(run.model)
            found = try explore(code, Self.search(run, code, options, for: ""))
        } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
        if case .faulty(let fault) = found.outcome { throw InternalError("the model broke its own promises: \(fault)") }
    }

    var names: [String] {
        let builtin = ["deadlock", "lock_leak"]
        return run.model.properties.map(\.name) + run.model.violations.map(\.name) + builtin
    }

    /// Whether a property of that name is declared.
    func claims(_ name: String) -> Bool { run.model.properties.contains { $0.name == name } }

    var reason: Reports.InconclusiveReason? {
        if case .inconclusive(let reason) = found.outcome { reason.reported } else { nil }
    }

    func standing(of name: String) -> PropertyDiff.Standing {
        guard names.contains(name) else { return .absent }
        if found.passedOver.contains(where: { $0.name == name }) { return .fails }
        if run.model.properties.contains(where: { $0.name == name && $0.kind == .reachable }) {
            guard found.unwitnessed.contains(name) else { return .holds }
            return reason == nil ? .fails : .unknown
        }
        return reason == nil ? .holds : .unknown
    }

    /// A shortest one; nil for a situation that never occurs, and where a budget ends first.
    func counterexample(of name: String) throws(InternalError) -> Reports.Counterexample? {
        let result: SearchResult
        do throws(InvalidModel) {
            result = try explore(code, Self.search(run, code, options, for: name))
        } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
        guard case .violation(let counterexample) = result.outcome else { return nil }
        return try TraceReplay(run, counterexample).counterexample()
    }

    private static func search(
        _ run: PreparedRun, _ code: ModelCode, _ options: DiffOptions, for property: String
    ) -> SearchOptions {
        var search = SearchOptions()
        search.property = property
        search.maximumStates = options.maximumStates
        search.maximumMemory = options.maximumMemory
        search.deadline = options.maximumTime.map { ContinuousClock.now + $0 }
        search.threads = options.threads
        search.surveysReach = true
        search.usesSymmetry = !options.without.contains(.symmetry)
        search.isCancelled = options.isCancelled
        if options.compiles {
            let supply = NativeSupply(code)
            search.native = { supply.functions() }
        }
        if let progress = options.progress {
            let name = run.title
            search.progress = { progress("\(name): \($0.line)") }
        }
        return search
    }
}

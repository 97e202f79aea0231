import Model

/// A search that passes through states, and what it does where something is violated.
struct PartialOrderSearch {
    private let code: ModelCode
    private let plan: PassPlan
    private let survey: ReachSurvey?
    private let options: SearchOptions

    init(_ code: ModelCode, _ plan: PassPlan, _ survey: ReachSurvey?, _ options: SearchOptions) {
        self.code = code
        self.plan = plan
        self.survey = survey
        self.options = options
    }

    /// Where something is violated, the result of a search without partial order, for the shortest counterexample. Where
    /// a budget ends that one, a run that there may be a shorter one than; and where there is none, what is violated.
    func result(searchingAll: () -> SearchResult) -> SearchResult {
        let chain: ViolatedChain
        switch verdict(options) {
        case .result(let result): return result
        case .violated(let found): chain = found
        }
        var result = searchingAll()
        guard case .inconclusive(let reason) = result.outcome else { return result }
        result.violatedWithoutRun = result.violatedWithoutRun ?? chain.judgement.name
        let run: Counterexample?
        do throws(MachineFault) { run = try unfolded(chain, after: reason) } catch { return result }
        guard let run else { return result }
        result.violatedWithoutRun = nil
        result.outcome = .violation(run)
        result.isReducedByPartialOrder = true
        return result
    }

    /// Of the search alone.
    func verdict(_ options: SearchOptions) -> SearchVerdict {
        let search = StoredSearch(options, survey, passing: PassedStates(code, plan))
        let verdict = search.run(ModelSystem.crew(code, plan, options), width: code.wordCount)
        guard case .result(var result) = verdict else { return verdict }
        result.isReducedByPartialOrder = true
        return .result(result)
    }

    /// Which chain several threads find depends on who came first. One thread always finds the same; it is asked where the
    /// end of the other search does not depend on time.
    private func unfolded(
        _ chain: ViolatedChain, after reason: InconclusiveReason
    ) throws(MachineFault) -> Counterexample? {
        var chain = chain
        switch reason {
        case .states, .memory, .disk, .switches:
            var alone = options
            alone.threads = 1
            alone.checkpoint = nil
            if options.threads > 1, case .violated(let same) = verdict(alone) { chain = same }
        case .time, .cancelled: break
        }
        var unfolding = ChainUnfolding(code, plan, chain, usesSymmetry: options.usesSymmetry)
        return try unfolding.counterexample()
    }
}

extension ModelSystem {
    /// One for the coordinator of a search, and one for each worker.
    static func crew(_ code: ModelCode, _ plan: PassPlan?, _ options: SearchOptions) -> [ModelSystem] {
        (0...max(1, options.threads)).map { _ in
            ModelSystem(code, usesSymmetry: options.usesSymmetry, passes: plan)
        }
    }
}

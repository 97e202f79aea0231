/// Which engine searches a run.
extension ModelCheck {
    func engineFinding() throws(InternalError) -> Finding {
        switch engine {
        case .auto, .explicit: return try exploredFinding()
        case .bmc: return try BoundedCheck(run, options).finding()
        case .induction: return try InductionCheck(run, options).finding()
        case .ic3: return try InvariantCheck(run, options).finding()
        case .explicitZ3: return try PathCheck(options.engine == .auto ? run.withFreeConstants : run, options).finding()
        }
    }

    /// What searches this run.
    var engine: Engine {
        guard options.engine == .auto else { return options.engine }
        return run.model.isSolverOnly || isForTerms ? .explicitZ3 : .explicit
    }

    /// Whether there are too many initial states to make them one by one, and nothing is asked for that needs them.
    private var isForTerms: Bool {
        guard !options.needsStates, run.program.hasEndlessStarts else { return false }
        if case .success = options.solver(run.title) { return true }
        return false
    }
}

import Diagnostics
import Exploration
import Model
import Reports
import SMT
import Symbolic

/// Proves one prepared configuration by an inductive invariant that is found on the way, or finds a violation.
struct InvariantCheck {
    private let run: PreparedRun
    private let options: CheckOptions

    init(_ run: PreparedRun, _ options: CheckOptions) {
        self.run = run
        self.options = options
    }

    /// Contents and constants of the sampled runs: few, and the largest.
    private static let sampledCodes: [UInt64] = [0, 1, 2, 3]
    private static let mostSampled = 2_000_000
    /// Steps of the runs that are looked at where no proof is found.
    private static let depthOfRuns = 8
    private static let leastTimeOfRuns = Duration.seconds(5)

    func finding() throws(InternalError) -> Finding {
        try run.asking(options) { (solver) throws(InternalError) in try finding(solver) }
    }

    private func finding(_ solver: any Solver) throws(InternalError) -> Finding {
        let start = ContinuousClock.now
        let limits = options.solverLimits
        options.proofs?.clear(run.title)
        // What is expected to be violated is looked for by runs from the start; so is what the sample shows violated.
        guard run.expectedViolation == nil, let found = try sample(until: limits.deadline) else {
            return try searched()
        }
        var result = run.result(of: .ic3, options, solver, queries: 0, depth: 0, since: start)
        var problem: Diagnostic?
        switch found.outcome {
        case .completed, .violation, .faulty, .inconclusive(.states):
            switch try prove(found, solver, limits, &result) {
            case .ended(let trouble): problem = trouble
            case .maybeWrong:
                // The first steps of runs from the start may tell whether it really happens.
                let first = try firstSteps(since: start)
                if first.result.verdict != .inconclusive { return first }
                if first.result.reason == .interrupted { result.reason = .interrupted }
            }
        case .inconclusive(let reason): (result.verdict, result.reason) = (.inconclusive, reason.reported)
        }
        result.timing.seconds = (ContinuousClock.now - start).seconds
        return Finding(result: result, diagnostics: problem.map { [$0] } ?? [], coverage: .unknown)
    }

    /// As long as the attempt at a proof has taken.
    private func firstSteps(since start: ContinuousClock.Instant) throws(InternalError) -> Finding {
        var options = options
        let taken = ContinuousClock.now - start
        options.maximumTime = min(
            max(taken, Self.leastTimeOfRuns), options.maximumTime.map { $0 - taken } ?? .seconds(3600))
        (options.engine, options.maximumDepth) = (.bmc, Self.depthOfRuns)
        return try ModelCheck(run, options).searchedFinding()
    }

    private func searched() throws(InternalError) -> Finding {
        var options = options
        options.engine = run.model.isSolverOnly ? .bmc : .explicit
        return try ModelCheck(run, options).searchedFinding()
    }

    // MARK: The sample

    /// Reachable states; nil where something is violated in one of them.
    private func sample(until deadline: ContinuousClock.Instant?) throws(InternalError) -> SearchResult? {
        var search = SearchOptions()
        search.usesSymmetry = InvariantSearch.canRename(run.model)
        search.usesPartialOrder = false
        search.maximumStates = Self.mostSampled
        search.sampleSize = Self.mostSampled
        search.maximumMemory = options.maximumMemory
        search.threads = options.threads
        search.deadline = deadline
        search.isCancelled = options.isCancelled
        let result: SearchResult
        do throws(InvalidModel) { result = try explore(run.model.restricted(to: Self.sampledCodes), search) } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
        if case .violation = result.outcome { return nil }
        if case .faulty(let fault) = result.outcome {
            throw InternalError("the model broke its own promises: \(fault)")
        }
        return result
    }

    // MARK: The proof

    private enum Proving {
        /// With what kept a proof from being written, if anything.
        case ended(Diagnostic?)
        /// A wrong step may be possible.
        case maybeWrong
    }

    private func prove(
        _ sampled: SearchResult, _ solver: any Solver, _ limits: SolverLimits, _ result: inout RunResult
    ) throws(InternalError) -> Proving {
        var invariant = InvariantOptions()
        invariant.limits = limits
        if let progress = options.progress {
            let title = run.title
            invariant.progress = { progress("\(title): \($0) lemmas") }
        }
        var states = SampledStates(words: [], width: run.model.wordCount, areRepresentatives: sampled.symmetryOrder > 1)
        sampled.sample?.forEach { states.words += $0 }
        // In an order of their own: which thread has found a state first must not matter.
        states.sort()
        var search = InvariantSearch(run.model, solver, states, invariant)
        let found = search.run()
        result.solving?.queries = found.queries
        result.solving?.lemmas = []
        switch found.outcome {
        case .proved(let proof): return .ended(try accept(proof, sampled, solver, limits, &result))
        case .wrong:
            result.add(.other("a wrong step is possible in a state that can't be told from reachable ones"))
            return .maybeWrong
        case .unknown(let reason):
            result.add(reason)
            return .ended(nil)
        }
    }

    /// Checks the proof by a question of its own.
    private func accept(
        _ proof: InvariantProof, _ sampled: SearchResult, _ solver: any Solver, _ limits: SolverLimits,
        _ result: inout RunResult
    ) throws(InternalError) -> Diagnostic? {
        let certificate = InvariantCertificate(run.model, proof)
        let text = LemmaText(run.model)
        result.solving?.lemmas = certificate.lemmas.map { text.text($0.lemma) }
        for number in 0..<certificate.queryCount {
            result.solving?.queries += 1
            switch solver.check(certificate.query(number), limits) {
            case .unsatisfiable: break
            case .satisfiable: throw InternalError("the invariant that was found is not inductive")
            case .unknown(let reason):
                result.add(reason)
                return nil
            }
        }
        if let problem = result.neverEvaluated(run, solver, limits) { return problem }
        guard result.reason == nil else { return nil }
        let isWhole = if case .completed = sampled.outcome { !run.model.isSolverOnly } else { false }
        result.unwitnessed = sampled.unwitnessed
        guard !sampled.unwitnessed.isEmpty else {
            (result.verdict, result.asExpected) = (.proved, true)
            return options.proofs.flatMap { ProofExport(certificate, run).write(to: $0) }
        }
        if isWhole {
            (result.verdict, result.property) = (.violated, sampled.unwitnessed.first)
        } else {
            (result.verdict, result.reason) = (.inconclusive, .states)
        }
        return nil
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

import Model

/// A search that has left memory: what is on disk of it, and what it has found so far.
struct SpilledSearch {
    private let files: LayerFiles
    private let tally: SearchTally
    private let budget: Budget

    /// Writes the layers of a search that memory has ended.
    init<System: TransitionSystem, Store: StateStore>(
        _ search: BreadthFirstSearch<System, Store>, to disk: DiskOptions, width: Int, workers: Int
    ) throws(DiskProblem) {
        let bytes = search.options.maximumMemory ?? search.store.bytes
        // What was saved of the search need not be written again.
        let saved = search.options.checkpoint.flatMap { $0.problem == nil ? $0.files : nil }
        if let saved {
            files = saved
        } else {
            files = try LayerFiles(spillingTo: disk, width: width, parts: 4 * workers)
        }
        tally = search.tallyToGoOnWith
        budget = search.budget
        files.mustStop = budget.mustStop
        let sorterBytes = bytes / SearchOptions.shareForSorter
        guard let sorter = CandidateStore(width: width, bytes: sorterBytes, workers: workers) else { throw .noMemory }
        try files.spill(search.layers.dropFirst(files.layers.count), of: search.store, by: sorter, threads: workers)
    }

    /// A saved search whose states have no room in memory.
    init(_ saved: SavedSearch, _ files: LayerFiles, _ options: SearchOptions) {
        self.files = files
        tally = SearchTally(saved)
        budget = Budget(options)
    }

    /// Goes on. The memory of the search before must be free.
    func explore<System: TransitionSystem>(
        _ systems: [System], _ survey: ReachSurvey?, _ options: SearchOptions, passing: PassedStates?
    ) -> SearchVerdict {
        let bytes = options.memoryForStates ?? Int.max / 2
        guard var search = ExternalSearch(systems, files, options, budget, tally, bytes: bytes) else {
            return .result(.refused(options))
        }
        defer { search.free() }
        let verdict = passing == nil ? .result(search.run()) : search.runForVerdict()
        guard case .result(var result) = verdict else { return verdict }
        if let survey, !result.outcome.isInconclusive { result.reach = reach(survey, options, passing) }
        return .result(result)
    }

    /// Goes through the states until everything was witnessed; nil where the user or the clock ends that before, or a state
    /// can't be read.
    private func reach(_ survey: ReachSurvey, _ options: SearchOptions, _ passing: PassedStates?) -> Reach? {
        var survey = survey
        var visited = 0
        var isCut = false
        do throws(DiskProblem) {
            try files.forEachState(beginLayer: { survey.beginLayer() }) { state in
                visited += 1
                isCut = visited & 4095 == 0 && options.hasHadEnough
                guard !survey.isComplete, !isCut, let words = state.baseAddress else { return false }
                survey.visit(words, passing)
                return true
            }
        } catch { return nil }
        return isCut ? nil : survey.reach
    }
}

extension SearchOptions {
    /// The part of memory in which states are brought in order on their way to disk: one of so many.
    static var shareForSorter: Int { 8 }

    /// What states may take. Something is left for their way to disk.
    var memoryForStates: Int? {
        maximumMemory.map { disk == nil ? $0 : $0 - $0 / Self.shareForSorter }
    }
}

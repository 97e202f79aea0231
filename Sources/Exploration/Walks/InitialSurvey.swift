import Model

/// Looks at all initial states once: collects them for the walks, and judges them.
struct InitialSurvey {
    private var system: ModelSystem
    private let buffer = SuccessorBuffer()
    private let selection: Selection
    private let options: WalkOptions
    private(set) var starts: WalkStarts
    private(set) var passedOver: Set<Int> = []
    /// A violation in an initial state: no run is shorter. Of several the first in the order of the judgements.
    private(set) var counterexample: Counterexample?
    private var hit = Int.max
    /// Whether the user or the clock has ended it.
    private(set) var wasStopped = false

    init(_ code: ModelCode, _ selection: Selection, _ options: WalkOptions) {
        system = ModelSystem(code, usesSymmetry: false, looksForWitnesses: false)
        self.selection = selection
        self.options = options
        starts = WalkStarts(width: code.wordCount, seed: options.seed)
    }

    mutating func run() throws(MachineFault) {
        var position = ExpansionPosition()
        var hasMore = true
        while hasMore {
            hasMore = system.initialStates(into: buffer, from: &position)
            let contents = buffer.contents
            if let fault = contents.fault { throw fault }
            for number in 0..<contents.count { try look(at: contents.successors[number], contents) }
            if hasMore, options.mustStop() {
                wasStopped = true
                return
            }
        }
    }

    private mutating func look(
        at outcome: Successor, _ contents: SuccessorBuffer.Contents
    ) throws(MachineFault) {
        let words = UnsafeBufferPointer(start: contents.words + outcome.start, count: outcome.length)
        for number in 0..<outcome.violationCount {
            let violation = Int(contents.violations[outcome.firstViolation + number])
            note(violation, violation: violation, outcome, contents)
        }
        guard outcome.ending < 0 else {
            return note(Int(outcome.ending), violation: Int(outcome.ending), outcome, contents)
        }
        starts.add(words)
        var failures: [Int] = []
        try system.examine(words, failures: &failures)
        for failure in failures { note(failure, violation: nil, outcome, contents) }
    }

    private mutating func note(
        _ judgement: Int, violation: Int?, _ outcome: Successor, _ contents: SuccessorBuffer.Contents
    ) {
        guard selection.isSelected.indices.contains(judgement) else { return }
        guard selection.isSelected[judgement] else {
            passedOver.insert(judgement)
            return
        }
        guard judgement < hit else { return }
        hit = judgement
        let state = Array(UnsafeBufferPointer(start: contents.words + outcome.start, count: outcome.length))
        counterexample = Counterexample(
            judgement: system.judgements[judgement], violation: violation,
            conjunct: system.failingPart(of: judgement, in: state, after: state), initial: state,
            initialChoices: (0..<outcome.choiceCount).map { contents.choices[outcome.firstChoice + $0] }, steps: [],
            switches: 0, measure: .steps, isBest: true)
    }
}

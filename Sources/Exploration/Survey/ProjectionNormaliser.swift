// Unsafe code: renamings are compiled for raw memory.

import Model

/// Makes symmetric states alike in which one variable is all zeros, because it was taken out.
///
/// In a small group the result is the same for all states of an orbit: the least that any renaming gives. In a large one
/// elements are put in the order of their colours, and those of one colour stay as they are: then symmetric states are
/// alike in most cases, and it costs the same for every state.
struct ProjectionNormaliser {
    private let plan: SymmetryPlan
    private var colours: ElementColours
    /// All renamings but the identity, for a small group.
    private let everyProgram: [RenamingProgram]
    private var programs: [Renaming: RenamingProgram] = [:]
    private var candidate: [UInt64]

    /// Groups of at most so many renamings are tried through.
    private static let smallGroup = 12
    /// Compiled renamings that are kept.
    private static let mostPrograms = 1 << 12

    /// Nil where nothing is left that depends on names.
    init?(_ code: ModelCode, without variable: VariableID) {
        guard let plan = SymmetryPlan(code, without: variable) else { return nil }
        self.plan = plan
        colours = ElementColours(plan)
        candidate = Array(repeating: 0, count: code.wordCount)
        everyProgram =
            plan.order <= Self.smallGroup
            ? Renaming.all(sizes: plan.sizes).dropFirst().map { RenamingProgram(plan, $0) } : []
    }

    mutating func normalise(_ words: inout [UInt64]) {
        guard everyProgram.isEmpty else { return tryAll(&words) }
        words.withUnsafeBufferPointer { words in
            if let words = words.baseAddress { colours.colour(words) }
        }
        apply(program(colourOrder), to: words)
        swap(&words, &candidate)
    }

    private mutating func tryAll(_ words: inout [UInt64]) {
        var best = words
        for program in everyProgram {
            apply(program, to: words)
            if candidate.lexicographicallyPrecedes(best) { swap(&best, &candidate) }
        }
        words = best
    }

    private mutating func apply(_ program: RenamingProgram, to words: [UInt64]) {
        words.withUnsafeBufferPointer { words in
            candidate.withUnsafeMutableBufferPointer { candidate in
                guard let from = words.baseAddress, let to = candidate.baseAddress else { return }
                program.apply(from, into: to)
            }
        }
    }

    private var colourOrder: Renaming {
        var renaming = Renaming(sizes: plan.sizes)
        for sort in plan.sizes.indices where plan.sizes[sort] > 1 {
            let order = (0..<plan.sizes[sort]).sorted { a, b in
                (colours.colour(sort: sort, a), a) < (colours.colour(sort: sort, b), b)
            }
            for (number, element) in order.enumerated() { renaming[sort, element] = number }
        }
        return renaming
    }

    private mutating func program(_ renaming: Renaming) -> RenamingProgram {
        if let program = programs[renaming] { return program }
        let program = RenamingProgram(plan, renaming)
        if programs.count < Self.mostPrograms { programs[renaming] = program }
        return program
    }
}

import Model

/// Another naming of the elements of symmetric sorts.
struct ElementRenaming {
    /// By cell: where it goes.
    let cells: [Int]
    /// By sort, by element.
    let elements: [[Int]]

    func image(of literal: StateLiteral, _ parts: StateParts) -> StateLiteral {
        func moved(_ part: Int) -> Int {
            let old = parts.all[part].cell
            return parts.ofCell[cells[old]][part - parts.ofCell[old][0]]
        }
        switch literal {
        case .has(let part, let value): return .has(moved(part), image(value, of: parts.all[part]))
        case .hasOneOf(let part, let values):
            return .hasOneOf(moved(part), values.map { image($0, of: parts.all[part]) }.sorted())
        case .hasNot(let part, let value): return .hasNot(moved(part), value)
        case .same(let a, let b): return .same(min(moved(a), moved(b)), max(moved(a), moved(b)))
        case .different(let a, let b): return .different(min(moved(a), moved(b)), max(moved(a), moved(b)))
        }
    }

    private func image(_ value: UInt64, of part: StatePart) -> UInt64 {
        switch part.type {
        case .element(let sort)?: return UInt64(elements[sort][Int(value)])
        case .set(.element(let sort))?:
            return elements[sort].indices.reduce(0) { set, element in
                value >> UInt64(element) & 1 == 1 ? set | 1 << UInt64(elements[sort][element]) : set
            }
        case .unit?, .bool?, .range?, .rangeOrUnbounded?, .bits?, .set?, .tagged?, .tuple?, .optional?, .exclusiveLock?,
            .sharedLock?, .location?, nil:
            return value
        }
    }

    /// The codes of the cells of a state, renamed.
    func image(of state: [UInt64], _ parts: StateParts) -> [UInt64] {
        var result = state
        for (old, code) in state.enumerated() {
            var moved = code
            for number in parts.ofCell[old] {
                let part = parts.all[number]
                guard let value = part.value(ofCell: code) else { continue }
                let change = value ^ image(value, of: part)
                moved ^= change << UInt64(part.low)
            }
            result[cells[old]] = moved
        }
        return result
    }

    /// The lemma first, then the others that renaming makes of it, each once.
    static func images(of lemma: StateLemma, _ parts: StateParts, _ renamings: [ElementRenaming]) -> [StateLemma] {
        var seen: Set<StateLemma> = [lemma]
        var result = [lemma]
        for renaming in renamings {
            let other = StateLemma(lemma.excluded.map { renaming.image(of: $0, parts) })
            if seen.insert(other).inserted { result.append(other) }
        }
        return result
    }
}

extension ElementRenaming {
    /// More renamings than this are not worth it.
    private static let most = 240

    /// All of a model, the one that changes nothing first. Only that one where they are too many, and where there are sets of
    /// values that have elements inside, or such values are indices.
    static func all(_ model: Model, _ layout: CellLayout) -> [ElementRenaming] {
        let choices = model.sorts.map { sort in
            sort.isSymmetric && sort.size <= 6 ? permutations(sort.size) : [Array(0..<sort.size)]
        }
        let count = choices.reduce(1) { $0.multipliedReportingOverflow(by: $1.count).partialValue }
        let isSimple = !model.sorts.indices.contains(where: model.hides)
        let isSmall =
            isSimple && (1...most).contains(count) && model.sorts.allSatisfy { !$0.isSymmetric || $0.size <= 6 }
        let used = isSmall ? choices : model.sorts.map { [Array(0..<$0.size)] }
        let all = used.reduce([[]] as [[[Int]]]) { starts, next in starts.flatMap { start in next.map { start + [$0] } }
        }
        return all.map { ElementRenaming(cells: cells($0, model, layout), elements: $0) }
    }

    private static func permutations(_ count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return permutations(count - 1).flatMap { rest in
            (0...rest.count).reversed().map { place in
                var one = rest
                one.insert(count - 1, at: place)
                return one
            }
        }
    }

    private static func cells(_ elements: [[Int]], _ model: Model, _ layout: CellLayout) -> [Int] {
        var result: [Int] = []
        for (number, variable) in model.variables.enumerated() {
            for element in 0..<variable.count {
                let moved = variable.dimensions.element(element) { elements[$0][$1] }
                result.append(layout.cell(VariableID(number), element: moved))
            }
        }
        return result
    }
}

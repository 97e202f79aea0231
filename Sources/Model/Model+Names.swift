extension Model {
    public var sortNames: SortNames { SortNames(sorts) }

    /// `frame[F0].refs`, `pte[M0, 1]`, `user[T1].fault.orig`; `element` counts row by row.
    public func leafName(_ id: VariableID, element: Int, names: SortNames) -> String {
        guard variables.indices.contains(id.index) else { return "?\(id.index)" }
        let variable = self[id]
        guard variable.name.hasPrefix(variable.root) else {
            return variable.name + indexText(variable.dimensions, element: element, names: names)
        }
        return variable.root + indexText(variable.dimensions, element: element, names: names)
            + variable.name.dropFirst(variable.root.count)
    }

    /// `user[T0]`; `instance` counts row by row over the dimensions of the process.
    public func instanceName(process: Int, instance: Int, names: SortNames) -> String {
        guard processes.indices.contains(process) else { return "?\(process)" }
        return processes[process].name + indexText(processes[process].dimensions, element: instance, names: names)
    }

    /// The code of a cell in a packed state. 0 for a cell or a word that does not exist.
    public func code(_ id: VariableID, element: Int, in words: [UInt64]) -> UInt64 {
        guard variables.indices.contains(id.index), element >= 0 else { return 0 }
        let place = self[id].placement
        guard place.perWord > 0 else { return 0 }
        let width = self[id].type.width(sorts: sorts)
        let word = place.word.saturatingSum(element / place.perWord)
        let shift = place.shift.saturatingSum((element % place.perWord).saturatingProduct(width))
        guard words.indices.contains(word), (0..<64).contains(shift) else { return 0 }
        return words[word] >> UInt64(shift) & .lowBits(width)
    }

    /// `[F0, 1]`, empty without dimensions.
    private func indexText(_ dimensions: [Dimension], element: Int, names: SortNames) -> String {
        guard !dimensions.isEmpty else { return "" }
        var rest = element
        var parts: [String] = []
        for dimension in dimensions.reversed() {
            let count = max(1, dimension.count)
            parts.append(dimension.type.describe(dense: rest % count, names: names))
            rest /= count
        }
        return "[" + parts.reversed().joined(separator: ", ") + "]"
    }
}

extension CellType {
    /// The value with a dense index, as text.
    public func describe(dense index: Int, names: SortNames) -> String {
        switch self {
        case .tagged, .tuple, .optional:
            guard let codes = codes(sorts: names.sorts, limit: 1 << 16), codes.indices.contains(index) else {
                return "?\(index)"
            }
            return describe(codes[index], names: names)
        case .unit, .bool, .exclusiveLock, .range, .rangeOrUnbounded, .bits, .element, .sharedLock, .location, .set:
            return describe(UInt64(max(0, index)), names: names)
        }
    }
}

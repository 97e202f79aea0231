extension Model {
    /// A state in which only free cells have codes: those that they have in another state.
    public func freeWords(of state: [UInt64]) -> [UInt64] {
        var words = Array(repeating: UInt64(0), count: wordCount)
        for variable in variables where variable.isFree {
            let (place, width) = (variable.placement, variable.type.width(sorts: sorts))
            guard width > 0 else { continue }
            for element in 0..<variable.count {
                let (word, shift) = (
                    place.word + element / place.perWord, place.shift + element % place.perWord * width
                )
                guard state.indices.contains(word) else { continue }
                words[word] |= state[word] & (.lowBits(width) << UInt64(shift))
            }
        }
        return words
    }

    /// Whether some cells are free.
    public var hasFreeVariables: Bool { variables.contains(where: \.isFree) }

    /// How many words a packed state has; at least 1.
    public var wordCount: Int {
        variables.reduce(1) { words, variable in
            let place = variable.placement
            let last = max(0, variable.count - 1) / max(1, place.perWord)
            return max(words, place.word.saturatingSum(last).saturatingSum(1))
        }
    }

    /// The bits of a packed state that a variable takes, by word.
    public func masks(of id: VariableID) -> [UInt64] {
        let width = self[id].type.width(sorts: sorts)
        let place = self[id].placement
        var masks = Array(repeating: UInt64(0), count: wordCount)
        for element in 0..<self[id].count {
            let shift = place.shift + element % place.perWord * width
            masks[place.word + element / place.perWord] |= .lowBits(width) << UInt64(shift)
        }
        return masks
    }

    /// Gives every variable its place in the packed state: what is shared first, then program counters and locals.
    ///
    /// An array of at most 64 bits lies in one word; a larger one starts a word and fills each with as many elements
    /// as fit. What is left of a word takes the first later variable that fits, larger variables first.
    public mutating func pack() {
        var packing = WordPacking()
        let widths = variables.map { $0.type.width(sorts: sorts) }
        let order = variables.indices.sorted { a, b in
            let (x, y) = (packingKey(a, width: widths[a]), packingKey(b, width: widths[b]))
            return (x.group, -x.size, a) < (y.group, -y.size, b)
        }
        for index in order {
            variables[index].placement = packing.place(count: variables[index].count, width: widths[index])
        }
    }

    private func packingKey(_ index: Int, width: Int) -> (group: Int, size: Int) {
        let group =
            switch variables[index].role {
            case .shared, .ghost, .constant: 0
            case .programCounter, .local: 1
            }
        return (group, variables[index].count.saturatingProduct(width))
    }
}

/// First fit: how many bits of each word are used.
private struct WordPacking {
    private var used: [Int] = []

    mutating func place(count: Int, width: Int) -> Placement {
        let size = count.saturatingProduct(width)
        // Such variables are refused by validation; they must only not overflow here.
        guard width <= 64, size < 1 << 40 else { return Placement(word: 0, shift: 0, perWord: 1) }
        if size == 0 { return Placement(word: 0, shift: 0, perWord: max(1, count)) }
        return size <= 64 ? placeSmall(count: count, size: size) : placeLarge(count: count, width: width)
    }

    private mutating func placeSmall(count: Int, size: Int) -> Placement {
        let word = used.firstIndex { $0 + size <= 64 } ?? used.count
        if word == used.count { used.append(0) }
        defer { used[word] += size }
        return Placement(word: word, shift: used[word], perWord: count)
    }

    private mutating func placeLarge(count: Int, width: Int) -> Placement {
        let perWord = 64 / width
        let word = used.count
        used += Array(repeating: perWord * width, count: count / perWord)
        if count % perWord != 0 { used.append(count % perWord * width) }
        return Placement(word: word, shift: 0, perWord: perWord)
    }
}

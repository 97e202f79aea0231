import Model

/// Cells of the state: reads and stores.
extension CodeWriter {
    /// Where an element of a variable lies.
    private enum Place {
        case fixed(word: Int, shift: Int)
        /// The index is in range.
        case computed(CValue)
        /// An index is out of range.
        case fault
    }

    mutating func read(_ id: VariableID, _ indices: [Expr], _ words: WordNames) -> CValue {
        let width = width(id)
        // The machine does not look at the indices of a cell without bits.
        guard width > 0 else { return CValue(0) }
        let mask = UInt64.ones(width)
        let and = width < 64 ? " & \(mask.literal)" : ""
        switch place(of: id, indices) {
        case .fault: return .fault
        case .fixed(let word, let shift):
            let shifted = shift == 0 ? "" : " >> \(shift)"
            return CValue(text: "(\(words.word(word))\(shifted)\(and))", bound: mask)
        case .computed(let index):
            let placement = model[id].placement
            if model[id].count <= placement.perWord {
                let shift = shift(index.text, width, placement.shift)
                return CValue(text: "(\(words.word(placement.word)) >> \(shift)\(and))", bound: mask)
            }
            let name = newName("e")
            let word = word(of: id, name, words)
            let shift = shift("\(name) % \(placement.perWord)ull", width, placement.shift)
            return CValue(
                text: "({ const U \(name) = \(index.text); \(word) >> \(shift)\(and); })", bound: mask)
        }
    }

    mutating func assign(_ id: VariableID, _ indices: [Expr], _ expr: Expr) {
        let value = value(expr)
        let width = width(id)
        let mask = UInt64.ones(width)
        if width == 0 {
            if value.constant != 0 { line("if (\(value.text)) goto fault;") }
            return
        }
        if let constant = value.constant, constant > mask { return line("goto fault;") }
        let place = place(of: id, indices)
        if case .fault = place { return line("goto fault;") }
        var stored = value.text
        if !value.isSimple || value.bound > mask {
            stored = newName("v")
            line("const U \(stored) = \(value.text);")
            if value.bound > mask { line("if (\(stored) > \(mask.literal)) goto fault;") }
        }
        switch place {
        case .fault: break
        case .fixed(let word, let shift): store(stored, value.constant, mask, word: word, shift: shift)
        case .computed(let index): store(stored, mask, id, index)
        }
    }

    private mutating func store(_ value: String, _ constant: UInt64?, _ mask: UInt64, word: Int, shift: Int) {
        let name = scope.words.word(word)
        if mask == .max { return line("\(name) = \(value);") }
        let cleared = "\(name) & \((~(mask << UInt64(shift))).literal)"
        if constant == 0 { return line("\(name) = \(cleared);") }
        line("\(name) = (\(cleared)) | \(value) << \(shift);")
    }

    /// To an element that is known only at run time.
    private mutating func store(_ value: String, _ mask: UInt64, _ id: VariableID, _ index: CValue) {
        let placement = model[id].placement
        let (element, shift) = (newName("e"), newName("k"))
        line("const U \(element) = \(index.text);")
        let isOneWord = model[id].count <= placement.perWord
        let inWord = isOneWord ? element : "\(element) % \(placement.perWord)ull"
        line("const U \(shift) = \(self.shift(inWord, width(id), placement.shift));")
        func stored(_ word: String) -> String {
            "\(word) = (\(word) & ~(\(mask.literal) << \(shift))) | \(value) << \(shift);"
        }
        if isOneWord { return line(stored(scope.words.word(placement.word))) }
        switch scope.words {
        case .array(let name): line(stored("\(name)[\(placement.word) + \(element) / \(placement.perWord)ull]"))
        case .variables(let names):
            line("switch (\(element) / \(placement.perWord)ull) {")
            for number in 0...(model[id].count - 1) / placement.perWord {
                line("case \(number): \(stored(names[placement.word + number])) break;")
            }
            line("}")
        }
    }

    // MARK: Places

    /// The bit where an element starts.
    private func shift(_ index: String, _ width: Int, _ first: Int) -> String {
        let scaled = width == 1 ? "\(index)" : "\(index) * \(width)ull"
        return first == 0 ? "(\(scaled))" : "(\(scaled) + \(first)ull)"
    }

    /// The word with an element of a variable that fills several.
    private func word(of id: VariableID, _ index: String, _ words: WordNames) -> String {
        let placement = model[id].placement
        switch words {
        case .array(let name): return "\(name)[\(placement.word) + \(index) / \(placement.perWord)ull]"
        case .variables(let names):
            let last = (model[id].count - 1) / placement.perWord
            let chain = (0..<last).reversed().reduce(names[placement.word + last]) { rest, number in
                let end = (number + 1) * placement.perWord
                return "(\(index) < \(end)ull ? \(names[placement.word + number]) : \(rest))"
            }
            return chain
        }
    }

    private mutating func place(of id: VariableID, _ indices: [Expr]) -> Place {
        var fixed: UInt64 = 0
        var computed: String?
        for (dimension, index) in zip(model[id].dimensions, indices) {
            let count = UInt64(dimension.count)
            let operand = value(index)
            fixed *= count
            computed = computed.map { count == 1 ? $0 : "(\($0) * \(count)ull)" }
            if let constant = operand.constant {
                guard constant < count else { return .fault }
                fixed += constant
            } else {
                let checked = self.checked(operand, below: count)
                computed = computed.map { "(\($0) + \(checked))" } ?? checked
            }
        }
        let last = UInt64(model[id].count - 1)
        if let computed {
            return .computed(CValue(text: fixed == 0 ? computed : "(\(computed) + \(fixed)ull)", bound: last))
        }
        let placement = model[id].placement
        let element = Int(fixed)
        return .fixed(
            word: placement.word + element / placement.perWord,
            shift: placement.shift + element % placement.perWord * width(id))
    }

    /// An index that is a fault where it is not below a number. No test where its bound is.
    private mutating func checked(_ index: CValue, below count: UInt64) -> String {
        if index.bound < count { return index.text }
        let name = newName("x")
        return "({ const U \(name) = \(index.text); if (\(name) >= \(count)ull) goto fault; \(name); })"
    }
}

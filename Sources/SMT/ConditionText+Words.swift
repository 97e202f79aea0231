/// Numbers and words: sums of words wrap around, and numbers among them are `bits<N>(n)`; words among numbers are `int(w)`.
extension ConditionText {
    /// An operand of arithmetic. What has been made longer for it is computed with as a number, or as a word of that length.
    func operand(_ operand: Term, of whole: Term) -> String {
        let isInt = isInteger(whole)
        guard case .concat(let high, let low) = graph.node(operand), graph.constant(high) == 0 else {
            // A number where words are computed with.
            guard !isInt, let words = called(operand), words.kind == .value, !words.isBits else {
                return inner(operand)
            }
            return "bits<\(operand.width)>(\(text(operand, isInner: false)))"
        }
        if isInt, isInteger(low) { return inner(low) }
        return "\(isInt ? "int" : "bits<\(operand.width)>")(\(text(low, isInner: false)))"
    }

    /// Whether a value is no word: it is called a number, or what computes it never wraps around.
    func isInteger(_ term: Term) -> Bool {
        if let words = called(term) { return !words.isBits }
        switch graph.node(term) {
        case .arithmetic where term.width == 64, .negate where term.width == 64, .conditional where term.width == 64:
            return !isWord(term)
        case .arithmetic(.add, let a, let b):
            return max(graph.bitsBehindZeros(a), graph.bitsBehindZeros(b)) < term.width
        case .arithmetic(.multiply, let a, let b):
            return graph.bitsBehindZeros(a) + graph.bitsBehindZeros(b) <= term.width
        case .conditional(_, let a, let b):
            if let known = room.areNumbers[term] { return known }
            let result = isNumber(a) && isNumber(b)
            room.areNumbers[term] = result
            return result
        case .arithmetic, .negate: return false
        case .bits: return true
        case .variable, .truth, .not, .and, .or, .equal, .compare, .complement, .concat, .extract: return false
        }
    }

    /// Whether it is a number, perhaps with zeros in front.
    private func isNumber(_ term: Term) -> Bool {
        if case .concat(let high, let low) = graph.node(term), graph.constant(high) == 0 { return isInteger(low) }
        return isInteger(term)
    }

    /// Of 64 bits: whether a word has a part in it. What was made longer is a number or a word, as the others are.
    func isWord(_ term: Term) -> Bool {
        if let known = room.areWords[term] { return known }
        let isWord =
            switch graph.node(term) {
            case .concat(let high, _): graph.constant(high) != 0
            case .arithmetic(_, let a, let b), .conditional(_, let a, let b): isWord(a) || isWord(b)
            case .negate(let a): isWord(a)
            case .variable, .extract, .complement: called(term)?.isBits ?? true
            case .truth, .bits, .not, .and, .or, .equal, .compare: false
            }
        room.areWords[term] = isWord
        return isWord
    }

    /// What is compared as words is computed as words.
    func takeForWords(_ terms: [Term]) {
        var left = terms
        while let term = left.popLast() {
            if let words = called(term), !words.isBits { continue }
            switch graph.node(term) {
            case .arithmetic(_, let a, let b), .conditional(_, let a, let b):
                if room.areWords.updateValue(true, forKey: term) != true { left += [a, b] }
            case .negate(let a):
                if room.areWords.updateValue(true, forKey: term) != true { left.append(a) }
            case .variable, .truth, .bits, .not, .and, .or, .equal, .compare, .complement, .concat, .extract: break
            }
        }
    }

    /// What is called so that its value is a sum: that of its offset and its code, or as much of it as the sum has room for.
    func valued(_ offset: Term, _ code: Term) -> Words? {
        guard let number = graph.constant(offset), let words = called(code) else { return nil }
        return words.offset & .mask(offset.width) == number ? words : nil
    }

    /// Whether all values of what is called so are in a sum of its offset and its code.
    func fits(_ words: Words, _ a: Term, _ b: Term, in sum: Term) -> Bool {
        if sum.width == 64 { return Int64(bitPattern: words.offset) >= 0 || !isWord(sum) }
        let code = graph.constant(a) == nil ? a : b
        let (highest, isTooLarge) = words.offset.addingReportingOverflow(.mask(graph.bitsBehindZeros(code)))
        return !isTooLarge && highest <= .mask(sum.width)
    }

    /// The constant, if there is one, behind: what is large is meant to be taken away.
    func sum(_ a: Term, _ b: Term, of whole: Term) -> String {
        guard let number = graph.constant(b) else { return "\(operand(a, of: whole)) + \(operand(b, of: whole))" }
        let words = called(a).flatMap { $0.offset == 0 ? nil : $0 }
        let isWord = !isInteger(whole)
        let left = words.map { isWord ? "bits<\(whole.width)>(\($0.name))" : $0.name } ?? operand(a, of: whole)
        var rest = Int64(bitPattern: number &- (words?.offset ?? 0))
        if isWord, whole.width < 64 {
            let bits = UInt64(bitPattern: rest) & .mask(whole.width)
            rest = whole.width == 1 ? Int64(bits) : bits.signExtended(from: whole.width)
        }
        return "\(left) \(rest < 0 ? "-" : "+") \(rest.magnitude.asNumber)"
    }
}

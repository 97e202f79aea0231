/// Comparisons of sums: what is taken away stands on the other side, and one constant behind.
extension ConditionText {
    enum Sign: String {
        case equal = "=="
        case different = "!="
        case atMost = "<="
        case less = "<"

        var symbol: String { rawValue }

        /// With the sides exchanged.
        var turned: String {
            switch self {
            case .equal, .different: rawValue
            case .atMost: ">="
            case .less: ">"
            }
        }
    }

    /// Nil where no side is a sum, or one may wrap around.
    func sums(_ a: Term, _ sign: Sign, _ b: Term, isSigned: Bool) -> String? {
        guard isSum(a) || isSum(b), let x = graph.linear(a), let y = graph.linear(b),
            areCompared(x, y, sign, asWords: !isSigned), !isSigned || a.width == 64,
            let difference = y.adding(x, times: -1)
        else { return nil }
        var more: [String] = []
        var less: [String] = []
        guard let constant = constant(of: difference) else { return nil }
        let isPlain = isOfTwo(difference.factors, constant, sign)
        for (term, factor) in difference.factors {
            let words = called(term)
            let text = words.map { $0.isBits && !isPlain ? "int(\($0.name))" : $0.name } ?? number(term, isPlain)
            let times = factor.magnitude == 1 ? text : "\(factor.magnitude) * \(text)"
            if factor > 0 { more.append(times) } else { less.append(times) }
        }
        return compared(more.joined(separator: " + "), less.joined(separator: " + "), constant, sign)
    }

    /// What is added to the values, not to the codes; nil where it is too large.
    private func constant(of form: LinearForm) -> Int64? {
        var constant = form.constant
        for (term, factor) in form.factors {
            let offset = called(term).map { Int64(bitPattern: $0.offset) } ?? 0
            let (part, isTooLarge) = offset.multipliedReportingOverflow(by: factor)
            let (rest, isTooFar) = constant.subtractingReportingOverflow(part)
            if isTooLarge || isTooFar { return nil }
            constant = rest
        }
        return constant
    }

    /// Whether comparing them as they are is comparing the numbers.
    private func areCompared(_ x: LinearForm, _ y: LinearForm, _ sign: Sign, asWords: Bool) -> Bool {
        switch sign {
        case .equal, .different: true
        case .atMost, .less: !asWords || x.lowest >= 0 && y.lowest >= 0
        }
    }

    /// That `more - less + constant` is at least 0, or more, or 0, or not.
    private func compared(_ more: String, _ less: String, _ constant: Int64, _ sign: Sign) -> String? {
        var (constant, sign) = (constant, sign)
        if less.isEmpty {
            guard !more.isEmpty else { return nil }
            // Of negative numbers the one nearer to 0.
            let isNegative = sign == .less && constant > 0
            return isNegative ? "\(more) >= \(1 - constant)" : "\(more) \(sign.turned) \(-constant)"
        }
        if more.isEmpty {
            let isNegative = sign == .atMost && constant < 0
            return isNegative ? "\(less) < \(constant + 1)" : "\(less) \(sign.symbol) \(constant)"
        }
        if constant == -1, sign == .atMost { (constant, sign) = (0, .less) }
        if constant == 1, sign == .less { (constant, sign) = (0, .atMost) }
        let behind = constant == 0 ? "" : " + \(constant.magnitude)"
        return constant < 0
            ? "\(less)\(behind) \(sign.symbol) \(more)" : "\(less) \(sign.symbol) \(more)\(behind)"
    }

    /// A sum or difference, or what is called so that its code is one.
    private func isSum(_ term: Term) -> Bool {
        if let words = called(term) { return words.offset != 0 }
        switch graph.node(term) {
        case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _), .negate: return true
        case .concat(let high, let low): return graph.constant(high) == 0 && isSum(low)
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement,
            .extract:
            return false
        }
    }

    /// A part of a sum that is none.
    private func number(_ term: Term, _ isPlain: Bool) -> String {
        // A sum of words stands beside a comparison as it is.
        if isPlain, !isInteger(term) { return text(term, isInner: !isSum(term)) }
        return isInteger(term) ? inner(term) : "int(\(text(term, isInner: false)))"
    }

    /// Of two words of one width, or of one: they are compared as they are. No number may be left beside two.
    private func isOfTwo(_ factors: [(term: Term, factor: Int64)], _ constant: Int64, _ sign: Sign) -> Bool {
        guard factors.allSatisfy({ $0.factor.magnitude == 1 && $0.term.width == factors[0].term.width }) else {
            return false
        }
        if factors.count == 1 { return true }
        guard factors.count == 2, factors[0].factor != factors[1].factor else { return false }
        return constant == 0 || sign == .atMost && constant == -1 || sign == .less && constant == 1
    }
}

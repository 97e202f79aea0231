/// Conditions as people write them: `threshold < 3 and not strict`.
public struct ConditionText {
    let graph: TermGraph
    private let words: (_ variable: Term, _ bits: Range<Int>?) -> Words?
    private let room = Room()

    /// How many parts may still be written: terms share theirs, and written out they can be without end.
    private final class Room {
        var left = 0
        /// Of terms of 64 bits: whether they are words, whose sums wrap around.
        var areWords: [Term: Bool] = [:]
    }

    private static let mostNodes = 1024

    /// What a term is called: a variable, or some of its bits.
    public struct Words {
        public let name: String
        /// What is added to a code for its value.
        public let offset: UInt64
        public let kind: Kind
        /// Whether sums of it wrap around: as a number it is `int(name)`.
        public let isBits: Bool
        public let value: (UInt64) -> String

        public enum Kind: Sendable {
            /// `entry == 3`
            case value
            /// `entry is mapped`
            case enumCase
            /// `not dirty`
            case truth
        }

        public init(
            name: String, offset: UInt64 = 0, _ kind: Kind, isBits: Bool = false, value: @escaping (UInt64) -> String
        ) {
            (self.name, self.offset, self.kind, self.isBits, self.value) = (name, offset, kind, isBits, value)
        }
    }

    /// - Parameter words: what some bits of a variable are called, or all of it; nil where they have no name.
    public init(_ graph: TermGraph, _ words: @escaping (_ variable: Term, _ bits: Range<Int>?) -> Words?) {
        (self.graph, self.words) = (graph, words)
    }

    func called(_ term: Term) -> Words? {
        switch graph.node(term) {
        case .variable: words(term, nil)
        case .extract(let whole, let low): words(whole, low..<low + term.width)
        // Zeros in front change nothing.
        case .concat(let high, let low): graph.constant(high) == 0 ? called(low) : nil
        case .truth, .bits, .not, .and, .or, .conditional, .equal, .compare, .arithmetic, .complement, .negate: nil
        }
    }

    private func begin() {
        room.left = Self.mostNodes
        room.areWords = [:]
    }

    /// Behind a thousand parts the rest is `…`.
    public func text(_ term: Term) -> String {
        begin()
        return text(term, isInner: false)
    }

    /// Where the parts of one of some alternatives are all true: `a and b or c`, each in parentheses that is no single part.
    ///
    /// - Parameter most: how many alternatives are written out.
    public func text(any cubes: [[Term]], most: Int) -> String {
        if cubes.isEmpty { return "false" }
        begin()
        let parts = cubes.prefix(most).map { cube in
            let text =
                cube.isEmpty
                ? "true"
                : cube.count == 1 ? text(cube[0], isInner: false) : cube.map(operand).joined(separator: " and ")
            let isCompound = cube.count > 1 || cube.first.map { isJoined($0) } ?? false
            return cubes.count > 1 && isCompound ? "(\(text))" : text
        }
        return parts.joined(separator: " or ") + (cubes.count > most ? " or …" : "")
    }

    /// Where in each of some alternatives a part is false.
    public func text(none cubes: [[Term]]) -> String {
        if cubes.isEmpty { return "true" }
        begin()
        let clauses = cubes.map { withoutRefuted($0, cubes) }
        // Behind what makes them short: that may say that what they speak of is there.
        let shortened = clauses.indices.filter { clauses[$0] != cubes[$0] }
        let order = clauses.indices.filter { !shortened.contains($0) } + shortened
        return order.map { clauses[$0] }.map { parts in
            let text = parts.isEmpty ? "false" : parts.map { operand(graph.not($0)) }.joined(separator: " or ")
            return cubes.count > 1 && parts.count > 1 ? "(\(text))" : text
        }.joined(separator: " and ")
    }

    /// Without parts that are true anyway where all others of one part are false: their negation is no way out.
    private func withoutRefuted(_ cube: [Term], _ cubes: [[Term]]) -> [Term] {
        let known = cubes.filter { $0.count == 1 && $0 != cube }.map { graph.not($0[0]) }
        let parts = cube.filter { part in !known.contains { graph.and($0, graph.not(part)) == graph.no } }
        return parts.isEmpty ? cube : parts
    }

    private func isJoined(_ term: Term) -> Bool {
        switch graph.node(term) {
        case .and, .or: true
        case .not(let inner): isJoined(inner)
        case .variable, .truth, .bits, .conditional, .equal, .compare, .arithmetic, .complement, .negate, .concat,
            .extract:
            false
        }
    }

    func text(_ term: Term, isInner: Bool) -> String {
        func enclosed(_ text: String) -> String { isInner ? "(\(text))" : text }
        guard room.left > 0 else { return "…" }
        room.left -= 1
        if let words = called(term) {
            let offset = Int64(bitPattern: words.offset)
            if offset == 0 { return words.name }
            return enclosed("\(words.name) \(offset < 0 ? "+" : "-") \(offset.magnitude)")
        }
        switch graph.node(term) {
        case .variable: return graph.name(of: term) ?? "?"
        case .truth(let value): return value ? "true" : "false"
        case .bits(let value): return value.asNumber
        case .not(let inner):
            return turned(inner).map { text($0, isInner: isInner) } ?? enclosed(negated(inner))
        case .and(let parts): return enclosed(parts.map(operand).joined(separator: " and "))
        case .or(let parts): return enclosed(parts.map(operand).joined(separator: " or "))
        case .conditional(let condition, let a, let b):
            return enclosed("if \(inner(condition)) then \(operand(a, of: term)) else \(operand(b, of: term))")
        case .equal(let a, let b): return enclosed(compared(a, .equal, b))
        case .compare(let comparison, let a, let b):
            return enclosed(
                compared(a, comparison.isReflexive ? .atMost : .less, b, isSigned: comparison.isSigned))
        case .arithmetic(.add, let a, let b):
            if let words = valued(a, b) ?? valued(b, a) {
                return fits(words, a, b, in: term) ? words.name : "bits<\(term.width)>(\(words.name))"
            }
            return enclosed(graph.constant(a) != nil ? sum(b, a, of: term) : sum(a, b, of: term))
        case .arithmetic(let operation, let a, let b):
            return enclosed("\(operand(a, of: term)) \(operation.symbol) \(operand(b, of: term))")
        case .complement(let a): return "~\(operand(a, of: term))"
        case .negate(let a): return "-\(operand(a, of: term))"
        case .concat(let high, let low):
            return graph.constant(high) == 0 ? text(low, isInner: isInner) : "(\(piece(high)) ++ \(piece(low)))"
        case .extract(let a, let low):
            return "\(inner(a))[\(low + term.width - 1):\(low)]"
        }
    }

    func inner(_ term: Term) -> String { text(term, isInner: true) }

    /// An operand of arithmetic. What has been made longer for it is computed with as a number, or as a word of that length.
    private func operand(_ operand: Term, of whole: Term) -> String {
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
        case .conditional(_, let a, let b): return isNumber(a) && isNumber(b)
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
    private func isWord(_ term: Term) -> Bool {
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
    private func takeForWords(_ terms: [Term]) {
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

    /// A part of a longer word; how long a constant is matters there.
    private func piece(_ term: Term) -> String {
        guard let value = graph.constant(term), term.width < 64 else { return inner(term) }
        let digits = String(value, radix: 2)
        return "0b" + String(repeating: "0", count: max(0, term.width - digits.count)) + digits
    }

    /// Of `and` and `or`, which bind less than `not` and comparisons do.
    private func operand(_ term: Term) -> String {
        switch graph.node(term) {
        case .not, .equal, .compare: text(term, isInner: isJoined(term))
        case .variable, .truth, .bits, .and, .or, .conditional, .arithmetic, .complement, .negate, .concat, .extract:
            text(term, isInner: true)
        }
    }

    /// What is called so that its value is a sum: that of its offset and its code, or as much of it as the sum has room for.
    private func valued(_ offset: Term, _ code: Term) -> Words? {
        guard let number = graph.constant(offset), let words = called(code) else { return nil }
        return words.offset & .mask(offset.width) == number ? words : nil
    }

    /// Whether all values of what is called so are in a sum of its offset and its code.
    private func fits(_ words: Words, _ a: Term, _ b: Term, in sum: Term) -> Bool {
        if sum.width == 64 { return Int64(bitPattern: words.offset) >= 0 || !isWord(sum) }
        let code = graph.constant(a) == nil ? a : b
        let (highest, isTooLarge) = words.offset.addingReportingOverflow(.mask(graph.bitsBehindZeros(code)))
        return !isTooLarge && highest <= .mask(sum.width)
    }

    /// The constant, if there is one, behind: what is large is meant to be taken away.
    private func sum(_ a: Term, _ b: Term, of whole: Term) -> String {
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

    /// That not all of several parts are true, or none: each is negated.
    private func turned(_ term: Term) -> Term? {
        switch graph.node(term) {
        case .and(let parts): graph.or(parts.map(graph.not))
        case .or(let parts): graph.and(parts.map(graph.not))
        case .variable, .truth, .bits, .not, .conditional, .equal, .compare, .arithmetic, .complement, .negate, .concat,
            .extract:
            nil
        }
    }

    private func negated(_ term: Term) -> String {
        switch graph.node(term) {
        case .equal(let a, let b): compared(a, .different, b)
        case .compare(let comparison, let a, let b):
            compared(b, comparison.isReflexive ? .less : .atMost, a, isSigned: comparison.isSigned)
        case .variable, .truth, .bits, .not, .and, .or, .conditional, .arithmetic, .complement, .negate, .concat,
            .extract:
            "not \(inner(term))"
        }
    }

    /// The constant behind, in the words of the variable before it.
    private func compared(_ a: Term, _ sign: Sign, _ b: Term, isSigned: Bool = false) -> String {
        if let code = graph.constant(a), called(b) != nil { return compared(b, sign.turned, code) }
        if let code = graph.constant(b), called(a) != nil { return compared(a, sign.symbol, code) }
        if let sums = sums(a, sign, b, isSigned: isSigned) { return sums }
        if a.width == 64, isWord(a) || isWord(b) || !isSigned && (sign == .atMost || sign == .less) {
            takeForWords([a, b])
        }
        if let code = graph.constant(a) { return "\(inner(b)) \(sign.turned) \(number(code, for: b, isSigned))" }
        if let code = graph.constant(b) { return "\(inner(a)) \(sign.symbol) \(number(code, for: a, isSigned))" }
        return "\(called(a)?.name ?? inner(a)) \(sign.symbol) \(called(b)?.name ?? inner(b))"
    }

    /// A term that has a name.
    private func compared(_ term: Term, _ symbol: String, _ code: UInt64) -> String {
        guard let words = called(term) else { return "\(inner(term)) \(symbol) \(code.asNumber)" }
        switch (words.kind, symbol) {
        case (.enumCase, "=="): return "\(words.name) is \(words.value(code))"
        // The other one of two.
        case (.enumCase, "!=") where term.width == 1: return "\(words.name) is \(words.value(code ^ 1))"
        case (.enumCase, "!="): return "\(words.name) is not \(words.value(code))"
        case (.truth, "=="): return code == 1 ? words.name : "not \(words.name)"
        case (.truth, "!="): return code == 0 ? words.name : "not \(words.name)"
        case (.value, _), (.enumCase, _), (.truth, _): return "\(words.name) \(symbol) \(words.value(code))"
        }
    }

    private func number(_ code: UInt64, for term: Term, _ isSigned: Bool) -> String {
        let number = Int64(bitPattern: code)
        return number < 0 && (isSigned && term.width == 64 || mayBeNegative(term)) ? String(number) : code.asNumber
    }

    /// Whether it may be below 0: a sum, or what is computed with operands that were made longer for it.
    private func mayBeNegative(_ term: Term) -> Bool {
        guard term.width == 64 else { return false }
        switch graph.node(term) {
        case .arithmetic(.add, _, _): return true
        case .arithmetic(_, let a, let b): return mayBeNegative(a) || mayBeNegative(b)
        case .conditional(_, let a, let b): return mayBeNegative(a) || mayBeNegative(b)
        case .negate(let a): return mayBeNegative(a)
        case .concat(let high, _): return graph.constant(high) == 0
        case .variable, .truth, .bits, .not, .and, .or, .equal, .compare, .complement, .extract: return false
        }
    }
}

extension Comparison {
    fileprivate var isSigned: Bool {
        switch self {
        case .less, .lessOrEqual: true
        case .below, .belowOrEqual: false
        }
    }
}

extension Arithmetic {
    fileprivate var symbol: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        }
    }
}

extension UInt64 {
    /// Decimal where that is short.
    public var asNumber: String { self < 1 << 20 ? String(self) : "0x" + String(self, radix: 16) }
}

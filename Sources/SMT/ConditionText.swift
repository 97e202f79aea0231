/// Conditions as people write them: `threshold < 3 and not strict`.
public struct ConditionText {
    let graph: TermGraph
    private let words: (_ variable: Term, _ bits: Range<Int>?) -> Words?
    let room = Room()

    /// What is known while a text is written.
    final class Room {
        /// How many parts may still be written: terms share theirs, and written out they can be without end.
        var left = 0
        /// Of terms of 64 bits: whether they are words, whose sums wrap around.
        var areWords: [Term: Bool] = [:]
        /// Of shorter ones with choices in them: whether they are numbers.
        var areNumbers: [Term: Bool] = [:]
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
        (room.areWords, room.areNumbers) = ([:], [:])
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

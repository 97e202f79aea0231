import Diagnostics

/// How tightly operators bind, loosest first. The order is documented at ``BinaryOperator``.
private enum Level {
    static let implies = 1
    static let or = 2
    static let and = 3
    static let not = 4
    static let comparison = 5
    static let bitOr = 6
    static let bitXor = 7
    static let bitAnd = 8
    static let shift = 9
    static let sum = 10
    static let product = 11
}

extension BinaryOperator {
    fileprivate var level: Int {
        switch self {
        case .implies: Level.implies
        case .or: Level.or
        case .and: Level.and
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn: Level.comparison
        case .bitOr: Level.bitOr
        case .bitXor: Level.bitXor
        case .bitAnd: Level.bitAnd
        case .shiftLeft, .shiftRight: Level.shift
        case .add, .subtract, .concatenate: Level.sum
        case .multiply: Level.product
        }
    }
}

/// Expressions made of operators. What they are made of is in `Parser+Operands.swift`.
extension Parser {
    /// A whole expression.
    mutating func expression(_ what: String = "an expression") -> ExprTree {
        subexpression(from: Level.implies, what)
    }

    /// An expression without logic and comparisons at its top: the set of a binder, a bound of a range.
    mutating func term(_ what: String = "an expression") -> ExprTree {
        subexpression(from: Level.bitOr, what)
    }

    private mutating func subexpression(from level: Int, _ what: String) -> ExprTree {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return errorExpression() }
        let result = operation(from: level, what)
        siblingHeight = max(siblingHeight, height)
        return result
    }

    func errorExpression() -> ExprTree { ExprTree(.error, placeOfError) }

    /// Operators of `level` and above. Tracks the height of the tree in `height`.
    private mutating func operation(from level: Int, _ what: String) -> ExprTree {
        var left = prefixed(from: level, what)
        var leftHeight = height
        while !isPanicking, let next = operatorHere, next.level >= level {
            let operatorToken = takeOperator(next)
            left = combine(left, next, at: operatorToken)
            leftHeight = max(leftHeight, height) + 1
            height = leftHeight
            guard mayNest(height, limit: Parser.maximumHeight) else { return left }
            if next.level == Level.comparison { refuseChain(after: operatorToken) }
        }
        return left
    }

    /// `not e`, `-e`, `~e`
    private mutating func prefixed(from level: Int, _ what: String) -> ExprTree {
        let start = current.span.start
        let unary: (UnaryOperator, operandLevel: Int)
        if at(.not) {
            unary = (.not, level > Level.not ? level : Level.not)
        } else if at(.minus) {
            unary = (.negate, Level.product + 1)
        } else if at(.tilde) {
            unary = (.complement, Level.product + 1)
        } else if at(.exclamation) {
            let fix = FixIt("replace `!` with `not`", replace: current.span, with: "not ")
            report(.expected, "`!` before a value has no meaning; write `not`", at: current.span, fixIts: [fix])
            unary = (.not, Level.product + 1)
        } else {
            return operand(what)
        }
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return errorExpression() }
        let spelling = string(of: advance())
        let value = operation(from: unary.operandLevel, "a value after `\(spelling)`")
        height += 1
        return ExprTree(.unary(unary.0, value), span(from: start))
    }

    // MARK: Operators

    private enum Operator {
        case binary(BinaryOperator)
        /// `not in`: two words.
        case notIn
        case isPattern
        /// What another language writes for the operator, or a slip of the hand: one symbol, or two that touch.
        case mistaken(BinaryOperator, symbols: Int = 1)

        var level: Int {
            switch self {
            case .binary(let binary), .mistaken(let binary, symbols: _): binary.level
            case .notIn, .isPattern: Level.comparison
            }
        }
    }

    /// The operator at the current token, if the expression goes on here.
    private var operatorHere: Operator? {
        switch current.kind {
        case .symbol(let symbol): binaryOperator(symbol)
        case .word: wordOperator
        case .number, .string, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile: nil
        }
    }

    private func binaryOperator(_ symbol: Symbol) -> Operator? {
        switch symbol {
        case .assign: return endsAtAssignment || atLineStart ? nil : mistakenAssign
        case .less where peek().kind == .symbol(.greater) && touchesNext: return .mistaken(.notEqual, symbols: 2)
        case .doubleAmpersand: return .mistaken(.and)
        case .doubleBar: return .mistaken(.or)
        case .fatArrow: return .mistaken(.implies)
        // A line that begins with `-` is a new one: `-` also begins an expression.
        case .minus: return atLineStart ? nil : .binary(.subtract)
        default: return BinaryOperator(rawValue: symbol.rawValue).map { .binary($0) }
        }
    }

    /// `=!` and `=<` are turned round, a single `=` lacks its second.
    private var mistakenAssign: Operator {
        guard touchesNext else { return .mistaken(.equal) }
        if peek().kind == .symbol(.exclamation) { return .mistaken(.notEqual, symbols: 2) }
        if peek().kind == .symbol(.less) { return .mistaken(.lessOrEqual, symbols: 2) }
        return .mistaken(.equal)
    }

    private var wordOperator: Operator? {
        // `in: T` on a line of its own is a field or a case of that name.
        if atLineStart, peek().kind == .symbol(.colon) { return nil }
        switch current.keyword {
        case .implies: return .binary(.implies)
        case .or: return .binary(.or)
        case .and: return .binary(.and)
        case .in: return .binary(.isIn)
        case .not: return peek().keyword == .in ? .notIn : nil
        case .is: return .isPattern
        default: return nil
        }
    }

    private mutating func takeOperator(_ taken: Operator) -> Token {
        let first = advance()
        switch taken {
        case .binary: break
        case .notIn: advance()
        case .isPattern: break
        case .mistaken(let meant, symbols: let count):
            for _ in 1..<count { advance() }
            let place = span(from: first.span.start)
            let spelling = text.text(place.start, place.end)
            let fix = FixIt("replace `\(spelling)` with `\(meant.rawValue)`", replace: place, with: meant.rawValue)
            if meant == .equal {
                report(.assignOrCompare, "`=` assigns; did you mean `==`?", at: place, fixIts: [fix])
            } else {
                let message = "`\(spelling)` is no operator here; write `\(meant.rawValue)`"
                report(.expected, message, at: place, fixIts: [fix])
            }
        }
        return first
    }

    private mutating func combine(_ left: ExprTree, _ taken: Operator, at token: Token) -> ExprTree {
        switch taken {
        case .isPattern:
            let negated = accept(.not)
            let pattern = pattern()
            height = 0
            return ExprTree(.isPattern(left, pattern, negated: negated), span(from: left.span.start))
        case .binary(let binary), .mistaken(let binary, symbols: _):
            return combine(left, binary, spelling: string(of: token))
        case .notIn: return combine(left, .isNotIn, spelling: "not in")
        }
    }

    private mutating func combine(_ left: ExprTree, _ binary: BinaryOperator, spelling: String) -> ExprTree {
        // `a implies b implies c` means `a implies (b implies c)`; the others group to the left.
        let rightLevel = binary == .implies ? binary.level : binary.level + 1
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return left }
        let right = operation(from: rightLevel, "a value after `\(spelling)`")
        return ExprTree(.binary(binary, left, right), span(from: left.span.start))
    }

    /// `a == b == c` and `a < b < c` are no comparisons of three values.
    private mutating func refuseChain(after first: Token) {
        guard !isPanicking, let next = operatorHere, next.level == Level.comparison else { return }
        let message = "comparisons do not chain; join them with `and`, or put one in parentheses"
        let note = Note("the first comparison", at: first.span)
        report(.expected, message, at: current.span, notes: [note])
    }
}

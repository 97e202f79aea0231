/// Finds where a function is defined, by its braces alone: no header is read and no macro is expanded.
struct CDefinitionFinder {
    private let tokens: [CToken]
    private var index = 0
    /// Where the declaration at hand begins, at the outermost level.
    private var start = 0

    init(_ tokens: [CToken]) { self.tokens = tokens }

    /// The tokens of each definition, from its first word to its closing brace.
    mutating func definitions(of name: String) -> [ArraySlice<CToken>] {
        var result: [ArraySlice<CToken>] = []
        while index < tokens.count {
            let token = tokens[index]
            if token.beginsDirective {
                let end = endOfDirective(index)
                if isMacro(name, index..<end) { result.append(tokens[index..<end]) }
                if start == index { start = end }
                index = end
            } else if token.isSign(";") || opensLinkage(index) {
                index += 1
                start = index
            } else if token.isSign("{") {
                let end = endOfBlock(index)
                if let head = head(index), defines(name, head) { result.append(tokens[head.lowerBound..<end]) }
                (index, start) = (end, isInitializer(index) ? start : end)
            } else {
                index += 1
            }
        }
        return result
    }

    /// The `{` of `extern "C" {`, inside of which definitions are at the outermost level too.
    private func opensLinkage(_ brace: Int) -> Bool {
        tokens[brace].isSign("{") && brace >= 2 && tokens[brace - 1].kind == .quoted
            && tokens[brace - 2].text == "extern"
    }

    private func endOfDirective(_ begin: Int) -> Int {
        var end = begin + 1
        while end < tokens.count, tokens[end].isInDirective, !tokens[end].beginsDirective { end += 1 }
        return end
    }

    /// `# define name (`
    private func isMacro(_ name: String, _ range: Range<Int>) -> Bool {
        range.count > 3 && tokens[range.lowerBound + 1].text == "define" && tokens[range.lowerBound + 2].text == name
            && tokens[range.lowerBound + 3].isSign("(")
    }

    /// Behind the `}` of the block that begins here. Each branch of an `#if` begins with the braces that were open
    /// before it, so that a head that is there twice opens one block; none were, where the block begins in a branch.
    private func endOfBlock(_ begin: Int) -> Int {
        var depth = 0
        var saved: [Int] = []
        var at = begin
        while at < tokens.count {
            let token = tokens[at]
            if token.beginsDirective, at + 1 < tokens.count {
                switch tokens[at + 1].text {
                case "if", "ifdef", "ifndef": saved.append(depth)
                case "else", "elif", "elifdef", "elifndef": depth = saved.last ?? 0
                case "endif": _ = saved.popLast()
                default: break
                }
                at = endOfDirective(at)
                continue
            }
            if token.isSign("{") { depth += 1 }
            if token.isSign("}") {
                depth -= 1
                if depth <= 0 { return at + 1 }
            }
            at += 1
        }
        return tokens.count
    }

    private func isInitializer(_ brace: Int) -> Bool { brace > start && tokens[brace - 1].isSign("=") }

    /// What stands before the `{`: with the declarations of parameters between, where it is in the old style.
    private func head(_ brace: Int) -> Range<Int>? {
        if start < brace { return isInitializer(brace) ? nil : start..<brace }
        guard brace > 0, tokens[brace - 1].isSign(";") else { return nil }
        var begin = brace - 1
        while begin > 0 {
            let token = tokens[begin - 1]
            if token.isSign(")") { return oldStyleStart(closing: begin - 1).map { $0..<brace } }
            let isPlain = token.kind == .word || [",", "*", ";", "[", "]"].contains(token.text)
            guard isPlain, !token.isInDirective else { return nil }
            begin -= 1
        }
        return nil
    }

    /// Where the declaration begins whose parameters end here.
    private func oldStyleStart(closing end: Int) -> Int? {
        var begin = end
        while begin > 0 {
            let before = tokens[begin - 1]
            if before.isSign(";") || before.isSign("}") || before.isInDirective { break }
            begin -= 1
        }
        return begin < end ? begin : nil
    }

    /// Whether a head names the function: `name (…)` outside of parentheses, or `MACRO(name…)` alone.
    private func defines(_ name: String, _ head: Range<Int>) -> Bool {
        var depth = 0
        for at in head {
            let token = tokens[at]
            if token.isSign("(") { depth += 1 }
            if token.isSign(")") { depth -= 1 }
            guard token.kind == .word, token.text == name, at + 1 < head.upperBound else { continue }
            if depth == 0, tokens[at + 1].isSign("(") { return true }
            if depth == 1, at >= head.lowerBound + 2, tokens[at - 1].isSign("("), isMacroName(tokens[at - 2]),
                tokens[at + 1].isSign(",") || tokens[at + 1].isSign(")")
            {
                return true
            }
        }
        return false
    }

    private func isMacroName(_ token: CToken) -> Bool {
        token.kind == .word && token.text.contains { $0.isLetter } && !token.text.contains { $0.isLowercase }
    }
}

/// Finds the indentation of one line after the other.
///
/// What begins inside a bracket stands four spaces further in than the line that opens the bracket, however many
/// brackets that line opens; a line that continues an item stands four spaces further in than the item.
struct Indentation {
    static let step = 4

    /// An open bracket, or the file.
    private struct Frame {
        /// The indentation of the line that opens it.
        let opening: Int
        /// The indentation of items inside.
        let base: Int
        /// The indentation of the item read last.
        var item: Int
        let isBrace: Bool
    }

    private let layout: Layout
    private var frames: [Frame] = []
    private var frame = Frame(opening: 0, base: 0, item: 0, isBrace: true)
    private var lastCode: TokenKind?

    init(layout: Layout) { self.layout = layout }

    /// The indentation of the next line. `next` is the line after it that holds more than comments.
    mutating func indent(_ line: Line, before next: Line?) -> Int {
        let result: Int
        if let first = line.firstCodeToken {
            result = indent(startingWith: first, in: line.tokens)
        } else if let next, let first = next.firstCodeToken {
            // A comment stands with what follows it; before a closing bracket, with what precedes it.
            result = first.kind.isCloser ? frame.item : indent(startingWith: first, in: next.tokens)
        } else {
            result = frame.base
        }
        for token in line.tokens where !token.kind.isComment { take(token, onLineIndentedBy: result) }
        return result
    }

    private func indent(startingWith first: Token, in tokens: [Token]) -> Int {
        if first.kind.isCloser {
            let closers = tokens.prefix { $0.kind.isCloser || $0.kind.isComment }.count { $0.kind.isCloser }
            let open = frames + [frame]
            return open[max(0, open.count - closers)].opening
        }
        if let item = layout.items[first.span.start] { return frame.base + extra(item) }
        guard frame.isBrace else { return frame.base }
        let followsBlock = lastCode == .symbol(.rightBrace) && (first.keyword == .else || first.keyword == .or)
        return first.kind == .symbol(.leftBrace) || followsBlock ? frame.item : frame.item + Indentation.step
    }

    private func extra(_ item: Layout.Item) -> Int {
        switch item {
        case .plain: 0
        case .underArm: Indentation.step
        }
    }

    private mutating func take(_ token: Token, onLineIndentedBy indent: Int) {
        lastCode = token.kind
        if token.kind.isCloser, let outer = frames.popLast() { frame = outer }
        if let item = layout.items[token.span.start] { frame.item = frame.base + extra(item) }
        if token.kind.isOpener {
            frames.append(frame)
            let inner = indent + Indentation.step
            frame = Frame(
                opening: indent, base: inner, item: inner, isBrace: token.kind == .symbol(.leftBrace))
        }
    }
}

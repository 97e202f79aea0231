import Diagnostics
import Syntax

/// A statement of a handler or process in its surroundings: where operators look for something to change.
struct StatementSite {
    let statement: StmtTree
    /// The statements of its block, and which of them it is.
    let siblings: [StmtTree]
    let index: Int
    /// The body of the handler or process.
    let body: BlockTree
    /// `` handler `map` ``
    let container: String
    let source: SourceText
    /// Where the attributes before a statement begin, by the start of the statement.
    let attributed: [Int: Int]
    /// Variables and fields of numbers that no `+=` changes in one access.
    let plainNumbers: Set<String>

    /// A change of the statement.
    func mutation(_ edits: [SourceEdit], at span: Span? = nil, _ change: String) -> SiteMutation {
        SiteMutation(edits: edits, span: span ?? statement.span, change: change)
    }

    // MARK: Text

    func text(_ span: Span) -> String { source.text(span.start, span.end) }

    /// The first line of a text, white space folded, in quotes.
    func quoted(_ span: Span) -> String { "`\(shortened(text(span)))`" }

    private func shortened(_ text: String) -> String {
        let line = text.split(separator: "\n", maxSplits: 1).first ?? ""
        var words = Array(line.split(separator: " ").prefix { !$0.hasPrefix("//") })
        while words.last == "{" { words.removeLast() }
        let folded = words.joined(separator: " ")
        return folded.count > 60 ? String(folded.prefix(57)) + "..." : folded
    }

    // MARK: Edits

    /// With its attributes.
    func whole(_ statement: StmtTree) -> Range<Int> {
        (attributed[statement.span.start] ?? statement.span.start)..<statement.span.end
    }

    /// Takes a statement out; `{}` stands for it where it is alone. Takes the line, too, where nothing else is on it.
    func removal(of statement: StmtTree, amongMany: Bool) -> SourceEdit {
        let range = whole(statement)
        guard amongMany else { return SourceEdit(range, "{}") }
        var start = range.lowerBound
        while start > 0, source.utf8[start - 1] == UInt8(ascii: " ") { start -= 1 }
        var end = range.upperBound
        while end < source.utf8.count, source.utf8[end] == UInt8(ascii: " ") { end += 1 }
        let begins = start == 0 || source.utf8[start - 1] == UInt8(ascii: "\n")
        guard begins, end < source.utf8.count, source.utf8[end] == UInt8(ascii: "\n") else {
            return SourceEdit(range, "")
        }
        return SourceEdit(start..<end + 1, "")
    }

    /// Takes this statement out.
    var removal: SourceEdit { removal(of: statement, amongMany: siblings.count > 1) }

    // MARK: Units

    /// A statement with the ghost code behind it, which belongs to its step; nil for ghost code itself.
    func unit(_ first: Int) -> Range<Int>? {
        guard siblings.indices.contains(first), !siblings[first].isGhostCode else { return nil }
        var last = first
        while siblings.indices.contains(last + 1), siblings[last + 1].isGhostCode { last += 1 }
        return whole(siblings[first]).lowerBound..<siblings[last].span.end
    }

    /// The statement before which this one stands, ghost code left out.
    var next: Int? { siblings.indices.first { $0 > index && !siblings[$0].isGhostCode } }
    var previous: Int? { siblings.indices.last { $0 < index && !siblings[$0].isGhostCode } }

    /// Exchanges two neighbours, each with its ghost code.
    func exchange(_ first: Int, _ second: Int) -> [SourceEdit]? {
        guard let a = unit(first), let b = unit(second), a.upperBound <= b.lowerBound else { return nil }
        return [
            SourceEdit(a, source.text(b.lowerBound, b.upperBound)),
            SourceEdit(b, source.text(a.lowerBound, a.upperBound)),
        ]
    }
}

/// A change that an operator makes at a site.
struct SiteMutation {
    let edits: [SourceEdit]
    /// What it changes; the survivor is accepted by an attribute on something that contains it.
    let span: Span
    /// Completes "no claim notices that …".
    let change: String
}

extension StmtTree {
    /// Ghost code and claims are never changed: they say what is right. So does a branch with nothing else in it.
    var isGhostCode: Bool {
        switch kind {
        case .commit, .assert, .fail: true
        case .ifElse, .match, .each, .doBlock:
            blocks.contains { !$0.statements.isEmpty }
                && blocks.allSatisfy { $0.statements.allSatisfy(\.isGhostCode) }
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .loop, .whileLoop,
            .choose, .either, .await, .guardElse, .breakOut, .continueLoop, .atomic, .returnValue, .bump, .error:
            false
        }
    }

    /// The blocks directly inside.
    var blocks: [BlockTree] {
        switch kind {
        case .ifElse(_, let yes, otherwise: let no): [yes] + (no.map { [$0] } ?? [])
        case .match(_, let arms): arms.map(\.body)
        case .loop(label: _, atMost: _, let body), .whileLoop(_, let body), .each(_, let body),
            .doBlock(label: _, let body), .atomic(reason: _, let body):
            [body]
        case .either(let branches): branches
        case .tryLock(_, shared: _, otherwise: let otherwise), .guardElse(_, otherwise: let otherwise): [otherwise]
        case .choose(_, then: _, otherwise: let otherwise): otherwise.map { [$0] } ?? []
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .downgrade, .await, .breakOut,
            .continueLoop, .commit, .assert, .fail, .returnValue, .bump, .error:
            []
        }
    }

    /// The conditions that decide how it goes on.
    var conditions: [ExprTree] {
        switch kind {
        case .ifElse(let condition, _, otherwise: _), .whileLoop(let condition, _),
            .guardElse(let condition, otherwise: _), .await(let condition):
            [condition]
        case .choose(let binders, then: _, otherwise: _), .each(let binders, _): binders.compactMap(\.condition)
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .match, .loop,
            .either, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail, .returnValue, .bump, .error:
            []
        }
    }

    /// The name of the handler that it calls for its effect.
    var calledName: String? {
        guard case .expression(let call) = kind, case .call(let callee, _) = call.kind, let path = callee.asPathText
        else { return nil }
        return ["exchange", "cmpxchg", "fetch_add"].contains(path) ? nil : path
    }
}

extension ExprTree {
    fileprivate var asPathText: String? {
        if case .name(let name) = kind { return name.text }
        if case .member(let base, let name) = kind { return base.asPathText.map { "\($0).\(name.text)" } }
        return nil
    }
}

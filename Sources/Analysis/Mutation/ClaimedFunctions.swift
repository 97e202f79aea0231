import Diagnostics
import Syntax

/// The functions of a file that say what is right: properties, ghost code, `init`, scenarios, types or imports read them,
/// at once or through other functions.
///
/// Names are compared as words, so that a function may count as claimed that is not; never the other way.
struct ClaimedFunctions {
    private(set) var names: Set<String> = []

    init(_ tree: FileTree, in source: SourceText) {
        let words = Lexer.tokens(of: tree.source, source).tokens.filter { $0.kind == .word }
        func mentioned(in span: Span) -> Set<String> {
            Set(words.filter { span.covers($0.span) }.map { source.text($0.span.start, $0.span.end) })
        }
        var bodies: [String: Span] = [:]
        var claims = tree.imports.map(\.span)
        for declaration in tree.declarations {
            switch declaration.kind {
            case .function(let name, _, _, let value?): bodies[name.text] = value.span
            case .handler(_, _, result: _, holding: _, let body?, isGhost: false): claims += body.claims
            case .process(_, _, _, on: _, interrupts: _, interruptsWhen: _, let body): claims += body.claims
            case .function, .handler, .domain, .typeAlias, .enumeration, .record, .constant, .variable, .initial,
                .property, .scenario, .variant, .error:
                claims.append(declaration.span)
            }
        }
        var waiting = claims
        while let span = waiting.popLast() {
            for name in mentioned(in: span) where names.insert(name).inserted {
                if let body = bodies[name] { waiting.append(body) }
            }
        }
    }
}

extension BlockTree {
    /// Where its ghost code and its claims are.
    fileprivate var claims: [Span] {
        statements.flatMap { $0.isGhostCode ? [$0.span] : $0.blocks.flatMap(\.claims) }
    }
}

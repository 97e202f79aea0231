import Diagnostics
import Syntax

/// All statements of the handlers, processes and functions of a file, in the order of the text.
///
/// Ghost handlers, properties, `init` and scenarios are no sites: they say what is right, and where it begins. A function
/// is one where none of them reads it; its body stands as the `return` that it is.
struct MutationSites {
    private(set) var all: [StatementSite] = []
    private let source: SourceText
    private let attributed: [Int: Int]
    private let plainNumbers: Set<String>

    init(of tree: FileTree, in source: SourceText) {
        self.source = source
        attributed = Dictionary(
            tree.attributes.map { ($0.target.start, $0.span.start) }, uniquingKeysWith: { min($0, $1) })
        plainNumbers = PlainNumbers(tree).names
        let claimed = ClaimedFunctions(tree, in: source).names
        for declaration in tree.declarations {
            switch declaration.kind {
            case .handler(let name, _, result: _, holding: _, let body?, isGhost: false):
                add(body, in: body, "handler `\(name.text)`")
            case .process(let name, _, _, on: _, interrupts: _, interruptsWhen: _, let body):
                add(body, in: body, "process `\(name.text)`")
            case .function(let name, _, _, let value?) where !claimed.contains(name.text):
                let body = BlockTree([StmtTree(.returnValue(value), value.span)], value.span)
                add(body, in: body, "function `\(name.text)`")
            case .handler, .domain, .typeAlias, .enumeration, .record, .constant, .variable, .function, .initial,
                .property, .scenario, .variant, .error:
                break
            }
        }
    }

    private mutating func add(_ block: BlockTree, in body: BlockTree, _ container: String) {
        for (index, statement) in block.statements.enumerated() where !statement.isGhostCode {
            all.append(
                StatementSite(
                    statement: statement, siblings: block.statements, index: index, body: body, container: container,
                    source: source, attributed: attributed, plainNumbers: plainNumbers))
            for inner in statement.blocks { add(inner, in: body, container) }
        }
    }
}

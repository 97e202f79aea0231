import Syntax

/// The names of variables and fields of a file that hold numbers and are not `atomic`: a `+=` on them is a load and a
/// store.
struct PlainNumbers {
    private(set) var names: Set<String> = []
    private var aliases: [String: TypeTree] = [:]

    init(_ tree: FileTree) {
        for declaration in tree.declarations {
            if case .typeAlias(let path, let type?) = declaration.kind, path.count == 1 { aliases[path[0].text] = type }
        }
        for declaration in tree.declarations {
            switch declaration.kind {
            case .record(_, let fields, isWord: _):
                for field in fields where !field.isAtomic && isNumber(field.type) {
                    if let name = field.name { names.insert(name.text) }
                }
            case .variable(
                let name, _, let type, initial: _, guardedBy: _, owner: _, condition: _, isGhost: _, let atomic):
                if !atomic, isNumber(type) { names.insert(name.text) }
            case .domain, .typeAlias, .enumeration, .constant, .function, .initial, .handler, .process, .property,
                .scenario, .variant, .error:
                break
            }
        }
    }

    private func isNumber(_ type: TypeTree) -> Bool {
        switch type.kind {
        case .range, .bits: return true
        case .named(let path):
            guard let alias = aliases[path.text] else { return false }
            if case .named = alias.kind { return false }
            return isNumber(alias)
        case .set, .optional, .orUnbounded, .error: return false
        }
    }
}

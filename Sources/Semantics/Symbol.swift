import Diagnostics
import Program
import Syntax

/// What a name of a module stands for after elaboration.
indirect enum Symbol {
    /// A domain, an alias, an enum or a record.
    case type(Type)
    case constant(Value, Type)
    /// A variable, a ghost variable or a symbolic constant.
    case variable(VariableID)
    /// An open variable that an import bound to a place of the importer.
    case place(PlaceAlias)
    case function(FunctionID)
    case handler(HandlerID)
    /// Nil where the configuration leaves the process out.
    case process(ProcessID?)
    case property(String)
    case module(Instance)
}

/// `data[f] = mem.frame[f].data`: the right side, in the scope of the importer.
struct PlaceAlias {
    let indices: [Name]
    let value: ExprTree
    let scope: Instance
}

/// What an import says about one hole.
struct HoleBinding {
    let tree: BindingTree
    let scope: Instance
}

/// One instance of a module: its tree with its holes filled.
final class Instance {
    enum State {
        case resolving
        case done(Symbol?)
    }

    let number: Int
    let tree: FileTree
    /// `hw.` in front of the names of a module imported as `hw`; empty for the root.
    let prefix: String
    /// The declaration of each name, first one wins.
    let declarations: [String: DeclTree]
    /// Names in the order of the source.
    let names: [Name]
    var bindings: [String: HoleBinding] = [:]
    var imports: [String: Instance] = [:]
    /// Aliases of modules that could not be loaded or made; that has been reported.
    var brokenImports: Set<String> = []
    var symbols: [String: State] = [:]
    let isRoot: Bool

    init(number: Int, tree: FileTree, prefix: String, isRoot: Bool) {
        self.number = number
        self.tree = tree
        self.prefix = prefix
        self.isRoot = isRoot
        var declarations: [String: DeclTree] = [:]
        var names: [Name] = []
        for declaration in tree.declarations {
            for name in declaration.names {
                names.append(name)
                if declarations[name.text] == nil { declarations[name.text] = declaration }
            }
        }
        self.declarations = declarations
        self.names = names
    }

    /// The names of the declarations that satisfy a condition, in the order of the source.
    func names(where condition: (DeclTree) -> Bool) -> [String] {
        names.map(\.text).filter { declarations[$0].map(condition) ?? false }
    }

    func qualified(_ name: String) -> String { prefix + name }
}

extension DeclTree {
    /// The names that the declaration introduces into its module. Scenarios and variants have a space of their own.
    var names: [Name] {
        switch kind {
        case .domain(let names), .typeAlias(let names, _): names
        case .enumeration(let name, _), .record(let name, _, _), .constant(let name, _, _, _, _),
            .variable(let name, _, _, _, _, _, _, _, _), .function(let name, _, _, _),
            .handler(let name, _, _, _, _, _),
            .process(let name, _, _, _, _, _, _), .property(let name, _):
            [name]
        case .initial, .scenario, .variant, .error: []
        }
    }

    var isType: Bool {
        switch kind {
        case .domain, .typeAlias, .enumeration, .record: true
        case .constant, .variable, .function, .initial, .handler, .process, .property, .scenario, .variant, .error:
            false
        }
    }

    var isCallable: Bool {
        switch kind {
        case .function, .handler: true
        case .domain, .typeAlias, .enumeration, .record, .constant, .variable, .initial, .process, .property, .scenario,
            .variant, .error:
            false
        }
    }

    var isGhostHandler: Bool {
        if case .handler(_, _, _, _, _, isGhost: true) = kind { return true }
        return false
    }

    var kindInWords: String {
        switch kind {
        case .domain: "domain"
        case .typeAlias: "type"
        case .enumeration: "enum"
        case .record: "record"
        case .constant: "constant"
        case .variable: "variable"
        case .function: "function"
        case .initial: "init block"
        case .handler: "handler"
        case .process: "process"
        case .property: "property"
        case .scenario: "scenario"
        case .variant: "variant"
        case .error: "declaration"
        }
    }
}

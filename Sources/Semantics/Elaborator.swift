import Diagnostics
import Program
import Syntax

/// Turns the parsed modules of a workspace into the checked program of one configuration.
///
/// Names are resolved on demand, so declarations may stand in any order. Bodies are checked after all that they may
/// name has a signature. One elaborator serves one configuration.
final class Elaborator {
    let workspace: Workspace
    let request: ConfigurationRequest
    let overrides: [SettingValue]
    var program: Program
    var diagnostics: [Diagnostic] = []
    /// The module of the root file; set first in `run`.
    private(set) var instances: [Instance] = []
    /// Settings by instance number and declared name.
    var settings: [SettingKey: SettingValue] = [:]
    var usedSettings: Set<SettingKey> = []
    /// Bodies that wait until all signatures are known.
    var pendingBodies: [() -> Void] = []
    var excludedProcesses: Set<SettingKey> = []
    var onlyProcesses: Set<SettingKey>?
    /// Which instance a variable belongs to: only its handlers write it.
    var owners: [VariableID: Instance] = [:]
    var importDepth = 0
    var hasTooManyInstances = false
    /// Bodies of functions that are still to be checked; what needs one checks it first.
    var pendingFunctions: [FunctionID: () -> Void] = [:]
    var functionIntervals: [FunctionID: FunctionInterval] = [:]
    /// Leaves of the types that have been declared, so that no type grows without bound.
    var sizes: [Type: Int] = [:]
    /// Of the variables that have been declared.
    var totalCells = 0
    /// Reads of fields that this configuration switches off, by their place, with the name of the field.
    var vanishedReads: [Span: String] = [:]
    /// Qualified names of asserts and fails.
    var assertionNames: Set<String> = []

    struct SettingKey: Hashable {
        let instance: Int
        let name: String
    }

    init(_ workspace: Workspace, _ request: ConfigurationRequest) {
        self.workspace = workspace
        self.request = request
        self.overrides = request.settings
        let configuration = Configuration(
            scenario: request.scenario, variant: request.variant, settings: [], expectation: request.expectation,
            span: request.span)
        let span = Span(workspace.root.source, 0, 0)
        program = Program(
            moduleName: workspace.root.module?.text ?? "", configuration: configuration,
            initialization: Initialization(scope: Scope(), body: Block([], span)))
    }

    /// Whether the file is checked on its own, as a library: sizes are then stand-ins and nothing is explored.
    var isLibrary: Bool { request.scenario == nil }

    func run() -> Program? {
        let root = makeInstance(of: workspace.root, prefix: "", isRoot: true)
        connectImports(of: root)
        resolveSettings(in: root)
        for instance in instances { declareAll(instance) }
        runPendingBodies()
        elaborateInitialization(of: root)
        checkSymmetryOfInit()
        checkSymmetryOfResets()
        checkExpectation(in: root)
        checkUnusedSettings()
        checkRecursion()
        if !diagnostics.hasErrors { checkInlinedSize() }
        if !diagnostics.hasErrors { checkVanishedReads() }
        guard !diagnostics.hasErrors else { return nil }
        describeConfiguration(root)
        program.assignRoles()
        return program
    }

    private func runPendingBodies() {
        var next = 0
        while next < pendingBodies.count {
            pendingBodies[next]()
            next += 1
        }
    }

    func makeInstance(of tree: FileTree, prefix: String, isRoot: Bool) -> Instance {
        let instance = Instance(number: instances.count, tree: tree, prefix: prefix, isRoot: isRoot)
        instances.append(instance)
        reportDuplicates(in: instance)
        return instance
    }

    private func reportDuplicates(in instance: Instance) {
        var first: [String: Span] = [:]
        for item in instance.tree.imports {
            if let alias = item.alias ?? item.module.parts.last { first[alias.text] = alias.span }
        }
        for name in instance.names {
            if let earlier = first[name.text] {
                report(
                    .duplicateName, "`\(name.text)` is already declared in this module", at: name.span,
                    notes: [Note("the first declaration is here", at: earlier)])
            } else {
                first[name.text] = name.span
            }
        }
    }

    func report(
        _ code: DiagnosticCode, _ message: String, at span: Span?, severity: Severity = .error, notes: [Note] = [],
        fixIts: [FixIt] = []
    ) {
        diagnostics.append(
            Diagnostic(code, message, at: span, severity: severity, notes: notes, fixIts: fixIts))
    }

    /// Resolves every declaration of an instance, in the order of the source.
    private func declareAll(_ instance: Instance) {
        for name in instance.names { _ = symbol(named: name.text, in: instance) }
        for name in instance.bindings.keys.sorted() { checkBinding(of: name, in: instance) }
    }

    func newStatementID() -> StmtID {
        defer { program.statementCount += 1 }
        return StmtID(program.statementCount)
    }
}

/// The outcome of checking one configuration: a program where there were no errors.
public struct CheckedConfiguration: Sendable {
    public let program: Program?
    public let diagnostics: [Diagnostic]
    /// What may be violated: properties, asserts, and what needs no declaration.
    public let violationNames: Set<String>
}

/// Elaborates and checks one configuration of a workspace: names, types, exhaustiveness, recursion.
/// The static rules of accesses and locks are those of module `Rules`.
public func elaborate(_ workspace: Workspace, _ request: ConfigurationRequest) -> CheckedConfiguration {
    let elaborator = Elaborator(workspace, request)
    let program = elaborator.run()
    return CheckedConfiguration(
        program: program, diagnostics: elaborator.diagnostics, violationNames: elaborator.violationNames())
}

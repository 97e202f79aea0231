import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// Finds what each setting, `without` and `only` of the configuration names.
    func resolveSettings(in root: Instance) {
        for setting in overrides {
            guard let key = settingKey(setting.path, in: root) else { continue }
            settings[key] = setting
        }
        for selection in request.selections {
            switch selection {
            case .without(let paths):
                excludedProcesses.formUnion(paths.compactMap { processKey($0, root) })
            case .only(let paths):
                onlyProcesses = (onlyProcesses ?? []).union(paths.compactMap { processKey($0, root) })
            }
        }
        for path in request.progressChecks { checkProgressRequest(path, root) }
        for span in request.fairness {
            report(
                .progressNotChecked, "fairness matters to `progress` only, which is not checked", at: span,
                severity: .warning)
        }
    }

    private func checkProgressRequest(_ path: Path, _ root: Instance) {
        guard let (instance, declaration) = locate(path, from: root), case .property(_, let kind) = declaration.kind
        else {
            report(.unknownName, "there is no property `\(path.text)`", at: path.span)
            return
        }
        _ = instance
        if case .progress = kind {
            report(
                .progressNotChecked, "`progress` properties can't be checked: `\(path.text)`", at: path.span,
                notes: [
                    Note("remove `check \(path.text)`; a bounded scenario finds many hangs as deadlocks", at: nil)
                ])
        }
    }

    private func processKey(_ path: Path, _ root: Instance) -> SettingKey? {
        guard let (instance, declaration) = locate(path, from: root) else {
            report(.unknownName, "there is no process `\(path.text)`", at: path.span)
            return nil
        }
        guard case .process(let name, _, _, _, _, _, _) = declaration.kind else {
            report(
                .wrongKindOfName, "`\(path.text)` is a \(declaration.kindInWords), not a process", at: path.span)
            return nil
        }
        return SettingKey(instance: instance.number, name: name.text)
    }

    private func settingKey(_ path: Path, in root: Instance) -> SettingKey? {
        guard let (instance, declaration) = locate(path, from: root) else {
            let known = root.names.map(\.text)
            let near = suggestion(for: path.text, among: known)
            report(
                .unknownSetting, "there is no domain or constant `\(path.text)`", at: path.span,
                fixIts: near.map { [FixIt("use `\($0)`", replace: path.span, with: $0)] } ?? [])
            return nil
        }
        switch declaration.kind {
        case .domain, .constant: break
        case .typeAlias, .enumeration, .record, .variable, .function, .initial, .handler, .process, .property,
            .scenario, .variant, .error:
            report(
                .unknownSetting,
                "`\(path.text)` is a \(declaration.kindInWords); a scenario sets domains and constants", at: path.span)
            return nil
        }
        guard let name = path.parts.last else { return nil }
        if instance.bindings[name.text] != nil {
            report(
                .unknownSetting, "`\(path.text)` is bound by an import; set what it is bound to", at: path.span,
                notes: [Note("bound here", at: instance.bindings[name.text]?.tree.name.span)])
            return nil
        }
        return SettingKey(instance: instance.number, name: name.text)
    }

    /// The instance and declaration that a path names, without elaborating anything.
    func locate(_ path: Path, from root: Instance) -> (Instance, DeclTree)? {
        var instance = root
        for part in path.parts.dropLast() {
            guard let next = instance.imports[part.text] else { return nil }
            instance = next
        }
        guard let name = path.parts.last, let declaration = instance.declarations[name.text] else { return nil }
        return (instance, declaration)
    }

    func setting(_ name: String, of instance: Instance) -> SettingValue? {
        let key = SettingKey(instance: instance.number, name: name)
        usedSettings.insert(key)
        return settings[key]
    }

    func checkUnusedSettings() {
        for (key, setting) in settings.sorted(by: { $0.value.span < $1.value.span }) where !usedSettings.contains(key) {
            report(.unknownSetting, "`\(setting.path.text)` can't be set here", at: setting.span)
        }
    }

    /// The property that a variant expects to fail must exist.
    func checkExpectation(in root: Instance) {
        guard case .violated(let name) = request.expectation, !isLibrary else { return }
        let known = violationNames()
        guard !known.contains(name) else { return }
        let near = suggestion(for: name, among: ["holds"] + known.sorted())
        let fix = near.flatMap { near in
            request.expected.map { FixIt("use `\(near)`", replace: $0.span, with: near) }
        }
        report(
            .unknownName, "there is no property or assertion `\(name)` to expect a violation of",
            at: request.expected?.span ?? request.span,
            notes: near == nil ? [Note("known are: " + known.sorted().joined(separator: ", "))] : [],
            fixIts: fix.map { [$0] } ?? [])
    }

    /// Everything that can be violated: properties, named asserts and fails, built-in violations.
    func violationNames() -> Set<String> {
        var names = Set(BuiltinViolation.allCases.map(\.rawValue))
        names.formUnion(program.properties.map(\.name))
        names.formUnion(program.theorems.map(\.property.name))
        names.formUnion(assertionNames)
        return names
    }

    /// Fills in what the configuration says, as it is shown in results.
    func describeConfiguration(_ root: Instance) {
        var shown: [(name: String, value: String)] = program.domains.map { ($0.name, String($0.size)) }
        for (key, setting) in settings.sorted(by: { $0.value.span < $1.value.span }) {
            let instance = instances[key.instance]
            guard case .done(.some(.constant(let value, _))) = instance.symbols[key.name] else { continue }
            shown.append((setting.path.text, Naming(program).text(value)))
        }
        program.configuration = Configuration(
            scenario: request.scenario, variant: request.variant, settings: shown, expectation: request.expectation,
            span: request.span)
    }
}

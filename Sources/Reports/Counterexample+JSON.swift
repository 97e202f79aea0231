/// How a counterexample is written. `Decodable` reads the same keys; the two are held together by the tests.
extension Counterexample {
    /// Marks a file as one of ours.
    static let format = "faultline.counterexample"

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "format": .string(Self.format),
            "version": .int(version),
            "spec": .string(spec),
            "module": .string(module),
            "scenario": .string(scenario),
            "variant": JSONValue(variant),
            "settings": .array(settings.map(\.json)),
            "processes": JSONValue(processes),
            "initial": .array(initial.map(\.json)),
            "steps": .array(steps.map(\.json)),
            "contextSwitches": .int(contextSwitches),
            "failure": failure.json,
        ]
        if mayNeedFewerSwitches == true { members["mayNeedFewerSwitches"] = .bool(true) }
        if hasFewestSwitches == true { members["hasFewestSwitches"] = .bool(true) }
        if mayBeShorter == true { members["mayBeShorter"] = .bool(true) }
        return .object(members)
    }
}

extension Counterexample.NamedValue {
    fileprivate var json: JSONValue { .object(["name": .string(name), "value": .string(value)]) }
}

extension Counterexample.Change {
    fileprivate var json: JSONValue { .object(["name": .string(name), "old": .string(old), "new": .string(new)]) }
}

extension Counterexample.Label {
    fileprivate var json: JSONValue {
        .object([
            "file": .string(file), "line": .int(line), "text": .string(text), "callStack": JSONValue(callStack),
        ])
    }
}

extension Counterexample.Step {
    fileprivate var json: JSONValue {
        .object([
            "number": .int(number),
            "process": .string(process),
            "labels": .array(labels.map(\.json)),
            "choices": .array(choices.map(\.json)),
            "changes": .array(changes.map(\.json)),
            "held": JSONValue(held),
            "state": .array(state.map(\.json)),
        ])
    }
}

extension Counterexample.Failure {
    fileprivate var json: JSONValue {
        .object([
            "kind": .string(kind),
            "property": .string(property),
            "message": .string(message),
            "conjunct": conjunct?.json ?? .null,
            "values": .array(values.map(\.json)),
        ])
    }
}

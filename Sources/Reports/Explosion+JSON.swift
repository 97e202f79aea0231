extension Explosion {
    var json: JSONValue {
        .object([
            "full": .bool(isFull),
            "extent": extent.json,
            "places": .array(places.map(\.json)),
            "underWay": .array(underWay.map { .int($0) }),
            "variables": variables.map { .array($0.map(\.json)) } ?? .null,
            "variablesExtent": variablesExtent?.json ?? .null,
            "trials": trials?.json ?? .null,
        ])
    }
}

extension Explosion.Extent {
    fileprivate var json: JSONValue {
        .object(["states": .int(states), "among": .int(among), "depth": JSONValue(depth)])
    }
}

extension Explosion.Place {
    fileprivate var json: JSONValue {
        .object([
            "process": .string(process), "handler": JSONValue(handler), "file": .string(file), "line": .int(line),
            "text": .string(text), "states": .int(states),
        ])
    }
}

extension Explosion.Variable {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "elements": .int(elements), "values": .int(values),
            "elementValues": .int(elementValues), "statesWithout": .int(statesWithout),
        ])
    }
}

extension Explosion.Trials {
    fileprivate var json: JSONValue {
        .object([
            "mostStates": .int(mostStates), "count": count.json, "bounds": .array(bounds.map(\.json)),
            "reductions": reductions.map { .array($0.map(\.json)) } ?? .null,
        ])
    }
}

extension Explosion.Count {
    fileprivate var json: JSONValue { .object(["states": .int(states), "isAll": .bool(isAll)]) }
}

extension Explosion.AtDepth {
    fileprivate var json: JSONValue {
        .object(["depth": .int(depth), "states": .int(states), "other": .int(other)])
    }
}

extension Explosion.Bound {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "value": .string(value), "lowered": .string(lowered), "count": count.json,
            "atDepth": atDepth?.json ?? .null, "command": .string(command),
        ])
    }
}

extension Explosion.Reduction {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "on": .bool(isOn), "with": with.json, "without": without.json,
            "atDepth": atDepth?.json ?? .null,
            "scope": scope.map { .object(["name": .string($0.name), "value": .string($0.value)]) } ?? .null,
        ])
    }
}

/// A strict validator of the SARIF that we write: the shapes, and what no schema can say: indices that are in range and
/// agree with what they stand for, base ids that exist, fingerprints of their own, times that do not run backwards.
package enum SARIFValidator {
    /// What is wrong, with the place; empty where the document is valid.
    package static func problems(_ document: JSON) -> [String] {
        let shape = problems(document, .document, at: "$")
        return shape.isEmpty ? (document["runs"]?.elements ?? []).flatMap(meaning) : shape
    }

    private static func problems(_ value: JSON, _ shape: SARIFShape, at place: String) -> [String] {
        switch (shape, value) {
        case (.text, .string(let text)): return text.isEmpty ? ["\(place): an empty text"] : []
        case (.boolean, .bool): return []
        case (.number(let least), .number(let number)):
            return number == number.rounded() && number >= Double(least) ? [] : ["\(place): \(number)"]
        case (.word(let words), .string(let text)): return words.contains(text) ? [] : ["\(place): the word \(text)"]
        case (.list(let element, let least), .array(let values)):
            return (values.count < least ? ["\(place): fewer than \(least)"] : [])
                + values.enumerated().flatMap { problems($1, element, at: "\(place)[\($0)]") }
        case (.dictionary(let member), .object(let members)):
            return members.keys.sorted().flatMap { problems(members[$0] ?? .null, member, at: "\(place).\($0)") }
        case (.object(let known, let required), .object(let members)):
            let missing = required.filter { members[$0] == nil }.map { "\(place): lacks \($0)" }
            return missing
                + members.keys.sorted().flatMap { key -> [String] in
                    guard let shape = known[key] else { return ["\(place): unknown key \(key)"] }
                    return problems(members[key] ?? .null, shape, at: "\(place).\(key)")
                }
        case (.text, _), (.boolean, _), (.number, _), (.word, _), (.list, _), (.dictionary, _), (.object, _):
            return ["\(place): of a wrong type"]
        }
    }

    // MARK: What no shape says

    private static func meaning(_ run: JSON) -> [String] {
        let rules = (run.at("tool", "driver", "rules")?.elements ?? []).map { $0["id"] }
        var problems = rules.count == Set(rules).count ? [] : ["two rules have one id"]
        let results = run["results"]?.elements ?? []
        for (index, result) in results.enumerated() {
            let rule = result["ruleIndex"]?.number ?? -1
            if !rules.indices.contains(rule) || rules[rule] != result["ruleId"] {
                problems.append("results[\(index)]: ruleIndex \(rule) is not \(result["ruleId"] ?? .null)")
            }
            let ids = (result["relatedLocations"]?.elements ?? []).map { $0["id"] }
            if ids.count != Set(ids).count { problems.append("results[\(index)]: two related places have one id") }
            for flow in result["codeFlows"]?.elements ?? [] { problems += order(flow, at: "results[\(index)]") }
        }
        let prints = results.map { $0["partialFingerprints"] }
        if prints.count != Set(prints).count { problems.append("two results have one fingerprint") }
        return problems + places(run, run, at: "run") + texts(run, at: "run")
    }

    private static func order(_ flow: JSON, at place: String) -> [String] {
        (flow["threadFlows"]?.elements ?? []).flatMap { thread -> [String] in
            let times = (thread["locations"]?.elements ?? []).compactMap { $0["executionOrder"]?.number }
            return times == times.sorted() ? [] : ["\(place): time runs backwards"]
        }
    }

    /// Every artifact location, wherever it stands.
    private static func places(_ value: JSON, _ run: JSON, at place: String) -> [String] {
        var problems: [String] = []
        if let uri = value["uri"]?.text {
            let isAbsolute = uri.hasPrefix("file:///")
            if let base = value["uriBaseId"]?.text {
                if run.at("originalUriBaseIds", base) == nil { problems.append("\(place): no base \(base)") }
                if isAbsolute || uri.hasPrefix("/") { problems.append("\(place): \(uri) is not relative") }
            } else if !isAbsolute {
                problems.append("\(place): \(uri) is relative to nothing")
            }
            let path = isAbsolute ? String(uri.dropFirst("file://".count)) : uri
            if path.contains(/[^A-Za-z0-9._~\/%-]/) || path.contains(/%(?![0-9A-F]{2})/) {
                problems.append("\(place): \(uri) is no URI")
            }
            if uri.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) {
                problems.append("\(place): \(uri) has dots")
            }
        }
        if let index = value["index"]?.number {
            let artifacts = run["artifacts"]?.elements ?? []
            let named = artifacts.indices.contains(index) ? artifacts[index]["location"] : nil
            if named != value.removing("index") { problems.append("\(place): artifact \(index) is another file") }
        }
        return problems + children(value).flatMap { places($0.value, run, at: "\(place).\($0.key)") }
    }

    /// Messages have neither placeholders nor links.
    private static func texts(_ value: JSON, at place: String) -> [String] {
        var problems: [String] = []
        if let text = value["text"]?.text, text.contains(/(^|[^{]){[0-9]+}/) || text.contains("](") {
            problems.append("\(place): \(text)")
        }
        // A snippet is source text, and no message.
        return problems
            + children(value).filter { $0.key != "snippet" }.flatMap { texts($0.value, at: "\(place).\($0.key)") }
    }

    private static func children(_ value: JSON) -> [(key: String, value: JSON)] {
        switch value {
        case .object(let members): members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        case .array(let values): values.enumerated().map { (String($0.offset), $0.element) }
        case .null, .bool, .number, .string: []
        }
    }
}

import Foundation

/// The part of JSON Schema 2020-12 that our schemas use. A keyword that it does not know is a failure, so that no part
/// of a schema goes unchecked.
package struct SchemaValidator {
    private let root: JSON
    private let folder: URL

    /// The schema of that name in `docs/schemas`.
    package init(_ name: String, folder: URL = Self.schemas) throws {
        self.folder = folder
        root = try JSON(String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
    }

    package static var schemas: URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("docs/schemas")
    }

    /// What is wrong with the document, with the place; empty where it is valid.
    package func problems(_ value: JSON) throws -> [String] { try problems(value, root, at: "$") }

    private func problems(_ value: JSON, _ schema: JSON, at place: String) throws -> [String] {
        var problems: [String] = []
        for keyword in schema.keys {
            guard let argument = schema[keyword] else { continue }
            switch keyword {
            case "$schema", "$defs", "title", "description": break
            case "$ref": problems += try follow(argument, value, at: place)
            case "type":
                let names = argument.elements.isEmpty ? [argument] : argument.elements
                if !names.contains(where: { Self.has($0, value) }) { problems.append("\(place): not of type \(names)") }
            case "const": if value != argument { problems.append("\(place): not \(argument)") }
            case "enum": if !argument.elements.contains(value) { problems.append("\(place): none of \(argument)") }
            case "minimum":
                if case .number(let number) = value, case .number(let least) = argument, number < least {
                    problems.append("\(place): less than \(least)")
                }
            case "anyOf":
                let all = try argument.elements.map { try self.problems(value, $0, at: place) }
                if !all.contains([]) { problems += all.flatMap { $0 } }
            case "items":
                for (index, element) in value.elements.enumerated() {
                    problems += try self.problems(element, argument, at: "\(place)[\(index)]")
                }
            case "required", "properties", "additionalProperties":
                problems += try members(value, schema, keyword, at: place)
            default: problems.append("\(place): the schema uses the unknown keyword \(keyword)")
            }
        }
        return problems
    }

    private func members(_ value: JSON, _ schema: JSON, _ keyword: String, at place: String) throws -> [String] {
        guard case .object = value, let argument = schema[keyword] else { return [] }
        switch keyword {
        case "required":
            return argument.elements.filter { key in !value.keys.contains { JSON.string($0) == key } }
                .map { "\(place): lacks \($0)" }
        case "properties":
            return try value.keys.flatMap { key -> [String] in
                guard let member = value[key], let schema = argument[key] else { return [] }
                return try problems(member, schema, at: "\(place).\(key)")
            }
        default:
            guard argument == .bool(false) else { return ["\(place): additionalProperties can only be false"] }
            let known = Set(schema["properties"]?.keys ?? [])
            return value.keys.filter { !known.contains($0) }.map { "\(place): unknown key \($0)" }
        }
    }

    private func follow(_ reference: JSON, _ value: JSON, at place: String) throws -> [String] {
        guard case .string(let text) = reference else { return ["\(place): a reference must be a string"] }
        guard text.hasPrefix("#/") else {
            let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
            let other = try SchemaValidator(parts[0], folder: folder)
            return try parts.count == 1
                ? other.problems(value) : other.follow(.string("#" + parts[1]), value, at: place)
        }
        var target: JSON? = root
        for key in text.dropFirst(2).split(separator: "/") { target = target?[String(key)] }
        guard let target else { return ["\(place): the reference \(text) leads nowhere"] }
        return try problems(value, target, at: place)
    }

    private static func has(_ type: JSON, _ value: JSON) -> Bool {
        switch (type, value) {
        case (.string("null"), .null), (.string("boolean"), .bool), (.string("number"), .number),
            (.string("string"), .string), (.string("array"), .array), (.string("object"), .object):
            true
        case (.string("integer"), .number(let number)): number == number.rounded()
        default: false
        }
    }
}

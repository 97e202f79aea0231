/// A JSON document to be written. Keys are sorted and absent values are written as `null`, so that equal results give
/// equal bytes and a consumer sees every key.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
    init(_ value: Int?) { self = value.map(JSONValue.int) ?? .null }
    init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }

    /// What fits into this many characters stays on one line.
    private static let lineWidth = 100

    /// Ends with a new line. Linear in the size of the document, which is nested a few levels deep.
    var text: String {
        var text = ""
        write(to: &text, indent: 0, used: 0)
        text += "\n"
        return text
    }

    /// `used` counts the characters that the line holds already.
    private func write(to text: inout String, indent: Int, used: Int) {
        if let flat = flat(room: Self.lineWidth - used) {
            text += flat
            return
        }
        switch self {
        case .null, .bool, .int, .double, .string: text += scalar
        case .array(let values):
            Self.write(values.map { ("", $0) }, between: "[", and: "]", to: &text, indent: indent)
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }.map { (Self.quoted($0.key) + ": ", $0.value) }
            Self.write(sorted, between: "{", and: "}", to: &text, indent: indent)
        }
    }

    private static func write(
        _ members: [(key: String, value: JSONValue)], between open: String, and close: String, to text: inout String,
        indent: Int
    ) {
        let inner = indent + 2
        text += open
        for (index, member) in members.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: inner) + member.key
            member.value.write(to: &text, indent: inner, used: inner + member.key.utf8.count + 1)
        }
        text += "\n" + String(repeating: " ", count: indent) + close
    }

    /// On one line, or nil where that would be too long. Looks at no more than fits.
    private func flat(room: Int) -> String? {
        var text: String
        switch self {
        case .null, .bool, .int, .double, .string: text = scalar
        case .array(let values):
            text = "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                guard let flat = value.flat(room: room - text.utf8.count - 1) else { return nil }
                text += flat
            }
            text += "]"
        case .object(let members):
            guard members.count * 4 < max(room, 0) || members.isEmpty else { return nil }
            text = "{"
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                text += (index > 0 ? ", " : "") + Self.quoted(member.key) + ": "
                guard let flat = member.value.flat(room: room - text.utf8.count - 1) else { return nil }
                text += flat
            }
            text += "}"
        }
        return text.utf8.count <= room ? text : nil
    }

    private var scalar: String {
        switch self {
        case .null, .array, .object: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        // JSON has no word for infinity.
        case .double(let value): value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.quoted(value)
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}

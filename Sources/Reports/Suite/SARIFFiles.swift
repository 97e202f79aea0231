/// The files that a SARIF document names, each listed once, and the places in them.
struct SARIFFiles {
    private static let root = "%SRCROOT%"
    private static let library = "FAULTLINE_MODULES"

    private let paths: ReportPaths
    private var indices: [ReportPaths.Place: Int] = [:]
    private var places: [ReportPaths.Place] = []

    init(_ paths: ReportPaths) { self.paths = paths }

    /// Without addresses: they would differ between machines. A reader takes its own.
    static let bases = JSONValue.object([
        root: .object(["description": .object(["text": .string("The folder in which faultline ran.")])]),
        library: .object(["description": .object(["text": .string("The modules that come with faultline.")])]),
    ])

    /// All that were named, in the order of their first place.
    var json: JSONValue {
        .array(
            places.map { place in
                .object(["location": .object(Self.address(place)), "sourceLanguage": .string("faultline")])
            })
    }

    /// `line` and `column` count from 1; without a line the whole file is meant.
    mutating func physical(
        _ file: String, _ line: Int?, _ column: Int?, in spec: String?, snippet: String? = nil
    ) -> JSONValue {
        let place = paths.place(of: file, in: spec)
        let index = indices[place] ?? places.count
        if index == places.count {
            indices[place] = index
            places.append(place)
        }
        var artifact = Self.address(place)
        artifact["index"] = .int(index)
        var members: [String: JSONValue] = ["artifactLocation": .object(artifact)]
        if let line, line > 0 {
            var region: [String: JSONValue] = ["startLine": .int(line)]
            if let column, column > 0 { region["startColumn"] = .int(column) }
            if let snippet { region["snippet"] = .object(["text": .string(snippet)]) }
            members["region"] = .object(region)
        }
        return .object(members)
    }

    mutating func location(
        _ file: String, _ line: Int?, in spec: String?, id: Int?, message: String?
    ) -> JSONValue {
        var members: [String: JSONValue] = ["physicalLocation": physical(file, line, nil, in: spec)]
        if let id { members["id"] = .int(id) }
        if let message { members["message"] = SARIFReport.message(message) }
        return .object(members)
    }

    private static func address(_ place: ReportPaths.Place) -> [String: JSONValue] {
        switch place {
        case .root(let path): ["uri": .string(encoded(path)), "uriBaseId": .string(root)]
        case .library(let path): ["uri": .string(encoded(path)), "uriBaseId": .string(library)]
        case .elsewhere(let path): ["uri": .string("file://" + encoded(path))]
        }
    }

    /// A path as part of a URI (RFC 3986): everything but unreserved characters and `/` is written in hexadecimal.
    static func encoded(_ path: String) -> String {
        var encoded = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return encoded
    }
}

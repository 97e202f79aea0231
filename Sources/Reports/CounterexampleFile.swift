import Foundation

/// Counterexamples as files: one versioned JSON document each, described by `docs/schemas/counterexample.schema.json`.
public enum CounterexampleFile {
    /// Why a file is no counterexample that this version can replay.
    public enum Problem: Error, Hashable, Sendable {
        /// Not JSON at all, or cut off.
        case unreadable
        /// JSON, but not written by this tool.
        case foreign
        /// Written by a newer version of the tool.
        case newer(found: Int, supported: Int)
        /// A field is missing or has the wrong type. The path is like `steps[3].labels`.
        case malformed(field: String, reason: String)
        /// The fields contradict each other.
        case inconsistent(String)
    }

    /// Ends with a new line. Equal counterexamples give equal bytes.
    public static func encode(_ counterexample: Counterexample) -> String { counterexample.json.text }

    /// Accepts any bytes. What it returns can be replayed and rendered without further checks of its form.
    public static func decode(_ bytes: some Sequence<UInt8>) throws(Problem) -> Counterexample {
        let data = Data(bytes)
        let header = try read(Header.self, from: data)
        guard header.format == Counterexample.format else { throw .foreign }
        guard let version = header.version, version > 0 else {
            throw .malformed(field: "version", reason: "a positive number is expected")
        }
        guard version <= Counterexample.formatVersion else {
            throw .newer(found: version, supported: Counterexample.formatVersion)
        }
        let counterexample = try read(Counterexample.self, from: data)
        try checkConsistency(counterexample)
        return counterexample
    }

    /// `counterexamples/<spec without .fl>/<scenario>[.<variant>][.<name>-<value>…].<property>.json`, with `/` as
    /// separator; the names and values are those of a sweep and of `--set`. Always below `counterexamples`, whatever the
    /// path of the spec: leading and parent steps of that path are left out.
    public static func path(for counterexample: Counterexample) -> String {
        let spec = counterexample.spec.hasSuffix(".fl") ? String(counterexample.spec.dropLast(3)) : counterexample.spec
        let folders = spec.split(separator: "/").filter { $0 != "." && $0 != ".." }.map { safe($0) }
        let settings = counterexample.settings.map { "\($0.name)-\($0.value)" }
        let configuration = [counterexample.scenario, counterexample.variant].compactMap { $0 } + settings
        let name = (configuration + [counterexample.failure.property]).map { safe($0, allowingDot: false) }.joined(
            separator: ".")
        return (["counterexamples"] + folders + [name + ".json"]).joined(separator: "/")
    }

    // MARK: Reading

    /// What is needed to know whether the rest can be read. Lenient on purpose: anything may stand here.
    private struct Header: Decodable {
        var format: String?
        var version: Int?

        enum CodingKeys: CodingKey { case format, version }

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.container(keyedBy: CodingKeys.self) else { return }
            format = try? container.decode(String.self, forKey: .format)
            version = try? container.decode(Int.self, forKey: .version)
        }
    }

    private static func read<T: Decodable>(_ type: T.Type, from data: Data) throws(Problem) -> T {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            throw .malformed(field: field(context.codingPath + [key]), reason: "it is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw .malformed(field: field(context.codingPath), reason: "it has the wrong type")
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw .malformed(field: field(context.codingPath), reason: "its value is out of range")
        } catch {
            throw .unreadable
        }
    }

    private static func field(_ path: [any CodingKey]) -> String {
        path.reduce("") { text, key in
            if let index = key.intValue { return "\(text)[\(index)]" }
            return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
        }
    }

    private static func checkConsistency(_ counterexample: Counterexample) throws(Problem) {
        let processes = Set(counterexample.processes)
        guard processes.count == counterexample.processes.count else {
            throw .inconsistent("a process is listed twice")
        }
        for (index, step) in counterexample.steps.enumerated() {
            guard step.number == index + 1 else {
                throw .inconsistent("step \(index + 1) has the number \(step.number)")
            }
            guard processes.contains(step.process) else {
                throw .inconsistent("step \(step.number) is of a process that is not listed: \(step.process)")
            }
        }
        guard (0...max(0, counterexample.steps.count - 1)).contains(counterexample.contextSwitches) else {
            throw .inconsistent("\(counterexample.contextSwitches) context switches do not fit the number of steps")
        }
    }

    // MARK: Names

    /// A file name from a name of the spec: what is neither letter, digit nor one of `_-.` becomes `-`.
    private static func safe(_ name: some StringProtocol, allowingDot: Bool = true) -> String {
        String(name.map { $0.isLetter || $0.isNumber || "_-".contains($0) || (allowingDot && $0 == ".") ? $0 : "-" })
    }
}

extension CounterexampleFile.Problem: CustomStringConvertible {
    /// A sentence without a final full stop.
    public var description: String {
        switch self {
        case .unreadable: "this is not JSON, or it is cut off"
        case .foreign: "this is JSON, but no counterexample that faultline has written"
        case .newer(let found, let supported):
            "this was written in format \(found) by a newer faultline; this one reads formats up to \(supported)"
        case .malformed(let field, let reason): "the field `\(field)` can't be used: \(reason)"
        case .inconsistent(let reason): "the fields contradict each other: \(reason)"
        }
    }
}

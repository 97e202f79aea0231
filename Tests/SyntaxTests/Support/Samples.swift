import Diagnostics
import Foundation
import Syntax

/// The sample files of these tests.
enum Samples {
    struct Missing: Error {}

    /// The designs that fixed what the language must carry, one text per module, in the order of their names.
    static func designs() throws -> [SourceText] {
        guard let folder = Bundle.module.url(forResource: "Fixtures/designs", withExtension: nil) else {
            throw Missing()
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "fl" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .flatMap { modules(in: try String(contentsOf: $0, encoding: .utf8), named: $0.lastPathComponent) }
    }

    /// `std_parts.fl` holds several modules; a file of the language holds one.
    private static func modules(in text: String, named name: String) -> [SourceText] {
        var parts: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let hasModule = parts[parts.count - 1].contains { $0.hasPrefix("module ") }
            if line.hasPrefix("module "), hasModule { parts.append([]) }
            parts[parts.count - 1].append(line)
        }
        return parts.enumerated().map { index, lines in
            SourceText(name: parts.count > 1 ? "\(name)#\(index)" : name, text: lines.joined(separator: "\n"))
        }
    }
}

/// Numbers that look random and are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Parses a text as the only file of a run.
func parsed(_ text: String) -> (tree: FileTree, diagnostics: [Diagnostic]) {
    parse(SourceID(index: 0), SourceText(name: "spec.fl", text: text))
}

/// The diagnostics of a text as people see them.
func rendered(_ text: String) -> String {
    var sources = SourceMap()
    let source = SourceText(name: "spec.fl", text: text)
    let id = sources.add(source)
    return Renderer(sources: sources).render(parse(id, source).diagnostics)
}

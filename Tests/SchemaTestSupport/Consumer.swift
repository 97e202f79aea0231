import Foundation

/// A program that others wrote and that reads our reports; `scripts/consumers` installs it, `Tests/Consumers` calls it.
package struct Consumer {
    package static let junit = Consumer(script: "read_junit.py")
    package static let sarif = Consumer(script: "validate_sarif.py")
    package static let markdown = Consumer(script: "render_markdown.py")

    /// What a skipped test says.
    package static let missing = "no readers of reports are installed: run scripts/consumers"

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    let script: String

    private static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder
    }()

    private static let python = root.appendingPathComponent(".build/consumers/venv/bin/python")

    package static let isInstalled = FileManager.default.fileExists(
        atPath: root.appendingPathComponent(".build/consumers/mark").path)

    /// What it makes of a document. Throws where it can't read it.
    package func read(_ document: String) throws -> JSON { try read([document]).first ?? .null }

    /// The same for several documents: one process reads all.
    package func read(_ documents: [String]) throws -> [JSON] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("consumer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputs = documents.indices.map { folder.appendingPathComponent("input\($0)") }
        for (input, document) in zip(inputs, documents) { try Data(document.utf8).write(to: input) }
        let output = folder.appendingPathComponent("output")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = Self.python
        process.arguments = [Self.root.appendingPathComponent("Tests/Consumers/\(script)").path] + inputs.map(\.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: output, encoding: .utf8)
        guard process.terminationStatus == 0 else { throw Failure(description: "\(script): \(text)") }
        return try JSON(text).elements
    }
}

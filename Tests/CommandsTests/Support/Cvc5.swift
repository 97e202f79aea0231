import Foundation

/// The solver cvc5, where there is one: it reads our proofs, and shares nothing with Z3.
enum Cvc5 {
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/cvc5" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// All that it says.
    static func answer(to file: URL) throws -> String {
        guard let path else { return "" }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--lang", "smt2", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}

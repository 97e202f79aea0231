import Foundation
import SchemaTestSupport
import Testing

/// The page-table entries of real machines below `specs/encodings`.
struct EncodingTests {
    private struct Refutation: Hashable {
        let spec: String
        let theorem: String
    }

    private static let machines = ["arm64", "riscv", "x86_64"]

    private func violated() throws -> [JSON] {
        let run = try Faultline.run(["check", "specs/encodings", "--format", "json"])
        #expect(run.status == 0, "\(run.err)")
        return try (JSON(run.out)["runs"]?.elements ?? []).filter { $0["verdict"]?.text == "violated" }
    }

    @Test("each theorem has an encoding that refutes it")
    func refuted() throws {
        let found = Set(
            try violated().compactMap { run in
                run["spec"]?.text.flatMap { spec in run["property"]?.text.map { Refutation(spec: spec, theorem: $0) } }
            })
        for machine in Self.machines {
            let path = "specs/encodings/\(machine).fl"
            let text = try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
            let theorems = text.matches(of: /(?m)^theorem (\w+)/).map { Refutation(spec: path, theorem: "\($0.1)") }
            #expect(theorems.count >= 11, "\(path)")
            #expect(theorems.filter { !found.contains($0) } == [], "\(path)")
        }
    }

    @Test("each wrong encoding is shown bit by bit, with the names of the fields")
    func fields() throws {
        let runs = try violated()
        #expect(runs.count >= 40)
        for run in runs {
            let names = run["trace"]?["failure"]?["values"]?.elements.compactMap { $0["name"]?.text } ?? []
            #expect(
                names.contains { $0.contains(/\.\w+ \(bits? \d+(:\d+)?\)$/) },
                "\(run["variant"]?.text ?? ""): \(names)")
        }
    }
}

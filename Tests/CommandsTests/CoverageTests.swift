import Foundation
import SchemaTestSupport
import Testing

/// `--coverage` and `--show-coverage`.
struct CoverageTests {
    private static let spec = """
        module covered
        atomic var count: 0..5 = 0
        process user {
            count += 1
            if count == 5 {
                count = 0
            }
        }
        reachable one { count == 1 }
        scenario s {}
        scenario t {}

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Self.spec)
        return folder
    }

    private func text(_ name: String, in folder: TemporaryFolder) throws -> String {
        try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("the listing shows in how many configurations each line is executed, and which branches never are taken")
    func listing() throws {
        let run = try folder().run("check", "--show-coverage", "a.fl")
        let lines = run.err.split(separator: "\n").map(String.init)
        #expect(lines.contains("a.fl: 2 of 3 lines (66.6 %), 1 of 2 branches (50.0 %)"), "\(run.err)")
        #expect(lines.contains(" 4     2 |     count += 1"), "\(run.err)")
        #expect(lines.contains(" 6 never |         count = 0"), "\(run.err)")
        #expect(lines.contains("         ^ `true` is never taken"), "\(run.err)")
    }

    @Test("the trace file is one that lcov reads")
    func lcov() throws {
        let folder = try folder()
        _ = try folder.run("check", "--coverage", "a.info", "a.fl")
        let info = try text("a.info", in: folder)
        #expect(
            info == """
                TN:
                SF:a.fl
                BRDA:5,0,0,0
                BRDA:5,0,1,2
                BRF:2
                BRH:1
                DA:4,2
                DA:5,2
                DA:6,0
                LF:3
                LH:2
                end_of_record

                """)
        #expect(TraceFile(info)?.files.map(\.path) == ["a.fl"])
    }

    @Test("the trace files of all specs obey the format", arguments: ["specs/std", "specs/teaching/1_swapping.fl"])
    func format(_ path: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("all.info").path
        _ = try Faultline.run(["check", "--coverage", file, path])
        #expect(TraceFile(try text("all.info", in: folder)) != nil)
    }

    @Test("the JSON obeys its schema")
    func json() throws {
        let folder = try folder()
        _ = try folder.run("check", "--coverage", "a.json", "a.fl")
        let validator = try SchemaValidator("coverage.schema.json")
        let problems = try validator.problems(JSON(text("a.json", in: folder)))
        #expect(problems == [])
    }

    @Test("a file that can't be written is bad input, and the results are shown all the same")
    func unwritable() throws {
        let run = try folder().run("check", "--coverage", "missing/a.info", "a.fl")
        #expect(run.codes.contains("FL0702") && run.status == 2)
        #expect(run.out.contains("holds"))
    }

    @Test("a search that was cut off is counted as unknown")
    func unknown() throws {
        let run = try folder().run("check", "--show-coverage", "--max-states", "1", "a.fl")
        #expect(run.err.contains("2 configurations are not counted"), "\(run.err)")
    }
}

/// A strict reader of the format of `geninfo(1)`: nil for anything that `lcov` would not have written.
private struct TraceFile {
    struct File {
        var path: String
        var lines: [Int: Int] = [:]
        var branches: [(line: Int, count: Int?)] = []
    }

    private(set) var files: [File] = []

    init?(_ text: String) {
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        guard rest.popLast() == "" else { return nil }
        while !rest.isEmpty {
            guard rest.popFirst() == "TN:", let path = Self.value("SF", &rest), var file = Optional(File(path: path))
            else { return nil }
            while let branch = Self.value("BRDA", &rest) {
                let parts = branch.split(separator: ",").map(String.init)
                guard parts.count == 4, let line = Int(parts[0]), line > 0, Int(parts[1]) != nil, Int(parts[2]) != nil,
                    parts[3] == "-" || Int(parts[3]) != nil
                else { return nil }
                file.branches.append((line, Int(parts[3])))
            }
            let taken = file.branches.count { ($0.count ?? 0) > 0 }
            guard Self.value("BRF", &rest) == "\(file.branches.count)", Self.value("BRH", &rest) == "\(taken)" else {
                return nil
            }
            while let line = Self.value("DA", &rest) {
                let parts = line.split(separator: ",").map { Int($0) }
                guard parts.count == 2, let number = parts[0], let count = parts[1], number > 0,
                    file.lines[number] == nil
                else { return nil }
                file.lines[number] = count
            }
            let executed = file.lines.values.count { $0 > 0 }
            guard Self.value("LF", &rest) == "\(file.lines.count)", Self.value("LH", &rest) == "\(executed)",
                rest.popFirst() == "end_of_record"
            else { return nil }
            files.append(file)
        }
    }

    private static func value(_ key: String, _ rest: inout ArraySlice<String>) -> String? {
        guard let line = rest.first, line.hasPrefix(key + ":") else { return nil }
        rest.removeFirst()
        return String(line.dropFirst(key.count + 1))
    }
}

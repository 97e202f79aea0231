import Foundation
import Testing

@Suite("The cache of faultline test")
struct CacheTests {
    @Test("formatting, comments and another place of the spec change nothing; what is shown is of today")
    func meaning() throws {
        let specs = try SuiteFolder(["specs/violated.fl": Samples.violated])
        _ = try specs.test()
        let text = try specs.folder.read("specs/violated.fl")
            .replacing("process user {", with: "// Someone.\n\nprocess   user {").replacing(
                "count <= 2", with: "count<=2")
        try specs.folder.write("elsewhere/other.fl", text)
        let run = try specs.test(paths: ["elsewhere"])
        #expect(run.out.hasSuffix("; 2 from the cache\n"))
        #expect(run.out.contains("elsewhere/other.fl:14"))
    }

    @Test(
        "what changes the model is searched again",
        arguments: [("1..5 = 2", "1..5 = 1"), ("count <= 2", "count <= 3"), ("count += 1", "count += 2")])
    func change(old: String, new: String) throws {
        let alone = Samples.good.split(separator: "\n").filter { !$0.hasPrefix("variant") }.joined(separator: "\n")
        let specs = try SuiteFolder(["specs/good.fl": alone])
        _ = try specs.test()
        #expect(try specs.test().out.contains("from the cache"))
        try specs.change("specs/good.fl", old, to: new)
        #expect(try !specs.test().out.contains("from the cache"))
    }

    @Test("a search is kept where there are theorems, too; they are proved anew")
    func theorems() throws {
        let text = Samples.good.replacing("scenario s", with: "theorem same(b: bits<64>) { b ^ b == 0 }\nscenario s")
        let specs = try SuiteFolder(["specs/good.fl": text])
        let searched = try specs.test()
        #expect(searched.status == 0 && searched.out.contains("; 1 theorem for all values"), "\(searched.out)")
        let kept = try specs.test()
        #expect(kept.status == 0 && kept.out.contains("; 1 theorem for all values"), "\(kept.out)")
        #expect(kept.out.contains("from the cache"))
        try specs.change("specs/good.fl", "b ^ b == 0", to: "b ^ b == 1")
        let refuted = try specs.test()
        #expect(refuted.status == 1 && refuted.out.contains("violated same"), "\(refuted.out)")
    }

    @Test("it can be copied into another folder")
    func copied() throws {
        let specs = try SuiteFolder()
        let searched = try specs.test("--cache", "one")
        try FileManager.default.moveItem(
            at: specs.url.appendingPathComponent("one"), to: specs.url.appendingPathComponent("two"))
        let kept = try specs.test("--cache", "two")
        #expect(kept.out.hasSuffix("; 4 from the cache\n"))
        #expect(kept.status == searched.status)
    }

    @Test("by default it lies below the folder for caches, and with --no-cache nowhere")
    func places() throws {
        let specs = try SuiteFolder()
        _ = try specs.test("--no-cache")
        #expect(specs.entries("xdg/faultline/searches").isEmpty)
        _ = try specs.test()
        #expect(!specs.entries("xdg/faultline/searches").isEmpty)
        #expect(try !specs.test("--no-cache").out.contains("from the cache"))
    }

    @Test(
        "a damaged entry is searched again, with one warning, and is whole afterwards",
        arguments: ["flip", "cut", "empty", "other"])
    func damaged(how: String) throws {
        let specs = try SuiteFolder()
        let searched = try specs.test("--cache", "kept")
        let entries = specs.entries("kept")
        #expect(entries.count > 2)
        for (number, entry) in entries.enumerated() {
            var data = try Data(contentsOf: entry)
            switch how {
            case "flip": data[data.count / 2] ^= 1
            case "cut": data = data.dropLast(5)
            case "empty": data = Data()
            default: data = try Data(contentsOf: entries[(number + 1) % entries.count])  // under the name of another
            }
            // All are read before the first is changed in the last case: each gets a whole entry of another search.
            try data.write(to: specs.url.appendingPathComponent("damaged-\(number)"))
        }
        for (number, entry) in entries.enumerated() {
            try Data(contentsOf: specs.url.appendingPathComponent("damaged-\(number)")).write(to: entry)
        }
        let run = try specs.test("--cache", "kept")
        #expect(run.codes == ["FL0710"])
        #expect(run.err.contains("\(entries.count) entries of the cache can't be read"))
        #expect(run.out == searched.out)
        #expect(run.status == searched.status)
        #expect(try specs.test("--cache", "kept").codes == [])
    }

    @Test("a folder that can't be written is one warning, and no verdict")
    func unwritable() throws {
        let specs = try SuiteFolder()
        let expected = try specs.test("--no-cache")
        try specs.folder.write("file", "no folder")
        let run = try specs.test("--cache", "file/kept")
        #expect(run.codes == ["FL0711"])
        #expect(run.out == expected.out)
        #expect(run.status == expected.status)
    }

    @Test("files that are not its own are left alone")
    func others() throws {
        let specs = try SuiteFolder()
        try specs.folder.write("kept/notes.search", "mine")
        _ = try specs.test("--cache", "kept")
        #expect(try specs.folder.read("kept/notes.search") == "mine")
    }
}

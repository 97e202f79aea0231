import Foundation
import SchemaTestSupport
import Testing

struct SweepTests {
    /// As many states as `Size` says; violated from 4 on.
    private let spec = """
        module counting
        domain Size
        const most: 1..9 = 9
        atomic var n: 0..9 = 0
        init {}
        process p {
            loop {
                await n < most and n < count(Size)
                n += 1
            }
        }
        invariant small { n < 4 }
        scenario fixed { Size = 2 }

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("counting.fl", spec)
        return folder
    }

    @Test("the table says from which value on the verdict and the states stay")
    func table() throws {
        let folder = try folder()
        let run = try folder.run("sweep", "counting.fl", "--set", "Size=1..6")
        #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
        #expect(
            run.out.contains("Size: the verdict stops changing at 4; the states stop changing at 4 (1 to 6"),
            "\(run.out)")
        let early = try folder.run("sweep", "counting.fl", "--set", "Size=1..3")
        #expect(early.out.contains("the verdict is the same for all values; the states change up to the end"))
        let late = try folder.run("sweep", "counting.fl", "--set", "Size=1..4")
        #expect(late.out.contains("Size: the verdict changes up to the end"))
    }

    @Test("an inconclusive run leaves open where the verdict settles, and ends the command with 3")
    func inconclusive() throws {
        let run = try folder().run("sweep", "counting.fl", "--set", "Size=1..3", "--max-states", "2")
        #expect(run.status == 3)
        #expect(run.out.contains("is not known: a run was inconclusive"), "\(run.out)")
    }

    @Test("CSV has a row for each run, with quotes where they are needed")
    func csv() throws {
        let folder = try folder()
        try folder.write("a,\"b\".fl", spec)
        let run = try folder.run("sweep", "a,\"b\".fl", "--set", "Size=3..4", "--set", "most=2..3", "--format", "csv")
        let lines = run.out.split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(lines.first?.hasPrefix("spec,scenario,variant,") == true)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("\"a,\"\"b\"\".fl\",fixed,,") })
    }

    @Test("JSON follows its schema, and is the same for any number of threads but for the times")
    func json() throws {
        let folder = try folder()
        let texts = try ["1", "4"].map { threads in
            let run = try folder.run(
                "sweep", "counting.fl", "--set", "Size=1..6", "--format", "json", "--threads", threads)
            #expect(try SchemaValidator("sweep.schema.json").problems(JSON(run.out)) == [])
            return run.out.split(separator: "\n").filter { !$0.contains("seconds") && !$0.contains("memoryBytes") }
        }
        #expect(texts[0] == texts[1])
    }

    @Test("the plot is well-formed, and one that can't be written is said while the table is still printed")
    func plot() throws {
        let folder = try folder()
        #expect(try folder.run("sweep", "counting.fl", "--set", "Size=1..5", "--plot", "p.svg").status == 0)
        let parser = XMLCheck(try folder.read("p.svg"))
        #expect(parser.isWellFormed && parser.count("circle") > 6)
        let run = try folder.run("sweep", "counting.fl", "--set", "Size=1..5", "--plot", "no/where/p.svg")
        #expect(run.status == 2 && run.codes == ["FL0702"] && run.out.contains("stops changing at 4"))
    }

    @Test("where nothing varies, that is said")
    func nothing() throws {
        let run = try folder().run("sweep", "counting.fl")
        #expect(run.status == 2 && run.codes == ["FL0704"])
    }

    @Test("a bound with one value changes nothing, and what holds says for what")
    func oneValue() throws {
        let folder = try folder()
        let run = try folder.run("sweep", "counting.fl", "--set", "Size=2..2")
        #expect(run.out.contains("\nSize: only 2 was tried\n"), "\(run.out)")
        #expect(run.out.contains("\nholds for these scopes: sequential consistency; no atomic claims; reductions: "))
        let violated = try folder.run("sweep", "counting.fl", "--set", "Size=5..6")
        #expect(!violated.out.contains("holds for"), "\(violated.out)")
    }
}

/// Whether tags are closed in order and text has no bare `<` or `&`.
private struct XMLCheck {
    private(set) var isWellFormed = true
    private var counts: [Substring: Int] = [:]

    init(_ text: String) {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z]+)[^<>]*?(\/?)>/) {
            let name = tag.2
            if !tag.1.isEmpty {
                if open.popLast() != name { isWellFormed = false }
            } else {
                counts[name, default: 0] += 1
                if tag.3.isEmpty { open.append(name) }
            }
        }
        let rest = text.replacing(/<\/?[a-z]+[^<>]*>/, with: "").replacing(/&(amp|lt|gt);/, with: "")
        if !open.isEmpty || rest.contains("<") || rest.contains("&") { isWellFormed = false }
    }

    func count(_ name: String) -> Int { counts[Substring(name), default: 0] }
}

import Foundation
import SchemaTestSupport
import Testing

struct AnchorTests {
    private let spec = """
        module cited
        var x: bool
        init {}
        @c("mm/memory.c", "do_swap_page")
        process p {
            @c("mm/memory.c", "wp_page_copy", "0000000000000000")
            x = true
        }
        scenario small {}

        """
    private let memory = """
        int do_swap_page(int a)
        {
        \treturn a;
        }
        int wp_page_copy(int a)
        {
        \treturn a + 1;
        }

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("cited.fl", spec)
        try folder.write("linux/mm/memory.c", memory)
        return folder
    }

    @Test("a citation that was never compared, or has changed, is said; accepting makes both fine")
    func review() throws {
        let folder = try folder()
        let before = try folder.run("anchors", "linux", "cited.fl")
        #expect(before.status == 1)
        #expect(before.codes == ["FL0904", "FL0903"])
        #expect(before.out.hasSuffix("2 citations: 0 fine, 2 to be looked at\n"))
        #expect(try folder.read("cited.fl") == spec)

        let accepted = try folder.run("anchors", "--accept", "linux", "cited.fl")
        #expect(accepted.status == 0 && accepted.err.isEmpty, "\(accepted.err)")
        let after = try folder.run("anchors", "linux", "cited.fl")
        #expect(after.status == 0 && after.out.hasSuffix("2 citations, all fine\n"), "\(after.out)")
        #expect(try folder.run("check", "cited.fl").status == 0)
        #expect(try folder.run("fmt", "--check", "cited.fl").status == 0)
    }

    @Test("comments and layout change nothing, code does, and the other citation stays fine")
    func changes() throws {
        let folder = try folder()
        _ = try folder.run("anchors", "--accept", "linux", "cited.fl")
        try folder.write("linux/mm/memory.c", "/* new */\n" + memory.replacing("return a;", with: "return  a ;"))
        #expect(try folder.run("anchors", "linux", "cited.fl").status == 0)
        try folder.write("linux/mm/memory.c", memory.replacing("a + 1", with: "a + 2"))
        let changed = try folder.run("anchors", "linux", "cited.fl")
        #expect(changed.status == 1 && changed.codes == ["FL0903"])
        #expect(try folder.run("anchors", "--function", "do_swap_page", "linux", "cited.fl").status == 0)
    }

    @Test("what is gone is not accepted, and where it went is said")
    func gone() throws {
        let folder = try folder()
        try folder.write("linux/mm/swap.c", "int do_swap_page(int a) { return a; }\n")
        try folder.write("linux/mm/memory.c", memory.replacing("do_swap_page", with: "do_swap"))
        let run = try folder.run("anchors", "--accept", "linux", "cited.fl")
        #expect(run.status == 1 && run.codes == ["FL0902"])
        #expect(run.err.contains("`mm/swap.c` defines it"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("linux/mm/memory.c"))
        #expect(try folder.run("anchors", "linux", "cited.fl").codes == ["FL0901", "FL0901"])
    }

    @Test("JSON follows its schema, in every state")
    func json() throws {
        let folder = try folder()
        for arguments in [[], ["--accept"], []] {
            let run = try Faultline.run(
                ["anchors", "--format", "json"] + arguments + ["linux", "cited.fl"], in: folder)
            #expect(try SchemaValidator("anchors.schema.json").problems(JSON(run.out)) == [])
        }
    }

    @Test("a tree that is no folder, a spec that is not there or wrong, and one that is read-only are bad input")
    func badInput() throws {
        let folder = try folder()
        #expect(try folder.run("anchors", "nowhere", "cited.fl").codes == ["FL0701"])
        #expect(try folder.run("anchors", "cited.fl", "cited.fl").status == 2)
        #expect(try folder.run("anchors", "linux", "nowhere.fl").status == 2)
        try folder.write("wrong.fl", "module wrong\n@c(1)\ninit {}\n")
        let both = try folder.run("anchors", "linux", "wrong.fl", "cited.fl")
        #expect(both.status == 2 && both.codes.contains("FL0904"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o444], ofItemAtPath: folder.url.appendingPathComponent("cited.fl").path)
        let run = try folder.run("anchors", "--accept", "linux", "cited.fl")
        #expect(run.status == 2 && run.codes.contains("FL0702"))
        #expect(try folder.read("cited.fl") == spec)
    }

    @Test("a citation leads to no file outside of the tree")
    func outside() throws {
        let folder = try folder()
        try folder.write("secret.c", "int f(void) { return 1; }\n")
        try folder.write("s.fl", "module s\n@c(\"../secret.c\", \"f\")\ninit {}\n")
        #expect(try folder.run("anchors", "linux", "s.fl").codes == ["FL0901"])
    }

    @Test("accepting leaves a spec that can be read, whatever stands before the closing parenthesis")
    func trailingComma() throws {
        let folder = try folder()
        for ending in [",)", " )", "\n)", ")"] {
            try folder.write("cited.fl", spec.replacing("\"do_swap_page\")", with: "\"do_swap_page\"" + ending))
            let accepted = try folder.run("anchors", "--accept", "linux", "cited.fl")
            #expect(accepted.status == 0 && accepted.err.isEmpty, "\(accepted.err)")
            let after = try folder.run("anchors", "linux", "cited.fl")
            #expect(after.status == 0 && after.out.hasSuffix("2 citations, all fine\n"), "\(after.out)\(after.err)")
        }
    }

    @Test("a function that no spec cites is bad input, and no silent success")
    func unknownFunction() throws {
        let run = try folder().run("anchors", "linux", "cited.fl", "--function", "do_swap_pages")
        #expect(run.status == 2 && run.codes == ["FL0704"], "\(run.out)\(run.err)")
    }
}

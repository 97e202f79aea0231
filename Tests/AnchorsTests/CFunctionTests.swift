import Anchors
import Foundation
import Testing

struct CFunctionTests {
    private func lines(_ name: String, _ text: String) -> [Int] { CFunction(name, in: Array(text.utf8))?.lines ?? [] }

    private func digest(_ name: String, _ text: String) -> String? { CFunction(name, in: Array(text.utf8))?.digest }

    static let file = """
        // do_swap_page() is called below.
        #include <linux/mm.h>
        vm_fault_t do_swap_page(struct vm_fault *vmf);
        static int table[] = { do_swap_page(0), 1 };

        static __always_inline
        vm_fault_t do_swap_page(struct vm_fault *vmf) __releases(vmf->ptl)
        {
        \tif (vmf->flags & 1) { /* } */
        \t\treturn '}' + sizeof("}");
        \t}
        #ifdef CONFIG_A
        \tif (a) {
        #else
        \tif (b) {
        #endif
        \t\treturn other(vmf);
        \t}
        \treturn 0;
        }
        EXPORT_SYMBOL(do_swap_page);

        SYSCALL_DEFINE3(mprotect, unsigned long, start, size_t, len, int, prot)
        {
        \treturn do_swap_page(start);
        }

        #define pte_same(a, b) \\
        \t((a) == (b))

        struct ops { int (*fault)(int); } fault_ops = { .fault = fault };
        int fault(int a) { return a; }
        extern "C" {
        int inside(void) { return 1; }
        }
        int old(a, b)
        \tint a, *b;
        { return a; }
        """

    @Test(
        "a definition is found among calls, prototypes, tables and comments",
        arguments: [
            ("do_swap_page", [6]), ("mprotect", [23]), ("pte_same", [28]), ("fault", [32]), ("inside", [34]),
            ("old", [36]), ("other", []), ("sizeof", []), ("table", []), ("missing", []),
        ])
    func definitions(name: String, expected: [Int]) {
        #expect(lines(name, Self.file) == expected)
    }

    @Test("the digest ends where the function ends")
    func extent() {
        let before = digest("do_swap_page", Self.file)
        #expect(digest("do_swap_page", Self.file.replacingOccurrences(of: "return 0;", with: "return 1;")) != before)
        #expect(
            digest("do_swap_page", Self.file.replacingOccurrences(of: "return a; }", with: "return b; }")) == before)
        #expect(digest("do_swap_page", Self.file.replacingOccurrences(of: "(start)", with: "(len)")) == before)
        #expect(
            digest("mprotect", Self.file.replacingOccurrences(of: "(start)", with: "(len)"))
                != digest("mprotect", Self.file))
        #expect(
            digest("pte_same", Self.file.replacingOccurrences(of: "==", with: "!=")) != digest("pte_same", Self.file))
    }

    @Test(
        "white space and comments change no digest",
        arguments: [
            "int f(int a) { return a+1; }", "int f(int a)\r\n{\r\n\treturn a + 1;\r\n}\r\n",
            "int /* the */ f(int a) { // comment } \\\n still comment\n return a\\\n+1; }",
        ])
    func spacing(text: String) {
        #expect(digest("f", text) == digest("f", "int f(int a){return a+1;}"))
    }

    @Test("any other token does", arguments: ["a+2", "a-1", "b+1", "a+ +1", "(a+1)", "\"a+1\""])
    func tokens(expression: String) {
        #expect(digest("f", "int f(int a){return \(expression);}") != digest("f", "int f(int a){return a+1;}"))
    }

    @Test("all definitions under different conditions count")
    func variants() {
        let text = "#if A\nint f(void) { return 1; }\n#else\nint f(void) { return 2; }\n#endif\n"
        #expect(lines("f", text) == [2, 4])
        #expect(digest("f", text) != digest("f", text.replacingOccurrences(of: "2;", with: "3;")))
    }

    @Test("a head that differs by condition opens one body")
    func heads() {
        let text = "#ifdef A\nint f(int a)\n#else\nint f(long a)\n#endif\n{ return 1; }\nint g(void) { return 2; }\n"
        #expect(lines("g", text) == [7])
        #expect(!lines("f", text).isEmpty)
    }

    @Test(
        "text that is cut off or no C at all gives a result",
        arguments: [
            "", "int f(", "int f(int a) {", "/* int f() {", "\"int f() {", "}}}} int f() {}", "#", "#define f(", "'",
            "f(f(f(f",
        ])
    func garbage(text: String) {
        _ = CFunction("f", in: Array(text.utf8))
        _ = CFunction("f", in: [0xFF, 0x00] + Array(text.utf8))
    }

    @Test("a head with its brace in each branch opens one body")
    func headsWithBraces() {
        let text = "#ifdef A\nint f(int a) {\n#else\nint f(long a) {\n#endif\nreturn 1; }\nint g(void) { return 2; }\n"
        #expect(lines("g", text) == [7])
        #expect(lines("f", text) == [2])
        #expect(digest("f", text) == digest("f", text.replacingOccurrences(of: "2;", with: "3;")))
        #expect(digest("f", text) != digest("f", text.replacingOccurrences(of: "1;", with: "3;")))
    }

    @Test("bytes that are no UTF-8 count like others")
    func otherBytes() {
        let texts = [UInt8(0xE9), 0xEA].map { Array("int f(void) { return \"".utf8) + [$0] + Array("\"[0]; }".utf8) }
        let digests = texts.map { CFunction("f", in: $0)?.digest }
        #expect(digests[0] != nil && digests[0] != digests[1])
    }
}

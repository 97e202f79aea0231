import Testing

/// How many initial states there are decides which engine makes them.
struct ChoiceTests {
    private func isEndless(_ declarations: String, sizes: String = "") throws -> Bool {
        let text = """
            module choices
            domain Page
            type Byte = bits<8>
            type Word = bits<16>
            var a: Word
            var b: Byte
            var c[Page]: Byte
            \(declarations)
            process p { a = 0 }
            scenario s { Page = \(sizes.isEmpty ? "3" : sizes) }
            """
        return try #require(FrontEnd(text).program(of: "s")).hasEndlessStarts
    }

    @Test("constants and choices of `init` multiply, up to four million combinations")
    func product() throws {
        #expect(try !isEndless("symbolic const k: bits<6>\ninit { choose x in Word; a = x }"))
        #expect(try isEndless("symbolic const k: bits<7>\ninit { choose x in Word; a = x }"))
        #expect(try isEndless("init { choose x in Word; a = x; choose y in Byte; b = y }"))
    }

    @Test("a choice for each element counts once for each; of several ways the longest counts")
    func loops() throws {
        let loop = "init { each p in Page { choose x in Byte; c[p] = x } }"
        #expect(try !isEndless(loop, sizes: "2"))
        #expect(try isEndless(loop, sizes: "3"))
        let ways = "init { if a == 0 { choose x in Word; a = x } else { choose x in Byte; a = bits<16>(x) } }"
        #expect(try !isEndless(ways))
    }

    @Test("members of a computed set are not counted")
    func members() throws {
        func start(_ set: String) -> String {
            "type Few = bits<6>\ninit { choose x in \(set), y in \(set), z in \(set), u in \(set); d = x + y + z + u }\nvar d: Few"
        }
        #expect(try !isEndless(start("{w in Few where w < 2}")))
        #expect(try isEndless(start("Few")))
    }
}

import Testing

@testable import Measuring

struct ReportingTests {
    @Test("the median of an even number is between the two in the middle")
    func spread() throws {
        let even = try #require(Spread([4, 1, 3, 2]))
        #expect(even.median == 2.5 && even.least == 1 && even.most == 4)
        #expect(Spread([3, 1, 2])?.median == 2)
        #expect(Spread([]) == nil)
    }

    @Test("one measurement has no range")
    func one() {
        #expect(Spread([1.5])?.text == "1.50")
        #expect(Spread([1.5, 2, 12])?.text == "2.00 (1.50-12.0)")
    }

    @Test("numbers have three digits that count, or groups of three")
    func numbers() {
        #expect([0.123, 9.99, 12.34, 1234.5].map(decimal) == ["0.12", "9.99", "12.3", "1,235"])
        #expect([0, 999, 1_000, 20_890_833, -1_005].map(grouped) == ["0", "999", "1,000", "20,890,833", "-1,005"])
    }

    @Test("a table is aligned, text to the left and numbers to the right")
    func table() {
        var table = Table(["tool", "s"])
        table.append(["SPIN", "12.5"])
        table.append(["C++, exact", "3"])
        #expect(
            table.text == """
                | tool       |    s |
                |------------|-----:|
                | SPIN       | 12.5 |
                | C++, exact |    3 |

                """)
    }
}

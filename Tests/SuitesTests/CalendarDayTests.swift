import Foundation
import Suites
import Testing

struct CalendarDayTests {
    @Test("days are compared as the calendar has them")
    func order() throws {
        let days = ["1999-12-31", "2024-02-29", "2026-01-31", "2026-02-01", "2026-12-31"].map { CalendarDay($0) }
        #expect(!days.contains(nil))
        #expect(days.compactMap { $0 }.map(\.description).sorted() == days.compactMap { $0?.description })
        #expect(days.compactMap { $0 } == days.compactMap { $0 }.sorted())
    }

    @Test(
        "what is no day is none",
        arguments: [
            "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "2026-2-1", "26-02-01", "2026-02-01x", "+026-01-01",
        ])
    func wrong(text: String) { #expect(CalendarDay(text) == nil) }

    @Test("a moment has its day in universal time")
    func moments() {
        #expect(CalendarDay(Date(timeIntervalSince1970: 0)).description == "1970-01-01")
        #expect(CalendarDay(Date(timeIntervalSince1970: -1)).description == "1969-12-31")
        #expect(CalendarDay(Date(timeIntervalSince1970: 951_782_400)).description == "2000-02-29")
        #expect(CalendarDay(Date(timeIntervalSince1970: 1_798_761_599)).description == "2026-12-31")
    }
}

import Program
import Testing

@Suite struct NamingTests {
    @Test("A domain is named by its shortest prefix that no other domain begins with")
    func prefixes() {
        let names = ["Thread", "hw.Cpu", "hw.Call", "Page", "PageTable", "mm", "a.Twin", "b.Twin"]
        let naming = Naming(Builder(domains: names.map { ($0, 1) }).program)
        let texts = names.indices.map { naming.element(DomainID($0), 0) }
        #expect(texts == ["Th0", "Cp0", "Ca0", "Page0", "PageT0", "M0", "a.Twin0", "b.Twin0"])
    }

    @Test("Two programs that name each other's domains give an element that both have the same name")
    func twoPrograms() {
        let (old, new) = (["User"], ["User", "Unit"])
        func name(_ names: [String], _ others: [String]) -> String {
            Naming(Builder(domains: names.map { ($0, 1) }).program, besideDomains: others).element(DomainID(0), 0)
        }
        #expect(name(old, new) == "Us0")
        #expect(name(new, old) == "Us0")
        #expect(name(old, old) == "U0")
    }

    @Test("Values are written as in the language")
    func values() {
        let b = Builder(domains: [("Frame", 2)])
        let frame = Value.element(DomainID(0), 0)
        let pte = b.enumeration("Pte", [("none", []), ("mapped", [.domain(DomainID(0)), .bool])])
        let info = b.record("Info", [("refs", small, nil), ("data", small, nil)])
        let naming = Naming(b.program)
        let texts = [
            .enumeration(pte, case: 0, []), .enumeration(pte, case: 1, [frame, .bool(true)]),
            .record(info, [.int(1), .int(0)]), .set([.int(1), .int(2)]), .none, .some(frame), .bits(255), .unbounded,
            .lockFree, .lockExclusive, .lockShared(2), .unit,
        ].map { naming.text($0) }
        #expect(
            texts == [
                "none", "mapped(F0, true)", "{refs: 1, data: 0}", "{1, 2}", "none", "some(F0)", "0xff", "unbounded",
                "free",
                "held", "shared(2)", "unit",
            ])
    }

    @Test("Only the leaf fields that changed are listed; an enum value and a word record are one leaf")
    func changes() {
        let b = Builder(domains: [("Frame", 2)])
        let inner = b.record("Inner", [("a", small, nil), ("c", small, nil)])
        let word = b.record("Word", word: true, [("a", small, nil), ("c", small, nil)])
        let outer = b.record("Outer", [("inner", .record(inner), nil), ("word", .record(word), nil)])
        b.variable("frame", .record(outer), index: [.domain(DomainID(0)), small])
        func value(_ a: Int64, _ c: Int64, _ w: Int64) -> Value {
            .record(outer, [.record(inner, [.int(a), .int(c)]), .record(word, [.int(w), .int(0)])])
        }
        let old = Array(repeating: value(0, 0, 0), count: 8)
        var new = old
        new[5] = value(0, 2, 1)
        let changes = Naming(b.program).leafChanges(from: [old], to: [new])
        #expect(
            changes.map { "\($0.name): \($0.old) -> \($0.new)" } == [
                "frame[F1, 1].inner.c: 0 -> 2", "frame[F1, 1].word: {a: 0, c: 0} -> {a: 1, c: 0}",
            ])
    }
}

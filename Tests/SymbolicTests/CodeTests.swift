import Model
import SMT
import Testing

@testable import Symbolic

/// Which bits are the code of a value, against the list of all codes.
struct CodeTests {
    private static let sorts = [Sort(name: "Frame", size: 3), Sort(name: "One", size: 1)]
    private static let types: [CellType] = [
        .unit, .bool, .range(lower: -2, upper: 3), .range(lower: 0, upper: 7), .rangeOrUnbounded(lower: 1, upper: 3),
        .bits(3), .element(sort: 0), .element(sort: 1), .exclusiveLock, .sharedLock(holders: 3), .location(count: 5),
        .set(.range(lower: 0, upper: 2)), .optional(.element(sort: 0)), .optional(.unit),
        .tuple(name: "T", [field("a", .range(lower: 0, upper: 2)), field("b", .unit), field("c", .bool)]),
        .tagged(
            name: "E",
            [
                CellCase(name: "none", fields: []), CellCase(name: "one", fields: [field("f", .element(sort: 0))]),
                CellCase(name: "two", fields: [field("f", .element(sort: 0)), field("w", .bool)]),
            ]),
        .tagged(name: "Single", [CellCase(name: "only", fields: [field("x", .range(lower: 0, upper: 4))])]),
        .optional(.tuple(name: "U", [field("a", .optional(.element(sort: 0)))])),
    ]

    private static func field(_ name: String, _ type: CellType) -> CellField { CellField(name: name, type: type) }

    @Test("just the codes of values are codes", arguments: types)
    func codes(type: CellType) throws {
        let graph = TermGraph()
        let width = type.width(sorts: Self.sorts)
        let variable = width == 0 ? graph.bits(0, width: 1) : graph.variable("x", width: width)
        let term = graph.isCode(variable, of: type, Self.sorts)
        let all = try #require(type.codes(sorts: Self.sorts, limit: 1 << 10))
        let found = (0..<UInt64(1) << UInt64(width)).filter {
            graph.values(of: [term], Assignment(["x": $0])) == [1]
        }
        #expect(found == all)
    }
}

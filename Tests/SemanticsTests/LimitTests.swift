import Testing

/// Too many cells are an error of the spec, whether one variable has them or several.
struct LimitTests {
    private func codes(_ variables: String) -> [String] {
        FrontEnd("module limits\ntype Row = 0..255\ntype Column = 0..127\n\(variables)\nscenario s {}").errors
            .map(\.code.rawValue)
    }

    @Test("all variables together have at most 32,768 cells")
    func cells() {
        #expect(codes("var a[i: Row, j: Column]: bool") == [])
        #expect(codes("var a[i: Row, j: 0..128]: bool") == ["FL0222"])
        #expect(codes("var a[i: Row, j: Column]: bool\nvar b: bool") == ["FL0222"])
    }
}

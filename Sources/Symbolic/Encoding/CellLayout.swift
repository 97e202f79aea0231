import Model

/// Where the cells of a model are in a formula: one after the other, element by element.
public struct CellLayout: Sendable {
    /// By variable: the number of its first cell.
    private let starts: [Int]
    private let counts: [Int]
    /// By cell, in bits; a cell without bits has none.
    public let widths: [Int]
    /// By cell: `frame[F0].refs`. Two may be called the same: a local `pc` and the program counter.
    public let names: [String]
    /// By cell: the variable that stands for it. Its name, or where another cell has that, the name and a number.
    let symbols: [String]
    /// By cell.
    public let types: [CellType]

    public init(_ model: Model) {
        var (starts, counts, widths, names): ([Int], [Int], [Int], [String]) = ([], [], [], [])
        var types: [CellType] = []
        let sortNames = model.sortNames
        for (number, variable) in model.variables.enumerated() {
            starts.append(widths.count)
            counts.append(variable.count)
            let width = variable.type.width(sorts: model.sorts)
            for element in 0..<variable.count {
                widths.append(width)
                types.append(variable.type)
                names.append(model.leafName(VariableID(number), element: element, names: sortNames))
            }
        }
        (self.starts, self.counts, self.widths, self.names) = (starts, counts, widths, names)
        self.types = types
        symbols = Self.distinct(names)
    }

    private static func distinct(_ names: [String]) -> [String] {
        var taken = Set(names)
        var seen: Set<String> = []
        return names.map { name in
            if seen.insert(name).inserted { return name }
            var number = 2
            while !taken.insert("\(name)~\(number)").inserted { number += 1 }
            return "\(name)~\(number)"
        }
    }

    public var count: Int { widths.count }

    /// The cells of some variables, by number.
    func cells(of variables: [Int]) -> [Int] { variables.flatMap { starts[$0]..<starts[$0] + counts[$0] } }

    func cell(_ id: VariableID, element: Int) -> Int { starts[id.index] + element }

    /// Where a process instance keeps its location.
    func counter(of place: (process: Int, instance: Int), _ model: Model) -> Int {
        cell(model.processes[place.process].programCounter, element: place.instance)
    }
}

extension Model {
    /// The packed state that gives each cell its code.
    public func words(of cells: [UInt64], _ layout: CellLayout) -> [UInt64] {
        var words = Array(repeating: UInt64(0), count: wordCount)
        for (number, variable) in variables.enumerated() {
            let (place, width) = (variable.placement, variable.type.width(sorts: sorts))
            guard width > 0 else { continue }
            for element in 0..<variable.count {
                let code = cells[layout.cell(VariableID(number), element: element)]
                let shift = place.shift + element % place.perWord * width
                words[place.word + element / place.perWord] |= code << UInt64(shift)
            }
        }
        return words
    }
}

import Model

/// States as codes of cells, in the terms of the spec.
public struct StateText {
    private let model: Model
    private let layout: CellLayout
    private let names: SortNames
    /// By cell: the process and the instance whose program counter it is.
    private let counters: [Int: (process: Int, instance: Int)]

    public init(_ model: Model) {
        self.model = model
        layout = CellLayout(model)
        names = model.sortNames
        var counters: [Int: (process: Int, instance: Int)] = [:]
        for (number, process) in model.processes.enumerated() {
            for instance in 0..<process.instanceCount {
                counters[layout.cell(process.programCounter, element: instance)] = (number, instance)
            }
        }
        self.counters = counters
    }

    /// `user[T0]`
    public func actor(_ number: Int) -> String {
        var rest = number
        for (process, one) in model.processes.enumerated() {
            if rest < one.instanceCount { return model.instanceName(process: process, instance: rest, names: names) }
            rest -= one.instanceCount
        }
        return "?"
    }

    /// Where each process is.
    public func places(_ cells: [UInt64]) -> [(name: String, value: String)] {
        counters.sorted { $0.key < $1.key }.map { cell, place in
            (
                model.instanceName(process: place.process, instance: place.instance, names: names),
                self.place(place.process, Int(clamping: cells[cell]))
            )
        }
    }

    /// All but places of processes.
    public func values(_ cells: [UInt64]) -> [(name: String, value: String)] { values(cells) { _ in true } }

    /// What is not 0, false, none or the like.
    public func notableValues(_ cells: [UInt64]) -> [(name: String, value: String)] { values(cells) { $0 != 0 } }

    private func values(_ cells: [UInt64], where isShown: (UInt64) -> Bool) -> [(name: String, value: String)] {
        cells.indices.filter { counters[$0] == nil && layout.widths[$0] > 0 && isShown(cells[$0]) }.map {
            (layout.names[$0], value(cells[$0], $0))
        }
    }

    public func changes(from old: [UInt64], to new: [UInt64]) -> [(name: String, old: String, new: String)] {
        old.indices.filter { old[$0] != new[$0] }.map { cell in
            guard let place = counters[cell] else {
                return (layout.names[cell], value(old[cell], cell), value(new[cell], cell))
            }
            return (
                model.instanceName(process: place.process, instance: place.instance, names: names),
                self.place(place.process, Int(clamping: old[cell])),
                self.place(place.process, Int(clamping: new[cell]))
            )
        }
    }

    /// The process whose program counter a cell is; nil for other cells.
    func process(ofCell cell: Int) -> String? {
        counters[cell].map { model.instanceName(process: $0.process, instance: $0.instance, names: names) }
    }

    /// Some places of the program counter that a cell is, as short as can be: lines, with what stands there where only some
    /// places of a line are meant. `1_swapping.fl:40, 43 or 72`
    func places(_ values: [UInt64], ofCell cell: Int) -> String {
        guard let process = counters[cell]?.process else { return "" }
        let locations = model.processes[process].locations
        func key(_ number: Int) -> (String, Int) { locations[number].origin.map { ($0.file, $0.line) } ?? ("", 0) }
        let chosen = values.map { Int(clamping: $0) }.filter { locations.indices.contains($0) }.sorted {
            key($0) < key($1)
        }
        func isWhole(_ line: Int, _ file: String) -> Bool {
            locations.indices.allSatisfy { number in
                guard let origin = locations[number].origin, !locations[number].isFinal else { return true }
                return origin.line != line || origin.file != file || chosen.contains(number)
            }
        }
        var (texts, seen, last): ([String], Set<String>, String) = ([], [], "")
        for number in chosen {
            guard !locations[number].isFinal, let origin = locations[number].origin else {
                texts.append(place(process, number))
                continue
            }
            let isWhole = isWhole(origin.line, origin.file)
            let text = "\(origin.line)\(isWhole ? "" : " `\(origin.text.prefix(40))`")"
            guard seen.insert("\(origin.file):\(text)").inserted else { continue }
            texts.append(origin.file == last ? text : "\(origin.file):\(text)")
            last = origin.file
        }
        return texts.count < 2
            ? texts.joined() : texts.dropLast().joined(separator: ", ") + " or " + (texts.last ?? "")
    }

    private func value(_ code: UInt64, _ cell: Int) -> String { layout.types[cell].describe(code, names: names) }

    private func place(_ process: Int, _ location: Int) -> String {
        let locations = model.processes[process].locations
        guard locations.indices.contains(location) else { return "?" }
        if locations[location].isFinal { return "its end" }
        return locations[location].origin.map { "\($0.file):\($0.line) `\($0.text.prefix(60))`" } ?? "its start"
    }
}

import Diagnostics
import Program

/// Finds pairs of accesses by different process instances to what may be one cell, one of them a write, that no common
/// lock orders.
///
/// After the lockset discipline of Savage et al., Eraser (1997), but for all ways through the program at once. Cost:
/// the square of the accesses to one variable.
struct ConflictSearch {
    struct Pair {
        let first: SharedAccess
        let second: SharedAccess
    }

    private let program: Program
    /// How many instances each process has.
    private let instances: [Int]

    init(_ program: Program, instances: [Int]) {
        self.program = program
        self.instances = instances
    }

    /// In the order of the source; equal pairs of statements once.
    func pairs(_ accesses: [SharedAccess]) -> [Pair] {
        let candidates = accesses.filter { !isAtomic($0.cell) }
        let byVariable = Dictionary(grouping: candidates, by: \.cell.variable)
        var result: [Pair] = []
        for variable in byVariable.keys.sorted() {
            let all = (byVariable[variable] ?? []).sorted {
                ($0.span, $0.process, $0.isWrite ? 0 : 1) < ($1.span, $1.process, $1.isWrite ? 0 : 1)
            }
            var seen: Set<[Span]> = []
            for (number, first) in all.enumerated() {
                for second in all[number...] where conflict(first, second) {
                    if seen.insert([first.span, second.span]).inserted {
                        result.append(Pair(first: first, second: second))
                    }
                }
            }
        }
        return result
    }

    private func conflict(_ a: SharedAccess, _ b: SharedAccess) -> Bool {
        guard a.isWrite || b.isWrite, a.cell.overlaps(b.cell), !(a.isClaimed && b.isClaimed) else { return false }
        guard a.process != b.process || instances[a.process.raw] > 1 else { return false }
        guard mayBeSame(a, b) else { return false }
        return !a.held.contains { one in b.held.contains { one.orders($0) } }
    }

    /// Whether the cells may be one, given that the instances are different.
    private func mayBeSame(_ a: SharedAccess, _ b: SharedAccess) -> Bool {
        var ownIndices: Set<Int> = []
        for (one, other) in zip(a.indices, b.indices) {
            if case .constant(let x) = one, case .constant(let y) = other, x != y { return false }
            if case .own(let x) = one, case .own(let y) = other, x == y { ownIndices.insert(x) }
        }
        // Different instances of one process differ in some index.
        let count = program[a.process].indexTypes.count
        return a.process != b.process || ownIndices.count < count
    }

    /// A cell on which `+=` is one access has an order of its own.
    func isAtomic(_ cell: SharedCell) -> Bool {
        if program[cell.variable].isAtomic { return true }
        var type = program[cell.variable].type
        var result = false
        for index in cell.fields {
            guard case .record(let id) = type, program[id].fields.indices.contains(index) else { return result }
            result = program[id].fields[index].isAtomic
            type = program[id].fields[index].type
        }
        return result
    }
}

extension Program {
    /// `frame.refs`
    func name(of cell: SharedCell) -> String {
        var name = self[cell.variable].name
        var type = self[cell.variable].type
        for index in cell.fields {
            guard case .record(let id) = type, self[id].fields.indices.contains(index) else { return name }
            name += "." + self[id].fields[index].name
            type = self[id].fields[index].type
        }
        return name
    }
}

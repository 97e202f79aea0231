// Unsafe code: applied to every successor of a search, several times.

/// A renaming compiled for the states of one model: which bits stay, and where the other cells go.
final class RenamingProgram {
    private struct Move: BitwiseCopyable {
        var fromWord: Int32
        var toWord: Int32
        var fromShift: UInt64
        var toShift: UInt64
        var mask: UInt64
        /// Where the table of new codes starts; -1 for codes that stay; `-2 - type` to compute.
        var table: Int
    }

    let renaming: Renaming
    private let plan: SymmetryPlan
    private let wordCount: Int
    private let stays: UnsafeMutablePointer<UInt64>
    private let moves: UnsafeMutablePointer<Move>
    private let moveCount: Int
    private let tables: UnsafeMutablePointer<UInt64>

    /// Codes of at most so many bits are looked up.
    private static let tableWidth = 6

    init(_ plan: SymmetryPlan, _ renaming: Renaming) {
        self.plan = plan
        self.renaming = renaming
        wordCount = plan.fixedBits.count
        var stays = plan.fixedBits
        var moves: [Move] = []
        var tables: [UInt64] = []
        var starts: [Int: Int] = [:]
        for cell in plan.cells {
            let start = starts[cell.type] ?? Self.table(cell, plan, renaming, &tables)
            starts[cell.type] = start
            let to = plan.image(of: cell, renaming)
            if start == -1, to.word == cell.word, to.shift == cell.shift {
                stays[cell.word] |= cell.mask << cell.shift
                continue
            }
            moves.append(
                Move(
                    fromWord: Int32(cell.word), toWord: Int32(to.word), fromShift: cell.shift, toShift: to.shift,
                    mask: cell.mask, table: start))
        }
        moveCount = moves.count
        self.stays = .allocate(capacity: max(1, stays.count))
        self.stays.initialize(from: stays, count: stays.count)
        self.moves = .allocate(capacity: max(1, moves.count))
        self.moves.initialize(from: moves, count: moves.count)
        self.tables = .allocate(capacity: max(1, tables.count))
        self.tables.initialize(from: tables, count: tables.count)
    }

    deinit {
        stays.deallocate()
        moves.deallocate()
        tables.deallocate()
    }

    private static func table(
        _ cell: SymmetryPlan.Cell, _ plan: SymmetryPlan, _ renaming: Renaming, _ tables: inout [UInt64]
    ) -> Int {
        let slots = plan.types[cell.type]
        if slots.isEmpty { return -1 }
        guard cell.mask < 1 << UInt64(tableWidth) else { return -2 - cell.type }
        let images = (0...cell.mask).map { slots.map($0, renaming) }
        if images.enumerated().allSatisfy({ UInt64($0.offset) == $0.element }) { return -1 }
        defer { tables += images }
        return tables.count
    }

    /// The renamed state.
    func apply(_ words: UnsafePointer<UInt64>, into result: UnsafeMutablePointer<UInt64>) {
        for word in 0..<wordCount { result[word] = words[word] & stays[word] }
        for number in 0..<moveCount {
            let move = moves[number]
            var code = words[Int(move.fromWord)] &>> move.fromShift & move.mask
            if move.table >= 0 {
                code = tables[move.table + Int(truncatingIfNeeded: code)]
            } else if move.table < -1 {
                code = plan.types[-2 - move.table].map(code, renaming)
            }
            result[Int(move.toWord)] |= code &<< move.toShift
        }
    }
}

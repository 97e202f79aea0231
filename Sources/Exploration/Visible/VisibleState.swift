// Unsafe code: a state is looked at for every step of a search.

import Model

/// What claims of the language can see of a state: shared and ghost variables, whether a lock is held, whether a
/// process has started or finished, and whether all are at rest.
struct VisibleState {
    /// Equal for models whose visible states can be compared.
    struct Shape: Hashable {
        struct Cells: Hashable {
            let name: String
            let dimensions: [Dimension]
            let type: CellType
        }

        let variables: [Cells]
        let processes: [String]
    }

    let shape: Shape
    /// Words of a visible state.
    let width: Int
    private let parts: [Part]
    private let actors: [ActorFlags]
    private let code: ModelCode
    private let rest: RestTable
    private let restPlace: (word: Int, shift: UInt64)

    /// A run of bits that is copied, or of which only counts whether it is zero.
    private struct Part {
        let word: Int
        let shift: UInt64
        let mask: UInt64
        let isLock: Bool
        let target: Int
        let targetShift: UInt64
    }

    private struct ActorFlags {
        /// By location: 1 for started, 2 for finished.
        let flags: [UInt64]
        let target: Int
        let targetShift: UInt64
    }

    init(_ code: ModelCode) {
        self.code = code
        rest = RestTable(code)
        let model = code.model
        var room = BitRoom()
        var parts: [Part] = []
        var cells: [Shape.Cells] = []
        for variable in model.variables where variable.isVisible {
            cells.append(Shape.Cells(name: variable.name, dimensions: variable.dimensions, type: variable.type))
            let width = variable.type.width(sorts: model.sorts)
            guard width > 0 else { continue }
            let place = variable.placement
            for element in 0..<variable.count {
                let (target, targetShift) = room.take(variable.type.isLock ? 1 : width)
                parts.append(
                    Part(
                        word: place.word + element / place.perWord,
                        shift: UInt64(place.shift + element % place.perWord * width),
                        mask: width > 63 ? .max : 1 << UInt64(width) - 1,
                        isLock: variable.type.isLock, target: target, targetShift: targetShift))
            }
        }
        self.parts = parts
        actors = code.actors.map { actor in
            let (target, targetShift) = room.take(2)
            let locations = model.processes[actor.process].locations
            let startsAtEnd = locations.first?.isFinal ?? true
            let flags = locations.enumerated().map { number, location in
                (number != 0 || startsAtEnd ? 1 : 0) | (location.isFinal ? 2 : 0) as UInt64
            }
            return ActorFlags(flags: flags, target: target, targetShift: targetShift)
        }
        restPlace = room.take(1)
        width = room.words
        shape = Shape(
            variables: cells,
            processes: model.processes.map { "\($0.kind.rawValue) \($0.name) \($0.instanceCount)" })
    }

    /// Writes what is visible of a state. Cost: a few instructions a cell.
    func write(_ state: UnsafePointer<UInt64>, to words: UnsafeMutablePointer<UInt64>) {
        for word in 0..<width { words[word] = 0 }
        for part in parts {
            let value = state[part.word] &>> part.shift & part.mask
            words[part.target] |= (part.isLock ? (value == 0 ? 0 : 1) : value) &<< part.targetShift
        }
        for number in actors.indices {
            let location = code.location(of: code.actors[number], in: state)
            guard location < actors[number].flags.count else { continue }
            words[actors[number].target] |= actors[number].flags[location] &<< actors[number].targetShift
        }
        if rest.allRest(state) { words[restPlace.word] |= 1 &<< restPlace.shift }
    }
}

/// Gives out bits of words, none across two.
private struct BitRoom {
    private(set) var words = 0
    private var used = 64

    mutating func take(_ width: Int) -> (word: Int, shift: UInt64) {
        if used + width > 64 {
            words += 1
            used = 0
        }
        defer { used += width }
        return (words - 1, UInt64(used))
    }
}

extension Variable {
    /// Whether a claim can name it.
    fileprivate var isVisible: Bool {
        switch role {
        case .shared, .ghost, .constant: true
        case .programCounter, .local: false
        }
    }
}

extension CellType {
    fileprivate var isLock: Bool {
        switch self {
        case .exclusiveLock, .sharedLock: true
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .tagged, .tuple, .set, .optional, .location:
            false
        }
    }
}

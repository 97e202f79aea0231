import Exploration
import Model
import Reports

/// Compares which statements are reached. Statements of two versions are the same where their texts are, in the same
/// handler or process and in the same order.
struct StatementComparison {
    private struct Key: Hashable {
        /// The innermost handler, or the process.
        let owner: String
        let text: String
        /// Among the statements with the same text there.
        let number: Int
    }

    private let old: [Key: (origin: Origin, isReached: Bool)]
    private let new: [Key: (origin: Origin, isReached: Bool)]
    private let isKnown: Bool

    init(_ old: JudgedSide, _ new: JudgedSide) {
        isKnown = old.reason == nil && new.reason == nil
        self.old = Self.statements(old)
        self.new = Self.statements(new)
    }

    func result() -> StatementDiff {
        guard isKnown else {
            return StatementDiff(noLongerReached: [], newlyReached: [], neverReached: [], isKnown: false)
        }
        return StatementDiff(
            noLongerReached: places { key, isReached in !isReached && old[key]?.isReached == true },
            newlyReached: places { key, isReached in isReached && old[key]?.isReached == false },
            neverReached: places { key, isReached in !isReached && old[key] == nil }, isKnown: true)
    }

    private func places(where isMeant: (Key, Bool) -> Bool) -> [StatementDiff.Place] {
        new.filter { isMeant($0.key, $0.value.isReached) }.map(\.value.origin)
            .sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
            .map { StatementDiff.Place(file: $0.file, line: $0.line, text: $0.text) }
    }

    private static func statements(_ side: JudgedSide) -> [Key: (origin: Origin, isReached: Bool)] {
        guard let reach = side.found.reach else { return [:] }
        var owners: [Origin: String] = [:]
        for action in side.run.model.actions {
            let owner = action.callStack.last ?? side.run.model.processes[action.process].name
            for number in action.markedStatements { owners[action.origins[number], default: owner] = owner }
        }
        var counts: [String: Int] = [:]
        var result: [Key: (origin: Origin, isReached: Bool)] = [:]
        let sorted = owners.sorted { a, b in
            (a.key.file, a.key.line, a.key.column) < (b.key.file, b.key.line, b.key.column)
        }
        for (origin, owner) in sorted {
            let number = counts["\(owner)\n\(origin.text)", default: 0]
            counts["\(owner)\n\(origin.text)"] = number + 1
            let key = Key(owner: owner, text: origin.text, number: number)
            result[key] = (origin, reach.marks.contains(.statement(origin)))
        }
        return result
    }
}

import Diagnostics

/// One access that counts.
struct Access: Sendable {
    let cell: Cell
    /// As messages name it: `frame[a].refs`.
    let text: String
    let isWrite: Bool
    /// A held lock protects it; it counts all the same.
    let isProtected: Bool
    let span: Span
}

/// The accesses of the ways through an expression.
///
/// Only what the rules ask is kept: the ways with no access or one, and one pair of different cells where a way has two.
struct Paths: Sendable {
    /// Nil: a way without an access. No cell twice.
    private(set) var options: [Access?]
    private(set) var conflict: (first: Access, second: Access)?

    static let free = Paths(options: [nil])

    static func one(_ access: Access) -> Paths { Paths(options: [access]) }

    private init(options: [Access?]) { self.options = options }

    /// Both are evaluated.
    func then(_ next: Paths) -> Paths {
        var result = Paths(options: [])
        result.conflict = conflict ?? next.conflict
        for a in options {
            for b in next.options {
                if let a, let b, a.cell != b.cell {
                    result.conflict = result.conflict ?? (a, b)
                } else {
                    result.add(a ?? b)
                }
            }
        }
        // Every way has two accesses: the pair says it; what follows must not be taken for a third.
        if result.options.isEmpty { result.options = [nil] }
        return result
    }

    /// One of the two is evaluated.
    func or(_ other: Paths) -> Paths {
        var result = self
        result.conflict = conflict ?? other.conflict
        for option in other.options { result.add(option) }
        return result
    }

    /// The access to the given cell, where some way has one.
    func access(to cell: Cell) -> Access? { options.compactMap { $0 }.first { $0.cell == cell } }

    private mutating func add(_ option: Access?) {
        if !options.contains(where: { $0?.cell == option?.cell }) { options.append(option) }
    }
}

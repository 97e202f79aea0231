/// The widths of the columns of a ``RaceDiagram``; nil where a column would be too narrow to read.
struct DiagramColumns {
    /// Between two columns.
    static let gap = 2
    /// For the bar of a process that holds a lock, and a space.
    static let bar = 2
    private static let leastProcess = 16
    private static let leastChanged = 24
    private static let mostLocks = 16

    /// The step number.
    let margin: Int
    /// Of each process, without the bar.
    let processes: [Int]
    /// Zero where no process ever holds a lock.
    let locks: Int
    /// Zero where nothing ever changes.
    let changed: Int

    init?(_ trace: TraceRows, width: Int) {
        let natural = NaturalWidths(trace)
        let locks = natural.locks == 0 ? 0 : min(max(natural.locks, 5), Self.mostLocks)
        let margin = max(2, String(trace.rows.last?.step.number ?? 0).count)
        var wanted = natural.processes
        var widths = wanted.map { min($0, Self.leastProcess) }
        if natural.changed > 0 {
            wanted.append(max(natural.changed, 7))
            widths.append(min(max(natural.changed, 7), Self.leastChanged))
        }
        let gaps = widths.count * Self.gap + natural.processes.count * Self.bar + (locks > 0 ? locks + Self.gap : 0)
        var room = width - margin - gaps - widths.reduce(0, +)
        guard room >= 0 else { return nil }
        // What is left goes round, one character to each column that wants more.
        while room > 0, zip(widths, wanted).contains(where: { $0 < $1 }) {
            for column in widths.indices where room > 0 && widths[column] < wanted[column] {
                widths[column] += 1
                room -= 1
            }
        }
        self.margin = margin
        self.locks = locks
        self.processes = Array(widths.prefix(natural.processes.count))
        self.changed = natural.changed > 0 ? widths.last ?? 0 : 0
    }
}

/// How wide the columns would like to be.
private struct NaturalWidths {
    var processes: [Int]
    var locks = 0
    var changed = 0

    init(_ trace: TraceRows) {
        processes = trace.processes.map(\.count)
        for row in trace.rows {
            for item in row.items {
                let width =
                    switch item {
                    case .stack(let text), .choice(let text): text.count
                    case .labels(let texts): texts.map(\.count).reduce(0, +) + 2 * (texts.count - 1)
                    }
                processes[row.column] = max(processes[row.column], width)
            }
            locks = max(locks, row.held.count)
            for change in row.changes { changed = max(changed, change.count) }
        }
    }
}

/// Which lines and branches of a set of specs some configuration comes by. Every report of coverage renders this value.
public struct CoverageResult: Sendable, Hashable {
    /// A way out of a statement.
    public struct Branch: Sendable, Hashable {
        /// The statement: line and column, from 1.
        public var line: Int
        public var column: Int
        /// Which of its ways, from 0, and what it is called.
        public var number: Int
        public var label: String
        /// In how many configurations it is taken.
        public var count: Int

        public init(line: Int, column: Int, number: Int, label: String, count: Int) {
            self.line = line
            self.column = column
            self.number = number
            self.label = label
            self.count = count
        }
    }

    public struct File: Sendable, Hashable {
        public var path: String
        /// Where it can be read: the same, but for modules of the tool.
        public var location: String
        /// The text, line by line.
        public var text: [String]
        /// By line, from 1, for lines on which a statement begins: in how many configurations one of them is executed.
        public var lines: [Int: Int]
        /// In the order of the text.
        public var branches: [Branch]

        public init(path: String, text: [String], lines: [Int: Int], branches: [Branch]) {
            self.path = path
            location = path
            self.text = text
            self.lines = lines
            self.branches = branches
        }

        public var lineShare: Share { Share(of: lines.values) }
        public var branchShare: Share { Share(of: branches.map(\.count)) }
    }

    /// How much of something is covered.
    public struct Share: Sendable, Hashable {
        public let covered: Int
        public let all: Int

        init(of counts: some Collection<Int>) {
            covered = counts.count { $0 > 0 }
            all = counts.count
        }

        init(sum shares: [Share]) {
            covered = shares.reduce(0) { $0 + $1.covered }
            all = shares.reduce(0) { $0 + $1.all }
        }

        /// In percent, rounded down to a tenth; nil where there is nothing to cover.
        public var percent: Double? { all == 0 ? nil : Double(covered * 1000 / all) / 10 }
    }

    /// In the order of their paths.
    public var files: [File]
    /// Configurations of which nothing is known: their searches were cut off, or kept no states.
    public var unknown: Int

    public init(files: [File], unknown: Int) {
        self.files = files
        self.unknown = unknown
    }

    public var lineShare: Share { Share(sum: files.map(\.lineShare)) }
    public var branchShare: Share { Share(sum: files.map(\.branchShare)) }
}

extension CoverageResult.Share {
    /// `40 of 42 lines (95.2 %)`
    func words(_ what: String) -> String {
        guard let percent else { return "no \(what)" }
        return "\(covered) of \(all) \(what) (\(percent) %)"
    }
}

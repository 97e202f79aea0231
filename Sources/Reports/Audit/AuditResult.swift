/// What a verdict on a spec rests on, and what it leaves out.
public struct AuditResult: Sendable {
    public var spec: String
    public var memoryModel: String
    public var claims: [Claim]
    public var racyReads: [Place]
    /// Variables and fields without a lock of their own.
    public var unguarded: [Cell]
    public var conflicts: [Conflict]
    public var scopes: [Scope]
    /// Whether a budget or the user has ended the splitting.
    public var isCut: Bool

    public init(
        spec: String, memoryModel: String, claims: [Claim], racyReads: [Place], unguarded: [Cell],
        conflicts: [Conflict], scopes: [Scope], isCut: Bool
    ) {
        self.spec = spec
        self.memoryModel = memoryModel
        self.claims = claims
        self.racyReads = racyReads
        self.unguarded = unguarded
        self.conflicts = conflicts
        self.scopes = scopes
        self.isCut = isCut
    }

    /// Conflicts that nobody has accepted.
    public var openConflicts: [Conflict] { conflicts.filter { $0.allowed == nil } }

    public struct Place: Sendable, Hashable {
        public var file: String
        /// From 1.
        public var line: Int
        public var text: String

        public init(file: String, line: Int, text: String) {
            self.file = file
            self.line = line
            self.text = text
        }
    }

    /// An `atomic` block.
    public struct Claim: Sendable {
        public var place: Place
        public var reason: String
        /// Names of shared cells: `frame.refs`.
        public var reads: [String]
        public var writes: [String]
        /// Each way to split it, and what became of the spec; empty for a block of an imported module.
        public var splits: [Split]

        public init(place: Place, reason: String, reads: [String], writes: [String], splits: [Split]) {
            self.place = place
            self.reason = reason
            self.reads = reads
            self.writes = writes
            self.splits = splits
        }
    }

    public struct Split: Sendable {
        /// `nothing holds the atomic together`
        public var change: String
        public var outcome: MutantOutcome

        public init(change: String, outcome: MutantOutcome) {
            self.change = change
            self.outcome = outcome
        }
    }

    /// A cell without a guard.
    public struct Cell: Sendable {
        public var name: String
        public var isAtomic: Bool
        /// Statements that read and write it, outside of `atomic` blocks.
        public var reads: Int
        public var writes: Int

        public init(name: String, isAtomic: Bool, reads: Int, writes: Int) {
            self.name = name
            self.isAtomic = isAtomic
            self.reads = reads
            self.writes = writes
        }
    }

    /// Two accesses of one cell by different processes that no common lock orders; one of them writes.
    public struct Conflict: Sendable {
        public var cell: String
        public var first: Side
        public var second: Side
        /// Why the author accepts it.
        public var allowed: String?

        public init(cell: String, first: Side, second: Side, allowed: String?) {
            self.cell = cell
            self.first = first
            self.second = second
            self.allowed = allowed
        }
    }

    public struct Side: Sendable, Hashable {
        public var process: String
        public var place: Place
        public var isWrite: Bool
        /// Locks that are held for certain.
        public var held: [String]

        public init(process: String, place: Place, isWrite: Bool, held: [String]) {
            self.process = process
            self.place = place
            self.isWrite = isWrite
            self.held = held
        }
    }

    /// One configuration and what it leaves out.
    public struct Scope: Sendable {
        public var name: String
        /// Sizes of domains and constants.
        public var settings: [RunResult.Setting]
        public var processes: [String]
        /// Processes of the spec that it leaves out.
        public var excluded: [String]
        /// Variables and fields that it has switched off, or that nothing reads.
        public var vanished: [String]

        public init(
            name: String, settings: [RunResult.Setting], processes: [String], excluded: [String], vanished: [String]
        ) {
            self.name = name
            self.settings = settings
            self.processes = processes
            self.excluded = excluded
            self.vanished = vanished
        }
    }
}

/// What makes the states of a search so many, and what would make them fewer.
public struct Explosion: Codable, Sendable, Hashable {
    /// The states that were looked at.
    public struct Extent: Codable, Sendable, Hashable {
        public var states: Int
        /// Among so many: where these are more, they were chosen by their hashes.
        public var among: Int
        /// Those are all states up to this depth; nil where they are all that the search has visited.
        public var depth: Int?

        public init(states: Int, among: Int, depth: Int?) {
            self.states = states
            self.among = among
            self.depth = depth
        }
    }

    /// A place in the spec where an instance of a process is.
    public struct Place: Codable, Sendable, Hashable {
        public var process: String
        /// Nil in the process itself.
        public var handler: String?
        public var file: String
        public var line: Int
        public var text: String
        /// How many of the states have at least one instance there.
        public var states: Int

        public init(process: String, handler: String?, file: String, line: Int, text: String, states: Int) {
            self.process = process
            self.handler = handler
            self.file = file
            self.line = line
            self.text = text
            self.states = states
        }
    }

    public struct Variable: Codable, Sendable, Hashable {
        public var name: String
        public var elements: Int
        /// Of all elements together.
        public var values: Int
        /// Of the element with the most.
        public var elementValues: Int
        /// How many states are left where the variable is taken out of them.
        public var statesWithout: Int

        public init(name: String, elements: Int, values: Int, elementValues: Int, statesWithout: Int) {
            self.name = name
            self.elements = elements
            self.values = values
            self.elementValues = elementValues
            self.statesWithout = statesWithout
        }
    }

    /// How far a search came that was bounded by states.
    public struct Count: Codable, Sendable, Hashable {
        public var states: Int
        /// Whether these are all. Otherwise there are more.
        public var isAll: Bool

        public init(states: Int, isAll: Bool) {
            self.states = states
            self.isAll = isAll
        }
    }

    /// States up to one depth, of two searches.
    public struct AtDepth: Codable, Sendable, Hashable {
        public var depth: Int
        public var states: Int
        /// Of the other search.
        public var other: Int

        public init(depth: Int, states: Int, other: Int) {
            self.depth = depth
            self.states = states
            self.other = other
        }
    }

    /// A size or a constant that can be lowered.
    public struct Bound: Codable, Sendable, Hashable {
        public var name: String
        public var value: String
        public var lowered: String
        public var count: Count
        /// This run, and the one with the lowered bound; nil where one of them has come to its end.
        public var atDepth: AtDepth?
        public var command: String

        public init(
            name: String, value: String, lowered: String, count: Count, atDepth: AtDepth?, command: String
        ) {
            self.name = name
            self.value = value
            self.lowered = lowered
            self.count = count
            self.atDepth = atDepth
            self.command = command
        }
    }

    public struct Reduction: Codable, Sendable, Hashable {
        public var name: String
        public var isOn: Bool
        public var with: Count
        public var without: Count
        /// With, and without; nil where both came to their end, or where their steps are not the same.
        public var atDepth: AtDepth?
        /// The lowered bound with which it was measured, where this run is too large; nil for this run.
        public var scope: RunResult.Setting?

        public init(
            name: String, isOn: Bool, with: Count, without: Count, atDepth: AtDepth?, scope: RunResult.Setting?
        ) {
            self.name = name
            self.isOn = isOn
            self.with = with
            self.without = without
            self.atDepth = atDepth
            self.scope = scope
        }
    }

    /// What searches with other bounds and reductions have shown.
    public struct Trials: Codable, Sendable, Hashable {
        /// None of them took more states.
        public var mostStates: Int
        /// This run.
        public var count: Count
        /// What to lower first comes first.
        public var bounds: [Bound]
        /// Nil where they were not measured.
        public var reductions: [Reduction]?

        public init(mostStates: Int, count: Count, bounds: [Bound], reductions: [Reduction]?) {
            self.mostStates = mostStates
            self.count = count
            self.bounds = bounds
            self.reductions = reductions
        }
    }

    public var extent: Extent
    /// Those with the most states first; the processes at rest are left out.
    public var places: [Place]
    /// By number of processes under way: how many states.
    public var underWay: [Int]
    /// Those without which the fewest states are left first. Nil where that was not measured.
    public var variables: [Variable]?
    /// The states of the variables; nil without.
    public var variablesExtent: Extent?
    /// Nil where there were none.
    public var trials: Trials?
    /// Whether the user asked for all of it.
    public var isFull: Bool

    public init(extent: Extent, places: [Place], underWay: [Int], isFull: Bool) {
        self.extent = extent
        self.places = places
        self.underWay = underWay
        self.isFull = isFull
    }
}

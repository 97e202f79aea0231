import Measuring

/// One tool with its options on one model: a row of a table.
public struct Contender: Sendable {
    public let name: String
    /// Where its files are; the commands run there.
    public let folder: String
    /// Run once, before anything is measured.
    public var preparation: [Command] = []
    /// Run one after another and measured together. The last one prints the result.
    public var measured: [Command]
    public let format: OutputFormat
    public let expected: Expected
    /// Whether each run starts with an empty folder: nothing compiled, nothing cached.
    public var startsCold = false
    /// Whether it takes minutes, and so runs in the first round only.
    public var isSlow = false

    public init(_ name: String, folder: String, measured: [Command], format: OutputFormat, expected: Expected) {
        self.name = name
        self.folder = folder
        self.measured = measured
        self.format = format
        self.expected = expected
    }

    /// The same with everything measured that is needed from the source to the answer.
    func fromCold() -> Contender {
        var cold = self
        cold.measured = preparation + measured
        cold.preparation = []
        cold.startsCold = true
        return cold
    }

    func slow(_ isSlow: Bool) -> Contender {
        var copy = self
        copy.isSlow = isSlow
        return copy
    }
}

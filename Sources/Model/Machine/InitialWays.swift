/// What becomes of `init`, without keeping its states.
extension ModelCode {
    private static let partSize = 1 << 10
    /// So many parts take about a second.
    private static let mostParts = 1 << 10

    /// Whether some way through `init` comes to an end, or to a violation; nil where so many ways are in vain that the rest
    /// was not looked at.
    public var hasInitialOutcome: Bool? {
        let machine = Machine(self)
        let buffer = SuccessorBuffer()
        var position = ExpansionPosition()
        for _ in 0..<Self.mostParts {
            let hasMore = machine.initialStates(into: buffer, from: &position, most: Self.partSize)
            if buffer.contents.count > 0 || buffer.contents.fault != nil { return true }
            if !hasMore { return false }
        }
        return nil
    }

    /// What `init` has come to: the statements that some way without an outcome has come by at last.
    ///
    /// Costs the making of all initial states; nil where they are too many for that. Only for code with marks.
    public var touchedInitially: [Origin]? {
        var tracing = MarkTracing(asksForStatement: model.initialOrigins.map { _ in true }, asksForWay: [])
        let machine = Machine(self)
        var position = ExpansionPosition()
        for _ in 0..<Self.mostParts {
            guard !machine.traceInitially(&tracing, from: &position, most: Self.partSize) else { continue }
            return model.initialOrigins.enumerated().filter { tracing.touched.contains(.statement($0.offset)) }
                .map(\.element)
        }
        return nil
    }
}

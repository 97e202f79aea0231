/// Where a cell belongs that is part of the payload of a value in several cells, one of which says which case it is. While
/// the value is of another case the cell is 0.
public struct Payload: Hashable, Sendable {
    /// A case that a value must be for the cell to mean something.
    public struct Case: Hashable, Sendable {
        /// Which case the value is; of the same dimensions as the cell.
        public let tag: VariableID
        public let number: UInt64

        public init(tag: VariableID, number: UInt64) { (self.tag, self.number) = (tag, number) }
    }

    /// From outside in.
    public let cases: [Case]
    /// Whether 0 is no value of the cell while it means something.
    public let isNeverZero: Bool

    public init(cases: [Case], isNeverZero: Bool) { (self.cases, self.isNeverZero) = (cases, isNeverZero) }
}

extension Model {
    /// What makes the initial states: first of free variables the cells of which must be a value together, then the code
    /// of ``initial``.
    public var start: [Instruction] { partConditions.map { .require($0) } + initial }

    private var partConditions: [Expr] {
        variables.indices.filter { variables[$0].isFree }.flatMap { number in
            (0..<variables[number].count).compactMap { partCondition(of: VariableID(number), element: $0) }
        }
    }

    /// What a cell must be besides a code of its type: 0 but in its case. Nil where that says nothing.
    public func partCondition(of id: VariableID, element: Int) -> Expr? {
        guard let payload = self[id].payload else { return nil }
        let indices = self[id].indices(of: element).map { Expr.constant($0) }
        let isThere = payload.cases.map { one -> Expr in
            .binary(.equal, .read(one.tag, indices), .constant(one.number))
        }
        let isNothing = Expr.binary(.equal, .read(id, indices), .constant(0))
        return .conditional(
            isThere.dropFirst().reduce(isThere.first ?? .constant(1)) { .binary(.and, $0, $1) },
            payload.isNeverZero ? .unary(.not, isNothing) : .constant(1), isNothing)
    }
}

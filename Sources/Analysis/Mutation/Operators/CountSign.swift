extension MutationOperator {
    static let countSign = MutationOperator("count-sign", "makes `+=` of `-=`, and `-=` of `+=`") { site in
        guard case .assign(let place, let operation, let amount) = site.statement.kind, operation != .set else {
            return []
        }
        let other = operation == .add ? " -= " : " += "
        return [
            site.mutation(
                [SourceEdit(place.span.end..<amount.span.start, other)],
                "\(site.quoted(site.statement.span)) counts in the other direction")
        ]
    }
}

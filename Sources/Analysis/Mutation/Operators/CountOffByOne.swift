import Syntax

extension MutationOperator {
    static let countOffByOne = MutationOperator(
        "count-off-by-one", "counts by one more or one less in a `+=`, `-=` or `fetch_add`"
    ) { site in
        guard let amount = amount(of: site.statement) else { return [] }
        return numbers(in: amount).flatMap { number, value in
            [value + 1, value - 1].filter { $0 > 0 }.map { changed in
                site.mutation(
                    [SourceEdit(number.span.start..<number.span.end, String(changed))], at: number.span,
                    "\(site.quoted(site.statement.span)) counts by \(changed) instead of \(value)")
            }
        }
    }

    private static func amount(of statement: StmtTree) -> ExprTree? {
        if case .assign(_, let operation, let amount) = statement.kind, operation != .set { return amount }
        let value: ExprTree
        if case .expression(let e) = statement.kind {
            value = e
        } else if case .letBinding(_, _, let e) = statement.kind {
            value = e
        } else {
            return nil
        }
        guard case .call(let callee, let arguments) = value.kind, case .name(let name) = callee.kind,
            name.text == "fetch_add", arguments.count == 2
        else { return nil }
        return arguments[1]
    }

    /// The numbers that an amount may be: itself, those of its branches, one with a sign.
    private static func numbers(in amount: ExprTree) -> [(ExprTree, Int)] {
        switch amount.kind {
        case .number(let value, bitWidth: 0): Int(exactly: value).map { $0 < Int.max ? [(amount, $0)] : [] } ?? []
        case .unary(.negate, let inner): numbers(in: inner)
        case .conditional(_, let yes, let no): numbers(in: yes) + numbers(in: no)
        case .number, .bool, .string, .name, .member, .index, .slice, .call, .record, .bitsConversion, .unary, .binary,
            .isPattern, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .unwrap,
            .racy, .old, .unbounded, .error:
            []
        }
    }
}

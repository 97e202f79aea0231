import Model
import SMT

extension TermGraph {
    /// Whether a term is the code of some value of a type. It is as wide as the type, or one bit for a type without bits.
    func isCode(_ term: Term, of type: CellType, _ sorts: [Sort]) -> Term {
        switch type {
        case .element(let sort) where sorts[sort].size == 0: no
        case .unit: isNumber(term, 0)
        case .bool, .exclusiveLock, .bits, .set: yes
        case .range(let lower, let upper): isAtMost(term, UInt64(bitPattern: upper &- lower))
        case .rangeOrUnbounded(let lower, let upper): isAtMost(term, UInt64(bitPattern: upper &- lower) &+ 1)
        case .element, .sharedLock, .location: isAtMost(term, UInt64(max(1, type.valueCount(sorts: sorts)) - 1))
        case .tagged(_, let cases):
            or(
                cases.enumerated().map { number, one in
                    let width = CellType.tagWidth(cases.count)
                    let isCase = width == 0 ? yes : isNumber(extract(term, low: 0, width: width), UInt64(number))
                    return and(isCase, areCodes(term, of: one.fields, from: width, sorts))
                })
        case .tuple(_, let fields): areCodes(term, of: fields, from: 0, sorts)
        case .optional(let wrapped):
            conditional(
                isNumber(extract(term, low: 0, width: 1), 0), isNumber(term, 0),
                isCode(term, from: 1, of: wrapped, sorts))
        }
    }

    /// Whether fields lie one above the other, and nothing is above them.
    private func areCodes(_ term: Term, of fields: [CellField], from start: Int, _ sorts: [Sort]) -> Term {
        var low = start
        var all: [Term] = []
        for field in fields {
            let width = field.type.width(sorts: sorts)
            all.append(isCode(term, from: low, of: field.type, sorts))
            low += width
        }
        if low < term.width { all.append(isNumber(extract(term, low: low, width: term.width - low), 0)) }
        return and(all)
    }

    /// Of the bits of a term from one on, which are none for a type without bits.
    private func isCode(_ term: Term, from low: Int, of type: CellType, _ sorts: [Sort]) -> Term {
        let width = type.width(sorts: sorts)
        return isCode(width == 0 ? bits(0, width: 1) : extract(term, low: low, width: width), of: type, sorts)
    }

    private func isAtMost(_ term: Term, _ largest: UInt64) -> Term {
        guard term.width == 64 || largest >> UInt64(term.width) == 0 else { return yes }
        return compare(.belowOrEqual, term, bits(largest, width: term.width))
    }
}

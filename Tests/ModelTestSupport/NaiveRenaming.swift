import Model

/// Renames the elements of sorts in an unpacked state, value by value.
public struct NaiveRenaming {
    private let model: Model
    /// By sort and element.
    public let images: [[UInt64]]

    public static func all(_ model: Model) -> [NaiveRenaming] {
        model.sorts.reduce([[]]) { sofar, sort in
            sofar.flatMap { front in
                let elements = Array(0..<UInt64(sort.size))
                return (sort.isSymmetric ? orders(elements) : [elements]).map { front + [$0] }
            }
        }.map { NaiveRenaming(model: model, images: $0) }
    }

    private static func orders(_ list: [UInt64]) -> [[UInt64]] {
        if list.isEmpty { return [[]] }
        return list.indices.flatMap { index -> [[UInt64]] in
            var rest = list
            let head = rest.remove(at: index)
            return orders(rest).map { [head] + $0 }
        }
    }

    public func apply(_ state: NaiveMachine.State) -> NaiveMachine.State {
        var result = state
        for (number, variable) in model.variables.enumerated() {
            for element in state[number].indices {
                let target = place(of: element, variable.dimensions)
                result[number][target] = value(state[number][element], variable.type)
            }
        }
        return result
    }

    /// Where the cell of some indices is found under their new names.
    public func place(of element: Int, _ dimensions: [Dimension]) -> Int {
        var (rest, stride, target) = (element, 1, 0)
        for dimension in dimensions.reversed() {
            let index = rest % dimension.count
            let codes = dimension.type.codes(sorts: model.sorts, limit: 1 << 12) ?? []
            let image = codes.indices.contains(index) ? value(codes[index], dimension.type) : UInt64(index)
            target += (codes.firstIndex(of: image) ?? index) * stride
            rest /= dimension.count
            stride *= dimension.count
        }
        return target
    }

    private func value(_ code: UInt64, _ type: CellType) -> UInt64 {
        switch type {
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: return code
        case .element(let sort):
            // Of a sort without elements, what nobody reads is 0 all the same.
            return images[sort].isEmpty ? code : images[sort][Int(code)]
        case .optional(let inner): return code == 0 ? 0 : value(code >> 1, inner) << 1 | 1
        case .set(let inner):
            let codes = inner.codes(sorts: model.sorts) ?? []
            return codes.indices.reduce(0) { sum, bit in
                guard code >> UInt64(bit) & 1 == 1 else { return sum }
                return sum | 1 << UInt64(codes.firstIndex(of: value(codes[bit], inner)) ?? 64)
            }
        case .tuple(_, let fields): return self.fields(code, fields)
        case .tagged(_, let cases):
            let width = UInt64(CellType.tagWidth(cases.count))
            let tag = code & (1 << width - 1)
            return fields(code >> width, cases[Int(tag)].fields) << width | tag
        }
    }

    private func fields(_ code: UInt64, _ fields: [CellField]) -> UInt64 {
        var (shift, result) = (UInt64(0), UInt64(0))
        for field in fields {
            let width = UInt64(field.type.width(sorts: model.sorts))
            result |= value(code >> shift & (1 << width - 1), field.type) << shift
            shift += width
        }
        return result
    }
}

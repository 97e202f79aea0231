import Model

/// A permutation of the elements of every sort.
struct Renaming: Hashable {
    /// Where the elements of each sort start in the list of all.
    private let starts: [Int]
    /// By element, all sorts behind one another: its new number in its sort.
    private(set) var images: [Int]

    /// The identity.
    init(sizes: [Int]) {
        var starts: [Int] = []
        var images: [Int] = []
        for size in sizes {
            starts.append(images.count)
            images += Array(0..<size)
        }
        self.starts = starts
        self.images = images
    }

    /// The new number of an element. A code that is no element of the sort stays as it is.
    subscript(_ sort: Int, _ element: Int) -> Int {
        get {
            let end = sort + 1 < starts.count ? starts[sort + 1] : images.count
            let index = starts[sort] + element
            return index < end ? images[index] : element
        }
        set { images[starts[sort] + element] = newValue }
    }

    func start(of sort: Int) -> Int { starts[sort] }

    /// Goes on with the exchange of two elements.
    mutating func exchange(_ sort: Int, _ x: Int, _ y: Int) {
        let end = sort + 1 < starts.count ? starts[sort + 1] : images.count
        for index in starts[sort]..<end {
            if images[index] == x { images[index] = y } else if images[index] == y { images[index] = x }
        }
    }

    /// This one, and then the other.
    func followed(by other: Renaming) -> Renaming {
        var result = self
        for sort in starts.indices {
            let end = sort + 1 < starts.count ? starts[sort + 1] : images.count
            for index in starts[sort]..<end { result.images[index] = other[sort, images[index]] }
        }
        return result
    }

    /// All permutations of the product of the full groups, identity first.
    static func all(sizes: [Int]) -> [Renaming] {
        var result = [Renaming(sizes: sizes)]
        for sort in sizes.indices where sizes[sort] > 1 {
            let orders = orders(of: Array(0..<sizes[sort]))
            result = result.flatMap { base in
                orders.map { order in
                    var next = base
                    for (element, image) in order.enumerated() { next[sort, element] = image }
                    return next
                }
            }
        }
        return result
    }

    /// All orders of a list, the given one first.
    private static func orders(of list: [Int]) -> [[Int]] {
        guard list.count > 1 else { return [list] }
        return list.indices.flatMap { first -> [[Int]] in
            var rest = list
            let head = rest.remove(at: first)
            return orders(of: rest).map { [head] + $0 }
        }
    }

    /// The size of the group, saturating.
    static func order(sizes: [Int]) -> Int {
        var order = 1
        for size in sizes where size > 1 {
            for factor in 2...size {
                let (product, overflow) = order.multipliedReportingOverflow(by: factor)
                if overflow { return .max }
                order = product
            }
        }
        return order
    }
}
